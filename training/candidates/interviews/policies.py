"""Who sees which interview, who proposes it and who answers."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, false, or_, select, true

from training.accounts.memberships.models import Membership
from training.candidates.applications.models import Application
from training.candidates.applications.workflow import State as ApplicationState
from training.candidates.interviews.models import Interview, InterviewPanel
from training.candidates.interviews.workflow import State
from training.candidates.vacancies.policies import RECRUITERS
from training.kernel import clock
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, System, holds
from training.trainees.disclosures.policies import of_age_or_consented
from training.trainees.profiles.models import Trainee

LONGEST = timedelta(hours=8)


def visible_to(actor: Actor) -> Select[Interview]:
    """One's own; the employer's to those who recruit for it and to those who sit in it, minors with consent."""
    match actor:
        case System():
            return select(Interview)
        case Learner(trainee_id=me):
            return select(Interview).where(Interview.trainee_id == me)
        case Member(kind=OrganisationKind.EMPLOYER, organisation_id=here, account_id=me, roles=roles):
            sits = exists().where(
                InterviewPanel.interview_id == Interview.id, InterviewPanel.membership_id == Membership.id, Membership.account_id == me
            )
            mine = or_(sits, true() if not roles.isdisjoint(RECRUITERS) else false())
            joined = select(Interview).join(Trainee, Trainee.id == Interview.trainee_id)
            return joined.where(Interview.employer_id == here, mine, of_age_or_consented())
        case _:
            return select(Interview).where(false())


def is_candidate(actor: Actor, interview: Interview) -> bool:
    """The candidate."""
    return isinstance(actor, Learner) and actor.trainee_id == interview.trainee_id


def can_see(actor: Actor, interview: Interview) -> bool:
    """The candidate, and whoever of the employer the row scope has let through."""
    return is_candidate(actor, interview) or (isinstance(actor, Member) and actor.organisation_id == interview.employer_id)


def can_propose(actor: Actor, application: Application) -> bool:
    """Those who recruit for the employer."""
    return holds(actor, *RECRUITERS, at=application.employer_id)


def can_confirm(actor: Actor, interview: Interview) -> bool:
    """The candidate."""
    return is_candidate(actor, interview)


def can_decline(actor: Actor, interview: Interview) -> bool:
    """The candidate."""
    return is_candidate(actor, interview)


def can_cancel(actor: Actor, interview: Interview) -> bool:
    """Those who recruit for the employer."""
    return holds(actor, *RECRUITERS, at=interview.employer_id)


def can_conclude(actor: Actor, interview: Interview) -> bool:
    """Those who recruit for the employer."""
    return can_cancel(actor, interview)


def why_not_propose(
    application: Application, *, starts_at: datetime, ends_at: datetime, busy: Sequence[str], panel: Sequence[Membership]
) -> list[str | LazyString]:
    """The application is open, the time is to come, somebody of the employer is there, and everybody is free."""
    found: list[str | LazyString] = []
    if application.state is not ApplicationState.OPEN:
        found.append(_l("This application is not open any more."))
    if starts_at <= clock.now():
        found.append(_l("This time is over. Choose one that is to come."))
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        found.append(_l("An interview lasts from some minutes to 8 hours."))
    if not panel:
        found.append(_l("Choose at least one interviewer."))
    found.extend(_l("%(person)s has another interview at that time. Choose another one.", person=name) for name in busy)
    return found


def why_not_conclude(interview: Interview) -> list[str | LazyString]:
    """It has begun."""
    if interview.state in (State.PROPOSED, State.CONFIRMED) and interview.starts_at > clock.now():
        return [_l("It has not begun yet. Cancel it if it does not take place.")]
    return []
