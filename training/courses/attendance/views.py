"""Pages of attendance: the sheet of a lesson, a cohort's, and one's own."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.courses.attendance import policies, queries, services
from training.courses.attendance.forms import MarkForm, lines
from training.courses.attendance.lists import percent
from training.courses.attendance.workflow import Mark
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.lessons import queries as lessons
from training.courses.lessons.models import Lesson
from training.kernel.i18n import ngettext
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.saved_views.pages import opened

bp = Noun("attendance", __name__)


@bp.page("/lessons/<int:lesson_id>/attendance", doors=MEMBER, may=policies.can_mark, subject=lessons.lesson, methods=["GET", "POST"])
def mark(lesson: Lesson) -> ResponseReturnValue:
    """Marks who was at a lesson."""
    people, form = queries.people(lesson), MarkForm()
    sheet = lines(people, queries.marks(lesson))
    if form.submitted():
        services.mark(
            g.actor,
            lesson,
            marks={one.enrolment.id: one.mark for one in sheet},
            late={one.enrolment.id: one.minutes for one in sheet if one.mark is Mark.LATE},
            reason=form.fields["reason"],
        )
        there = sum(one.mark.there for one in sheet)
        flash(ngettext("Saved: %(num)s of %(all)s was there.", "Saved: %(num)s of %(all)s were there.", there, all=len(sheet)), "success")
        return redirect(url_for("courses.lessons.own", week=lesson.held_on))
    return render_template(
        "courses/attendance/mark.html",
        lesson=lesson,
        form=form,
        sheet=sheet,
        choices=list(Mark),
        marked=queries.sheet(lesson),
        locked=policies.is_locked(lesson),
        reasons=policies.why_not_mark(lesson, number=len(people), reason="-"),
        open_for=policies.OPEN_FOR.days,
    )


@bp.page("/cohorts/<int:cohort_id>/attendance", doors=MEMBER, may=policies.can_see_of_cohort, subject=cohorts.cohort)
def of_cohort(cohort: Cohort) -> ResponseReturnValue:
    """Sees how often the people of a cohort were at its lessons."""
    return render_template("courses/attendance/of_cohort.html", cohort=cohort, asked=opened("attendance", cohort), percent=percent)


@bp.page("/attendance", doors=LEARNER, may=policies.can_list_mine)
def mine() -> ResponseReturnValue:
    """How often the trainee was at the lessons, and at which not."""
    figures = queries.mine(g.actor)
    return render_template("courses/attendance/mine.html", figures=figures, exceptions=queries.exceptions(g.actor), percent=percent)
