"""Who brings a signed agreement in, and who compares it: two people of the school that made it."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, false, select

from training.internships.agreements.models import Agreement
from training.internships.agreements.policies import why_not_signed
from training.internships.agreements.workflow import SIGNERS
from training.internships.agreements.workflow import State as AgreementState
from training.internships.placements.limits import Check
from training.internships.scans.models import AgreementScan
from training.kernel import clock
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, OrganisationKind, System, holds
from training.kernel.workflow import Party


def visible_to(actor: Actor) -> Select[AgreementScan]:
    """Those of one's school."""
    match actor:
        case System():
            return select(AgreementScan)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(AgreementScan).where(AgreementScan.school_id == mine)
        case _:
            return select(AgreementScan).where(false())


def can_bring(actor: Actor, agreement: Agreement) -> bool:
    """Those who sign for the school."""
    return holds(actor, *SIGNERS[Party.SCHOOL], at=agreement.school_id)


def can_show(actor: Actor, scan: AgreementScan) -> bool:
    """Those who sign for the school."""
    return holds(actor, *SIGNERS[Party.SCHOOL], at=scan.school_id)


def can_confirm(actor: Actor, scan: AgreementScan) -> bool:
    """Those who sign for the school; that it is somebody else than who brought it, the reasons against it say."""
    return can_show(actor, scan)


def can_turn_down(actor: Actor, scan: AgreementScan) -> bool:
    """Those who sign for the school, whoever brought it included."""
    return can_show(actor, scan)


def why_not_bring(
    agreement: Agreement, *, checks: Sequence[Check], waiting: AgreementScan | None, until: int | None = None, signed_on: date | None = None
) -> list[str | LazyString]:
    """A text that may be signed, one paper at a time, with a signature that is missing, and a day that has come."""
    if waiting is not None:
        return [_l("A paper waits to be compared already.")]
    if against := why_not_signed(agreement, checks=checks):
        return against
    side = agreement.next_side
    if agreement.state is not AgreementState.SIGNING or side is None:
        return [_l("No signature is missing.")]
    if until is not None and not side.place <= until <= len(agreement.sides):
        return [_l("That party has signed already, or is none of this agreement.")]
    if signed_on is not None and signed_on > clock.today(agreement.school.zone):
        return [_l("The day of the last signature has not come yet.")]
    return []


def why_not_confirm(scan: AgreementScan, actor: Actor) -> list[str | LazyString]:
    """A second person."""
    if isinstance(actor, Member) and actor.account_id == scan.brought_by_id:
        return [_l("You brought this paper in, so somebody else at your school compares it with the agreement.")]
    return []
