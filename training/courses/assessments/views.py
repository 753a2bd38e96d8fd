"""Pages of assessments, for the school."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.accounts.memberships.models import Membership
from training.audit.queries import history
from training.courses.assessments import policies, queries, services
from training.courses.assessments.book import attempts_of, cell_label, cells_of
from training.courses.assessments.forming import next_attempt
from training.courses.assessments.forms import AddForm, ColumnForm, DemonstrationForm, EditForm, ReasonForm, column_form, correct_form
from training.courses.assessments.models import Assessment, Result
from training.courses.assessments.reading import what
from training.courses.assessments.services import Commission, Entry
from training.courses.assessments.workflow import LIFECYCLE, Level
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.programmes import queries as programmes
from training.courses.programmes.models import Module
from training.courses.programmes.tree import branches
from training.kernel import clock
from training.kernel.i18n import _, ngettext
from training.kernel.pages import MEMBER, Noun

bp = Noun("assessments", __name__)

OF = "/cohorts/<int:cohort_id>/assessments"
ONE = "/assessments/<int:assessment_id>"


@dataclass(frozen=True)
class Row:
    """Somebody's line of a column: what counts, everything that was given, and the field where a result can be typed."""

    enrolment: Enrolment
    label: str
    results: Sequence[Result]
    counted: Sequence[Result]
    attempt: int | None
    field: Any = None


@bp.page(f"{OF}/new", doors=MEMBER, may=policies.can_add, subject=cohorts.cohort, methods=["GET", "POST"])
def add(cohort: Cohort) -> ResponseReturnValue:
    """Adds an assessment of a cohort."""
    people, modules = queries.markers(cohort.school_id), programmes.modules_of(cohort.version_id)
    form = AddForm(data={"held_on": clock.today(zone_of(cohort)), "weight": 1, "teacher_id": own(people)})
    offer(form, people, modules)
    if form.submitted():
        made = services.add(
            g.actor, cohort, teacher=chosen(people, form.teacher_id.data), module=module_of(modules, form.module_id.data), **form.values
        )
        flash(_("The assessment is added."), "success")
        return redirect(url_for(".show", assessment_id=made.id))
    return render_template("courses/assessments/add.html", form=form, cohort=cohort)


@bp.page(
    "/cohorts/<int:cohort_id>/demonstration-exams/new",
    doors=MEMBER,
    may=policies.can_add_demonstration,
    subject=cohorts.cohort,
    methods=["GET", "POST"],
)
def add_demonstration(cohort: Cohort) -> ResponseReturnValue:
    """Adds a demonstration exam of a cohort, with its commission."""
    people, modules = queries.markers(cohort.school_id), programmes.modules_of(cohort.version_id)
    start = {"held_on": clock.today(zone_of(cohort)), "weight": 1, "maximum": 100, "title": _("Demonstration exam")}
    chair = next((one.id for one in people if one.account_id != g.actor.account_id), None)
    form = DemonstrationForm(data=start | {"teacher_id": own(people), "module_id": "", "chair_id": chair})
    offer(form, people, modules)
    named = [(one.id, f"{one.name}, {one.role.label}") for one in people]
    form.choose(chair_id=named, members=named)
    if form.submitted():
        commission = Commission(
            Level(form.level.data),
            form.fields["kit_code"],
            form.fields["centre"],
            chosen(people, form.chair_id.data),
            [chosen(people, key) for key in form.members.data or []],
            form.names(),
        )
        made = services.add(
            g.actor,
            cohort,
            teacher=chosen(people, form.teacher_id.data),
            module=module_of(modules, form.module_id.data),
            commission=commission,
            **form.values,
        )
        flash(_("The demonstration exam is added."), "success")
        return redirect(url_for(".show", assessment_id=made.id))
    return render_template("courses/assessments/add_demonstration.html", form=form, cohort=cohort)


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.assessment)
def show(assessment: Assessment) -> ResponseReturnValue:
    """One assessment: everybody's results, and what was corrected."""
    return render_template(
        "courses/assessments/show.html",
        assessment=assessment,
        cohort=assessment.cohort,
        rows=rows_of(assessment),
        lifecycle=LIFECYCLE,
        fresh=assessment.shown_until is not None and queries.newest(assessment.id) > assessment.shown_until,
        zone=zone_of(assessment.cohort),
        reasons=policies.why_not_grade(assessment, today=clock.today(zone_of(assessment.cohort))),
        events=history(assessment),
    )


@bp.page(f"{ONE}/grade", doors=MEMBER, may=policies.can_grade, subject=queries.assessment, methods=["GET", "POST"])
def grade(assessment: Assessment) -> ResponseReturnValue:
    """Gives the results of an assessment to a whole cohort."""
    rows = rows_of(assessment)
    form = column_form(assessment, [(one.enrolment.id, one.attempt, one.enrolment.trainee.name) for one in rows if one.attempt is not None])
    if form.submitted():
        given = services.grade(g.actor, assessment, entries=[Entry(*key, outcome) for key, outcome in form.outcomes.items()])
        flash(ngettext("%(num)s result is given.", "%(num)s results are given.", given) if given else _("Nothing was typed."), "success")
        return redirect(url_for(".show", assessment_id=assessment.id))
    edition = assessment.edition
    return render_template(
        "courses/assessments/grade.html",
        form=form,
        assessment=assessment,
        cohort=assessment.cohort,
        rows=with_fields(rows, form),
        what=what(edition.kind, edition.bands, assessment.maximum),
        reasons=policies.why_not_grade(assessment, today=clock.today(zone_of(assessment.cohort))),
    )


