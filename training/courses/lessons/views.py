"""Pages of timetables: a cohort's, a teacher's, a trainee's, and of what makes them."""

from collections.abc import Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.accounts.memberships.models import Membership
from training.accounts.memberships.queries import of_role
from training.audit.queries import history
from training.courses.attendance import queries as attendance
from training.courses.calendar import queries as calendars
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.lessons import clashes, policies, queries, services
from training.courses.lessons.clashes import Takes
from training.courses.lessons.forms import WEEKDAYS, AddForm, CancelForm, PlanForm, RescheduleForm, StopForm, SubstituteForm
from training.courses.lessons.models import Lesson, LessonPattern
from training.courses.lessons.weeks import begun, entry, week
from training.courses.lessons.workflow import LIFECYCLE
from training.courses.programmes.models import Module
from training.courses.rooms import queries as rooms
from training.courses.rooms.models import Room
from training.kernel import clock
from training.kernel.i18n import _, current_zone
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.kernel.policy import Role

R = TypeVar("R", Module, Membership, Room)

bp = Noun("lessons", __name__)

OF = "/cohorts/<int:cohort_id>/timetable"
ONE = "/lessons/<int:lesson_id>"
PATTERN = "/lessons/patterns/<int:pattern_id>"


@bp.page("/timetable", doors=MEMBER, may=policies.can_list_own)
def own() -> ResponseReturnValue:
    """Sees the lessons that one gives, week by week."""
    first = queries.week_of(request.args.get("week", ""), zone=current_zone())
    shown = week(first, queries.own(g.actor, first))
    return render_template("courses/lessons/own.html", week=shown, unmarked=attendance.unmarked(g.actor))


@bp.page("/timetable", doors=LEARNER, may=policies.can_list_mine)
def mine() -> ResponseReturnValue:
    """The trainee's lessons, week by week."""
    first = queries.week_of(request.args.get("week", ""), zone=current_zone())
    return render_template("courses/lessons/mine.html", week=week(first, queries.mine(g.actor, first)))


@bp.page(OF, doors=MEMBER, may=policies.can_see_of_cohort, subject=cohorts.cohort)
def of_cohort(cohort: Cohort) -> ResponseReturnValue:
    """Sees a cohort's timetable, week by week, and the hours that it gives."""
    first = queries.week_of(request.args.get("week", ""), zone=cohorts.zone_of(cohort), cohort=cohort)
    shown = week(first, queries.of_cohort(g.actor, cohort, first))
    calendar = calendars.calendar(cohort.school_id, first, shown.last)
    return render_template(
        "courses/lessons/of_cohort.html",
        cohort=cohort,
        week=shown,
        number=calendar.week_of(first) or calendar.week_of(shown.last),
        off={day: off.name for day, _entries in shown.days if (off := calendar.holiday_on(day)) is not None},
        patterns=queries.patterns_of(g.actor, cohort.id),
        hours=queries.hours_of(cohort),
        weekdays=WEEKDAYS,
        over=cohort.state in policies.OVER,
    )


@bp.page(f"{OF}/patterns/new", doors=MEMBER, may=policies.can_plan, subject=cohorts.cohort, methods=["GET", "POST"])
def plan(cohort: Cohort) -> ResponseReturnValue:
    """Puts weekly lessons into a cohort's timetable."""
    first = min(max(cohort.starts_on, clock.today(cohorts.zone_of(cohort))), cohort.ends_on)
    term = calendars.calendar(cohort.school_id, first, first).term_of(first)
    form = PlanForm(data={"from_on": first, "until_on": min(term.last, cohort.ends_on) if term else cohort.ends_on, "parity": "every"})
    modules, teachers, places = choices(cohort)
    form.choose(module_id=named(modules), teacher_id=named(teachers), room_id=named(places))
    preview, told = None, []
    if form.submitted():
        takes = Takes(cohort, one_of(teachers, form.teacher_id.data), one_of(places, form.room_id.data))
        if "confirm" in request.form:
            services.plan(
                g.actor, cohort, module=one_of(modules, form.module_id.data), teacher=takes.teacher, room=takes.room, rhythm=form.rhythm
            )
            flash(_("In the timetable. The cohort and the teacher are told."), "success")
            return redirect(url_for(".of_cohort", cohort_id=cohort.id, week=form.from_on.data))
        preview = queries.preview(takes, form.rhythm)
        told = clashes.sentences(preview.clashes, takes, cohorts.zone_of(cohort))
        told += policies.why_not_times(form.rhythm.begins, form.rhythm.ends)
        days = {"from_on": form.rhythm.from_on, "until_on": form.rhythm.until_on}
        told += policies.why_not_pattern(cohort, preview.calendar, number=len(preview.slots), **days)
    return render_template(
        "courses/lessons/plan.html", form=form, cohort=cohort, preview=preview, told=told, lacking=lacking(teachers, places)
    )


@bp.page(f"{OF}/new", doors=MEMBER, may=policies.can_add, subject=cohorts.cohort, methods=["GET", "POST"])
def add(cohort: Cohort) -> ResponseReturnValue:
    """Adds a single lesson to a cohort's timetable."""
    form = AddForm(data={"held_on": max(cohort.starts_on, clock.today(cohorts.zone_of(cohort)))})
    modules, teachers, places = choices(cohort)
    form.choose(module_id=named(modules), teacher_id=named(teachers), room_id=named(places))
    if form.submitted():
        lesson = services.add(
            g.actor,
            cohort,
            module=one_of(modules, form.module_id.data),
            teacher=one_of(teachers, form.teacher_id.data),
            room=one_of(places, form.room_id.data),
            held_on=form.fields["held_on"],
            **form.times,
        )
        flash(_("Added. The cohort and the teacher are told."), "success")
        return redirect(url_for(".of_cohort", cohort_id=cohort.id, week=lesson.held_on))
    return render_template("courses/lessons/add.html", form=form, cohort=cohort, lacking=lacking(teachers, places))


