"""Inviting people, and answering an invitation."""

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.accounts import passwords
from training.accounts import queries as accounts
from training.accounts.invitations import policies, queries, services
from training.accounts.invitations.forms import AcceptForm, JoinForm, SendForm
from training.accounts.invitations.models import Invitation
from training.kernel.config import Config
from training.kernel.i18n import _, language
from training.kernel.pages import BEARER, MEMBER, Noun
from training.kernel.policy import ROLES_OF, Role
from training.organisations import queries as organisations
from training.organisations.models import Organisation

bp = Noun("invitations", __name__)


@bp.page("/people/invite", doors=MEMBER, may=policies.can_send, subject=organisations.own, methods=["GET", "POST"])
def send(organisation: Organisation) -> ResponseReturnValue:
    """Invites somebody by e-mail."""
    form = SendForm()
    form.choose(role=[(role.value, role.label) for role in ROLES_OF[organisation.kind]])
    if form.submitted():
        invitation = services.send(g.actor, organisation, **form.fields | {"role": Role(form.role.data)})
        flash(_("A letter is on its way to %(email)s.", email=invitation.email), "success")
        return redirect(url_for("accounts.memberships.listed"))
    return render_template("accounts/invitations/send.html", form=form, organisation=organisation)


@bp.page(
    "/people/invitations/<int:invitation_id>/revoke", doors=MEMBER, may=policies.can_revoke, subject=queries.invitation, methods=["POST"]
)
def revoke(invitation: Invitation) -> ResponseReturnValue:
    """Takes an invitation of a colleague back."""
    services.revoke(g.actor, invitation)
    flash(_("The invitation of %(email)s is taken back; its link works no more.", email=invitation.email), "success")
    return redirect(url_for("accounts.memberships.listed"))


@bp.page("/invitation", doors=BEARER, may=policies.can_accept, subject=queries.mine, methods=["GET", "POST"])
def accept(invitation: Invitation) -> ResponseReturnValue:
    """Joins the organisation, with the account of that address or a new one."""
    known = accounts.by_way_in(invitation.email) is not None
    form = AcceptForm() if known else JoinForm()
    if form.submitted():
        given: dict[str, str] = {}
        if isinstance(form, JoinForm):
            if weak := passwords.why_not(form.password.data or "", [form.name.data or "", invitation.email]):
                form.password.errors = weak
                return render_template("accounts/invitations/accept.html", form=form, invitation=invitation, known=known)
            config: Config = current_app.config["CADRE"]
            given = {"name": form.fields["name"], "password": passwords.hashed(form.password.data or "", config.argon)}
        services.accept(g.actor, invitation, language=language(), **given)
        flash(_("Welcome to %(organisation)s. Sign in to begin.", organisation=invitation.organisation.short_name), "success")
        return redirect(url_for("accounts.sign_in"))
    return render_template("accounts/invitations/accept.html", form=form, invitation=invitation, known=known)