@bp.page(f"{ONE}/edit", doors=MEMBER, may=policies.can_edit, subject=queries.assessment, methods=["GET", "POST"])
def edit(assessment: Assessment) -> ResponseReturnValue:
    """Changes the title, day, points, weight or teacher of an assessment."""
    people = queries.markers(assessment.school_id)
    if assessment.teacher_id not in {one.id for one in people}:
        people = [*people, assessment.teacher]
    form = EditForm(obj=assessment)
    form.choose(teacher_id=[(one.id, f"{one.name}, {one.role.label}") for one in people])
    if form.submitted():
        services.edit(g.actor, assessment, version=form.version.data or 0, teacher=chosen(people, form.teacher_id.data), **form.values)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", assessment_id=assessment.id))
    return render_template("courses/assessments/edit.html", form=form, assessment=assessment, cohort=assessment.cohort)


@bp.page(f"{ONE}/cancel", doors=MEMBER, may=policies.can_cancel, subject=queries.assessment, methods=["POST"])
def cancel(assessment: Assessment) -> ResponseReturnValue:
    """Cancels an assessment that nothing was marked in."""
    services.cancel(g.actor, assessment)
    flash(_("The assessment is cancelled."), "success")
    return redirect(url_for(".show", assessment_id=assessment.id))


@bp.page("/results/<int:result_id>/correct", doors=MEMBER, may=policies.can_correct, subject=queries.result, methods=["GET", "POST"])
def correct(result: Result) -> ResponseReturnValue:
    """Corrects a result, with a reason."""
    assessment = result.assessment
    form = correct_form(assessment)
    if form.submitted():
        services.correct(g.actor, result, outcome=form.outcome, reason=form.fields["reason"])
        flash(_("Corrected. The former result stays in the history."), "success")
        return redirect(url_for(".show", assessment_id=assessment.id))
    form.value.description = what(assessment.edition.kind, assessment.edition.bands, assessment.maximum)
    return render_template(
        "courses/assessments/correct.html",
        form=form,
        result=result,
        label=cell_label(assessment, attempts_of([result])),
        assessment=assessment,
        cohort=assessment.cohort,
        reasons=policies.why_not_correct(assessment, replaced=queries.is_replaced(result.id)),
    )


@bp.page(f"{ONE}/hand-in", doors=MEMBER, may=policies.can_hand_in, subject=queries.assessment, methods=["POST"])
def hand_in(assessment: Assessment) -> ResponseReturnValue:
    """Hands the results of a demonstration exam in to the chair."""
    services.hand_in(g.actor, assessment)
    flash(_("The results are with the chair."), "success")
    return redirect(url_for(".show", assessment_id=assessment.id))


@bp.page(f"{ONE}/confirm", doors=MEMBER, may=policies.can_confirm, subject=queries.assessment, methods=["POST"])
def confirm(assessment: Assessment) -> ResponseReturnValue:
    """Confirms the results of a demonstration exam, as the chair."""
    services.confirm(g.actor, assessment)
    flash(_("Confirmed. The trainees see their results now."), "success")
    return redirect(url_for(".show", assessment_id=assessment.id))


@bp.page(f"{ONE}/send-back", doors=MEMBER, may=policies.can_send_back, subject=queries.assessment, methods=["GET", "POST"])
def send_back(assessment: Assessment) -> ResponseReturnValue:
    """Sends the results of a demonstration exam back, as the chair."""
    form = ReasonForm()
    if form.submitted():
        services.send_back(g.actor, assessment, **form.fields)
        flash(_("Sent back; the teacher is told why."), "success")
        return redirect(url_for(".show", assessment_id=assessment.id))
    return render_template("courses/assessments/send_back.html", form=form, assessment=assessment, cohort=assessment.cohort)


def rows_of(assessment: Assessment) -> list[Row]:
    """Everybody's line of the column, by name."""
    given = queries.given_in(assessment.id)
    counted = cells_of(given)
    found = []
    for one in queries.people(assessment.cohort_id):
        mine = counted.get((assessment.id, one.id), [])
        attempts = attempts_of(mine)
        every = [result for result in given if result.enrolment_id == one.id]
        found.append(Row(one, cell_label(assessment, attempts), every, mine, next_attempt(attempts)))
    return found


def with_fields(rows: Sequence[Row], form: ColumnForm) -> list[Row]:
    """The lines with the fields where something can be typed."""
    fields = {(enrolment_id, attempt): field for enrolment_id, attempt, field in form.rows()}
    return [
        Row(one.enrolment, one.label, one.results, one.counted, one.attempt, fields.get((one.enrolment.id, one.attempt or 0)))
        for one in rows
    ]


def zone_of(cohort: Cohort) -> str:
    """The zone of the cohort's school, which is loaded."""
    zone: str = cohort.programme_version.programme.school.zone
    return zone


def offer(form: AddForm | DemonstrationForm, people: Sequence[Membership], modules: Sequence[Module]) -> None:
    """Gives the form its teachers and modules to choose from."""
    indented = [(str(one.module.id), "\u2003" * one.depth + str(one.module)) for one in branches(modules)]
    form.choose(
        teacher_id=[(one.id, f"{one.name}, {one.role.label}") for one in people], module_id=[("", _("The whole programme")), *indented]
    )


def own(people: Sequence[Membership]) -> int | None:
    """The membership of whoever is signed in, if they give marks."""
    return next((one.id for one in people if one.account_id == g.actor.account_id), None)


def chosen(people: Sequence[Membership], key: int | None) -> Membership:
    """Who was chosen."""
    return next(one for one in people if one.id == key)


def module_of(modules: Sequence[Module], key: str | None) -> Module | None:
    """The module that was chosen; None for the whole programme."""
    return next((one for one in modules if str(one.id) == key), None)
