"""Pages of purchases: an employer asks for seats, the school answers; both see how many are taken, and by whom."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.allocations import policies as allocation_policies
from training.courses.allocations import queries as allocations
from training.courses.cohorts import policies as cohort_policies
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.policies import why_not_join
from training.courses.purchases import policies, queries, services
from training.courses.purchases.forms import AskForm, ConfirmForm, GiveBackForm, RefuseForm
from training.courses.purchases.models import SeatPurchase
from training.courses.purchases.workflow import LIFECYCLE, State
from training.kernel import clock
from training.kernel.i18n import _
from training.kernel.pages import ACCOUNT, MEMBER, Noun
from training.organisations import queries as organisations
from training.saved_views.pages import opened
from training.threads import queries as threads

bp = Noun("purchases", __name__)

ONE = "/seats/<int:purchase_id>"


@bp.page("/seats", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the seats that employers have bought for their people."""
    return render_template("courses/purchases/listed.html", asked=opened("purchases"))


@bp.page("/cohorts/<int:cohort_id>/seats/bought", doors=MEMBER, may=cohort_policies.can_see, subject=cohorts.cohort)
def of_cohort(cohort: Cohort) -> ResponseReturnValue:
    """Sees which employers have bought seats of a cohort."""
    return render_template("courses/purchases/of_cohort.html", cohort=cohort, purchases=queries.for_cohort(g.actor, cohort))


@bp.page("/cohorts/<int:cohort_id>/seats", doors=ACCOUNT, may=policies.can_choose, subject=cohorts.cohort)
def choose(cohort: Cohort) -> ResponseReturnValue:
    """For which employer seats are bought: the only one that somebody manages, or one of several."""
    employers = queries.led(g.account.id)
    if len(employers) == 1:
        return redirect(url_for(".ask", organisation=employers[0].slug, cohort_id=cohort.id))
    return render_template(
        "courses/purchases/choose.html", cohort=cohort, programme=cohort.programme_version.programme, employers=employers
    )


@bp.page("/cohorts/<int:cohort_id>/seats/new", doors=MEMBER, may=policies.can_ask, subject=cohorts.cohort, methods=["GET", "POST"])
def ask(cohort: Cohort) -> ResponseReturnValue:
    """Asks a school for seats for the employer's people."""
    form, employer = AskForm(), organisations.own(g.actor)
    school = cohort.programme_version.programme.school
    if form.submitted():
        made = services.ask(g.actor, cohort, employer=employer, **form.fields)
        flash(_("Asked. %(school)s answers within 14 days.", school=school.short_name), "success")
        return redirect(url_for(".show", purchase_id=made.id))
    return render_template(
        "courses/purchases/ask.html",
        form=form,
        cohort=cohort,
        programme=cohort.programme_version.programme,
        known=queries.asked_before(g.actor, cohort),
        against=policies.why_not_ask(cohort, employer, today=clock.today(school.zone)),
    )


@bp.page(ONE, doors=MEMBER, may=policies.can_see, subject=queries.purchase)
def show(purchase: SeatPurchase) -> ResponseReturnValue:
    """Sees the seats of one purchase, and who has them."""
    zone = purchase.cohort.programme_version.programme.school.zone
    today = clock.today(zone)
    asked = opened("nominees", purchase)
    shown = asked.found.rows if allocation_policies.can_nominate(g.actor, purchase) else []
    return render_template(
        "courses/purchases/show.html",
        purchase=purchase,
        cohort=purchase.cohort,
        programme=purchase.cohort.programme_version.programme,
        zone=zone,
        asked=asked,
        unready=allocations.unready_among(purchase.cohort, shown),
        proposed=allocations.count_proposed(purchase.id),
        joinable=not why_not_join(purchase.cohort, today=today),
        against=services.why_not_agree(purchase) if purchase.state is State.ASKED else [],
        lifecycle=LIFECYCLE,
        thread=threads.thread(g.actor, purchase),
        events=history(purchase),
    )


@bp.page(f"{ONE}/agree", doors=MEMBER, may=policies.can_agree, subject=queries.purchase, methods=["POST"])
def agree(purchase: SeatPurchase) -> ResponseReturnValue:
    """Keeps the seats that an employer asked for."""
    services.agree(g.actor, purchase)
    return told(purchase, _("Agreed. Only people whom %(employer)s names can take these seats.", employer=purchase.employer.short_name))


@bp.page(f"{ONE}/refuse", doors=MEMBER, may=policies.can_refuse, subject=queries.purchase, methods=["GET", "POST"])
def refuse(purchase: SeatPurchase) -> ResponseReturnValue:
    """Refuses the seats that an employer asked for."""
    form = RefuseForm()
    if form.submitted():
        services.refuse(g.actor, purchase, **form.fields)
        return told(purchase, _("Refused; %(employer)s is told why.", employer=purchase.employer.short_name))
    return render_template("courses/purchases/refuse.html", form=form, purchase=purchase)


@bp.page(f"{ONE}/withdraw", doors=MEMBER, may=policies.can_withdraw, subject=queries.purchase, methods=["GET", "POST"])
def withdraw(purchase: SeatPurchase) -> ResponseReturnValue:
    """Withdraws a request for seats."""
    form = ConfirmForm()
    if form.submitted():
        services.withdraw(g.actor, purchase)
        return told(purchase, _("Withdrawn. The school has been told."))
    return render_template("courses/purchases/withdraw.html", form=form, purchase=purchase)


@bp.page(f"{ONE}/give-back", doors=MEMBER, may=policies.can_give_back, subject=queries.purchase, methods=["GET", "POST"])
def give_back(purchase: SeatPurchase) -> ResponseReturnValue:
    """Gives bought seats back that nobody needs."""
    free = purchase.pool.free if purchase.pool else 0
    form = GiveBackForm(data={"seats": free})
    if form.submitted():
        services.give_back(g.actor, purchase, **form.fields)
        return told(purchase, _("Given back. Others can apply for these seats now."))
    return render_template("courses/purchases/give_back.html", form=form, purchase=purchase, free=free)


def told(purchase: SeatPurchase, words: str) -> ResponseReturnValue:
    """Back to the purchase, with what was done."""
    flash(words, "success")
    return redirect(url_for(".show", purchase_id=purchase.id))
