"""Pages of evaluations, and the end of a placement."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.internships.evaluations import forms, policies, queries, services
from training.internships.evaluations.forms import CompleteForm, DisagreeForm
from training.internships.evaluations.models import Evaluation
from training.internships.evaluations.workflow import By
from training.internships.logbooks import queries as logbooks
from training.internships.placements import policies as placement_policies
from training.internships.placements import queries as placements
from training.internships.placements.models import Placement
from training.internships.placements.skills import asked_of
from training.internships.placements.workflow import State as PlacementState
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, MEMBER, Noun

bp = Noun("evaluations", __name__)


@bp.page(
    "/placements/<int:placement_id>/evaluations", doors=[MEMBER, LEARNER], may=placement_policies.can_show, subject=placements.placement
)
def listed(placement: Placement) -> ResponseReturnValue:
    """What each side has written of a placement, and what is still missing."""
    written = queries.written_by(placement.id)
    by = policies.side_of(g.actor, placement)
    return render_template(
        "internships/evaluations/listed.html",
        placement=placement,
        evaluations=queries.of_placement(g.actor, placement),
        reasons=policies.why_not_write(placement, written=written, by=by),
        written=written,
        sides=By,
    )


@bp.page(
    "/placements/<int:placement_id>/evaluations/new",
    doors=[MEMBER, LEARNER],
    may=policies.can_write,
    subject=placements.placement,
    methods=["GET", "POST"],
)
def write(placement: Placement) -> ResponseReturnValue:
    """Writes one side's evaluation of an internship."""
    by = policies.side_of(g.actor, placement)
    form = forms.of([skill for skill, _level in asked_of(placement)], recommends=by is By.MENTOR)
    if form.submitted():
        services.write(g.actor, placement, **form.fields)
        flash(_("The evaluation is saved."), "success")
        return redirect(url_for(".listed", placement_id=placement.id))
    reasons = policies.why_not_write(placement, written=queries.written_by(placement.id), by=by)
    return render_template("internships/evaluations/write.html", form=form, placement=placement, by=by, reasons=reasons)


@bp.page(
    "/evaluations/<int:evaluation_id>/disagree",
    doors=LEARNER,
    may=policies.can_disagree,
    subject=queries.evaluation,
    methods=["GET", "POST"],
)
def disagree(evaluation: Evaluation) -> ResponseReturnValue:
    """The trainee sees it otherwise."""
    form = DisagreeForm()
    if form.submitted():
        services.disagree(g.actor, evaluation, **form.fields)
        flash(_("Your comment stands beside the evaluation."), "success")
        return redirect(url_for(".listed", placement_id=evaluation.placement_id))
    return render_template("internships/evaluations/disagree.html", form=form, evaluation=evaluation)


@bp.page(
    "/placements/<int:placement_id>/complete",
    doors=MEMBER,
    may=policies.can_complete,
    subject=placements.placement,
    methods=["GET", "POST"],
)
def complete(placement: Placement) -> ResponseReturnValue:
    """Completes an internship that went as planned."""
    form = CompleteForm()
    if form.submitted():
        services.complete(g.actor, placement)
        flash(_("Completed. The trainee and the school are told."), "success")
        return redirect(url_for("internships.placements.show", placement_id=placement.id))
    hours = logbooks.hours_of(placement)
    reasons = policies.why_not_complete(
        placement,
        unfinished=logbooks.unfinished(placement),
        countersigned=hours.countersigned,
        written=queries.written_by(placement.id),
    )
    active = placement.state is PlacementState.ACTIVE
    return render_template(
        "internships/evaluations/complete.html", form=form, placement=placement, hours=hours, reasons=reasons, active=active
    )
