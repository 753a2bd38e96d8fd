"""The people of an organisation."""

from collections.abc import Mapping

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.accounts import queries as accounts
from training.accounts.invitations import queries as invitations
from training.accounts.memberships import holdings, policies, queries, services
from training.accounts.memberships.forms import EndForm, FoundForm, hand_over_form
from training.accounts.memberships.holdings import Holding
from training.accounts.memberships.models import Membership
from training.audit.queries import history
from training.kernel.i18n import _, ngettext
from training.kernel.pages import ACCOUNT, MEMBER, Noun
from training.kernel.policy import OrganisationKind, own_account
from training.organisations import queries as organisations
from training.saved_views.pages import opened

bp = Noun("memberships", __name__)

NOBODY = "nobody"
"""What is chosen where a kind shall stay without a person."""


@bp.page("/people", doors=MEMBER, may=policies.can_list)
def listed() -> ResponseReturnValue:
    """Sees who is a member, in which role, and who has been invited."""
    asked = opened("members")
    return render_template(
        "accounts/memberships/listed.html",
        asked=asked,
        held=holdings.each([one.id for one in asked.found.rows]),
        waiting=invitations.waiting(g.actor),
        organisation=organisations.own(g.actor),
    )


@bp.page("/people/<int:membership_id>", doors=MEMBER, may=policies.can_show, subject=queries.membership)
def show(membership: Membership) -> ResponseReturnValue:
    """What a member does here, and what they answer for by name."""
    return render_template(
        "accounts/memberships/show.html", membership=membership, held=holdings.of(membership.id), events=history(membership)
    )


@bp.page(
    "/people/<int:membership_id>/hand-over", doors=MEMBER, may=policies.can_hand_over, subject=queries.membership, methods=["GET", "POST"]
)
def hand_over(membership: Membership) -> ResponseReturnValue:
    """Hands over what a member answers for, each kind as a whole to a colleague."""
    held = holdings.of(membership.id)
    people = {str(one.id): one for one in holdings.takers(membership, held)}
    choices = {one.name: _choices(one, people) for one in held}
    form = hand_over_form({one.name: (f"{one.charge.label}: {one.number}", choices[one.name]) for one in held})
    if form.submitted():
        passing = {name: people.get(chosen) for name, chosen in form.told().items()}
        for to, number in services.hand_over(g.actor, membership, passing=passing):
            flash(_passed(to, number), "success")
        return redirect(url_for(".show", membership_id=membership.id))
    return render_template(
        "accounts/memberships/hand_over.html",
        membership=membership,
        held=[(one, holdings.records(g.actor, membership, one)) for one in held],
        possible=any(choices.values()),
        form=form,
    )


def _choices(held: Holding, people: Mapping[str, Membership]) -> list[tuple[str, str]]:
    """Who may take a kind over: colleagues in one of its roles; nobody by name, where it may stay so."""
    found = [(key, f"{one.name}, {str(one.role.label).lower()}") for key, one in people.items() if held.fits(one)]
    return [*found, (NOBODY, str(held.charge.unnamed.label))] if held.charge.unnamed is not None else found


def _passed(to: Membership | None, number: int) -> str:
    if to is None:
        return ngettext("%(num)s record is with nobody by name now.", "%(num)s records are with nobody by name now.", number)
    return ngettext("%(num)s record is with %(person)s now.", "%(num)s records are with %(person)s now.", number, person=to.name)


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
    return render_template("accounts/memberships/end.html", membership=membership, form=form, held=holdings.of(membership.id))


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
