"""Pages of transfers: the trainee asks, both schools answer."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.assessments import queries as assessments
from training.courses.cohorts import queries as cohorts
from training.courses.enrolments import prior
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.transfers import policies, queries, services
from training.courses.transfers.forms import AcceptForm, AskForm, ConfirmForm, ReasonForm
from training.courses.transfers.models import Transfer
from training.courses.transfers.workflow import LIFECYCLE
from training.kernel import clock
from training.kernel.i18n import _
from training.kernel.keys import row_key
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.saved_views.pages import opened
from training.threads import queries as threads
from training.trainees.consents.policies import why_not_go_on
from training.trainees.passport import queries as passport

bp = Noun("transfers", __name__)

FROM = "/study/<int:enrolment_id>/transfer"
ONE = "/transfers/<int:transfer_id>"


@bp.page(FROM, doors=LEARNER, may=policies.can_choose, subject=enrolments.enrolment)
def choose(enrolment: Enrolment) -> ResponseReturnValue:
    """Looks for a cohort of another school to move to."""
    words = request.args.get("q", "").strip()[:100]
    against = policies.why_not_leave(enrolment)
    today = clock.today(enrolment.cohort.programme_version.programme.school.zone)
    return render_template(
        "courses/transfers/choose.html",
        enrolment=enrolment,
        programme=enrolment.cohort.programme_version.programme,
        words=words,
        against=against,
        most=queries.MOST,
        aims=[] if against else queries.aims(g.actor, enrolment, words=words, today=today),
        asked=queries.of_enrolment(g.actor, enrolment.id),
    )


@bp.page(f"{FROM}/ask", doors=LEARNER, may=policies.can_ask, subject=enrolments.enrolment, methods=["GET", "POST"])
def ask(enrolment: Enrolment) -> ResponseReturnValue:
    """Asks another school for a seat in one of its cohorts."""
    key = row_key(request.args.get("cohort", ""))
    if not key:
        return redirect(url_for(".choose", enrolment_id=enrolment.id))
    cohort = cohorts.cohort(g.actor, key)
    school = cohort.programme_version.programme.school
    form = AskForm()
    if form.submitted():
        made = services.ask(g.actor, enrolment, cohort=cohort, **form.fields)
        flash(_("Asked. %(school)s answers within two weeks.", school=school.short_name), "success")
        return redirect(url_for(".own", transfer_id=made.id))
    standing = queries.is_standing(enrolment.trainee_id, cohort.id)
    against = policies.why_not_ask(
        enrolment, cohort, today=clock.today(school.zone), standing=standing, asked=queries.open_of(enrolment.id)
    )
    return render_template(
        "courses/transfers/ask.html",
        form=form,
        enrolment=enrolment,
        cohort=cohort,
        programme=cohort.programme_version.programme,
        against=against,
    )


@bp.page(ONE, doors=LEARNER, may=policies.own, subject=queries.transfer)
def own(transfer: Transfer) -> ResponseReturnValue:
    """One's own transfer: with whom it is now, and what goes along."""
    return render_template(
        "courses/transfers/own.html",
        transfer=transfer,
        consent=queries.consent(transfer),
        lines=assessments.transcript(transfer.enrolment),
        thread=threads.thread(g.actor, transfer),
        lifecycle=LIFECYCLE,
        events=history(transfer),
    )


@bp.page(f"{ONE}/withdraw", doors=LEARNER, may=policies.can_withdraw, subject=queries.transfer, methods=["POST"])
def withdraw(transfer: Transfer) -> ResponseReturnValue:
    """Takes one's wish to move back."""
    services.withdraw(g.actor, transfer)
    flash(_("Taken back. You study on where you are."), "success")
    return redirect(url_for("courses.enrolments.own", enrolment_id=transfer.enrolment_id))


