"""Pages of cohorts, for the school."""

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.awards import queries as awards
from training.courses.cohorts import policies, queries, services
from training.courses.cohorts.calendar import dates as as_file
from training.courses.cohorts.forms import EditForm, PlanForm, ReasonForm
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import State
from training.courses.credentials import queries as credentials
from training.courses.enrolments import queries as enrolments
from training.courses.programmes import queries as programmes
from training.courses.programmes.models import ProgrammeVersion
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, PUBLIC, Noun
from training.kernel.policy import anyone
from training.organisations import queries as organisations
from training.organisations.models import Organisation
from training.saved_views.pages import opened

bp = Noun("cohorts", __name__)

ONE = "/cohorts/<int:cohort_id>"


@bp.page("/programmes/<slug>/dates.ics", doors=PUBLIC, may=anyone, subject=programmes.by_slug, cacheable=True)
def dates(version: ProgrammeVersion) -> ResponseReturnValue:
    """The days of a programme's coming cohorts, for a calendar."""
    name, media_type, content = as_file(version.programme, queries.offered_for(g.actor, [version.id]))
    return Response(content, mimetype=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@bp.page("/cohorts", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees the school's own cohorts."""
    asked = opened("cohorts")
    return render_template(
        "courses/cohorts/listed.html",
        asked=asked,
        seats=enrolments.seats_by_cohort(asked.found.rows),
        versions=programmes.published(g.actor),
    )


@bp.page(
    "/programmes/<int:version_id>/cohorts/new", doors=MEMBER, may=policies.can_plan, subject=programmes.version, methods=["GET", "POST"]
)
def plan(version: ProgrammeVersion) -> ResponseReturnValue:
    """Plans a cohort of a published programme."""
    form = PlanForm(sites=sites(version.programme.school))
    if form.submitted():
        cohort = services.plan(g.actor, version, **form.fields)
        flash(_("The cohort is planned. It opens by itself on its day, or when you open it."), "success")
        return redirect(url_for(".show", cohort_id=cohort.id))
    return render_template("courses/cohorts/plan.html", form=form, version=version)


@bp.page(ONE, doors=MEMBER, may=policies.can_see, subject=queries.cohort)
def show(cohort: Cohort) -> ResponseReturnValue:
    """One cohort: its seats, who holds them, who waits."""
    roster = opened("roster", cohort)
    queue = enrolments.queue(g.actor, cohort)
    total, seats = enrolments.seats_of(cohort, cohort.all_pools)
    return render_template(
        "courses/cohorts/show.html",
        cohort=cohort,
        programme=cohort.programme_version.programme,
        seats=seats,
        employers=organisations.names({pool.employer_id for pool in cohort.all_pools if pool.employer_id is not None}),
        total=total,
        roster=roster,
        held=enrolments.held(g.actor, cohort),
        queue=queue,
        newer=newer(cohort),
        credentials=credentials.known_of([one.id for one in roster.found.rows]),
        wanting=cohort.state in (State.RUNNING, State.COMPLETED) and credentials.wanting(cohort.id),
        awards=awards.waiting(g.actor, cohort.id),
        zone=cohort.programme_version.programme.school.zone,
        events=history(cohort),
    )


@bp.page(f"{ONE}/login-cards", doors=MEMBER, may=policies.can_login_cards, subject=queries.cohort)
def login_cards(cohort: Cohort) -> ResponseReturnValue:
    """On to the login cards, with everybody chosen who has a seat."""
    return redirect(url_for("trainees.cards.give", chosen=enrolments.seated(g.actor, cohort)))


@bp.page(f"{ONE}/edit", doors=MEMBER, may=policies.can_edit, subject=queries.cohort, methods=["GET", "POST"])
def edit(cohort: Cohort) -> ResponseReturnValue:
    """Changes a cohort's days, form and place."""
    form = EditForm(obj=cohort, sites=sites(cohort.programme_version.programme.school))
    if form.submitted():
        services.edit(g.actor, cohort, **form.fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", cohort_id=cohort.id))
    return render_template("courses/cohorts/edit.html", form=form, cohort=cohort)


@bp.page(f"{ONE}/open", doors=MEMBER, may=policies.can_open_applications, subject=queries.cohort, methods=["POST"])
def open_applications(cohort: Cohort) -> ResponseReturnValue:
    """Opens a cohort: people can take seats from now on."""
    services.open_applications(g.actor, cohort)
    flash(_("Applications are open."), "success")
    return redirect(url_for(".show", cohort_id=cohort.id))


@bp.page(f"{ONE}/close", doors=MEMBER, may=policies.can_close_applications, subject=queries.cohort, methods=["POST"])
def close_applications(cohort: Cohort) -> ResponseReturnValue:
    """Closes a cohort: nobody can apply any more."""
    services.close_applications(g.actor, cohort)
    flash(_("Applications are closed. The queue moves until the last joining day."), "success")
    return redirect(url_for(".show", cohort_id=cohort.id))


@bp.page(f"{ONE}/start", doors=MEMBER, may=policies.can_start, subject=queries.cohort, methods=["POST"])
def start(cohort: Cohort) -> ResponseReturnValue:
    """Starts the training of a cohort."""
    services.start(g.actor, cohort)
    flash(_("Training has begun. Those who still waited are told."), "success")
    return redirect(url_for(".show", cohort_id=cohort.id))


@bp.page(f"{ONE}/complete", doors=MEMBER, may=policies.can_complete, subject=queries.cohort, methods=["POST"])
def complete(cohort: Cohort) -> ResponseReturnValue:
    """Ends the training of a cohort."""
    services.complete(g.actor, cohort)
    flash(_("Training is over. Say who completed it, then issue the credentials."), "success")
    return redirect(url_for(".show", cohort_id=cohort.id))


@bp.page(f"{ONE}/cancel", doors=MEMBER, may=policies.can_cancel, subject=queries.cohort, methods=["GET", "POST"])
def cancel(cohort: Cohort) -> ResponseReturnValue:
    """Cancels a cohort that does not take place."""
    form = ReasonForm()
    if form.submitted():
        services.cancel(g.actor, cohort, **form.fields)
        flash(_("Cancelled. Everybody in it is told."), "success")
        return redirect(url_for(".show", cohort_id=cohort.id))
    return render_template("courses/cohorts/cancel.html", form=form, cohort=cohort)


def newer(cohort: Cohort) -> ProgrammeVersion | None:
    """The newer version of its programme that the actor may move the cohort to; asked only while that can be."""
    if cohort.state not in (State.PLANNED, State.OPEN) or not policies.can_renew(g.actor, cohort):
        return None
    published = programmes.published_of(cohort.programme_version.programme_id)
    return None if policies.why_not_renew(cohort, now=cohort.programme_version, to=published) else published


def sites(school: Organisation) -> list[tuple[str, str]]:
    """The school's sites, for choosing one."""
    return [(str(one.id), str(one)) for one in organisations.sites(school)]
