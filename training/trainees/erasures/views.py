"""Asking to be erased, and the requests as the school and the operator see them."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.privacy import services as engine
from training.saved_views.pages import opened
from training.trainees.erasures import policies, queries, services
from training.trainees.erasures.forms import AskForm
from training.trainees.erasures.models import ErasureRequest
from training.trainees.erasures.workflow import State
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee

bp = Noun("erasures", __name__)


@bp.page("/data/erase", doors=LEARNER, may=policies.can_ask, subject=profiles.own, methods=["GET", "POST"])
def ask(trainee: Trainee) -> ResponseReturnValue:
    """What goes, what the law keeps, and the request."""
    form = AskForm()
    if form.submitted():
        services.ask(g.actor, trainee)
        flash(_("Your school and the operator have your request. It is answered within 30 days."), "success")
        return redirect(url_for("trainees.exports.own"))
    return render_template("trainees/erasures/ask.html", form=form, stops=engine.stops_of(trainee.id), holds=engine.holds_of(trainee.id))


@bp.page("/data/erase/withdraw", doors=LEARNER, may=policies.can_withdraw, subject=queries.mine, methods=["POST"])
def withdraw(request_: ErasureRequest) -> ResponseReturnValue:
    """One stays after all."""
    services.withdraw(g.actor, request_)
    flash(_("Taken back. Everything stays as it is."), "success")
    return redirect(url_for("trainees.exports.own"))


@bp.page("/erasures", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees who has asked to be erased."""
    return render_template("trainees/erasures/listed.html", asked=opened("erasures"))


@bp.page("/erasures/<int:request_id>", doors=MEMBER, may=policies.can_show, subject=queries.request)
def show(request_: ErasureRequest) -> ResponseReturnValue:
    """One request: what stands in its way, what the law holds, what was done."""
    waits = request_.state is State.ASKED
    return render_template(
        "trainees/erasures/show.html",
        request_=request_,
        stops=engine.stops_of(request_.trainee_id) if waits else [],
        holds=engine.holds_of(request_.trainee_id),
        events=history(request_),
    )
