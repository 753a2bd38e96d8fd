"""Pages of organisations: for the public, for their own people, for the authority."""

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from training.audit.queries import history
from training.kernel.i18n import _
from training.kernel.pages import MEMBER, PUBLIC, Noun
from training.kernel.policy import any_member, anyone
from training.kernel.web import done
from training.organisations import policies, queries, services
from training.organisations.forms import EditForm, ReasonForm, SiteForm, VerifyForm
from training.organisations.models import Organisation
from training.saved_views.pages import opened

bp = Noun("organisations", __name__)


@bp.page("/organisations/<slug>", doors=PUBLIC, may=anyone, subject=queries.by_slug, cacheable=True)
def public(organisation: Organisation) -> ResponseReturnValue:
    """What anybody may know of a verified school or employer."""
    return render_template("organisations/public.html", organisation=organisation, sites=queries.sites(organisation))


@bp.page("/organisations", doors=MEMBER, may=policies.can_see_all)
def listed() -> ResponseReturnValue:
    """Sees all organisations of the region, in every state."""
    return render_template("organisations/listed.html", asked=opened("organisations"))


@bp.page("/organisations/<int:organisation_id>", doors=MEMBER, may=any_member, subject=queries.organisation)
def show(organisation: Organisation) -> ResponseReturnValue:
    """One organisation: what it is, where it stands, what can be done."""
    return render_template(
        "organisations/show.html", organisation=organisation, sites=queries.sites(organisation), events=history(organisation)
    )


@bp.page(
    "/organisations/<int:organisation_id>/edit", doors=MEMBER, may=policies.can_edit, subject=queries.organisation, methods=["GET", "POST"]
)
def edit(organisation: Organisation) -> ResponseReturnValue:
    """Changes names, address and description of the organisation."""
    form = EditForm(obj=organisation)
    if form.submitted():
        fields = form.fields
        services.edit(g.actor, organisation, short_name=fields.pop("native_name"), **fields)
        flash(_("Saved."), "success")
        return redirect(url_for(".show", organisation_id=organisation.id))
    return render_template("organisations/edit.html", form=form, organisation=organisation)


@bp.page(
    "/organisations/<int:organisation_id>/sites/new",
    doors=MEMBER,
    may=policies.can_edit,
    subject=queries.organisation,
    methods=["GET", "POST"],
)
def add_site(organisation: Organisation) -> ResponseReturnValue:
    """Adds a site of the organisation."""
    form = SiteForm()
    if form.submitted():
        services.add_site(g.actor, organisation, **form.fields)
        flash(_("The site is added."), "success")
        return redirect(url_for(".show", organisation_id=organisation.id))
    return render_template("organisations/add_site.html", form=form, organisation=organisation)


@bp.page(
    "/organisations/<int:organisation_id>/verify",
    doors=MEMBER,
    may=policies.can_verify,
    subject=queries.organisation,
    methods=["GET", "POST"],
)
def verify(organisation: Organisation) -> ResponseReturnValue:
    """Confirms who an organisation is, as its authority."""
    form = VerifyForm()
    if form.submitted():
        services.verify(g.actor, organisation)
        flash(_("%(organisation)s may publish now.", organisation=organisation.short_name), "success")
        return redirect(url_for(".show", organisation_id=organisation.id))
    return render_template("organisations/verify.html", form=form, organisation=organisation)


@bp.page(
    "/organisations/<int:organisation_id>/suspend",
    doors=MEMBER,
    may=policies.can_suspend,
    subject=queries.organisation,
    methods=["GET", "POST"],
)
def suspend(organisation: Organisation) -> ResponseReturnValue:
    """Takes an organisation out of public view, with a reason."""
    form = ReasonForm()
    if form.submitted():
        services.suspend(g.actor, organisation, **form.fields)
        words = _("%(organisation)s is suspended.", organisation=organisation.short_name)
        done(words, url_for(".reinstate", organisation_id=organisation.id))
        return redirect(url_for(".show", organisation_id=organisation.id))
    return render_template("organisations/suspend.html", form=form, organisation=organisation)


@bp.page(
    "/organisations/<int:organisation_id>/reinstate",
    doors=MEMBER,
    may=policies.can_reinstate,
    subject=queries.organisation,
    methods=["POST"],
)
def reinstate(organisation: Organisation) -> ResponseReturnValue:
    """Ends the suspension of an organisation."""
    services.reinstate(g.actor, organisation)
    flash(_("%(organisation)s takes part again.", organisation=organisation.short_name), "success")
    return redirect(url_for(".show", organisation_id=organisation.id))


@bp.page(
    "/organisations/<int:organisation_id>/close",
    doors=MEMBER,
    may=policies.can_close,
    subject=queries.organisation,
    methods=["GET", "POST"],
)
def close(organisation: Organisation) -> ResponseReturnValue:
    """Ends an organisation's part here, with a reason."""
    form = ReasonForm()
    if form.submitted():
        services.close(g.actor, organisation, **form.fields)
        flash(_("%(organisation)s is closed; its history stays.", organisation=organisation.short_name), "success")
        return redirect(url_for(".show", organisation_id=organisation.id))
    return render_template("organisations/close.html", form=form, organisation=organisation)


@bp.page("/first-steps/dismiss", doors=MEMBER, may=policies.can_dismiss_steps, subject=queries.own, methods=["POST"])
def dismiss_steps(organisation: Organisation) -> ResponseReturnValue:
    """Puts the first steps away for all who lead the organisation."""
    services.dismiss_steps(g.actor, organisation)
    done(_("The first steps are put away."), url_for(".restore_steps"))
    return redirect(url_for("insights.home.member"))


@bp.page("/first-steps/restore", doors=MEMBER, may=policies.can_restore_steps, subject=queries.own, methods=["POST"])
def restore_steps(organisation: Organisation) -> ResponseReturnValue:
    """Brings the first steps back."""
    services.restore_steps(g.actor, organisation)
    return redirect(url_for("insights.home.member"))
