"""The attendance of a cohort's people, as a list."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import contains_eager

from training.courses.attendance import queries
from training.courses.attendance.policies import can_see_of_cohort
from training.courses.attendance.queries import Figure
from training.courses.attendance.workflow import Mark
from training.courses.calendar import queries as calendars
from training.courses.calendar.days import Span
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.lists import people
from training.courses.enrolments.models import Enrolment
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort
from training.kernel.lists import Wanted
from training.kernel.policy import Actor
from training.trainees.profiles.models import Trainee


def terms(cohort: Cohort) -> dict[str, Span]:
    """The terms that a cohort studies in, by their first day."""
    calendar = calendars.calendar(cohort.school_id, cohort.starts_on, cohort.ends_on)
    found = [span for year in calendar.years for span in year.terms if span.meets(Span(cohort.starts_on, cohort.ends_on))]
    return {span.first.isoformat(): span for span in found}


def options(actor: Actor, cohort: Cohort) -> Sequence[tuple[str, str]]:
    """The terms by name, with the year in which they begin."""
    return [(key, f"{span.name}, {span.first.year}") for key, span in terms(cohort).items()]


def dress(found: Sequence[Enrolment], cohort: Cohort, wanted: Wanted) -> Sequence[Figure]:
    """How often each was there, in the chosen term if one is."""
    chosen = wanted.chosen("term")
    spans = [span for key, span in terms(cohort).items() if key in chosen] if chosen else []
    return queries.figures(found, spans[:1])


def percent(row: Figure) -> int | None:
    """The share in whole percent."""
    return None if row.share is None else round(row.share * 100)


def _of_lessons(values: Sequence[str]) -> None:
    """A term narrows the lessons that are counted, not the people."""


def _number(mark: Mark) -> Any:
    return lambda row: row.number.get(mark, 0)


ATTENDANCE = Listing(
    name="attendance",
    title=_l("Attendance"),
    endpoint="courses.attendance.of_cohort",
    may=can_see_of_cohort,
    subject=cohorts.cohort,
    rows=people,
    key=Enrolment.id,
    loads=(contains_eager(Enrolment.trainee),),
    words=_l("Find by name"),
    word=lambda text: Trainee.name_key.contains(text, autoescape=True),
    filters=(Filter("term", _l("Term"), _of_lessons, options, single=True),),
    sorts=(Sort("name", _l("Name"), Order.TEXT, (Trainee.name_key,)),),
    first="name",
    dress=dress,
    columns=(
        OutColumn(_l("Name"), lambda row: row.enrolment.trainee.name),
        OutColumn(_l("Lessons marked"), lambda row: row.lessons),
        OutColumn(_l("Was there, %"), percent),
        *(OutColumn(mark.label, _number(mark)) for mark in Mark),
    ),
)
