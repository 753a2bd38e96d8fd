"""Who gives cards, to whom, and who uses one."""

from sqlalchemy import Select, false, select

from training.accounts.workflow import Purpose as LinkPurpose
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Bearer, Member, OrganisationKind, Role, System, holds
from training.organisations.models import Organisation
from training.trainees.cards.models import CardSheet, LoginCard
from training.trainees.cards.workflow import State

STAFF = (Role.MANAGER, Role.TEACHER)
"""Who gives cards at a school: whoever holds one can become that trainee."""
MOST = 200
"""Cards at once."""


def visible_to(actor: Actor) -> Select[LoginCard]:
    """The one that a link stands for."""
    match actor:
        case System():
            return select(LoginCard)
        case Bearer(purpose=LinkPurpose.CARD, subject_id=mine):
            return select(LoginCard).where(LoginCard.id == mine)
        case _:
            return select(LoginCard).where(false())


def sheets_visible_to(actor: Actor) -> Select[CardSheet]:
    """Those of one's school, to whoever gives cards there."""
    match actor:
        case System():
            return select(CardSheet)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine, roles=roles) if not roles.isdisjoint(STAFF):
            return select(CardSheet).where(CardSheet.school_id == mine)
        case _:
            return select(CardSheet).where(false())


def can_give(actor: Actor, school: Organisation) -> bool:
    """Managers and teachers of a school, to its own trainees."""
    return school.kind is OrganisationKind.SCHOOL and holds(actor, *STAFF, at=school.id)


def can_list(actor: Actor, school: Organisation) -> bool:
    """As for giving."""
    return can_give(actor, school)


def can_show(actor: Actor, sheet: CardSheet) -> bool:
    """As for giving."""
    return holds(actor, *STAFF, at=sheet.school_id)


def can_use(actor: Actor, card: LoginCard) -> bool:
    """Whoever holds the card."""
    return isinstance(actor, Bearer) and actor.purpose == LinkPurpose.CARD and actor.subject_id == card.id


def why_not_give(*, email: str | None, blocked: bool, is_member: bool) -> list[str | LazyString]:
    """A school opens no account that has a way of its own, or that belongs to more than a trainee."""
    if email is not None:
        return [_l("has an e-mail address: a new password comes by letter, from “Forgotten the password?”")]
    if is_member:
        return [_l("works in an organisation, so a school cannot open the account")]
    if blocked:
        return [_l("the account is blocked")]
    return []


def why_not_use(card: LoginCard) -> list[str | LazyString]:
    """Once, in time, and not after a newer card."""
    if card.state is not State.OPEN:
        return [_l("This card works no more: %(state)s. Ask your school for a new one.", state=str(card.state.label).lower())]
    return []
