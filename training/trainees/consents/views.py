"""Asking a guardian, and the guardian's answer."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.kernel.i18n import _
from training.kernel.pages import BEARER, LEARNER, Noun
from training.trainees.consents import policies, queries, services
from training.trainees.consents.forms import AskForm
from training.trainees.consents.models import Consent
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee

bp = Noun("consents", __name__)


@bp.page("/consents/ask", doors=LEARNER, may=policies.can_ask, subject=profiles.own, methods=["GET", "POST"])
def ask(trainee: Trainee) -> ResponseReturnValue:
    """A minor names the guardian who is asked."""
    form = AskForm()
    if form.submitted():
        services.ask(g.actor, trainee, **form.fields)
        flash(_("A letter is on its way to %(name)s.", name=form.fields["name"]), "success")
        return redirect(url_for("trainees.profiles.own"))
    return render_template("trainees/consents/ask.html", form=form, trainee=trainee)


@bp.page("/consent", doors=BEARER, may=policies.can_give, subject=queries.mine)
def answer(consent: Consent) -> ResponseReturnValue:
    """What the guardian is asked, what is in force now, and the ways to answer."""
    return render_template("trainees/consents/answer.html", consent=consent)


@bp.page("/consent/give", doors=BEARER, may=policies.can_give, subject=queries.mine, methods=["POST"])
def give(consent: Consent) -> ResponseReturnValue:
    """Yes."""
    services.give(g.actor, consent)
    flash(_("Thank you. You can withdraw this on the same page at any time."), "success")
    return redirect(url_for(".answer"))


@bp.page("/consent/refuse", doors=BEARER, may=policies.can_refuse, subject=queries.mine, methods=["POST"])
def refuse(consent: Consent) -> ResponseReturnValue:
    """No."""
    services.refuse(g.actor, consent)
    flash(_("Noted. No employer will see the profile."), "success")
    return redirect(url_for(".answer"))


@bp.page("/consent/withdraw", doors=BEARER, may=policies.can_withdraw, subject=queries.mine, methods=["POST"])
def withdraw(consent: Consent) -> ResponseReturnValue:
    """No longer."""
    services.withdraw(g.actor, consent)
    flash(_("Withdrawn. From now on no employer sees the profile."), "success")
    return redirect(url_for(".answer"))
