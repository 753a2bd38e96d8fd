"""Who sees which offer, who makes it and who answers."""

from datetime import date, datetime

from sqlalchemy import Select, false, select

from training.candidates.applications.models import Application
from training.candidates.applications.workflow import State as ApplicationState
from training.candidates.offers.models import Offer
from training.candidates.offers.workflow import State
from training.candidates.vacancies.policies import RECRUITERS
from training.kernel import clock
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, System, holds
from training.trainees.disclosures.policies import of_age_or_consented
from training.trainees.profiles.models import Trainee


def visible_to(actor: Actor) -> Select[Offer]:
    """One's own; the employer's to those who recruit for it, minors with consent."""
    match actor:
        case System():
            return select(Offer)
        case Learner(trainee_id=me):
            return select(Offer).where(Offer.trainee_id == me)
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=here, roles=roles) if not roles.isdisjoint(RECRUITERS):
            return select(Offer).join(Trainee, Trainee.id == Offer.trainee_id).where(Offer.employer_id == here, of_age_or_consented())
        case _:
            return select(Offer).where(false())


def can_send(actor: Actor, application: Application) -> bool:
    """Those who recruit for the employer."""
    return holds(actor, *RECRUITERS, at=application.employer_id)


def can_accept(actor: Actor, offer: Offer) -> bool:
    """The candidate."""
    return isinstance(actor, Learner) and actor.trainee_id == offer.trainee_id


def can_decline(actor: Actor, offer: Offer) -> bool:
    """The candidate."""
    return can_accept(actor, offer)


def can_withdraw(actor: Actor, offer: Offer) -> bool:
    """Those who recruit for the employer."""
    return holds(actor, *RECRUITERS, at=offer.employer_id)


def why_not_send(
    application: Application, *, today: date, starts_on: date, expires_at: datetime, free: int, out: int
) -> list[str | LazyString]:
    """The application is open, the days are to come, and a position is free that no other offer holds."""
    found: list[str | LazyString] = []
    if application.state is not ApplicationState.OPEN:
        found.append(_l("This application is not open any more, or an offer is out already."))
    if expires_at <= clock.now():
        found.append(_l("The last day to answer is over. Choose one that is to come."))
    if starts_on < today:
        found.append(_l("The first working day is over. Choose one that is to come."))
    if free <= 0:
        found.append(_l("Every position of this vacancy is filled. Offer more positions first."))
    elif free <= out:
        found.append(_l("Every free position has an offer out. Wait for an answer, withdraw one, or offer more positions."))
    return found


def why_not_accept(offer: Offer) -> list[str | LazyString]:
    """It has not run out."""
    if offer.state is State.SENT and offer.expires_at <= clock.now():
        return [_l("The time to answer is over. Write to the employer.")]
    return []