@bp.page(PATTERN, doors=MEMBER, may=policies.can_see_pattern, subject=queries.pattern)
def show_pattern(pattern: LessonPattern) -> ResponseReturnValue:
    """Sees the lessons of one weekly pattern."""
    lessons = queries.of_pattern(pattern.id)
    return render_template(
        "courses/lessons/show_pattern.html", pattern=pattern, lessons=lessons, weekdays=WEEKDAYS, clock=clock_words, events=history(pattern)
    )


@bp.page(f"{PATTERN}/stop", doors=MEMBER, may=policies.can_stop, subject=queries.pattern, methods=["GET", "POST"])
def stop(pattern: LessonPattern) -> ResponseReturnValue:
    """Takes the lessons to come of a weekly pattern out of the timetable."""
    form = StopForm(data={"from_on": max(pattern.from_on, clock.today(pattern.school.zone))})
    if form.submitted():
        services.stop(g.actor, pattern, **form.fields)
        flash(_("Taken out. The cohort and the teacher are told why."), "success")
        return redirect(url_for(".show_pattern", pattern_id=pattern.id))
    return render_template("courses/lessons/stop.html", form=form, pattern=pattern)


@bp.page(ONE, doors=[MEMBER, LEARNER], may=policies.can_see, subject=queries.lesson)
def show(lesson: Lesson) -> ResponseReturnValue:
    """Sees one lesson: when, where, by whom."""
    return render_template(
        "courses/lessons/show.html", lesson=lesson, entry=entry(lesson), begun=begun(lesson), lifecycle=LIFECYCLE, events=history(lesson)
    )


@bp.page(f"{ONE}/reschedule", doors=MEMBER, may=policies.can_reschedule, subject=queries.lesson, methods=["GET", "POST"])
def reschedule(lesson: Lesson) -> ResponseReturnValue:
    """Moves a lesson to another time or room."""
    zone = ZoneInfo(lesson.school.zone)
    first, last = (moment.astimezone(zone).time() for moment in (lesson.starts_at, lesson.ends_at))
    now = {"held_on": lesson.held_on, "begins": first, "ends": last, "room_id": lesson.room_id, "version": lesson.version}
    form, places = RescheduleForm(data=now), rooms.rooms(g.actor)
    form.choose(room_id=named(places))
    if form.submitted():
        room, day = one_of(places, form.room_id.data), form.fields["held_on"]
        services.reschedule(g.actor, lesson, version=form.version.data or 0, room=room, held_on=day, **form.times)
        flash(_("Moved. The cohort and the teacher are told."), "success")
        return redirect(url_for(".show", lesson_id=lesson.id))
    return render_template("courses/lessons/reschedule.html", form=form, lesson=lesson)


@bp.page(f"{ONE}/substitute", doors=MEMBER, may=policies.can_substitute, subject=queries.lesson, methods=["GET", "POST"])
def substitute(lesson: Lesson) -> ResponseReturnValue:
    """Gives a lesson to another teacher."""
    form = SubstituteForm(data={"version": lesson.version})
    teachers = [one for one in of_role(lesson.school_id, Role.TEACHER) if one.id != lesson.teacher_id]
    form.choose(teacher_id=named(teachers))
    if form.submitted():
        services.substitute(g.actor, lesson, version=form.version.data or 0, teacher=one_of(teachers, form.teacher_id.data))
        flash(_("Saved. The cohort and both teachers are told."), "success")
        return redirect(url_for(".show", lesson_id=lesson.id))
    return render_template("courses/lessons/substitute.html", form=form, lesson=lesson)


@bp.page(f"{ONE}/cancel", doors=MEMBER, may=policies.can_cancel, subject=queries.lesson, methods=["GET", "POST"])
def cancel(lesson: Lesson) -> ResponseReturnValue:
    """Cancels a lesson."""
    form = CancelForm()
    if form.submitted():
        services.cancel(g.actor, lesson, **form.fields)
        flash(_("Cancelled. The cohort and the teacher are told why."), "success")
        return redirect(url_for(".show", lesson_id=lesson.id))
    return render_template("courses/lessons/cancel.html", form=form, lesson=lesson)


def choices(cohort: Cohort) -> tuple[Sequence[Module], Sequence[Membership], Sequence[Room]]:
    """What a cohort can be taught, by whom, and where."""
    return queries.modules(cohort), of_role(cohort.school_id, Role.TEACHER), rooms.rooms(g.actor)


def named(records: Sequence[Module] | Sequence[Membership] | Sequence[Room]) -> list[tuple[int, str]]:
    """The options of a field."""
    return [(one.id, one.name if isinstance(one, Membership) else str(one)) for one in records]


def one_of(records: Sequence[R], key: int) -> R:
    """The one that was chosen."""
    return next(one for one in records if one.id == key)


def lacking(teachers: Sequence[Membership], places: Sequence[Room]) -> str | None:
    """What there must be before a lesson can be, if it is not there yet."""
    if not places:
        return _("Your school has no room yet. Add the rooms first.")
    return None if teachers else _("Nobody teaches at your school yet. Invite a teacher first.")


def clock_words(minutes: int) -> str:
    """Minutes after midnight as a time: 8:30."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
