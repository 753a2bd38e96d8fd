"""Pages of saved views: keep one, change one, delete one; each leads back to its list."""

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.kernel.addresses import Asking, asking, query_of
from training.kernel.db import NotFound
from training.kernel.i18n import _
from training.kernel.pages import ACCOUNT, MEMBER, Noun
from training.kernel.policy import NotAllowed
from training.kernel.web import done
from training.saved_views import pages, policies, queries, services
from training.saved_views.forms import EditForm, SaveForm
from training.saved_views.models import SavedView

bp = Noun("saved_views", __name__)

ONE = "/views/<int:view_id>"


@bp.page("/views/new", doors=[MEMBER, ACCOUNT], may=policies.can_save, methods=["GET", "POST"])
def save() -> ResponseReturnValue:
    """Keeps what a list shows under a name."""
    at = back()
    if at is None:
        return redirect(f"{request.script_root}/")
    subject = at.listing.owner(g.actor, at.args)
    if not at.listing.allowed(g.actor, subject):
        raise NotAllowed(at.listing.name)
    own = {one.id: one for one in queries.own(g.actor, at.listing.name)}
    form = SaveForm(own=[(key, one.name) for key, one in own.items()], shares=policies.can_share(g.actor))
    if form.submitted():
        if form.replaced:
            services.replace(g.actor, own[form.replaced], query=query_of(at.wanted))
        else:
            fields = {name: value for name, value in form.fields.items() if name != "replaces"}
            services.save(g.actor, at.listing.name, query=query_of(at.wanted), **fields)
        flash(_("Saved. You find it above the list."), "success")
        return redirect(at.url)
    return render_template("saved_views/save.html", form=form, at=at, told=pages.told(g.actor, at, subject))


@bp.page(f"{ONE}/edit", doors=[MEMBER, ACCOUNT], may=policies.can_edit, subject=queries.one, methods=["GET", "POST"])
def edit(view: SavedView) -> ResponseReturnValue:
    """Renames a kept view, opens the list with it, shares it."""
    at = back(view)
    form = EditForm(obj=view, shares=policies.can_share(g.actor))
    if form.submitted():
        services.edit(g.actor, view, **form.fields)
        flash(_("Saved."), "success")
        return redirect(at.url if at else f"{request.script_root}/")
    return render_template("saved_views/edit.html", form=form, view=view, at=at)


@bp.page(f"{ONE}/delete", doors=[MEMBER, ACCOUNT], may=policies.can_delete, subject=queries.one, methods=["POST"])
def delete(view: SavedView) -> ResponseReturnValue:
    """Deletes a kept view."""
    at = back(view)
    services.delete(g.actor, view)
    words = _("“%(name)s” is deleted. The list itself stays as it is.", name=view.name)
    if at is None:
        flash(words, "success")
    else:
        kept = {"name": view.name, "replaces": "0"} | {name: "y" for name in ("preferred", "shared") if getattr(view, name)}
        done(words, url_for(".save", of=url_for(at.listing.endpoint, **at.args, **view.query)), **kept)
    return redirect(url_for(at.listing.endpoint, **at.args, view=pages.WHOLE) if at else f"{request.script_root}/")


def back(view: SavedView | None = None) -> Asking | None:
    """The list that one comes from, and that the view is one of; None when the address names no list."""
    if "of" not in request.args:
        return None
    at = asking(request.args["of"])
    if view is not None and view.listing != at.listing.name:
        raise NotFound
    return at
