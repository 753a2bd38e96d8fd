"""What is kept about oneself, and one's own copy of it."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.files.sending import send
from training.kernel.db import NotFound
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, Noun
from training.trainees.erasures import queries as erasures
from training.trainees.exports import policies, queries, services
from training.trainees.exports.models import DataExport
from training.trainees.exports.workflow import KEEPS, PURPOSES
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee

bp = Noun("exports", __name__)


@bp.page("/data", doors=LEARNER, may=policies.can_show, subject=profiles.own)
def own(trainee: Trainee) -> ResponseReturnValue:
    """How much is kept, why and how long; copies; the way to have it erased."""
    return render_template(
        "trainees/exports/own.html",
        reasons=[(PURPOSES[purpose], [KEEPS[keep] for keep in keeps]) for purpose, keeps in queries.reasons().items()],
        exports=queries.mine(g.actor),
        request_=erasures.open_of(trainee.id),
    )


@bp.page("/data/copy", doors=LEARNER, may=policies.can_ask, subject=profiles.own, methods=["POST"])
def ask(trainee: Trainee) -> ResponseReturnValue:
    """A copy is asked for."""
    services.ask(g.actor, trainee)
    flash(_("The copy is being made. You are told when it is ready."), "success")
    return redirect(url_for(".own"))


@bp.page("/data/copies/<int:export_id>", doors=LEARNER, may=policies.can_fetch, subject=queries.ready)
def fetch(export: DataExport) -> ResponseReturnValue:
    """The copy itself, while it can be fetched."""
    if export.file is None:
        raise NotFound
    return send(export.file)
