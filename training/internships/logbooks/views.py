"""Pages of logbooks: the trainee writes on a phone, the mentor countersigns a week."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.internships.logbooks import policies, queries, services
from training.internships.logbooks.forms import CountersignForm, EntryForm, SendBackForm
from training.internships.logbooks.models import LogbookEntry, monday_of
from training.internships.logbooks.queries import Week
from training.internships.logbooks.workflow import LIFECYCLE
from training.internships.placements import policies as placement_policies
from training.internships.placements import queries as placements
from training.internships.placements.models import Placement
from training.kernel import clock
from training.kernel.i18n import _, ngettext
from training.kernel.pages import LEARNER, MEMBER, Noun

bp = Noun("logbooks", __name__)


@bp.page("/placements/<int:placement_id>/logbook", doors=[MEMBER, LEARNER], may=placement_policies.can_show, subject=placements.placement)
def show(placement: Placement) -> ResponseReturnValue:
    """The logbook of a placement, by weeks, with its hours against the plan."""
    return render_template(
        "internships/logbooks/show.html",
        placement=placement,
        weeks=queries.weeks(g.actor, placement),
        hours=queries.hours_of(placement),
        lifecycle=LIFECYCLE,
        closed=policies.why_not_write(placement),
        signs=policies.can_countersign(g.actor, placement),
    )


@bp.page(
    "/placements/<int:placement_id>/logbook/new",
    doors=LEARNER,
    may=policies.can_write,
    subject=placements.placement,
    methods=["GET", "POST"],
)
def write(placement: Placement) -> ResponseReturnValue:
    """A new entry."""
    today = clock.today(placement.employer.zone)
    form = EntryForm(worked_on=min(max(today, placement.starts_on), placement.ends_on))
    choose(form, placement)
    if form.submitted():
        verb = services.write if form.draft.data else services.write_and_submit
        entry = verb(g.actor, placement, **{name: value for name, value in form.fields.items() if name != "version"})
        return saved(form, entry)
    return render_template("internships/logbooks/write.html", form=form, placement=placement, **around(placement))


@bp.page("/logbook/<int:entry_id>", doors=LEARNER, may=policies.can_edit, subject=queries.entry, methods=["GET", "POST"])
def edit(entry: LogbookEntry) -> ResponseReturnValue:
    """Changes a draft or an entry that came back."""
    form = EntryForm(obj=entry)
    choose(form, entry.placement)
    if form.submitted():
        verb = services.edit if form.draft.data else services.edit_and_submit
        verb(g.actor, entry, **form.fields)
        return saved(form, entry)
    reasons = policies.why_not_edit(entry)
    return render_template("internships/logbooks/edit.html", form=form, entry=entry, reasons=reasons, **around(entry.placement))


@bp.page("/logbook/<int:entry_id>/submit", doors=LEARNER, may=policies.can_submit, subject=queries.entry, methods=["POST"])
def submit(entry: LogbookEntry) -> ResponseReturnValue:
    """Sends a draft to the mentor as it is."""
    services.submit(g.actor, entry)
    flash(_("Your mentor has it now."), "success")
    return redirect(url_for(".show", placement_id=entry.placement_id))


def may_countersign(actor: Any, week: Week) -> bool:
    """The mentor of the week's placement."""
    return policies.can_countersign(actor, week.placement)


@bp.page("/placements/<int:placement_id>/weeks/<monday>", doors=MEMBER, may=may_countersign, subject=queries.week, methods=["GET", "POST"])
def countersign(week: Week) -> ResponseReturnValue:
    """Reads a week of the logbook and countersigns it at once."""
    form = CountersignForm()
    if form.submitted():
        count = services.countersign(g.actor, week.placement, monday=week.monday)
        flash(ngettext("%(num)d entry countersigned.", "%(num)d entries countersigned.", count), "success")
        return redirect(url_for(".show", placement_id=week.placement.id))
    beside = queries.waiting_beside(week)
    return render_template("internships/logbooks/countersign.html", form=form, week=week, placement=week.placement, beside=beside)


@bp.page("/logbook/<int:entry_id>/send-back", doors=MEMBER, may=policies.can_send_back, subject=queries.entry, methods=["GET", "POST"])
def send_back(entry: LogbookEntry) -> ResponseReturnValue:
    """Sends an entry of the logbook back for a change."""
    form = SendBackForm()
    if form.submitted():
        services.send_back(g.actor, entry, **form.fields)
        flash(_("Returned. The trainee reads your words."), "success")
        return redirect(url_for(".countersign", placement_id=entry.placement_id, monday=entry.monday.isoformat()))
    return render_template("internships/logbooks/send_back.html", form=form, entry=entry)


def choose(form: EntryForm, placement: Placement) -> None:
    """Fills the form's list of skills."""
    form.choose(skill_id=[(0, "–"), *((skill.id, skill.title) for skill in queries.skills_for(placement))])


def around(placement: Placement) -> dict[str, Any]:
    """What the form says about the week: the hours written so far."""
    day, week = queries.minutes_around(placement, clock.today(placement.employer.zone))
    return {"written_today": day, "written_this_week": week, "monday": monday_of(clock.today(placement.employer.zone))}


def saved(form: EntryForm, entry: LogbookEntry) -> ResponseReturnValue:
    """Back to the logbook, with what has happened."""
    flash(_("The draft is saved.") if form.draft.data else _("Your mentor has it now."), "success")
    return redirect(url_for(".show", placement_id=entry.placement_id))
