"""Pages of proposals to issue credentials."""

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.awards import policies, queries, services
from training.courses.awards.forms import ReasonForm
from training.courses.awards.models import Award
from training.courses.awards.workflow import State
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.credentials import queries as credentials
from training.courses.credentials.models import Credential
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun

bp = Noun("awards", __name__)

ONE = "/credential-proposals/<int:award_id>"


@bp.page(
    "/enrolments/<int:enrolment_id>/credential", doors=MEMBER, may=policies.can_propose, subject=enrolments.enrolment, methods=["POST"]
)
def propose(enrolment: Enrolment) -> ResponseReturnValue:
    """Proposes the credential of somebody who has completed."""
    award = services.propose(g.actor, enrolment)
    flash(_("Proposed. Another manager of your school confirms it now."), "success")
    return redirect(url_for(".show", award_id=award.id))


@bp.page("/cohorts/<int:cohort_id>/credentials", doors=MEMBER, may=policies.can_propose_all, subject=cohorts.cohort, methods=["POST"])
def propose_all(cohort: Cohort) -> ResponseReturnValue:
    """Proposes credentials for everybody who has completed in a cohort."""
    award = services.propose_all(g.actor, cohort)
    flash(_("Proposed. Another manager of your school confirms it now."), "success")
    return redirect(url_for(".show", award_id=award.id))


@bp.page(
    "/credentials/<int:credential_id>/renewal",
    doors=MEMBER,
    may=policies.can_propose_renewal,
    subject=credentials.credential,
    methods=["POST"],
)
def propose_renewal(credential: Credential) -> ResponseReturnValue:
    """Proposes that a credential which ends be renewed."""
    award = services.propose_renewal(g.actor, credential)
    flash(_("Proposed. Another manager of your school confirms it now."), "success")
    return redirect(url_for(".show", award_id=award.id))


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.award)
def show(award: Award) -> ResponseReturnValue:
    """Looks through proposed credentials before they are issued."""
    return render_template(
        "courses/awards/show.html", award=award, states=State, reasons=policies.why_not_confirm(award, g.actor), events=history(award)
    )


@bp.page(f"{ONE}/progress", doors=MEMBER, may=policies.can_show, subject=queries.award)
def progress(award: Award) -> ResponseReturnValue:
    """How many credentials of a proposal are issued, as a part of its page; when it is over, the page is loaded anew."""
    if "HX-Request" not in request.headers:
        return redirect(url_for(".show", award_id=award.id))
    response: Response = make_response(render_template("courses/awards/_progress.html", award=award, states=State))
    if award.state is not State.ISSUING:
        response.headers["HX-Refresh"] = "true"
    return response


@bp.page(f"{ONE}/confirm", doors=MEMBER, may=policies.can_confirm, subject=queries.award, methods=["POST"])
def confirm(award: Award) -> ResponseReturnValue:
    """Confirms, as the second person, that credentials are issued."""
    services.confirm(g.actor, award)
    flash(_("Confirmed. The credentials are issued, and their holders are told."), "success")
    return redirect(url_for(".show", award_id=award.id))


@bp.page(f"{ONE}/turn-down", doors=MEMBER, may=policies.can_turn_down, subject=queries.award, methods=["GET", "POST"])
def turn_down(award: Award) -> ResponseReturnValue:
    """Turns a proposal of credentials down, for a reason."""
    form = ReasonForm()
    if form.submitted():
        services.turn_down(g.actor, award, **form.fields)
        flash(_("Turned down. Nobody outside your school has seen it."), "success")
        return redirect(url_for(".show", award_id=award.id))
    return render_template("courses/awards/turn_down.html", form=form, award=award)


@bp.page(f"{ONE}/take-back", doors=MEMBER, may=policies.can_take_back, subject=queries.award, methods=["POST"])
def take_back(award: Award) -> ResponseReturnValue:
    """Takes an own proposal of credentials back."""
    services.take_back(g.actor, award)
    flash(_("Taken back. Nobody outside your school has seen it."), "success")
    return redirect(url_for(".show", award_id=award.id))
