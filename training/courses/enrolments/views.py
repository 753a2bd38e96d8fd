"""Pages of enrolments: the trainee's own, and the school's."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.policies import why_not_renew
from training.courses.cohorts.workflow import Admission
from training.courses.credentials import queries as credentials
from training.courses.credentials.models import Credential
from training.courses.enrolments import policies, prior, queries, renewing, services
from training.courses.enrolments.forms import ApplyForm, ConfirmForm, ReasonForm, RenewForm, SeatsForm, WithdrawForm
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State
from training.courses.programmes import queries as programmes
from training.courses.programmes.difference import differences
from training.courses.recognitions import queries as recognitions
from training.courses.rulings import queries as rulings
from training.courses.teams import queries as teams
from training.courses.waivers import queries as waivers
from training.kernel import clock
from training.kernel.i18n import _, ngettext
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.threads import queries as threads

bp = Noun("enrolments", __name__)

OWN = "/study/<int:enrolment_id>"
ONE = "/enrolments/<int:enrolment_id>"


@bp.page("/cohorts/<int:cohort_id>/apply", doors=LEARNER, may=policies.can_apply, subject=cohorts.cohort, methods=["GET", "POST"])
def apply(cohort: Cohort) -> ResponseReturnValue:
    """Takes a seat, or a place in the queue."""
    if cohort.admission is Admission.SELECTION:
        return redirect(url_for("courses.selections.apply", cohort_id=cohort.id))
    form = ApplyForm(offered=[(pool.funding, pool.funding.label) for pool in cohort.pools])
    if form.submitted():
        enrolment = services.apply(g.actor, cohort, **form.fields)
        seated = enrolment.state is State.ENROLLED
        flash(_("The seat is yours.") if seated else _("You are in the queue. We write to you when a seat becomes free."), "success")
        return redirect(url_for(".own", enrolment_id=enrolment.id))
    total, seats = queries.seats_of(cohort, cohort.pools)
    form.offer([(pool.funding, _seats_in_words(pool, one)) for pool, one in seats])
    school = cohort.programme_version.programme.school
    return render_template(
        "courses/enrolments/apply.html",
        form=form,
        cohort=cohort,
        programme=cohort.programme_version.programme,
        total=total,
        known=queries.own_in(g.actor, cohort.id),
        against=policies.why_not_apply(cohort, today=clock.today(school.zone), pools=cohort.pools),
        lack=prior.lack_of(g.actor.trainee_id, cohort),
    )


def _seats_in_words(pool: SeatPool, seats: queries.Seats) -> str:
    """What a kind of seat offers just now."""
    funding = pool.funding.label
    if seats.free:
        return _("%(funding)s: %(free)d of %(all)d seats free", funding=funding, free=seats.free, all=seats.all)
    return _("%(funding)s: none free, you would be number %(rank)d in the queue", funding=funding, rank=seats.waiting + 1)


@bp.page("/study", doors=LEARNER, may=policies.can_list_mine)
def mine() -> ResponseReturnValue:
    """Everything one applied for, studies or has finished."""
    enrolments = queries.mine(g.actor)
    waiting = [one.cohort_id for one in enrolments if one.state is State.WAITLISTED]
    return render_template(
        "courses/enrolments/mine.html",
        enrolments=enrolments,
        teams=teams.forming_of(g.actor),
        ranks=queries.ranks(waiting),
        credentials=credentials.of_enrolments([one.id for one in enrolments]),
    )


@bp.page(OWN, doors=LEARNER, may=policies.own, subject=queries.enrolment)
def own(enrolment: Enrolment) -> ResponseReturnValue:
    """One's own enrolment: where it stands and what can be done."""
    waits = enrolment.state is State.WAITLISTED
    return render_template(
        "courses/enrolments/own.html",
        enrolment=enrolment,
        cohort=enrolment.cohort,
        programme=enrolment.cohort.programme_version.programme,
        ranks=queries.ranks([enrolment.cohort_id] if waits else []).get(enrolment.id, {}),
        pools=cohorts.pools_of(enrolment.cohort_id) if waits else [],
        credential=_credential(enrolment),
        team=teams.of_enrolment(g.actor, enrolment.id) if enrolment.bond_id else None,
        recognitions=recognitions.of_enrolment(g.actor, enrolment.id),
        waiver=waivers.of_person(g.actor, enrolment.cohort.programme_version, enrolment.trainee_id),
        rulings=rulings.over(g.actor, enrolment),
        thread=threads.thread(g.actor, enrolment),
        events=history(enrolment),
    )


