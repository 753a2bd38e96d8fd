"""Writing the logbook, and the mentor's answer to it."""

from datetime import date

from sqlalchemy.exc import IntegrityError

from training.audit.services import record
from training.internships.logbooks import policies, queries
from training.internships.logbooks.models import LEAST, MOST, STEP, LogbookEntry
from training.internships.logbooks.workflow import LIFECYCLE, Event, Notice, State
from training.internships.placements import limits
from training.internships.placements import queries as placements
from training.internships.placements.models import Placement
from training.internships.placements.services import to_mentor
from training.kernel.db import db, expect, hold, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, authorise, require
from training.notices.services import notify
from training.trainees.passport.models import EvidenceKind, Shown
from training.trainees.passport.services import attest_parts
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move

PRACTISED = 1
"""The level that hours alone show: it has been tried."""


@transaction()
def write(
    actor: Actor, placement: Placement, *, worked_on: date, minutes: int, task: str, result: str | None = None, skill_id: int | None = None
) -> LogbookEntry:
    """The trainee writes down what they did on a day; a draft that only they see."""
    authorise(policies.can_write, actor, placement)
    hold(placement)
    require(policies.why_not_write(placement))
    _fits(placement, worked_on, minutes)
    number = queries.next_number(placement, worked_on)
    entry = LogbookEntry(
        placement=placement,
        worked_on=worked_on,
        number=number,
        task=task,
        result=result,
        minutes=minutes,
        skill_id=skill_id,
        state=State.DRAFT,
    )
    try:
        with db.session.begin_nested():
            db.session.add(entry)
    except IntegrityError:
        raise NotNow(_l("Another entry for this day was saved at the same moment. Send the form again.")) from None
    begin(actor, LIFECYCLE, entry)
    record(actor, Event.WRITTEN, entry, placement=placement.id, day=worked_on, minutes=minutes)
    return entry


@transaction()
def write_and_submit(
    actor: Actor, placement: Placement, *, worked_on: date, minutes: int, task: str, result: str | None = None, skill_id: int | None = None
) -> LogbookEntry:
    """Written and sent to the mentor in one go."""
    entry = write(actor, placement, worked_on=worked_on, minutes=minutes, task=task, result=result, skill_id=skill_id)
    submit(actor, entry)
    return entry


@transaction()
def edit(
    actor: Actor,
    entry: LogbookEntry,
    *,
    version: int,
    worked_on: date,
    minutes: int,
    task: str,
    result: str | None = None,
    skill_id: int | None = None,
) -> None:
    """Changes a draft or a returned entry."""
    authorise(policies.can_edit, actor, entry)
    expect(entry, version)
    hold(entry.placement)
    require([*policies.why_not_edit(entry), *policies.why_not_write(entry.placement)])
    _fits(entry.placement, worked_on, minutes, but=entry.id)
    if worked_on != entry.worked_on:
        entry.number = queries.next_number(entry.placement, worked_on)
    entry.worked_on, entry.minutes, entry.task, entry.result, entry.skill_id = worked_on, minutes, task, result, skill_id
    record(actor, Event.EDITED, entry, placement=entry.placement_id, day=worked_on, minutes=minutes)


@transaction()
def edit_and_submit(
    actor: Actor,
    entry: LogbookEntry,
    *,
    version: int,
    worked_on: date,
    minutes: int,
    task: str,
    result: str | None = None,
    skill_id: int | None = None,
) -> None:
    """Changed and sent to the mentor in one go."""
    edit(actor, entry, version=version, worked_on=worked_on, minutes=minutes, task=task, result=result, skill_id=skill_id)
    submit(actor, entry)


@transaction()
def submit(actor: Actor, entry: LogbookEntry) -> None:
    """Sends an entry to the mentor."""
    authorise(policies.can_submit, actor, entry)
    require(policies.why_not_write(entry.placement))
    move(actor, LIFECYCLE, "submit", entry)
    entry.comment = None
    record(actor, Event.SUBMITTED, entry, placement=entry.placement_id)
    notify(Notice.SUBMITTED, entry, to=to_mentor(entry.placement))


@transaction()
def countersign(actor: Actor, placement: Placement, *, monday: date) -> int:
    """The mentor signs every entry of a week that waits; from now on those never change. Returns how many."""
    authorise(policies.can_countersign, actor, placement)
    entries = queries.waiting_in(placement, monday)
    require(policies.why_not_countersign(waiting=len(entries)))
    for entry in entries:
        move(actor, LIFECYCLE, "countersign", entry)
        record(actor, Event.COUNTERSIGNED, entry, placement=placement.id, minutes=entry.minutes)
    attest_parts(placement.trainee, _shown_by(placement), EvidenceKind.HOURS, placement)
    minutes = sum(entry.minutes for entry in entries)
    notify(Notice.COUNTERSIGNED, placement, to=reach(placement.trainee), monday_on=monday, entries=len(entries), minutes=minutes)
    return len(entries)


@transaction()
def send_back(actor: Actor, entry: LogbookEntry, *, reason: str) -> None:
    """The mentor asks for a change; the trainee reads why."""
    authorise(policies.can_send_back, actor, entry)
    move(actor, LIFECYCLE, "send_back", entry, reason=reason)
    entry.comment = reason
    record(actor, Event.RETURNED, entry, placement=entry.placement_id, detail={"reason": reason})
    notify(Notice.RETURNED, entry, to=reach(entry.placement.trainee))


def _fits(placement: Placement, worked_on: date, minutes: int, *, but: int | None = None) -> None:
    """Raises NotNow beside the field when the day or the hours cannot be."""
    if reasons := policies.why_not_day(placement, worked_on):
        raise NotNow(*reasons, field="worked_on")
    if not LEAST <= minutes <= MOST or minutes % STEP:
        raise NotNow(_l("Hours go in quarters, from a quarter to twelve."), field="hours")
    day, week = queries.minutes_around(placement, worked_on, but=but)
    rule = placements.rule_for(placement, worked_on)
    over = limits.why_not_hours(rule, placement.trainee.born_on, worked_on, day_minutes=day + minutes, week_minutes=week + minutes)
    if over:
        raise NotNow(*over, field="hours")


def _shown_by(placement: Placement) -> list[Shown]:
    """The skills that a placement's countersigned hours show; hours say that a skill was practised, not how well."""
    db.session.flush()  # the entries that were just signed are counted
    by = placement.employer_id
    return [Shown(skill, PRACTISED, organisation_id=by, minutes=minutes) for skill, minutes in queries.signed_by_skill(placement)]
