"""Pages of visits: the school's, the mentor's and the trainee's."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.accounts.memberships.models import Membership
from training.audit.queries import history
from training.internships.logbooks import queries as logbooks
from training.internships.placements import queries as placements
from training.internships.placements.models import Placement
from training.internships.visits import policies, queries, services
from training.internships.visits.calendar import invitation, length
from training.internships.visits.forms import MINUTES, CadenceForm, CancelForm, CommentForm, PlanForm, ReportForm, RescheduleForm, TimeForm
from training.internships.visits.models import Visit
from training.internships.visits.workflow import HAPPENED, LIFECYCLE, State
from training.kernel import clock
from training.kernel.i18n import _, format_date, format_moment, ngettext
from training.kernel.keys import initials
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.organisations import queries as organisations
from training.organisations.models import Organisation
from training.saved_views.pages import opened
from training.threads import queries as threads

bp = Noun("visits", __name__)

ONE = "/visits/<int:visit_id>"


@dataclass(frozen=True)
class Step:
    """One step of the relay: whose it is, what it says, and where it stands (done, now, next, stop)."""

    party_kind: str | None
    name: str
    detail: str
    status: str
    initials: str


@bp.page("/visits", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the visits of a school's trainees, or of one's own at an employer."""
    return render_template("internships/visits/listed.html", asked=opened("visits"))


@bp.page("/visits/due", doors=MEMBER, may=policies.can_list_due)
def due() -> ResponseReturnValue:
    """Sees whom the school has not visited for too long."""
    asked = opened("visits_due")
    return render_template("internships/visits/due.html", asked=asked, school=organisations.own(g.actor))


@bp.page("/visits/cadence", doors=MEMBER, may=policies.can_set_cadence, subject=organisations.own, methods=["GET", "POST"])
def set_cadence(school: Organisation) -> ResponseReturnValue:
    """Says how often trainees are visited."""
    form = CadenceForm(data={"weeks": queries.weeks_of(school.id)})
    if form.submitted():
        services.set_cadence(g.actor, school, **form.fields)
        flash(_("Saved. Whoever is due for a visit now waits for the placement officers."), "success")
        return redirect(url_for(".due"))
    return render_template("internships/visits/set_cadence.html", form=form)


@bp.page(
    "/placements/<int:placement_id>/visits",
    doors=[MEMBER, LEARNER],
    may=policies.can_list_of_placement,
    subject=placements.placement,
    shows=attrgetter("trainee"),
)
def of_placement(placement: Placement) -> ResponseReturnValue:
    """The visits of one placement."""
    visits = queries.of_placement(g.actor, placement.id)
    plannable = not policies.why_not_plan(placement) and all(one.state is not State.PLANNED for one in visits)
    return render_template("internships/visits/of_placement.html", placement=placement, visits=visits, plannable=plannable)


@bp.page(
    "/placements/<int:placement_id>/visits/new",
    doors=MEMBER,
    may=policies.can_plan,
    subject=placements.placement,
    methods=["GET", "POST"],
)
def plan(placement: Placement) -> ResponseReturnValue:
    """Plans a visit of one trainee, or of several at the same employer."""
    people = queries.visitors(placement.school_id)
    beside = queries.same_host(g.actor, placement)
    planned = queries.planned([placement.id, *(one.id for one in beside)])
    mine = next((one.id for one in people if one.account_id == g.actor.account_id), None)
    form = PlanForm(data={"place": queries.place_of(placement), "visitor_id": mine})
    who_comes(form, people)
    form.choose(others=[(one.id, one.trainee.name) for one in beside if one.id not in planned])
    zone = placement.employer.zone
    if form.submitted():
        visit = services.plan(g.actor, placement, visitor=chosen(form, people), **form.values(zone))
        count = 1 + len(form.others.data or [])
        if visit.starts_at > clock.now():
            flash(
                ngettext(
                    "Planned. Mentor and trainee get a letter with an invitation.",
                    "%(num)s visits planned. Mentors and trainees get letters with an invitation.",
                    count,
                ),
                "success",
            )
        else:
            flash(_("Put in. Write down now what you found."), "success")
        return redirect(url_for(".show", visit_id=visit.id))
    reasons = policies.why_not_plan(placement, planned_at=planned.get(placement.id))
    return render_template("internships/visits/plan.html", form=form, placement=placement, zone=zone, reasons=reasons)


