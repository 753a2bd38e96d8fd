"""Pages of imports: upload, check, confirm, result."""

from dataclasses import replace

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.exchange import policies, queries, reports, services
from training.exchange.downloads import download
from training.exchange.forms import ActForm, ConfirmForm, UploadForm, tie_form
from training.exchange.importers import Importer, importers, usable_by
from training.exchange.models import HeadingTie, ImportBatch
from training.exchange.workflow import LIFECYCLE, Outcome, State
from training.kernel.db import NotFound
from training.kernel.i18n import _
from training.kernel.lists import Wanted
from training.kernel.pages import MEMBER, Noun
from training.saved_views.pages import opened

bp = Noun("exchange", __name__)


def importer_of(actor: object, kind: str) -> Importer:
    """The importer of that kind, if the actor may use it; NotFound otherwise."""
    found = usable_by(g.actor).get(kind)
    if found is None:
        raise NotFound
    return found


@bp.page("/imports", doors=MEMBER, may=policies.can_import)
def listed() -> ResponseReturnValue:
    """Sees the imports of the organisation."""
    return render_template("exchange/listed.html", asked=opened("imports"), importers=importers())


@bp.page("/imports/new", doors=MEMBER, may=policies.can_import, methods=["GET", "POST"])
def upload() -> ResponseReturnValue:
    """Uploads a list as a file, which is checked before its rows are taken."""
    usable = usable_by(g.actor)
    asked = request.args.get("kind")
    form = UploadForm(
        kinds=[(kind, str(one.title)) for kind, one in usable.items()],
        bundled=[str(one.title) for one in usable.values() if one.bundled is not None],
        data={"kind": asked} if asked in usable else None,
    )
    if form.submitted():
        sent = form.file.data
        batch = services.upload(g.actor, sent.stream, name=sent.filename or "", kind=str(form.kind.data))
        return redirect(url_for(".show", slug=batch.slug))
    return render_template("exchange/upload.html", form=form, usable=usable, bundled=any(one.bundled for one in usable.values()))


@bp.page("/imports/<slug>", doors=MEMBER, may=policies.can_see, subject=queries.of_slug)
def show(batch: ImportBatch) -> ResponseReturnValue:
    """Where an import stands: being checked, what was found, the result."""
    wanted = Wanted.read(request.args, filters=["outcome", "part"])
    if "outcome" not in request.args and (batch.kept or batch.bad) and not batch.state.busy:
        first = Outcome.KEPT if batch.kept else Outcome.BAD
        wanted = replace(wanted, filters={"outcome": [first.value]})
    found, importer = queries.rows(batch, wanted), importers().get(batch.kind)
    counted = reports.counted(batch, queries.by_part(batch)) if batch.is_bundle else []

    def page_url(number: int) -> str:
        return url_for(".show", slug=batch.slug, **wanted.query(page=number))

    return render_template(
        "exchange/show.html",
        batch=batch,
        importer=importer,
        found=found,
        wanted=wanted,
        page_url=page_url,
        columns=reports.labels(batch, importer),
        rows=reports.shown(batch, found.rows),
        notes=reports.notes(batch),
        counted=counted,
        counts=reports.outcomes(batch, counted),
        ties=reports.tied(queries.ties(batch), importer),
        can_undo=bool(LIFECYCLE.can("undo", batch.state) and batch.applied and importer and importer.undoing),
        names=queries.names_of({batch.account_id, batch.holder_id}),
        can_tie=LIFECYCLE.can("tie", batch.state) and not policies.why_not_tie(batch),
        outcomes=Outcome,
        states=State,
        why_not=policies.why_not_confirm(batch),
        workbook=batch.staged <= reports.MOST_IN_WORKBOOK,
    )


@bp.page("/imports/<slug>/progress", doors=MEMBER, may=policies.can_see, subject=queries.of_slug)
def progress(batch: ImportBatch) -> ResponseReturnValue:
    """How far background work is; when it is over, the page is loaded anew."""
    response: Response = make_response(render_template("exchange/_progress.html", batch=batch))
    if not batch.state.busy:
        response.headers["HX-Refresh"] = "true"
    return response


