"""The answer page, and what is offered while somebody types."""

from flask import g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from training.insights.search import queries
from training.kernel.db import NotFound
from training.kernel.lists import Wanted
from training.kernel.pages import LEARNER, MEMBER, PUBLIC, Noun
from training.kernel.policy import any_learner, anyone

bp = Noun("search", __name__)


@bp.page("/search", doors=[PUBLIC, MEMBER], may=anyone, cacheable=True)
def show() -> ResponseReturnValue:
    """Searches everything that one may see, as the public or as a member of an organisation."""
    return answered()


@bp.page("/search", doors=LEARNER, may=any_learner)
def own() -> ResponseReturnValue:
    """Everything that fits the words, as a trainee."""
    return answered()


@bp.page("/search/options", doors=[PUBLIC, MEMBER, LEARNER], may=anyone, cacheable=True)
def options() -> ResponseReturnValue:
    """Sees the first answers while typing; asked for as a page it leads to the whole answer."""
    if "HX-Request" not in request.headers:
        return redirect(request.script_root + request.full_path.replace("/search/options", "/search", 1).rstrip("?"))
    words = Wanted.read(request.args).words
    address = request.script_root + request.path.removesuffix("/options")
    return render_template("insights/search/options.html", found=queries.offered(g.actor, words), words=words, address=address)


def answered() -> ResponseReturnValue:
    """All kinds with their best answers, or every answer of one kind."""
    wanted = Wanted.read(request.args, filters=["kind"])
    found = queries.answers(g.actor, wanted.words)
    kind = next(iter(wanted.chosen("kind")), None)
    words = found.meant or wanted.words
    try:
        page = queries.listed(g.actor, kind, words, wanted) if kind else None
    except NotFound:
        page = kind = None
    return render_template("insights/search/show.html", found=found, wanted=wanted, words=words, kind=kind, page=page)
