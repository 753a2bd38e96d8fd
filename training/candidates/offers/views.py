"""Pages of offers."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.candidates.applications import policies as applications
from training.candidates.applications import queries as found
from training.candidates.applications.models import Application
from training.candidates.offers import policies, queries, services
from training.candidates.offers.forms import DeclineForm, SendForm, WithdrawForm
from training.candidates.offers.models import Offer
from training.candidates.offers.workflow import Refusal
from training.kernel import clock
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, MEMBER, Noun

bp = Noun("offers", __name__)


@bp.page(
    "/applications/<int:application_id>/offers",
    doors=[MEMBER, LEARNER],
    may=applications.can_follow,
    subject=found.application,
)
def listed(application: Application) -> ResponseReturnValue:
    """The offers of one application, with the answer to the one that waits."""
    offers = queries.of_application(g.actor, application.id)
    return render_template("candidates/offers/listed.html", application=application, offers=offers)


@bp.page(
    "/applications/<int:application_id>/offers/new",
    doors=MEMBER,
    may=policies.can_send,
    subject=found.application,
    methods=["GET", "POST"],
)
def send(application: Application) -> ResponseReturnValue:
    """Makes an offer to a candidate."""
    vacancy = application.vacancy
    form = SendForm(position=vacancy.title, pay=int(vacancy.least.amount) if vacancy.least else None)
    if form.submitted():
        values: dict[str, Any] = form.fields
        expires_at = clock.end_of(values.pop("answer_by"), vacancy.employer.zone)
        services.send(g.actor, application, expires_at=expires_at, **values)
        flash(_("Sent. %(person)s can answer until the day you named.", person=application.trainee.name), "success")
        return redirect(url_for(".listed", application_id=application.id))
    return render_template("candidates/offers/send.html", application=application, form=form)


@bp.page("/offers/<int:offer_id>/accept", doors=LEARNER, may=policies.can_accept, subject=queries.offer, methods=["POST"])
def accept(offer: Offer) -> ResponseReturnValue:
    """Takes the job."""
    services.accept(g.actor, offer)
    flash(_("You are hired. %(employer)s has been told.", employer=offer.employer.short_name), "success")
    return redirect(url_for(".listed", application_id=offer.application_id))


@bp.page("/offers/<int:offer_id>/decline", doors=LEARNER, may=policies.can_decline, subject=queries.offer, methods=["GET", "POST"])
def decline(offer: Offer) -> ResponseReturnValue:
    """Does not take it, for a reason."""
    form = DeclineForm()
    if form.submitted():
        services.decline(g.actor, offer, reason=Refusal(form.reason.data), words=form.fields["words"])
        flash(_("Declined. Your application is open again."), "success")
        return redirect(url_for(".listed", application_id=offer.application_id))
    return render_template("candidates/offers/decline.html", offer=offer, form=form)


@bp.page("/offers/<int:offer_id>/withdraw", doors=MEMBER, may=policies.can_withdraw, subject=queries.offer, methods=["GET", "POST"])
def withdraw(offer: Offer) -> ResponseReturnValue:
    """Takes an offer back, for a reason."""
    form = WithdrawForm()
    if form.submitted():
        services.withdraw(g.actor, offer, **form.fields)
        flash(_("Withdrawn. The application is open again."), "success")
        return redirect(url_for(".listed", application_id=offer.application_id))
    return render_template("candidates/offers/withdraw.html", offer=offer, form=form)
