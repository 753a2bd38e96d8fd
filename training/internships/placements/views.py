"""Pages of placements: the trainee's, the school's and the employer's."""

from dataclasses import dataclass
from operator import attrgetter

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.accounts.memberships.queries import of_role
from training.audit.queries import history
from training.internships.logbooks import queries as logbooks
from training.internships.openings import queries as openings
from training.internships.openings.models import Opening
from training.internships.placements import limits, policies, queries, services
from training.internships.placements.forms import AcceptForm, ApproveForm, ReasonForm, RequestForm
from training.internships.placements.models import Placement
from training.internships.placements.workflow import LIFECYCLE, State
from training.internships.visits import queries as visits
from training.kernel.i18n import _, format_date
from training.kernel.keys import initials
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.kernel.policy import Role, any_learner
from training.saved_views.pages import opened
from training.threads import queries as threads
from training.trainees.consents import queries as consents
from training.trainees.profiles import queries as profiles
from training.turns import queries as turns

bp = Noun("placements", __name__)


@dataclass(frozen=True)
class Step:
    """One step of the relay: whose it is, what it says, and where it stands (done, now, next, stop)."""

    party_kind: str | None
    name: str
    detail: str
    status: str
    initials: str


@bp.page("/placements", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the placements of a school or an employer."""
    return render_template("internships/placements/listed.html", asked=opened("placements"))


@bp.page("/placements", doors=LEARNER, may=any_learner)
def mine() -> ResponseReturnValue:
    """A trainee's own placements, and the way to more."""
    placements = queries.mine(g.actor)
    return render_template("internships/placements/mine.html", placements=placements, relays={one.id: steps(one) for one in placements})


@bp.page("/openings/<slug>/request", doors=LEARNER, may=policies.can_request, subject=openings.by_slug, methods=["GET", "POST"])
def request(opening: Opening) -> ResponseReturnValue:
    """A trainee asks for a place."""
    form = RequestForm()
    if form.submitted():
        placement = services.request(g.actor, opening)
        flash(_("Your school has the request. You read here what it answers."), "success")
        return redirect(url_for(".show", placement_id=placement.id))
    trainee = profiles.own(g.actor)
    taken = queries.overlapping(trainee.id, opening.starts_on, opening.ends_on)
    reasons = policies.why_not_request(opening, trainee=trainee, overlapping=taken)
    return render_template("internships/placements/request.html", form=form, opening=opening, trainee=trainee, reasons=reasons)


@bp.page(
    "/placements/<int:placement_id>", doors=[MEMBER, LEARNER], may=policies.can_show, subject=queries.placement, shows=attrgetter("trainee")
)
def show(placement: Placement) -> ResponseReturnValue:
    """One placement: with whom it is, what it is, who is in it, what comes next."""
    return render_template(
        "internships/placements/show.html",
        placement=placement,
        steps=steps(placement),
        turns=turns.of(placement),
        weeks=logbooks.by_week(g.actor, placement),
        visits=visits.of_placement(g.actor, placement.id),
        lifecycle=LIFECYCLE,
        thread=threads.thread(g.actor, placement),
        events=history(placement),
    )


@bp.page(
    "/placements/<int:placement_id>/approve", doors=MEMBER, may=policies.can_approve, subject=queries.placement, methods=["GET", "POST"]
)
def approve(placement: Placement) -> ResponseReturnValue:
    """Approves a request for an internship, for the school."""
    people = {one.id: one for one in of_role(placement.school_id, Role.TEACHER, Role.PLACEMENT_OFFICER)}
    form = ApproveForm()
    form.choose(supervisor_id=[(0, "–"), *((key, one.name) for key, one in people.items())])
    if form.submitted():
        services.approve(g.actor, placement, supervisor=people.get(form.fields["supervisor_id"]))
        flash(_("%(employer)s has the request now.", employer=placement.employer.short_name), "success")
        return redirect(url_for(".show", placement_id=placement.id))
    consent = consents.open_of(placement.trainee_id)
    consented = consents.is_given(placement.trainee_id)
    return render_template(
        "internships/placements/approve.html",
        form=form,
        placement=placement,
        consent=consent,
        reasons=policies.why_not_approve(placement, consented=consented, supervisor=None),
        checks=limits.checks(placement, queries.rule_for(placement)),
    )


@bp.page("/placements/<int:placement_id>/accept", doors=MEMBER, may=policies.can_accept, subject=queries.placement, methods=["GET", "POST"])
def accept(placement: Placement) -> ResponseReturnValue:
    """Accepts a trainee and names the mentor, for the host."""
    mentors = queries.mentors(placement)
    free = {one.membership.id: one for one in mentors if one.free}
    form = AcceptForm(data=limits.lawful(placement, queries.rule_for(placement)))
    form.choose(
        mentor_id=[
            (key, _("%(mentor)s, %(held)d of %(most)d trainees", mentor=one.membership.name, held=one.held, most=one.most))
            for key, one in free.items()
        ]
    )
    if form.submitted():
        mentor = free[form.fields["mentor_id"]].membership
        hours = {name: form.fields[name] for name in ("daily_hours", "weekly_hours")}
        services.accept(g.actor, placement, mentor=mentor, **hours)
        flash(
            _(
                "%(trainee)s is expected on %(day)s. The school prepares the agreement.",
                trainee=placement.trainee.name,
                day=format_date(placement.starts_on, relative=False),
            ),
            "success",
        )
        return redirect(url_for(".show", placement_id=placement.id))
    return render_template(
        "internships/placements/accept.html",
        form=form,
        placement=placement,
        free=free,
        checks=limits.checks(placement, queries.rule_for(placement)),
    )


@bp.page("/placements/<int:placement_id>/refuse", doors=MEMBER, may=policies.can_refuse, subject=queries.placement, methods=["GET", "POST"])
def refuse(placement: Placement) -> ResponseReturnValue:
    """Refuses a request for an internship, with its reason."""
    form = ReasonForm()
    if form.submitted():
        services.refuse(g.actor, placement, **form.fields)
        flash(_("Refused. %(trainee)s reads your reason.", trainee=placement.trainee.name), "success")
        return redirect(url_for(".listed"))
    return render_template("internships/placements/refuse.html", form=form, placement=placement)


@bp.page(
    "/placements/<int:placement_id>/withdraw", doors=LEARNER, may=policies.can_withdraw, subject=queries.placement, methods=["GET", "POST"]
)
def withdraw(placement: Placement) -> ResponseReturnValue:
    """The trainee takes the request back."""
    form = ReasonForm()
    if form.submitted():
        services.withdraw(g.actor, placement, **form.fields)
        flash(_("Withdrawn. Your days are free again."), "success")
        return redirect(url_for(".mine"))
    return render_template("internships/placements/withdraw.html", form=form, placement=placement)


@bp.page("/placements/<int:placement_id>/start", doors=MEMBER, may=policies.can_start, subject=queries.placement, methods=["POST"])
def start(placement: Placement) -> ResponseReturnValue:
    """Notes that a trainee has begun."""
    services.start(g.actor, placement)
    flash(_("The placement is active. The logbook is open."), "success")
    return redirect(url_for(".show", placement_id=placement.id))


@bp.page("/placements/<int:placement_id>/cancel", doors=MEMBER, may=policies.can_cancel, subject=queries.placement, methods=["GET", "POST"])
def cancel(placement: Placement) -> ResponseReturnValue:
    """Calls an internship off before it begins."""
    form = ReasonForm()
    if form.submitted():
        services.cancel(g.actor, placement, **form.fields)
        flash(_("Cancelled. Everybody is told why."), "success")
        return redirect(url_for(".listed"))
    return render_template("internships/placements/cancel.html", form=form, placement=placement)


@bp.page(
    "/placements/<int:placement_id>/break-off",
    doors=MEMBER,
    may=policies.can_break_off,
    subject=queries.placement,
    methods=["GET", "POST"],
)
def break_off(placement: Placement) -> ResponseReturnValue:
    """Ends an internship before its last day."""
    form = ReasonForm()
    if form.submitted():
        services.break_off(g.actor, placement, **form.fields)
        flash(_("Broken off. Everybody is told why."), "success")
        return redirect(url_for(".show", placement_id=placement.id))
    return render_template("internships/placements/break_off.html", form=form, placement=placement)


REACHED = {State.REQUESTED: 1, State.APPROVED: 2, State.ACCEPTED: 3, State.AGREED: 4, State.ACTIVE: 5, State.COMPLETED: 6}
"""The step of the relay that a state stands at."""


def steps(placement: Placement) -> list[Step]:
    """Trainee, school, employer, agreement, first day, last day: who has done their part and with whom it is."""
    at = REACHED.get(placement.state)
    stop = at is None
    if at is None:
        at = 1 if placement.approved_at is None else 2 if placement.mentor_id is None else 5 if placement.state is State.BROKEN_OFF else 3
    mentor = _("Mentor %(name)s", name=placement.mentor.name) if placement.mentor is not None else ""
    rows = [
        ("trainee", placement.trainee.name, _("Asked for the place")),
        ("school", placement.school.short_name, _("Approved") if at > 1 else _("Approves")),
        ("employer", placement.employer.short_name, mentor or _("Accepts and names a mentor")),
        ("school", _("Agreement"), _("Signed by everybody") if at > 3 else _("Everybody signs")),
        (None, _("Begins"), format_date(placement.starts_on, relative=False)),
        (None, _("Ends"), format_date(placement.ends_on, relative=False)),
    ]
    return [
        Step(kind, name, _ending(placement) if stop and number == at else detail, _status(number, at, stop=stop), initials(name))
        for number, (kind, name, detail) in enumerate(rows)
    ]


def _status(number: int, at: int, *, stop: bool) -> str:
    if number == at:
        return "stop" if stop else "now"
    return "done" if number < at else "next"


def _ending(placement: Placement) -> str:
    return str(placement.state.label)