@bp.page("/transfers", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees who moves to this school from another one, and from it to another one."""
    return render_template("courses/transfers/listed.html", asked=opened("transfers"))


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.transfer)
def show(transfer: Transfer) -> ResponseReturnValue:
    """Sees why somebody wants to move, and at the receiving school what they have passed."""
    reads = policies.can_read(g.actor, transfer)
    return render_template(
        "courses/transfers/show.html",
        transfer=transfer,
        consent=queries.consent(transfer) if policies.can_accept(g.actor, transfer) or policies.can_read(g.actor, transfer) else None,
        reads=reads,
        lines=assessments.transcript(transfer.enrolment) if reads else [],
        skills=passport.of(transfer.enrolment.trainee_id) if reads else [],
        thread=threads.thread(g.actor, transfer),
        lifecycle=LIFECYCLE,
        events=history(transfer),
    )


@bp.page(f"{ONE}/accept", doors=MEMBER, may=policies.can_accept, subject=queries.transfer, methods=["GET", "POST"])
def accept(transfer: Transfer) -> ResponseReturnValue:
    """Keeps a seat for somebody who comes from another school."""
    today = clock.today(transfer.receiving.zone)
    pools = cohorts.pools_of(transfer.cohort_id)
    form = AcceptForm(
        offered=[(one.funding.value, _("%(funding)s: %(free)d free", funding=one.funding.label, free=one.free)) for one in pools],
        data={"from_on": max(today, transfer.cohort.starts_on)},
    )
    if form.submitted():
        services.accept(g.actor, transfer, **form.fields)
        return told(transfer, _("Accepted; the seat is kept. %(school)s confirms the departure.", school=transfer.sending.short_name))
    trainee_id = transfer.enrolment.trainee_id
    standing, lack = queries.is_standing(trainee_id, transfer.cohort_id), prior.lack_of(trainee_id, transfer.cohort)
    against = policies.why_not_accept(transfer, today=today, standing=standing, lack=lack)
    against += why_not_go_on(transfer.enrolment.trainee, consent=queries.consent(transfer))
    if not any(one.free for one in pools):
        against.append(_("No seat of this cohort is free. Add seats first, or decline."))
    return render_template("courses/transfers/accept.html", form=form, transfer=transfer, against=against)


@bp.page(f"{ONE}/decline", doors=MEMBER, may=policies.can_decline, subject=queries.transfer, methods=["GET", "POST"])
def decline(transfer: Transfer) -> ResponseReturnValue:
    """Declines to take somebody from another school."""
    form = ReasonForm()
    if form.submitted():
        services.decline(g.actor, transfer, **form.fields)
        return told(transfer, _("Declined; %(trainee)s is told why.", trainee=transfer.enrolment.trainee.name))
    return render_template("courses/transfers/decline.html", form=form, transfer=transfer)


@bp.page(f"{ONE}/confirm", doors=MEMBER, may=policies.can_confirm, subject=queries.transfer, methods=["GET", "POST"])
def confirm(transfer: Transfer) -> ResponseReturnValue:
    """Confirms that a trainee leaves for another school."""
    form = ConfirmForm()
    if form.submitted():
        moved = services.confirm(g.actor, transfer)
        name, school = transfer.enrolment.trainee.name, transfer.receiving.short_name
        if moved:
            return told(transfer, _("Confirmed; %(trainee)s studies at %(school)s now.", trainee=name, school=school))
        return told(transfer, _("Confirmed; %(trainee)s moves to %(school)s on the agreed day.", trainee=name, school=school))
    return render_template("courses/transfers/confirm.html", form=form, transfer=transfer)


@bp.page(f"{ONE}/refuse", doors=MEMBER, may=policies.can_refuse, subject=queries.transfer, methods=["GET", "POST"])
def refuse(transfer: Transfer) -> ResponseReturnValue:
    """Does not let a trainee go yet, for a reason."""
    form = ReasonForm()
    if form.submitted():
        services.refuse(g.actor, transfer, **form.fields)
        return told(transfer, _("Refused; %(trainee)s is told why.", trainee=transfer.enrolment.trainee.name))
    return render_template("courses/transfers/refuse.html", form=form, transfer=transfer)


def told(transfer: Transfer, words: str) -> ResponseReturnValue:
    """Back to the transfer, with what was done."""
    flash(words, "success")
    return redirect(url_for(".show", transfer_id=transfer.id))
