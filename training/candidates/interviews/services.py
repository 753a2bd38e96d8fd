"""Arranging interviews so that nobody is in two at once."""

from collections.abc import Collection
from datetime import datetime

from training.accounts.memberships.holdings import keep
from training.audit.services import record
from training.candidates.applications.models import Application
from training.candidates.applications.services import note_interview, recruiters
from training.candidates.interviews import policies, queries
from training.candidates.interviews.models import Interview, InterviewPanel
from training.candidates.interviews.workflow import LIFECYCLE, Event, Notice, State
from training.kernel.db import db, hold, transaction
from training.kernel.policy import Actor, System, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move


@transaction()
def propose(
    actor: Actor, application: Application, *, starts_at: datetime, ends_at: datetime, place: str, members: Collection[int]
) -> Interview:
    """Proposes a time to the candidate; `members` are the memberships that sit in it. NotNow when anybody is taken then."""
    authorise(policies.can_propose, actor, application)
    panel = queries.members(application.employer_id, members)
    keep(*panel)
    panel = [one for one in panel if one.ended_on is None]
    hold(application.trainee, *(one.account for one in panel))
    busy = list(queries.busy({one.account_id for one in panel}, starts_at, ends_at))
    if queries.candidate_busy(application.trainee_id, starts_at, ends_at):
        busy.append(application.trainee.name)
    require(policies.why_not_propose(application, starts_at=starts_at, ends_at=ends_at, busy=busy, panel=panel))
    interview = Interview(
        application_id=application.id,
        employer_id=application.employer_id,
        trainee_id=application.trainee_id,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        state=State.PROPOSED,
    )
    interview.panel = [InterviewPanel(membership=one) for one in panel]
    db.session.add(interview)
    begin(actor, LIFECYCLE, interview, due=starts_at)
    record(actor, Event.PROPOSED, interview, application=application.id, starts_at=starts_at, panel=[one.id for one in panel])
    note_interview(actor, application, next_at=queries.next_at(application.id))
    notify(Notice.PROPOSED, interview, to=[*reach(application.trainee), *_panel(interview)])
    return interview


@transaction()
def confirm(actor: Actor, interview: Interview) -> None:
    """The candidate comes."""
    authorise(policies.can_confirm, actor, interview)
    move(actor, LIFECYCLE, "confirm", interview, due=interview.ends_at)
    record(actor, Event.CONFIRMED, interview)
    notify(Notice.CONFIRMED, interview, to=[*_organisers(interview), *reach(interview.application.trainee)])


@transaction()
def decline(actor: Actor, interview: Interview, *, reason: str) -> None:
    """The candidate does not come at that time."""
    authorise(policies.can_decline, actor, interview)
    move(actor, LIFECYCLE, "decline", interview, reason=reason)
    interview.words = reason
    record(actor, Event.DECLINED, interview, detail={"reason": reason})
    notify(Notice.DECLINED, interview, to=_organisers(interview))
    _forget(actor, interview)


@transaction()
def cancel(actor: Actor, interview: Interview, *, reason: str) -> None:
    """The employer calls it off."""
    authorise(policies.can_cancel, actor, interview)
    _cancel(actor, interview, reason)
    _forget(actor, interview)


@transaction()
def cancel_with_application(actor: System, interview: Interview) -> None:
    """The application has ended, and its interviews with it."""
    if interview.state in queries.ARRANGED:
        _cancel(actor, interview, interview.application.state.value)
        interview.words = None
        _forget(actor, interview)


@transaction()
def conclude(actor: Actor, interview: Interview) -> None:
    """It took place."""
    authorise(policies.can_conclude, actor, interview)
    require(policies.why_not_conclude(interview))
    move(actor, LIFECYCLE, "conclude", interview)
    record(actor, Event.HELD, interview)
    _forget(actor, interview)


def _cancel(actor: Actor, interview: Interview, reason: str) -> None:
    move(actor, LIFECYCLE, "cancel", interview, reason=reason)
    interview.words = reason
    record(actor, Event.CANCELLED, interview, detail={"reason": reason})
    notify(Notice.CANCELLED, interview, to=[*reach(interview.application.trainee), *_panel(interview)])


def _forget(actor: Actor, interview: Interview) -> None:
    """The application's page names the next one, if there is one."""
    note_interview(actor, interview.application, next_at=queries.next_at(interview.application_id))


def _panel(interview: Interview) -> list[Recipient]:
    return [Recipient("account", one.membership.account_id, interview.employer_id) for one in interview.panel]


def _organisers(interview: Interview) -> list[Recipient]:
    """Those who recruit, and those who sit in it, each once."""
    return list(dict.fromkeys([*recruiters(interview.application), *_panel(interview)]))