def _credential(enrolment: Enrolment) -> Credential | None:
    """The credential of somebody who completed; others have none."""
    return credentials.of_enrolments([enrolment.id] if enrolment.state is State.COMPLETED else []).get(enrolment.id)


@bp.page(f"{OWN}/claim", doors=LEARNER, may=policies.can_claim, subject=queries.enrolment, methods=["POST"])
def claim(enrolment: Enrolment) -> ResponseReturnValue:
    """Takes the seat that is held."""
    services.claim(g.actor, enrolment)
    if enrolment.state is State.ENROLLED:
        flash(_("The seat is yours."), "success")
    else:
        flash(_("Noted. The seats are yours when all of your team have said yes."), "success")
    return redirect(url_for(".own", enrolment_id=enrolment.id))


@bp.page(f"{OWN}/decline", doors=LEARNER, may=policies.can_decline, subject=queries.enrolment, methods=["GET", "POST"])
def decline(enrolment: Enrolment) -> ResponseReturnValue:
    """Leaves the held seat to the next."""
    form = ConfirmForm()
    if form.submitted():
        services.decline(g.actor, enrolment)
        flash(_("The seat goes to the next in the queue."), "success")
        return redirect(url_for(".mine"))
    return render_template("courses/enrolments/decline.html", form=form, enrolment=enrolment)


@bp.page(f"{OWN}/withdraw", doors=LEARNER, may=policies.can_withdraw, subject=queries.enrolment, methods=["GET", "POST"])
def withdraw(enrolment: Enrolment) -> ResponseReturnValue:
    """Leaves the queue or the seat."""
    form = WithdrawForm()
    if form.submitted():
        services.withdraw(g.actor, enrolment, **form.fields)
        flash(_("You have left. If you held a seat, it goes to the next in the queue."), "success")
        return redirect(url_for(".mine"))
    return render_template("courses/enrolments/withdraw.html", form=form, enrolment=enrolment)


@bp.page(ONE, doors=MEMBER, may=policies.can_see, subject=queries.enrolment)
def show(enrolment: Enrolment) -> ResponseReturnValue:
    """One person in a cohort, for the school."""
    waits = enrolment.state is State.WAITLISTED
    return render_template(
        "courses/enrolments/show.html",
        enrolment=enrolment,
        cohort=enrolment.cohort,
        programme=enrolment.cohort.programme_version.programme,
        ranks=queries.ranks([enrolment.cohort_id] if waits else []).get(enrolment.id, {}),
        credential=credentials.known_of([enrolment.id] if enrolment.state is State.COMPLETED else []).get(enrolment.id),
        against=policies.why_not_complete(enrolment.cohort),
        team=teams.of_enrolment(g.actor, enrolment.id) if enrolment.bond_id else None,
        recognitions=recognitions.of_enrolment(g.actor, enrolment.id),
        waiver=waivers.of_person(g.actor, enrolment.cohort.programme_version, enrolment.trainee_id),
        rulings=rulings.over(g.actor, enrolment),
        thread=threads.thread(g.actor, enrolment),
        events=history(enrolment),
    )


@bp.page(f"{ONE}/refuse", doors=MEMBER, may=policies.can_refuse, subject=queries.enrolment, methods=["GET", "POST"])
def refuse(enrolment: Enrolment) -> ResponseReturnValue:
    """Refuses somebody who waits for a seat."""
    form = ReasonForm()
    if form.submitted():
        services.refuse(g.actor, enrolment, **form.fields)
        return told(enrolment, _("Refused; %(trainee)s is told why.", trainee=enrolment.trainee.name))
    return render_template("courses/enrolments/refuse.html", form=form, enrolment=enrolment)


@bp.page(f"{ONE}/expel", doors=MEMBER, may=policies.can_expel, subject=queries.enrolment, methods=["GET", "POST"])
def expel(enrolment: Enrolment) -> ResponseReturnValue:
    """Ends somebody's study."""
    form = ReasonForm()
    if form.submitted():
        services.expel(g.actor, enrolment, **form.fields)
        return told(enrolment, _("Expelled; %(trainee)s is told why.", trainee=enrolment.trainee.name))
    return render_template("courses/enrolments/expel.html", form=form, enrolment=enrolment)


