"""Who brings a signed paper in, and who compares it: two people of the trainee's school."""

from sqlalchemy import Select, false, select

from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Member, OrganisationKind, System, holds
from training.trainees.consents import policies as consents
from training.trainees.consents.models import Consent
from training.trainees.consents.policies import STAFF
from training.trainees.consents.workflow import State as ConsentState
from training.trainees.papers.models import ConsentPaper
from training.trainees.papers.workflow import Says


def visible_to(actor: Actor) -> Select[ConsentPaper]:
    """Those of one's school."""
    match actor:
        case System():
            return select(ConsentPaper)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(ConsentPaper).where(ConsentPaper.school_id == mine)
        case _:
            return select(ConsentPaper).where(false())


def can_bring(actor: Actor, consent: Consent) -> bool:
    """Those who read the consent; load it with its trainee."""
    return consents.can_show(actor, consent)


def can_show(actor: Actor, paper: ConsentPaper) -> bool:
    """Those who deal with guardians."""
    return holds(actor, *STAFF, at=paper.school_id)


def can_confirm(actor: Actor, paper: ConsentPaper) -> bool:
    """Those who deal with guardians; that it is somebody else than who brought it, the reasons against it say."""
    return can_show(actor, paper)


def can_turn_down(actor: Actor, paper: ConsentPaper) -> bool:
    """Those who deal with guardians, whoever brought it included."""
    return can_show(actor, paper)


def why_not_bring(consent: Consent, *, says: Says | None, waiting: ConsentPaper | None) -> list[str | LazyString]:
    """One paper at a time, with an answer that can follow what is in force."""
    if waiting is not None:
        return [_l("A paper waits to be compared already.")]
    if consent.state is ConsentState.GIVEN:
        return [_l("The consent is given. To take it back on the guardian's word, choose “Withdraw on the guardian's word”.")]
    if says is Says.REFUSES and consent.state is not ConsentState.ASKED:
        return [_l("No consent is in force, so there is nothing to refuse.")]
    return []


def why_not_confirm(paper: ConsentPaper, actor: Actor) -> list[str | LazyString]:
    """A second person."""
    if isinstance(actor, Member) and actor.account_id == paper.brought_by_id:
        return [_l("You brought this paper in, so somebody else at your school compares it with the letter.")]
    return []
