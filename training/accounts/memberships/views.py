"""The people of an organisation."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.accounts import queries as accounts
from training.accounts.invitations import queries as invitations
from training.accounts.memberships import policies, queries, services
from training.accounts.memberships.forms import EndForm, FoundForm
from training.accounts.memberships.models import Membership
from training.kernel.i18n import _
from training.kernel.pages import ACCOUNT, MEMBER, Noun
from training.kernel.policy import OrganisationKind, own_account
from training.organisations import queries as organisations
from training.saved_views.pages import opened

bp = Noun("memberships", __name__)


@bp.page("/people", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Who is a member, in which role, and who has been invited."""
    return render_template(
        "accounts/memberships/listed.html",
        asked=opened("members"),
        waiting=invitations.waiting(g.actor),
        organisation=organisations.own(g.actor),
    )


@bp.page("/people/<int:membership_id>/end", doors=MEMBER, may=policies.can_end, subject=queries.membership, methods=["GET", "POST"])
def end(membership: Membership) -> ResponseReturnValue:
    """Sees a member off, from today."""
    form = EndForm()
    if form.submitted():
        services.end(g.actor, membership)
        flash(_("%(person)s is no longer %(role)s here.", person=membership.name, role=str(membership.role.label).lower()), "success")
        if g.actor.account_id == membership.account_id:
            return redirect(url_for("accounts.home"))
        return redirect(url_for(".listed"))
    return render_template("accounts/memberships/end.html", membership=membership, form=form)


@bp.page("/organisations/new", doors=ACCOUNT, may=own_account, methods=["GET", "POST"])
def found() -> ResponseReturnValue:
    """Registers a school or an employer; its founder leads it."""
    form = FoundForm()
    if form.submitted():
        fields = form.fields | {"kind": OrganisationKind(form.kind.data)}
        organisation = services.found(g.actor, accounts.own(g.actor), **fields)
        flash(
            _(
                "%(organisation)s is registered. Prepare everything; it publishes once it has been verified.",
                organisation=organisation.short_name,
            ),
            "success",
        )
        return redirect(url_for("insights.home.member", organisation=organisation.slug))
    return render_template("accounts/memberships/found.html", form=form)
