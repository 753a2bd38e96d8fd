"""Pages of proposals to revoke credentials."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.courses.credentials import queries as credentials
from training.courses.credentials.models import Credential
from training.courses.revocations import policies, queries, services
from training.courses.revocations.forms import AnswerForm, ReasonForm
from training.courses.revocations.models import Revocation
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, Noun

bp = Noun("revocations", __name__)

ONE = "/revocations/<int:revocation_id>"


@bp.page(
    "/credentials/<int:credential_id>/revoke",
    doors=MEMBER,
    may=policies.can_propose,
    subject=credentials.credential,
    methods=["GET", "POST"],
)
def propose(credential: Credential) -> ResponseReturnValue:
    """Proposes that a credential be revoked, for a reason."""
    form = ReasonForm()
    if form.submitted():
        revocation = services.propose(g.actor, credential, **form.fields)
        flash(_("Proposed. Another manager of your school confirms it now; until then the credential is valid."), "success")
        return redirect(url_for(".show", revocation_id=revocation.id))
    against = policies.why_not_propose(credential, waiting=queries.waiting(credential.id))
    return render_template("courses/revocations/propose.html", form=form, credential=credential, against=against)


@bp.page(ONE, doors=MEMBER, may=policies.can_show, subject=queries.revocation)
def show(revocation: Revocation) -> ResponseReturnValue:
    """Looks at a proposal to revoke a credential."""
    return render_template(
        "courses/revocations/show.html",
        revocation=revocation,
        credential=revocation.credential,
        reasons=policies.why_not_confirm(revocation, g.actor),
        events=history(revocation),
    )


@bp.page(f"{ONE}/confirm", doors=MEMBER, may=policies.can_confirm, subject=queries.revocation, methods=["POST"])
def confirm(revocation: Revocation) -> ResponseReturnValue:
    """Confirms, as the second person, that a credential is revoked."""
    services.confirm(g.actor, revocation)
    flash(_("Revoked. From now on every check says so, and the holder has been told."), "success")
    return redirect(url_for("courses.credentials.show", credential_id=revocation.credential_id))


@bp.page(f"{ONE}/turn-down", doors=MEMBER, may=policies.can_turn_down, subject=queries.revocation, methods=["GET", "POST"])
def turn_down(revocation: Revocation) -> ResponseReturnValue:
    """Turns a proposal to revoke a credential down, for a reason."""
    form = AnswerForm()
    if form.submitted():
        services.turn_down(g.actor, revocation, **form.fields)
        flash(_("Turned down. The credential stays valid."), "success")
        return redirect(url_for(".show", revocation_id=revocation.id))
    return render_template("courses/revocations/turn_down.html", form=form, revocation=revocation, credential=revocation.credential)


@bp.page(f"{ONE}/take-back", doors=MEMBER, may=policies.can_take_back, subject=queries.revocation, methods=["POST"])
def take_back(revocation: Revocation) -> ResponseReturnValue:
    """Takes an own proposal to revoke a credential back."""
    services.take_back(g.actor, revocation)
    flash(_("Taken back. The credential stays valid."), "success")
    return redirect(url_for("courses.credentials.show", credential_id=revocation.credential_id))
