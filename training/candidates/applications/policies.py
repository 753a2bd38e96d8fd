"""Who sees which application, and who moves it on."""

from datetime import date

from sqlalchemy import Select, false, or_, select

from training.candidates.applications.models import Application
from training.candidates.applications.workflow import Rejection, State
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.policies import RECRUITERS
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, System, holds
from training.trainees.disclosures import policies as disclosures
from training.trainees.profiles.models import Trainee

BY_SYSTEM = (Rejection.POSITION_FILLED, Rejection.VACANCY_WITHDRAWN)
"""Reasons that follow from the vacancy and are given by nobody."""


def visible_to(actor: Actor) -> Select[Application]:
    """One's own; to those who recruit for the employer, while the candidate is disclosed to it. Always joined to the candidate."""
    mine = select(Application).join(Application.trainee)
    match actor:
        case System():
            return mine
        case Learner(trainee_id=me):
            return mine.where(Application.trainee_id == me)
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=here, roles=roles) if not roles.isdisjoint(RECRUITERS):
            seen = or_(disclosures.live(here), disclosures.to_all_employers())
            return mine.where(Application.employer_id == here, seen, disclosures.of_age_or_consented())
        case _:
            return mine.where(false())


def can_apply(actor: Actor, vacancy: Vacancy) -> bool:
    """Any trainee."""
    return isinstance(actor, Learner)


def can_see_mine(actor: Actor, subject: object = None) -> bool:
    """Any trainee sees their own applications."""
    return isinstance(actor, Learner)


def can_see_standing(actor: Actor, application: Application) -> bool:
    """The candidate's own page of it."""
    return isinstance(actor, Learner) and actor.trainee_id == application.trainee_id


def can_see_board(actor: Actor, vacancy: Vacancy) -> bool:
    """Those who recruit for its employer."""
    return holds(actor, *RECRUITERS, at=vacancy.employer_id)


def can_show(actor: Actor, application: Application) -> bool:
    """Those who recruit for the employer."""
    return holds(actor, *RECRUITERS, at=application.employer_id)


def can_follow(actor: Actor, application: Application) -> bool:
    """Both sides: the candidate, and those who recruit for the employer."""
    return can_see_standing(actor, application) or can_show(actor, application)


def can_move(actor: Actor, application: Application) -> bool:
    """Those who recruit for the employer."""
    return can_show(actor, application)


def can_reject(actor: Actor, application: Application) -> bool:
    """Those who recruit for the employer."""
    return can_show(actor, application)


def can_reverse(actor: Actor, application: Application) -> bool:
    """Those who recruit for the employer."""
    return can_show(actor, application)


def can_withdraw(actor: Actor, application: Application) -> bool:
    """The candidate."""
    return can_see_standing(actor, application)


def why_not_apply(vacancy: Vacancy, trainee: Trainee, *, today: date, consented: bool) -> list[str | LazyString]:
    """It must be live, not over, and a minor needs a guardian's consent before any employer sees them."""
    if not vacancy.takes_applications(today):
        return [_l("This vacancy takes no applications any more. Look at the others.")]
    if trainee.is_minor() and not consented:
        return [
            _l(
                "You are under 18: before an employer sees your profile, a parent or guardian agrees. "
                "Ask them on your profile page; they get a letter with a link, and then you can apply."
            )
        ]
    return []


def why_not_reject(rejection: Rejection) -> list[str | LazyString]:
    """Some reasons are not a person's to give."""
    return [_l("Choose a reason that lies with this application.")] if rejection in BY_SYSTEM else []


def why_not_reverse(application: Application, *, another: bool) -> list[str | LazyString]:
    """Not when the candidate has applied anew, and not when the reason was the vacancy's end."""
    if application.state is State.REJECTED and application.rejection in BY_SYSTEM:
        return [_l("This ended together with the vacancy and cannot be taken back.")]
    if another:
        return [_l("The candidate has applied for this vacancy again. Go on with that application.")]
    return []
