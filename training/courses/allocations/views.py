"""Pages of allocations: the employer names people and approves; whoever is named answers on a page of their own."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.courses.allocations import policies, queries, services
from training.courses.allocations.forms import CancelForm, DeclineForm, NominateForm
from training.courses.allocations.models import Allocation
from training.courses.allocations.workflow import State
from training.courses.enrolments.prior import lack_of
from training.courses.programmes.queries import prerequisites_of
from training.courses.purchases import queries as purchases
from training.courses.purchases.models import SeatPurchase
from training.kernel import clock
from training.kernel.i18n import _, language, ngettext
from training.kernel.pages import LEARNER, MEMBER, PUBLIC, Noun
from training.kernel.web import remember
from training.trainees.consents.queries import open_of
from training.trainees.profiles import queries as profiles

bp = Noun("allocations", __name__)

ONE = "/nominees/<int:allocation_id>"
OWN = "/nominations/<slug>"


@bp.page(
    "/seats/<int:purchase_id>/nominees/new", doors=MEMBER, may=policies.can_nominate, subject=purchases.purchase, methods=["GET", "POST"]
)
def nominate(purchase: SeatPurchase) -> ResponseReturnValue:
    """Names an employee for a bought seat."""
    form = NominateForm()
    if form.submitted():
        (made,) = services.nominate(g.actor, purchase, people=form.people, language=language())
        if made.state is State.ALLOCATED:
            flash(_("A seat is kept for %(name)s, and a letter is on its way.", name=made.name), "success")
        else:
            flash(_("Proposed. A manager approves before %(name)s is written to.", name=made.name), "success")
        if queries.unready(purchase.cohort, [made.email_key]):
            flash(str(policies.unready(made.name)), "warning")
        return redirect(url_for("courses.purchases.show", purchase_id=purchase.id))
    today = clock.today(purchase.cohort.programme_version.programme.school.zone)
    return render_template(
        "courses/allocations/nominate.html",
        form=form,
        purchase=purchase,
        approves=policies.approves(g.actor, purchase),
        against=policies.why_not_nominate(purchase, purchase.cohort, today=today),
        needed=prerequisites_of(purchase.cohort.programme_version),
    )


@bp.page(
    "/seats/<int:purchase_id>/nominees/approve", doors=MEMBER, may=policies.can_approve_all, subject=purchases.purchase, methods=["POST"]
)
def approve_all(purchase: SeatPurchase) -> ResponseReturnValue:
    """Approves everybody who was proposed for the seats of a purchase."""
    number = services.approve_all(g.actor, purchase)
    flash(ngettext("%(num)s person is written to.", "%(num)s people are written to.", number), "success")
    return redirect(url_for("courses.purchases.show", purchase_id=purchase.id))


@bp.page(f"{ONE}/approve", doors=MEMBER, may=policies.can_approve, subject=queries.allocation, methods=["POST"])
def approve(allocation: Allocation) -> ResponseReturnValue:
    """Approves somebody who was proposed for a bought seat."""
    services.approve(g.actor, allocation)
    flash(_("A seat is kept for %(name)s, and a letter is on its way.", name=allocation.name), "success")
    return redirect(url_for("courses.purchases.show", purchase_id=allocation.purchase_id))


@bp.page(f"{ONE}/cancel", doors=MEMBER, may=policies.can_cancel, subject=queries.allocation, methods=["GET", "POST"])
def cancel(allocation: Allocation) -> ResponseReturnValue:
    """Takes a nomination back before it is accepted."""
    form = CancelForm()
    if form.submitted():
        services.cancel(g.actor, allocation, **form.fields)
        flash(_("Cancelled. The seat can be given to somebody else."), "success")
        return redirect(url_for("courses.purchases.show", purchase_id=allocation.purchase_id))
    return render_template("courses/allocations/cancel.html", form=form, allocation=allocation)


@bp.page(OWN, doors=PUBLIC, may=policies.can_follow, subject=queries.of_letter)
def follow(slug: str) -> ResponseReturnValue:
    """The way from a letter to one's own page: by signing in or up, and by making a profile."""
    own = url_for(".own", slug=slug)
    if g.account is None:
        return redirect(url_for("accounts.sign_in", next=own))
    remember(own)
    return redirect(url_for("insights.home.start"))


@bp.page(OWN, doors=LEARNER, may=policies.can_see, subject=queries.by_slug)
def own(allocation: Allocation) -> ResponseReturnValue:
    """The seat that an employer keeps for oneself, and what to know before taking it."""
    cohort, trainee = allocation.purchase.cohort, profiles.own(g.actor)
    consent = open_of(trainee.id) if trainee.is_minor() else None
    zone = cohort.programme_version.programme.school.zone
    return render_template(
        "courses/allocations/own.html",
        allocation=allocation,
        employer=allocation.purchase.employer,
        cohort=cohort,
        programme=cohort.programme_version.programme,
        zone=zone,
        trainee=trainee,
        consent=consent,
        against=policies.why_not_accept(
            allocation, cohort, trainee, consented=consent is not None and consent.state == "given", today=clock.today(zone)
        ),
        lack=lack_of(trainee.id, cohort) if allocation.state is State.ALLOCATED else None,
    )


@bp.page(f"{OWN}/accept", doors=LEARNER, may=policies.can_accept, subject=queries.by_slug, methods=["POST"])
def accept(allocation: Allocation) -> ResponseReturnValue:
    """Takes the seat."""
    services.accept(g.actor, allocation)
    flash(_("The seat is yours."), "success")
    return redirect(url_for("courses.enrolments.own", enrolment_id=allocation.enrolment_id))


@bp.page(f"{OWN}/decline", doors=LEARNER, may=policies.can_decline, subject=queries.by_slug, methods=["GET", "POST"])
def decline(allocation: Allocation) -> ResponseReturnValue:
    """Does not take the seat."""
    form = DeclineForm()
    if form.submitted():
        services.decline(g.actor, allocation, **form.fields)
        flash(_("Declined. %(employer)s has been told.", employer=allocation.purchase.employer.short_name), "success")
        return redirect(url_for(".own", slug=allocation.slug))
    return render_template("courses/allocations/decline.html", form=form, allocation=allocation)