@bp.page("/imports/<slug>/tie", doors=MEMBER, may=policies.can_tie, subject=queries.of_slug, methods=["GET", "POST"])
def tie(batch: ImportBatch) -> ResponseReturnValue:
    """Ties headings that nobody recognised to columns by hand."""
    form = tie_form(batch.unread, reports.free(batch, importers().get(batch.kind)))
    if form.submitted():
        services.tie(g.actor, batch, columns=form.told())
        flash(_("The file is read once more. These headings will be known from now on."), "success")
        return redirect(url_for(".show", slug=batch.slug))
    return render_template("exchange/tie.html", batch=batch, form=form, importer=importers().get(batch.kind))


@bp.page("/imports/<slug>/ties/<int:tie_id>/untie", doors=MEMBER, may=policies.can_untie, subject=queries.tie_of, methods=["POST"])
def untie(tie: HeadingTie) -> ResponseReturnValue:
    """Forgets a heading that was tied by hand."""
    slug = (request.view_args or {})["slug"]
    if ActForm().submitted():
        services.untie(g.actor, tie, batch=queries.of_slug(g.actor, slug))
        flash(_("The heading is forgotten. The next files are read without it."), "success")
    return redirect(url_for(".show", slug=slug))


@bp.page("/imports/<slug>/confirm", doors=MEMBER, may=policies.can_confirm, subject=queries.of_slug, methods=["POST"])
def confirm(batch: ImportBatch) -> ResponseReturnValue:
    """Takes the ready rows of an uploaded list."""
    if ActForm().submitted():
        services.confirm(g.actor, batch)
    return redirect(url_for(".show", slug=batch.slug))


@bp.page("/imports/<slug>/choose", doors=MEMBER, may=policies.can_confirm, subject=queries.of_slug, methods=["GET", "POST"])
def choose(batch: ImportBatch) -> ResponseReturnValue:
    """Chooses what of a bundle is taken, and takes it."""
    counted = reports.counted(batch, queries.by_part(batch))
    form = ConfirmForm(ready=reports.ready(counted), beforehand=[one.part for one in counted if one.beforehand])
    if form.submitted():
        services.confirm(g.actor, batch, chosen=form.fields["chosen"])
        return redirect(url_for(".show", slug=batch.slug))
    return render_template("exchange/choose.html", batch=batch, form=form, why_not=policies.why_not_confirm(batch))


@bp.page("/imports/<slug>/cancel", doors=MEMBER, may=policies.can_cancel, subject=queries.of_slug, methods=["POST"])
def cancel(batch: ImportBatch) -> ResponseReturnValue:
    """Cancels an import: nothing is taken."""
    if ActForm().submitted():
        services.cancel(g.actor, batch)
        flash(_("The import is cancelled. Nothing was taken from the file."), "success")
    return redirect(url_for(".listed"))


@bp.page("/imports/<slug>/undo", doors=MEMBER, may=policies.can_undo, subject=queries.of_slug, methods=["POST"])
def undo(batch: ImportBatch) -> ResponseReturnValue:
    """Takes back what an import made."""
    if ActForm().submitted():
        services.undo(g.actor, batch)
    return redirect(url_for(".show", slug=batch.slug))


@bp.page("/imports/<slug>/report", doors=MEMBER, may=policies.can_see, subject=queries.of_slug)
def report(batch: ImportBatch) -> ResponseReturnValue:
    """Every row with what became of it, as a file."""
    form = request.args.get("as") if batch.staged <= reports.MOST_IN_WORKBOOK else None
    columns = reports.report(batch, importers().get(batch.kind))
    return download(columns, queries.all_rows(batch), name=_("report on %(name)s", name=batch.file.name.rpartition(".")[0]), form=form)


@bp.page("/imports/samples/<kind>", doors=MEMBER, may=policies.can_import, subject=importer_of)
def sample(importer: Importer) -> ResponseReturnValue:
    """A file to start from: the headings and an example."""
    return download(reports.sample(importer), [importer], name=str(importer.title), form=request.args.get("as"))
