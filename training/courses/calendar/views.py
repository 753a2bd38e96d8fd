"""Pages of a school's academic years."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.calendar import policies, queries, services
from training.courses.calendar.forms import AddPeriodForm, EditForm, EditPeriodForm, PlanForm
from training.courses.calendar.models import AcademicYear, Period
from training.courses.calendar.workflow import PeriodKind
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun
from training.organisations import queries as organisations
from training.organisations.models import Organisation

bp = Noun("calendar", __name__)

ONE = "/academic-years/<int:year_id>"
PART = "/academic-years/periods/<int:period_id>"


@bp.page("/academic-years", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the academic years of the school."""
    return render_template("courses/calendar/listed.html", years=queries.years(g.actor), school=organisations.own(g.actor))


@bp.page("/academic-years/new", doors=MEMBER, may=policies.can_plan, subject=organisations.own, methods=["GET", "POST"])
def plan(school: Organisation) -> ResponseReturnValue:
    """Plans an academic year."""
    form = PlanForm()
    if form.submitted():
        year = services.plan(g.actor, school, **form.fields)
        flash(_("Planned. Add its terms and its days off."), "success")
        return redirect(url_for(".show", year_id=year.id))
    return render_template("courses/calendar/plan.html", form=form)


@bp.page(ONE, doors=MEMBER, may=policies.can_see, subject=queries.year)
def show(year: AcademicYear) -> ResponseReturnValue:
    """Sees one academic year with its terms and days off."""
    calendar = queries.calendar(year.school_id, year.starts_on, year.ends_on)
    counted = {one.id: len(calendar.teaching_days(one.starts_on, one.ends_on)) for one in year.of_kind(PeriodKind.TERM)}
    return render_template(
        "courses/calendar/show.html",
        year=year,
        parts=[(kind, year.of_kind(kind)) for kind in PeriodKind],
        counted=counted,
        movable=not policies.why_not_move(year),
        events=history(year),
    )


@bp.page(f"{ONE}/edit", doors=MEMBER, may=policies.can_edit, subject=queries.year, methods=["GET", "POST"])
def edit(year: AcademicYear) -> ResponseReturnValue:
    """Changes the first and the last day of an academic year."""
    form = EditForm(obj=year)
    if form.submitted():
        services.edit(g.actor, year, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", year_id=year.id))
    return render_template("courses/calendar/edit.html", form=form, year=year)


@bp.page(f"{ONE}/next", doors=MEMBER, may=policies.can_plan_next, subject=queries.year, methods=["POST"])
def plan_next(year: AcademicYear) -> ResponseReturnValue:
    """Plans the academic year after one, with the same terms and days off."""
    made = services.plan_next(g.actor, year)
    flash(_("Planned with the terms and days off of %(year)s. Look through them: some move from year to year.", year=year.name), "success")
    return redirect(url_for(".show", year_id=made.id))


@bp.page(f"{ONE}/remove", doors=MEMBER, may=policies.can_remove, subject=queries.year, methods=["POST"])
def remove(year: AcademicYear) -> ResponseReturnValue:
    """Removes an academic year that no timetable stands on."""
    services.remove(g.actor, year)
    flash(_("Removed."), "success")
    return redirect(url_for(".listed"))


@bp.page(f"{ONE}/periods/new", doors=MEMBER, may=policies.can_add_period, subject=queries.year, methods=["GET", "POST"])
def add_period(year: AcademicYear) -> ResponseReturnValue:
    """Adds a term or days off to an academic year."""
    form = AddPeriodForm(data={"kind": request.args.get("kind")})
    if form.submitted():
        services.add_period(g.actor, year, **form.fields)
        flash(_("Added."), "success")
        return redirect(url_for(".show", year_id=year.id))
    return render_template("courses/calendar/add_period.html", form=form, year=year)


@bp.page(PART, doors=MEMBER, may=policies.can_edit_period, subject=queries.period, methods=["GET", "POST"])
def edit_period(period: Period) -> ResponseReturnValue:
    """Changes a term or days off."""
    form = EditPeriodForm(obj=period)
    if form.submitted():
        services.edit_period(g.actor, period, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", year_id=period.year_id))
    return render_template("courses/calendar/edit_period.html", form=form, period=period)


@bp.page(f"{PART}/remove", doors=MEMBER, may=policies.can_remove_period, subject=queries.period, methods=["POST"])
def remove_period(period: Period) -> ResponseReturnValue:
    """Removes a term or days off."""
    services.remove_period(g.actor, period)
    flash(_("Removed."), "success")
    return redirect(url_for(".show", year_id=period.year_id))
