"""Pages of interviews."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Response, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.candidates.applications import policies as applications
from training.candidates.applications import queries as found
from training.candidates.applications.models import Application
from training.candidates.interviews import policies, queries, services
from training.candidates.interviews.calendar import invitation, length
from training.candidates.interviews.forms import ProposeForm, ReasonForm
from training.candidates.interviews.models import Interview
from training.kernel import clock
from training.kernel.i18n import _
from training.kernel.pages import LEARNER, MEMBER, Noun

bp = Noun("interviews", __name__)

PATH = "/interviews/<int:interview_id>"


@bp.page(
    "/applications/<int:application_id>/interviews",
    doors=[MEMBER, LEARNER],
    may=applications.can_follow,
    subject=found.application,
)
def listed(application: Application) -> ResponseReturnValue:
    """The interviews of one application."""
    interviews = queries.of_application(g.actor, application.id)
    return render_template("candidates/interviews/listed.html", application=application, interviews=interviews, length=length)


@bp.page(PATH, doors=[MEMBER, LEARNER], may=policies.can_see, subject=queries.interview)
def show(interview: Interview) -> ResponseReturnValue:
    """When, where, with whom, and the answer."""
    return render_template(
        "candidates/interviews/show.html",
        interview=interview,
        length=length(interview),
        begun=interview.starts_at <= clock.now(),
        events=history(interview),
    )


@bp.page(
    "/applications/<int:application_id>/interviews/new",
    doors=MEMBER,
    may=policies.can_propose,
    subject=found.application,
    methods=["GET", "POST"],
)
def propose(application: Application) -> ResponseReturnValue:
    """Proposes a time for an interview, in the employer's zone."""
    zone = application.vacancy.employer.zone
    form = ProposeForm()
    form.choose(members=[(one.id, f"{one.account.name}, {one.role.label}") for one in queries.interviewers(application.employer_id)])
    if form.submitted():
        assert form.day.data is not None
        assert form.begins.data is not None
        starts_at = datetime.combine(form.day.data, form.begins.data, ZoneInfo(zone)).astimezone(UTC)
        interview = services.propose(
            g.actor,
            application,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=form.minutes.data),
            place=form.fields["place"],
            members=form.members.data or [],
        )
        flash(_("Proposed. %(person)s and the interviewers get a letter with an invitation.", person=application.trainee.name), "success")
        return redirect(url_for(".show", interview_id=interview.id))
    return render_template("candidates/interviews/propose.html", application=application, form=form, zone=zone)


@bp.page(f"{PATH}/confirm", doors=LEARNER, may=policies.can_confirm, subject=queries.interview, methods=["POST"])
def confirm(interview: Interview) -> ResponseReturnValue:
    """The candidate comes."""
    services.confirm(g.actor, interview)
    flash(_("Confirmed. The employer expects you."), "success")
    return redirect(url_for(".show", interview_id=interview.id))


@bp.page(f"{PATH}/decline", doors=LEARNER, may=policies.can_decline, subject=queries.interview, methods=["GET", "POST"])
def decline(interview: Interview) -> ResponseReturnValue:
    """The candidate does not come at that time."""
    form = ReasonForm()
    if form.submitted():
        services.decline(g.actor, interview, **form.fields)
        flash(_("Declined. The employer reads your reason and may propose another time."), "success")
        return redirect(url_for(".show", interview_id=interview.id))
    return render_template("candidates/interviews/decline.html", interview=interview, form=form)


@bp.page(f"{PATH}/cancel", doors=MEMBER, may=policies.can_cancel, subject=queries.interview, methods=["GET", "POST"])
def cancel(interview: Interview) -> ResponseReturnValue:
    """Calls an interview off."""
    form = ReasonForm()
    if form.submitted():
        services.cancel(g.actor, interview, **form.fields)
        flash(_("Cancelled. Everybody who was to come is told."), "success")
        return redirect(url_for(".show", interview_id=interview.id))
    return render_template("candidates/interviews/cancel.html", interview=interview, form=form)


@bp.page(f"{PATH}/conclude", doors=MEMBER, may=policies.can_conclude, subject=queries.interview, methods=["POST"])
def conclude(interview: Interview) -> ResponseReturnValue:
    """Notes that an interview took place."""
    services.conclude(g.actor, interview)
    flash(_("Noted. Decide on the candidate's page."), "success")
    return redirect(url_for(".show", interview_id=interview.id))


@bp.page(f"{PATH}/invitation.ics", doors=[MEMBER, LEARNER], may=policies.can_see, subject=queries.interview)
def download(interview: Interview) -> ResponseReturnValue:
    """The interview for one's calendar."""
    name, media_type, content = invitation(interview)
    return Response(content, mimetype=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
