"""Why somebody is at risk: each reason as a condition on enrolments, and in words for many of them at once.

A further reason is one more `Reason` in `REASONS`; filter, order, words and files follow from the tuple.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Date, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from training.courses.assessments.models import Assessment, Result
from training.courses.assessments.workflow import State
from training.courses.attendance.models import Attendance
from training.courses.attendance.workflow import Mark
from training.courses.enrolments.models import Enrolment
from training.courses.lessons.models import Lesson
from training.courses.recognitions.policies import recognised
from training.courses.scales.models import ScaleBand
from training.internships.logbooks.models import LogbookEntry
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import LazyString, _, _l, format_date, ngettext
from training.organisations.models import Organisation

PATIENCE = timedelta(days=7)
"""How long a mark or an entry in the logbook may be missing before that is a reason."""

ABSENCES, LATELY = 3, timedelta(days=14)
"""So many lessons missed without excuse, within that time, are a reason."""

Words = Mapping[int, str]
"""By enrolment: the reason in a sentence."""


@dataclass(frozen=True)
class Reason:
    """Why somebody is at risk: its name in addresses, what it is, whether an enrolment has it, and the words for those that do."""

    name: str
    label: LazyString
    condition: ColumnElement[bool]
    words: Callable[[Collection[int]], Words]


def long_ago() -> BindParameter[date]:
    """The day so long ago that patience is over, whenever the statement is asked."""
    return bindparam(None, callable_=lambda: clock.today() - PATIENCE, type_=Date())


def _seen(result: type[Result]) -> ColumnElement[bool]:
    """Whether a result counts: the chair has confirmed it where there is one, and no correction that counts replaces it."""
    later = aliased(Result)
    shown = or_(Assessment.shown_until.is_(None), result.id <= Assessment.shown_until)
    replaced = exists().where(later.replaces_id == result.id, or_(Assessment.shown_until.is_(None), later.id <= Assessment.shown_until))
    return and_(Assessment.id == result.assessment_id, Assessment.state != State.CANCELLED, shown, ~replaced)


def _is_last(result: type[Result]) -> ColumnElement[bool]:
    """Whether no further attempt of the same person in the same assessment counts."""
    later = aliased(Result)
    further = exists().where(
        later.assessment_id == result.assessment_id,
        later.enrolment_id == result.enrolment_id,
        later.attempt > result.attempt,
        or_(Assessment.shown_until.is_(None), later.id <= Assessment.shown_until),
    )
    return ~further


def _failing(result: type[Result]) -> ColumnElement[bool]:
    """Whether a result is the last of its attempts and does not pass, in a module that is not recognised."""
    failed = exists().where(ScaleBand.id == result.band_id, ScaleBand.passes.is_(False))
    known = recognised(result.enrolment_id, Assessment.module_id)
    return and_(_seen(result), _is_last(result), or_(result.absent, failed), ~known)


def _lacking(assessment: type[Assessment]) -> ColumnElement[bool]:
    """Whether others have a result of an assessment, held some time ago, and this enrolment has none, nor the module recognised."""
    any_result, own = aliased(Result), aliased(Result)
    given = (assessment.shown_until.is_(None), any_result.id <= assessment.shown_until)
    return and_(
        assessment.cohort_id == Enrolment.cohort_id,
        assessment.state != State.CANCELLED,
        assessment.held_on < long_ago(),
        assessment.held_on >= func.coalesce(Enrolment.enrolled_on, assessment.held_on),
        exists().where(any_result.assessment_id == assessment.id, or_(*given)).correlate_except(any_result),
        ~exists().where(own.assessment_id == assessment.id, own.enrolment_id == Enrolment.id).correlate_except(own),
        ~recognised(Enrolment.id, assessment.module_id),
    )


def _silent() -> ColumnElement[bool]:
    """Whether an internship of the trainee goes on for some time without an entry in its logbook."""
    recent = exists().where(LogbookEntry.placement_id == Placement.id, LogbookEntry.worked_on >= long_ago())
    return and_(
        Placement.trainee_id == Enrolment.trainee_id,
        Placement.school_id == Enrolment.school_id,
        Placement.state == PlacementState.ACTIVE,
        Placement.starts_on < long_ago(),
        ~recent,
    )


def _missed() -> Select[int]:
    """How many lessons an enrolment has lately missed without excuse."""
    since = bindparam(None, callable_=lambda: clock.today() - LATELY, type_=Date())
    lately = (Attendance.mark == Mark.ABSENT, Attendance.lesson_id == Lesson.id, Lesson.held_on >= since)
    return select(func.count()).where(Attendance.enrolment_id == Enrolment.id, *lately)


def absent(ids: Collection[int]) -> Words:
    """How often somebody was not there: one statement."""
    missed: Any = _missed().correlate(Enrolment).scalar_subquery()
    found = db.session.execute(select(Enrolment.id, missed).where(Enrolment.id.in_(ids), missed >= ABSENCES)) if ids else ()
    return {
        key: ngettext("Missed %(num)s lesson in two weeks without excuse.", "Missed %(num)s lessons in two weeks without excuse.", number)
        for key, number in found
    }


def failed(ids: Collection[int]) -> Words:
    """What was not passed: one statement."""
    query = select(Result.enrolment_id, Assessment.title).select_from(Result).join(Assessment, Assessment.id == Result.assessment_id)
    query = query.where(Result.enrolment_id.in_(ids), _failing(Result)).order_by(Assessment.held_on, Assessment.id)
    return {key: _("Not passed: %(titles)s.", titles=titles) for key, titles in _joined(query).items()}


def missing(ids: Collection[int]) -> Words:
    """What has no result: one statement."""
    query = select(Enrolment.id, Assessment.title).select_from(Enrolment).join(Assessment, _lacking(Assessment))
    query = query.where(Enrolment.id.in_(ids)).order_by(Assessment.held_on, Assessment.id)
    return {key: _("No result: %(titles)s.", titles=titles) for key, titles in _joined(query).items()}


def unwritten(ids: Collection[int]) -> Words:
    """Since when the logbook is empty, and where: one statement."""
    last: Any = select(func.max(LogbookEntry.worked_on)).where(LogbookEntry.placement_id == Placement.id).scalar_subquery()
    query = select(Enrolment.id, Organisation.short_name, Placement.starts_on, last).select_from(Enrolment).join(Placement, _silent())
    query = query.join(Organisation, Organisation.id == Placement.employer_id).where(Enrolment.id.in_(ids)).order_by(Placement.id)
    found = {}
    for key, employer, starts_on, written_on in db.session.execute(query) if ids else ():
        day = format_date(starts_on if written_on is None else written_on, relative=False, weekday=False)
        if written_on is not None:
            found[key] = _("Nothing in the logbook at %(employer)s since %(day)s.", employer=employer, day=day)
        else:
            found[key] = _("Nothing in the logbook at %(employer)s, where the internship began on %(day)s.", employer=employer, day=day)
    return found


def _joined(query: object) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for key, title in db.session.execute(query):  # type: ignore[call-overload]  # a select of pairs
        found.setdefault(key, []).append(title)
    return {key: ", ".join(dict.fromkeys(titles)) for key, titles in found.items()}


REASONS = (
    Reason("failed", _l("Failed assessments"), exists().where(Result.enrolment_id == Enrolment.id, _failing(Result)), failed),
    Reason("absence", _l("Missed lessons"), _missed().correlate(Enrolment).scalar_subquery() >= ABSENCES, absent),
    Reason("missing", _l("Missing results"), exists().where(_lacking(Assessment)), missing),
    Reason("logbook", _l("Empty logbook"), exists().where(_silent()), unwritten),
)
"""Every reason there is, the gravest first."""