@bp.page(ONE, doors=[MEMBER, LEARNER], may=policies.can_show, subject=queries.visit, shows=attrgetter("placement.trainee"))
def show(visit: Visit) -> ResponseReturnValue:
    """When, where, with whom; what was found and agreed; who has answered."""
    side = policies.side_of(g.actor, visit)
    return render_template(
        "internships/visits/show.html",
        visit=visit,
        placement=visit.placement,
        steps=steps(visit),
        length=length(visit),
        begun=visit.starts_at <= clock.now(),
        happened=visit.state in HAPPENED,
        answers=visit.state is State.HELD and side is not None and not policies.why_not_confirm(visit, side=side),
        note=visit.school_note if policies.can_read_note(g.actor, visit) else None,
        together=queries.together(g.actor, visit),
        lifecycle=LIFECYCLE,
        thread=threads.thread(g.actor, visit),
        events=history(visit),
    )


@bp.page(f"{ONE}/reschedule", doors=MEMBER, may=policies.can_reschedule, subject=queries.visit, methods=["GET", "POST"])
def reschedule(visit: Visit) -> ResponseReturnValue:
    """Moves a visit to another time, place or person."""
    zone = visit.placement.employer.zone
    people = queries.visitors(visit.school_id)
    beside = [one for one in queries.together(g.actor, visit) if one.state is State.PLANNED]
    form = RescheduleForm(data=as_planned(visit, zone) | {"also": [one.id for one in beside]})
    who_comes(form, people, visit.visitor)
    form.choose(also=[(one.id, one.placement.trainee.name) for one in beside])
    if form.submitted():
        services.reschedule(g.actor, visit, visitor=chosen(form, [*people, visit.visitor]), **form.values(zone))
        flash(_("Moved. Mentor and trainee are told."), "success")
        return redirect(url_for(".show", visit_id=visit.id))
    return render_template("internships/visits/reschedule.html", form=form, visit=visit, zone=zone)


@bp.page(f"{ONE}/cancel", doors=MEMBER, may=policies.can_cancel, subject=queries.visit, methods=["GET", "POST"])
def cancel(visit: Visit) -> ResponseReturnValue:
    """Calls a visit off."""
    beside = [one for one in queries.together(g.actor, visit) if one.state is State.PLANNED]
    form = CancelForm(data={"also": [one.id for one in beside]})
    form.choose(also=[(one.id, one.placement.trainee.name) for one in beside])
    if form.submitted():
        services.cancel(g.actor, visit, **form.fields)
        flash(_("Cancelled. Mentor and trainee are told why."), "success")
        return redirect(url_for(".show", visit_id=visit.id))
    return render_template("internships/visits/cancel.html", form=form, visit=visit)


@bp.page(f"{ONE}/report", doors=MEMBER, may=policies.can_report, subject=queries.visit, methods=["GET", "POST"])
def report(visit: Visit) -> ResponseReturnValue:
    """Writes down what a visit found and what was agreed."""
    form = ReportForm()
    if form.submitted():
        services.report(g.actor, visit, **form.fields)
        flash(_("Written down. Mentor and trainee have ten days to confirm it or to comment."), "success")
        return redirect(url_for(".show", visit_id=visit.id))
    reasons, hours = policies.why_not_report(visit), logbooks.hours_of(visit.placement)
    return render_template("internships/visits/report.html", form=form, visit=visit, reasons=reasons, hours=hours)