@bp.page(f"{ONE}/leave", doors=MEMBER, may=policies.can_take_leave, subject=queries.enrolment, methods=["GET", "POST"])
def take_leave(enrolment: Enrolment) -> ResponseReturnValue:
    """Lets a trainee pause and keep the seat."""
    form = ReasonForm()
    if form.submitted():
        services.take_leave(g.actor, enrolment, **form.fields)
        return told(enrolment, _("%(trainee)s is on leave and keeps the seat.", trainee=enrolment.trainee.name))
    return render_template("courses/enrolments/take_leave.html", form=form, enrolment=enrolment)


@bp.page(f"{ONE}/back", doors=MEMBER, may=policies.can_come_back, subject=queries.enrolment, methods=["POST"])
def come_back(enrolment: Enrolment) -> ResponseReturnValue:
    """Takes a trainee back who studies again."""
    services.come_back(g.actor, enrolment)
    return told(enrolment, _("%(trainee)s studies again.", trainee=enrolment.trainee.name))


@bp.page(f"{ONE}/complete", doors=MEMBER, may=policies.can_complete, subject=queries.enrolment, methods=["POST"])
def complete(enrolment: Enrolment) -> ResponseReturnValue:
    """Notes that a trainee has finished."""
    services.complete(g.actor, enrolment)
    return told(enrolment, _("%(trainee)s has completed the programme.", trainee=enrolment.trainee.name))


@bp.page("/cohorts/<int:cohort_id>/complete-all", doors=MEMBER, may=policies.can_complete_all, subject=cohorts.cohort, methods=["POST"])
def complete_all(cohort: Cohort) -> ResponseReturnValue:
    """Notes that everybody who studies in the cohort has finished."""
    number = services.complete_all(g.actor, cohort)
    flash(ngettext("%(num)s person has completed the programme.", "%(num)s people have completed the programme.", number), "success")
    return redirect(url_for("courses.cohorts.show", cohort_id=cohort.id))


@bp.page("/cohorts/<int:cohort_id>/seats", doors=MEMBER, may=policies.can_change_seats, subject=cohorts.cohort, methods=["GET", "POST"])
def change_seats(cohort: Cohort) -> ResponseReturnValue:
    """Gives a cohort more or fewer seats by who pays."""
    form = SeatsForm(data={pool.funding.value: pool.seats for pool in cohort.pools})
    if form.submitted():
        moved = services.change_seats(g.actor, cohort, **form.fields)
        flash(
            ngettext("Saved; %(num)s person moved up from the queue.", "Saved; %(num)s people moved up from the queue.", moved)
            if moved
            else _("Saved."),
            "success",
        )
        return redirect(url_for("courses.cohorts.show", cohort_id=cohort.id))
    return render_template("courses/enrolments/change_seats.html", form=form, cohort=cohort)


@bp.page("/cohorts/<int:cohort_id>/version", doors=MEMBER, may=policies.can_renew, subject=cohorts.cohort, methods=["GET", "POST"])
def renew(cohort: Cohort) -> ResponseReturnValue:
    """Moves a cohort to a newer version of its programme."""
    before = programmes.version(g.actor, cohort.version_id)
    newest = programmes.published_of(before.programme_id)
    against = why_not_renew(cohort, now=before, to=newest)
    after = programmes.version(g.actor, newest.id) if newest is not None and not against else None
    form = RenewForm(obj=cohort)
    if form.submitted():
        renewing.renew(g.actor, cohort, **form.fields, to=after or before)
        flash(_("The cohort studies the newer version now. Everybody in it is told."), "success")
        return redirect(url_for("courses.cohorts.show", cohort_id=cohort.id))
    return render_template(
        "courses/enrolments/renew.html",
        form=form,
        cohort=cohort,
        programme=before.programme,
        before=before,
        after=after,
        against=against,
        parts=differences(before, after) if after is not None else [],
        people=queries.in_it(cohort.id),
    )


def told(enrolment: Enrolment, words: str) -> ResponseReturnValue:
    """Back to the enrolment, with what was done."""
    flash(words, "success")
    return redirect(url_for(".show", enrolment_id=enrolment.id))
