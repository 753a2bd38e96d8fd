"""Applying, moving through the stages, and every way an application ends.

With the end the employer no longer sees the candidate, so it is told by a notice about the vacancy that names nobody.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.exc import IntegrityError

from training.accounts.memberships.queries import reach as reach_members
from training.audit.services import record
from training.candidates.applications import policies, queries
from training.candidates.applications.models import GRACE, Application
from training.candidates.applications.workflow import LIFECYCLE, Event, Notice, Rejection, State, Withdrawal
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.policies import RECRUITERS
from training.candidates.vacancies.queries import stages
from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, System, authorise, require
from training.kernel.workflow import Party
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.consents.queries import is_given
from training.trainees.disclosures.services import disclose
from training.trainees.disclosures.services import withdraw as undisclose
from training.trainees.disclosures.workflow import Because
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns import services as turns
from training.turns.queries import of

REVERSIBLE = timedelta(days=30)
"""How long an employer still sees somebody it has rejected, and can take the rejection back."""


@transaction()
def apply(actor: Actor, vacancy: Vacancy, *, trainee: Trainee, letter: str | None = None) -> Application:
    """Applies with the profile: from now on the employer sees it."""
    authorise(policies.can_apply, actor, vacancy)
    today = clock.today(vacancy.employer.zone)
    require(policies.why_not_apply(vacancy, trainee, today=today, consented=is_given(trainee.id)))
    now = clock.now()
    application = Application(
        vacancy_id=vacancy.id,
        employer_id=vacancy.employer_id,
        trainee_id=trainee.id,
        stage_id=stages(vacancy.id)[0].id,
        letter=letter,
        applied_at=now,
        moved_at=now,
        state=State.OPEN,
    )
    try:
        with db.session.begin_nested():
            db.session.add(application)
    except IntegrityError:
        raise NotNow(_l("You have applied for this vacancy already. See where it stands under Work.")) from None
    turns.begin(actor, LIFECYCLE, application)
    disclose(actor, trainee, Because.APPLICATION, application, to=vacancy.employer_id)
    record(actor, Event.APPLIED, application, vacancy=vacancy.id, trainee=trainee.id)
    notify(Notice.APPLIED, application, to=recruiters(application))
    return application


@transaction()
def move(actor: Actor, application: Application, *, stage_id: int) -> None:
    """Puts the candidate into another stage; the silence is counted anew."""
    authorise(policies.can_move, actor, application)
    stage = queries.stage(application.vacancy_id, stage_id)
    before = application.stage_id
    turns.move(actor, LIFECYCLE, "move", application)
    if before == stage_id:
        return
    application.stage, application.stage_id, application.moved_at = stage, stage_id, clock.now()
    record(actor, Event.MOVED, application, from_stage=before, to_stage=stage_id)
    notify(Notice.MOVED, application, to=reach(application.trainee))


@transaction()
def reject(actor: Actor, application: Application, *, reason: Rejection, words: str | None = None) -> None:
    """Says no, for a reason that the candidate reads; they are told after half an hour, until then it can be undone."""
    authorise(policies.can_reject, actor, application)
    require(policies.why_not_reject(reason))
    _reject(actor, application, reason, words, told_at=clock.now() + GRACE)


@transaction()
def reject_with_vacancy(actor: System, application: Application, *, reason: Rejection) -> None:
    """Ends an application together with its vacancy; the candidate is told at once."""
    if application.state is not State.OPEN:
        return
    _reject(actor, application, reason, None, told_at=clock.now())


@transaction()
def tell_rejection(actor: System, application: Application, *, told_at: datetime) -> None:
    """Tells the candidate of the rejection that was to be told at that moment, unless it was taken back meanwhile."""
    if application.state is not State.REJECTED or application.told_at != told_at:
        return
    record(actor, Event.REJECTION_TOLD, application)
    notify(Notice.REJECTED, application, to=reach(application.trainee), reason=application.rejection)


@transaction()
def reverse(actor: Actor, application: Application) -> None:
    """Takes a rejection back; the candidate is told of it when they had heard of the rejection."""
    authorise(policies.can_reverse, actor, application)
    another = application.state is State.REJECTED and queries.has_live(application.vacancy_id, application.trainee_id)
    require(policies.why_not_reverse(application, another=another))
    heard = not application.undoable
    with db.session.no_autoflush:
        turns.move(actor, LIFECYCLE, "reverse", application)
        application.rejection = application.words = application.told_at = None
    application.moved_at = clock.now()
    disclose(actor, application.trainee, Because.APPLICATION, application, to=application.employer_id)
    record(actor, Event.REVERSED, application)
    if heard:
        notify(Notice.REVERSED, application, to=reach(application.trainee))


@transaction()
def withdraw(actor: Actor, application: Application, *, reason: Withdrawal, words: str | None = None) -> None:
    """The candidate takes the application back."""
    authorise(policies.can_withdraw, actor, application)
    with db.session.no_autoflush:
        turns.move(actor, LIFECYCLE, "withdraw", application, reason=reason.value)
        application.withdrawal, application.words = reason, words
    record(actor, Event.WITHDRAWN, application, detail={"words": words} if words else None, reason=reason)
    notify(Notice.WITHDRAWN, application.vacancy, to=recruiters(application), reason=reason)
    _hide(actor, application)


@transaction()
def lapse(actor: System, application: Application) -> None:
    """Silence ends it: for 30 days the employer took no step. Nothing happens when it did meanwhile."""
    now = clock.now()
    if application.state is not State.OPEN or not any(turn.due_at and turn.due_at <= now for turn in of(application)):
        return
    turns.move(actor, LIFECYCLE, "lapse", application)
    record(actor, Event.LAPSED, application)
    notify(Notice.LAPSED, application, to=reach(application.trainee))
    notify(Notice.UNANSWERED, application.vacancy, to=recruiters(application))
    _hide(actor, application)


def offer(actor: Actor, application: Application, *, until: datetime) -> None:
    """An offer has been sent, inside the transaction that sends it."""
    turns.move(actor, LIFECYCLE, "offer", application)
    application.answer_by_at = until
    record(actor, Event.OFFERED, application)


def reopen(actor: Actor, application: Application) -> None:
    """The offer has ended otherwise, inside the transaction that ends it: the application is open again."""
    turns.move(actor, LIFECYCLE, "reopen", application)
    application.answer_by_at, application.moved_at = None, clock.now()
    record(actor, Event.REOPENED, application)


def hire(actor: Actor, application: Application) -> None:
    """The offer has been accepted, inside that transaction."""
    turns.move(actor, LIFECYCLE, "hire", application)
    application.answer_by_at, application.moved_at = None, clock.now()
    record(actor, Event.HIRED, application)


def lose(actor: Actor, application: Application) -> None:
    """The candidate has been hired elsewhere, inside that transaction; the employer is told no more than that."""
    turns.move(actor, LIFECYCLE, "lose", application)
    application.answer_by_at = None
    record(actor, Event.HIRED_ELSEWHERE, application)
    notify(Notice.HIRED_ELSEWHERE, application.vacancy, to=recruiters(application))
    _hide(actor, application)


def note_interview(actor: Actor, application: Application, *, next_at: datetime | None) -> None:
    """Keeps when the next interview is, inside the transaction that arranges it; the silence is counted anew."""
    application.interview_at = next_at
    if application.state is State.OPEN:
        turn = LIFECYCLE.turns[State.OPEN]
        turns.close(application)
        due = max(clock.now(), next_at or clock.now()) + timedelta(days=turn.days or 0)
        turns.ask(application, Party.EMPLOYER, turn.verb, roles=turn.roles, due=due, silence=turn.silence)


def recruiters(application: Application) -> list[Recipient]:
    """Those who recruit for the employer."""
    return reach_members(application.employer_id, *RECRUITERS)


def _reject(actor: Actor, application: Application, reason: Rejection, words: str | None, *, told_at: datetime) -> None:
    with db.session.no_autoflush:
        turns.move(actor, LIFECYCLE, "reject", application, reason=reason.value)
        application.rejection, application.words, application.told_at = reason, words, told_at
    detail: dict[str, Any] | None = {"words": words} if words else None
    record(actor, Event.REJECTED, application, detail=detail, reason=reason)
    enqueue("applications.tell_rejection", run_at=told_at, application_id=application.id, told_at=told_at.isoformat())
    undisclose(actor, application.trainee, Because.APPLICATION, application, at=told_at + REVERSIBLE)


def _hide(actor: Actor, application: Application) -> None:
    """What the application opened is closed."""
    undisclose(actor, application.trainee, Because.APPLICATION, application)
