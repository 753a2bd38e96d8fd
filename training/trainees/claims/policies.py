"""Who writes to the people of a roster, and who takes a record over."""

from sqlalchemy import ColumnElement, Select, false, select

from training.accounts.workflow import Purpose
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Bearer, Member, OrganisationKind, Role, System, holds
from training.organisations.models import Organisation
from training.trainees.claims.models import Claim
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.policies import can_take_over, standing


def visible_to(actor: Actor) -> Select[Claim]:
    """One's own school's; the one that a link was sent for."""
    match actor:
        case System():
            return select(Claim)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Claim).where(Claim.school_id == mine)
        case Bearer(purpose=Purpose.CLAIM, subject_id=mine):
            return select(Claim).where(Claim.id == mine)
        case _:
            return select(Claim).where(false())


def roster(actor: Actor) -> Select[Trainee]:
    """The people whom the actor's school studies with or brought here, and who have no account yet."""
    match actor:
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Trainee).where(Trainee.school_id == mine, standing(), unclaimed())
        case _:
            return select(Trainee).where(false())


def unclaimed() -> ColumnElement[bool]:
    """As a condition on Trainee: no account is connected."""
    return Trainee.account_id.is_(None)


def can_list(actor: Actor, subject: object = None) -> bool:
    """Those who bring the roster."""
    return can_take_over(actor)


def can_send(actor: Actor, trainee: Trainee) -> bool:
    """The managers of the trainee's school."""
    return can_take_over(actor) and holds(actor, Role.MANAGER, at=trainee.school_id)


def can_send_all(actor: Actor, school: Organisation) -> bool:
    """The school's managers."""
    return can_take_over(actor) and holds(actor, Role.MANAGER, at=school.id)


def can_revoke(actor: Actor, claim: Claim) -> bool:
    """The managers of the school that wrote."""
    return holds(actor, Role.MANAGER, at=claim.school_id)


def can_accept(actor: Actor, claim: Claim) -> bool:
    """Whoever got the letter."""
    return isinstance(actor, Bearer) and actor.purpose == Purpose.CLAIM and actor.subject_id == claim.id


def why_not_send_all(school: Organisation) -> list[str | LazyString]:
    """Only verified schools write to people."""
    return [] if school.active else [_l("Your school has to be verified before it writes to people.")]


def why_not_send(school: Organisation, trainee: Trainee, *, open_claim: Claim | None) -> list[str | LazyString]:
    """Somebody with an address, without an account, and not written to already."""
    if reasons := why_not_send_all(school):
        return reasons
    if trainee.account_id is not None:
        return [_l("%(trainee)s has an account already.", trainee=trainee.name)]
    if not trainee.email:
        return [_l("The roster has no e-mail address of %(trainee)s. Add it there and import it again.", trainee=trainee.name)]
    if open_claim is not None:
        return [_l("%(trainee)s has been invited already. Take that invitation back to send another.", trainee=trainee.name)]
    return []


def why_not_accept(trainee: Trainee, *, profile_id: int | None, blocked: bool) -> list[str | LazyString]:
    """A record belongs to one account, and an account is one person."""
    if trainee.account_id is not None:
        return [_l("This record belongs to an account already. If it is not yours, tell your school.")]
    if blocked:
        return [_l("This account is blocked. Ask your school.")]
    if profile_id is not None:
        return [_l("This account has a profile already, and one account is one person. Sign in with another account, or ask your school.")]
    return []
