"""Pages of files made of lists: ask for one, see how far it is, download it."""

from flask import Response, current_app, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.exchange.downloads import download
from training.exchange.exports import making, policies, queries, services
from training.exchange.exports.models import Export
from training.exchange.exports.workflow import Form, Shape, State
from training.files.sending import send
from training.kernel.addresses import asking
from training.kernel.config import Config
from training.kernel.db import NotFound
from training.kernel.i18n import _
from training.kernel.limits import limiter
from training.kernel.listings import listings
from training.kernel.pages import ACCOUNT, MEMBER, Noun
from training.kernel.policy import NotAllowed

bp = Noun("exports", __name__)

ONE = "/exports/<slug>"


@bp.page("/exports", doors=[MEMBER, ACCOUNT], may=policies.can_ask)
def listed() -> ResponseReturnValue:
    """Sees the files that were made for one."""
    return render_template("exchange/exports/listed.html", exports=queries.mine(g.actor), listings=listings())


@bp.page("/exports/new", doors=[MEMBER, ACCOUNT], may=policies.can_ask, methods=["POST"])
@limiter.limit("120 per hour", methods=["POST"])
def ask() -> ResponseReturnValue:
    """Takes a list that one sees as a file."""
    form = Form.XLSX if request.form.get("as") == Form.XLSX else Form.CSV
    shape = next((one for one in Shape if one.value == request.form.get("shape")), Shape.LISTED)
    if "of" not in request.form:
        return redirect(url_for(".listed"))
    organisation = (request.view_args or {}).get("organisation")
    export = services.ask(g.actor, asking(request.form["of"]), form=form, shape=shape, organisation=organisation)
    return redirect(url_for(".take" if export.state is State.DIRECT else ".show", slug=export.slug))


@bp.page(ONE, doors=[MEMBER, ACCOUNT], may=policies.can_see, subject=queries.of_slug)
def show(export: Export) -> ResponseReturnValue:
    """How far the file is; where it is downloaded."""
    return render_template("exchange/exports/show.html", export=export, listing=listings().get(export.listing), states=State)


@bp.page(f"{ONE}/progress", doors=[MEMBER, ACCOUNT], may=policies.can_see, subject=queries.of_slug)
def progress(export: Export) -> ResponseReturnValue:
    """How far it is; when it is over, the page is loaded anew."""
    response: Response = make_response(render_template("exchange/exports/_progress.html", export=export, states=State))
    if export.state is not State.MAKING:
        response.headers["HX-Refresh"] = "true"
    return response


@bp.page(f"{ONE}/file", doors=[MEMBER, ACCOUNT], may=policies.can_take, subject=queries.of_slug)
def take(export: Export) -> ResponseReturnValue:
    """The file itself, while the list is still its owner's to see."""
    listing = listings().get(export.listing)
    if not export.ready or listing is None:
        flash(_("This file is no longer kept. Take the list again."), "warning")
        return redirect(url_for(".show", slug=export.slug))
    listing = queries.shaped(listing, export.shape)
    subject = listing.owner(g.actor, export.args)
    if not listing.allowed(g.actor, subject):
        raise NotAllowed(listing.name)
    if export.state is State.DIRECT:
        config: Config = current_app.config["CADRE"]
        rows = listing.walk(g.actor, making.wanted_of(export), subject)
        return download(listing.columns, rows, name=export.title, form=export.form.value, zone=config.zone)
    if export.file is None:
        raise NotFound
    return send(export.file)
