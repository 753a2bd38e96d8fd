"""Pages of documents to print: ask for one, see that it is being made, download it."""

from flask import Response, abort, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.files.printouts import policies, queries, services
from training.files.printouts.models import Printout
from training.files.printouts.workflow import State
from training.files.sending import send
from training.kernel.db import NotFound
from training.kernel.limits import limiter
from training.kernel.pages import LEARNER, MEMBER, Noun
from training.kernel.wiring import wired

bp = Noun("printouts", __name__)

ONE = "/printouts/<slug>"
_OURS = {"csrf_token", "receipt_key", "document"}


@bp.page("/printouts/new", doors=[MEMBER, LEARNER], may=policies.can_ask, methods=["POST"])
@limiter.limit("120 per hour", methods=["POST"])
def ask() -> ResponseReturnValue:
    """Has a document made to be printed."""
    document = request.form.get("document", "")
    if document not in wired().documents:
        abort(400)
    args = {name: value[:40] for name, value in request.form.items() if name not in _OURS}
    printout = services.ask(g.actor, document=document, args=args)
    return redirect(url_for(".show", slug=printout.slug))


@bp.page(ONE, doors=[MEMBER, LEARNER], may=policies.can_see, subject=queries.of_slug)
def show(printout: Printout) -> ResponseReturnValue:
    """How far it is; where it is downloaded."""
    return render_template("files/printouts/show.html", printout=printout, states=State, about=queries.about(g.actor, printout))


@bp.page(f"{ONE}/progress", doors=[MEMBER, LEARNER], may=policies.can_see, subject=queries.of_slug)
def progress(printout: Printout) -> ResponseReturnValue:
    """How far it is; when it is over, the page is loaded anew."""
    response: Response = make_response(render_template("files/printouts/_progress.html", printout=printout, states=State))
    if printout.state is not State.MAKING:
        response.headers["HX-Refresh"] = "true"
    return response


@bp.page(f"{ONE}/file", doors=[MEMBER, LEARNER], may=policies.can_see, subject=queries.of_slug)
def take(printout: Printout) -> ResponseReturnValue:
    """The document itself."""
    if printout.file is None:
        raise NotFound
    return send(printout.file)
