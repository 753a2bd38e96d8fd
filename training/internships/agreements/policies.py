"""Who sees which agreement, who makes, signs and cancels it."""

from collections.abc import Sequence

from sqlalchemy import Select, and_, exists, false, or_, select
from sqlalchemy.orm import aliased

from training.accounts.workflow import Purpose as LinkPurpose
from training.internships.agreements.models import Agreement, AgreementParty, AgreementPlacement, Signature
from training.internships.agreements.workflow import SIGNERS, State
from training.internships.placements import policies as placements
from training.internships.placements.limits import Check
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Bearer, Learner, Member, System, holds
from training.kernel.workflow import Party
from training.trainees.consents.models import Consent


def visible_to(actor: Actor) -> Select[Agreement]:
    """Whoever sees one of its placements; the one a link was sent for."""
    match actor:
        case System():
            return select(Agreement)
        case Member() | Learner():
            theirs = placements.visible_to(actor).with_only_columns(Placement.id)
            annexed = select(AgreementPlacement.agreement_id).where(AgreementPlacement.placement_id.in_(theirs))
            return select(Agreement).where(Agreement.id.in_(annexed))
        case Bearer(purpose=LinkPurpose.SIGNING, subject_id=mine):
            return select(Agreement).where(Agreement.id == mine)
        case _:
            return select(Agreement).where(false())


def signed_by_guardian(actor: Actor) -> Select[Agreement]:
    """Of the guardian whose page's link somebody holds: the agreements that they have signed, and those that wait for them now."""
    match actor:
        case Bearer(purpose=LinkPurpose.CONSENT, subject_id=consent):
            guardian = select(Consent.guardian_id).where(Consent.id == consent)
            mine, before = aliased(AgreementParty), aliased(AgreementParty)
            unsigned = ~exists().where(Signature.agreement_party_id == before.id)
            waits = ~exists().where(before.agreement_id == mine.agreement_id, before.place < mine.place, unsigned)
            signed = exists().where(Signature.agreement_party_id == mine.id)
            named = exists().where(
                mine.agreement_id == Agreement.id,
                mine.guardian_id.in_(guardian),
                or_(signed, and_(Agreement.state == State.SIGNING, waits)),
            )
            return select(Agreement).where(named)
        case _:
            return select(Agreement).where(false())


def party_of(actor: Actor, agreement: Agreement) -> Party | None:
    """For whom the actor may sign, if for anybody."""
    if isinstance(actor, Bearer) and actor.purpose == LinkPurpose.SIGNING and actor.subject_id == agreement.id:
        return Party.GUARDIAN
    if holds(actor, *SIGNERS[Party.SCHOOL], at=agreement.school_id):
        return Party.SCHOOL
    if holds(actor, *SIGNERS[Party.EMPLOYER], at=agreement.employer_id):
        return Party.EMPLOYER
    return None


def can_make(actor: Actor, placement: Placement) -> bool:
    """The school prepares the agreement."""
    return placements.answers_for_school(actor, placement)


def can_show(actor: Actor, agreement: Agreement) -> bool:
    """Everybody for whom the row scope has let it through."""
    return isinstance(actor, Member | Learner | Bearer)


def can_sign(actor: Actor, agreement: Agreement) -> bool:
    """Those who sign for one of the parties."""
    return party_of(actor, agreement) is not None


def can_sign_by_link(actor: Actor, agreement: Agreement) -> bool:
    """The guardian who holds the link."""
    return party_of(actor, agreement) is Party.GUARDIAN


def can_open(actor: Actor, agreement: Agreement) -> bool:
    """The guardian, from their page; `signed_by_guardian` says which."""
    return isinstance(actor, Bearer) and actor.purpose == LinkPurpose.CONSENT


def can_fix(actor: Actor, agreement: Agreement) -> bool:
    """The background job that renders the text."""
    return isinstance(actor, System)


def can_cancel(actor: Actor, agreement: Agreement) -> bool:
    """The school that made it; the system when its placement is over."""
    return isinstance(actor, System) or holds(actor, *SIGNERS[Party.SCHOOL], at=agreement.school_id)


def why_not_make(placement: Placement, *, live: Agreement | None, guarded: bool) -> list[str | LazyString]:
    """An accepted placement without an agreement; for a minor a guardian who can sign."""
    if placement.state is not PlacementState.ACCEPTED:
        return [
            _l(
                "The agreement is made after the employer has accepted: this placement is %(state)s.",
                state=str(placement.state.label).lower(),
            )
        ]
    if live is not None:
        return [_l("There is an agreement already: %(number)s.", number=live.number)]
    if placement.trainee.is_minor(placement.starts_on) and not guarded:
        return [
            _l(
                "%(trainee)s is under 18 on the first day, so a parent or guardian signs too. Nobody is named: "
                "%(trainee)s does that under Profile, Consents.",
                trainee=placement.trainee.name,
            )
        ]
    return []


def why_not_sign(agreement: Agreement, *, party: Party | None, checks: Sequence[Check]) -> list[str | LazyString]:
    """It is the party's turn, and nothing in the text is against the law."""
    if against := why_not_signed(agreement, checks=checks):
        return against
    side = agreement.next_side
    if agreement.state is State.SIGNING and side is not None and side.party is not party:
        return [_l("It is with %(name)s now. Your turn comes after that, or is over.", name=side.name)]
    return []


def why_not_signed(agreement: Agreement, *, checks: Sequence[Check]) -> list[str | LazyString]:
    """There is a text, and nothing in it is against the law."""
    if agreement.state is State.DRAFT:
        return [_l("The text is being prepared. Load the page again in a moment.")]
    found: list[str | LazyString] = [_l("%(title)s: %(text)s.", title=check.title, text=check.text) for check in checks if not check.passed]
    return [*found, _l("Cancel the placement and arrange one that the law allows; nobody can sign this.")] if found else []