@bp.page(f"{ONE}/confirm", doors=[MEMBER, LEARNER], may=policies.can_confirm, subject=queries.visit, methods=["POST"])
def confirm(visit: Visit) -> ResponseReturnValue:
    """Confirms the report of a visit, as the mentor."""
    services.confirm(g.actor, visit)
    flash(_("Confirmed."), "success")
    return redirect(url_for(".show", visit_id=visit.id))


@bp.page(f"{ONE}/comment", doors=[MEMBER, LEARNER], may=policies.can_comment, subject=queries.visit, methods=["GET", "POST"])
def comment(visit: Visit) -> ResponseReturnValue:
    """Comments on the report of a visit, as the mentor."""
    form = CommentForm()
    if form.submitted():
        services.comment(g.actor, visit, **form.fields)
        flash(_("Your comment stands beside the report."), "success")
        return redirect(url_for(".show", visit_id=visit.id))
    return render_template("internships/visits/comment.html", form=form, visit=visit)


@bp.page(f"{ONE}/invitation.ics", doors=[MEMBER, LEARNER], may=policies.can_show, subject=queries.visit)
def download(visit: Visit) -> ResponseReturnValue:
    """The visit for one's calendar."""
    name, media_type, content = invitation(visit)
    return Response(content, mimetype=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def who_comes(form: TimeForm, people: Sequence[Membership], *others: Membership) -> None:
    """Offers the school's people, whoever comes so far among them."""
    known = {one.id: one for one in [*people, *others]}
    form.choose(visitor_id=[(one.id, f"{one.name}, {one.role.label}") for one in known.values()])


def chosen(form: TimeForm, people: Sequence[Membership]) -> Membership:
    """Who was chosen."""
    return next(one for one in people if one.id == form.visitor_id.data)


def as_planned(visit: Visit, zone: str) -> dict[str, Any]:
    """What a form shows of a visit."""
    there = visit.starts_at.astimezone(ZoneInfo(zone))
    minutes = length(visit)
    return {
        "version": visit.version,
        "day": there.date(),
        "begins": there.time(),
        "minutes": minutes if minutes in MINUTES else 60,
        "means": visit.means.value,
        "place": visit.place,
        "visitor_id": visit.visitor_id,
    }


def steps(visit: Visit) -> list[Step]:
    """The visit, the report, the mentor's and the trainee's answers: who has done their part and with whom it is."""
    placement, happened = visit.placement, visit.state in HAPPENED
    zone, cancelled = placement.employer.zone, visit.state is State.CANCELLED
    held = visit.starts_at <= clock.now()
    first = "stop" if cancelled else "done" if held else "now"
    second = "next" if cancelled else "done" if happened else "now" if held else "next"
    when = str(visit.state.label) if cancelled else format_moment(visit.starts_at, zone=zone)
    written = _("Written down") if happened else _("Writes it down")
    mentor = placement.mentor.name if placement.mentor is not None else placement.employer.short_name
    rows: list[tuple[str | None, str, str, str]] = [
        ("school", visit.visitor.name, when, first),
        ("school", _("Report of the visit"), written, second),
        ("employer", mentor, *_answered(visit, visit.mentor_at is not None, visit.mentor_words)),
        ("trainee", placement.trainee.name, *_answered(visit, visit.trainee_at is not None, visit.trainee_words)),
    ]
    if visit.follow_up_on is not None:
        rows.append((None, _("Next visit by"), format_date(visit.follow_up_on, relative=False), "next"))
    return [Step(kind, name, detail, status, initials(name)) for kind, name, detail, status in rows]


def _answered(visit: Visit, answered: bool, words: str | None) -> tuple[str, str]:
    """What one side has said, and where its step stands."""
    if answered:
        return (_("Commented") if words else _("Confirmed")), "done"
    if visit.state is State.CONCLUDED:
        return _("Did not answer"), "next"
    return _("Confirms or comments"), "now" if visit.state is State.HELD else "next"
