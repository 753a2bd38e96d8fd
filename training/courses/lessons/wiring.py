"""What lessons hand down."""

from flask import url_for

from training.courses.calendar.workflow import Event as CalendarEvent
from training.courses.cohorts.workflow import Event as CohortEvent
from training.courses.lessons import handing_over, queries, tasks
from training.courses.lessons.models import Lesson, LessonPattern
from training.courses.lessons.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l, format_date
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Charge, Kind, Task, Topic, Wiring
from training.organisations.queries import slug_of


def title(lesson: Lesson) -> str:
    """What is taught, and when."""
    return _("%(module)s, %(day)s", module=lesson.module.title, day=format_date(lesson.held_on, relative=False))


def page(actor: Actor, lesson: Lesson) -> str:
    """Where the actor finds the lesson."""
    if isinstance(actor, Member):
        return url_for("courses.lessons.show", organisation=slug_of(actor.organisation_id), lesson_id=lesson.id)
    return url_for("courses.lessons.show", lesson_id=lesson.id)


def pattern_title(pattern: LessonPattern) -> str:
    """What is taught to whom."""
    return _("%(module)s, cohort %(cohort)s", module=pattern.module.title, cohort=pattern.cohort.code)


def pattern_page(actor: Actor, pattern: LessonPattern) -> str:
    """Where the actor finds the pattern: trainees read of it in their timetable."""
    if isinstance(actor, Member):
        return url_for("courses.lessons.show_pattern", organisation=slug_of(actor.organisation_id), pattern_id=pattern.id)
    return url_for("courses.lessons.mine", week=pattern.from_on.isoformat())


WIRING = Wiring(
    tasks={
        "lessons.cancel_on_days_off": Task(tasks.cancel_on_days_off),
        "lessons.cancel_with_cohort": Task(tasks.cancel_with_cohort),
    },
    subscriptions={
        CalendarEvent.PERIOD_ADDED.value: "lessons.cancel_on_days_off",
        CohortEvent.CANCELLED.value: "lessons.cancel_with_cohort",
    },
    kinds={
        "lesson": Kind(find=queries.lesson, title=title, url=page, each=queries.each),
        "lesson_pattern": Kind(find=queries.pattern, title=pattern_title, url=pattern_page, each=queries.each_pattern),
    },
    charges={"teacher": Charge(_l("Lessons to give"), "lesson", handing_over.TEACHERS, handing_over.given_by, handing_over.give)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"lesson": Topic(_l("Lessons and the timetable"), frozenset({"trainee", "school"}))},
    workflows={"lesson": LIFECYCLE},
)
