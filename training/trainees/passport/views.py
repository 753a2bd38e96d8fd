"""The skills passport as its owner reads and adds to it."""

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.exchange.downloads import named
from training.kernel import clock
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, Noun
from training.kernel.wiring import wired
from training.taxonomy import queries as taxonomy
from training.trainees.passport import policies, queries, services
from training.trainees.passport.forms import StateForm
from training.trainees.passport.layout import laid_out, written
from training.trainees.passport.models import Evidence
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee

bp = Noun("passport", __name__)


@bp.page("/passport", doors=LEARNER, may=policies.can_show, subject=profiles.own)
def show(trainee: Trainee) -> ResponseReturnValue:
    """Each skill with everything that shows it."""
    return render_template("trainees/passport/show.html", skills=queries.of(trainee.id), kinds=wired().kinds)


@bp.page("/passport/file", doors=LEARNER, may=policies.can_take_along, subject=profiles.own)
def take_along(trainee: Trainee) -> ResponseReturnValue:
    """The passport as a file for its owner, to give to whom they like."""
    document = laid_out(trainee.full_name, queries.of(trainee.id), clock.now())
    response = Response(written(document), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", **named(_("skills passport.json")))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.page("/passport/evidence/<int:evidence_id>", doors=LEARNER, may=policies.can_follow, subject=queries.evidence)
def follow(evidence: Evidence) -> ResponseReturnValue:
    """On to the record that shows the skill."""
    kind = wired().kinds[evidence.subject_kind]
    return redirect(kind.url(g.actor, kind.find(g.actor, evidence.subject_id)))


@bp.page("/passport/state", doors=LEARNER, may=policies.can_state, subject=profiles.own, methods=["GET", "POST"])
def state(trainee: Trainee) -> ResponseReturnValue:
    """A skill that nobody has confirmed yet."""
    form = StateForm()
    if form.submitted():
        [skill] = taxonomy.skills_by_id([form.fields["skill_id"]]).values()
        services.state(g.actor, trainee, skill=skill, level=int(form.level.data))
        flash(_("“%(skill)s” stands in your passport as your own statement.", skill=skill.title), "success")
        return redirect(url_for(".show"))
    return render_template("trainees/passport/state.html", form=form)


@bp.page(
    "/passport/evidence/<int:evidence_id>/take-back",
    doors=LEARNER,
    may=policies.can_take_back,
    subject=queries.evidence,
    methods=["POST"],
)
def take_back(evidence: Evidence) -> ResponseReturnValue:
    """An own statement is taken back."""
    services.take_back(g.actor, evidence)
    flash(_("Taken back."), "success")
    return redirect(url_for(".show"))
