"""Pages of the words that everybody shares: the lists that operators keep, and what is offered while somebody types."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from training.kernel.pages import MEMBER, PUBLIC, Noun
from training.kernel.policy import anyone
from training.saved_views.pages import opened
from training.taxonomy import policies, queries
from training.taxonomy.models import Occupation, Skill

bp = Noun("taxonomy", __name__)


@bp.page("/codes", doors=MEMBER, may=policies.can_import)
def codes() -> ResponseReturnValue:
    """Sees the codes of programmes and occupations, and what replaces them."""
    return render_template("taxonomy/codes.html", asked=opened("codes"))


@bp.page("/occupations", doors=MEMBER, may=policies.can_import)
def occupations() -> ResponseReturnValue:
    """Sees the occupations that programmes, openings and vacancies name."""
    return render_template("taxonomy/occupations.html", asked=opened("occupations"))


@bp.page("/skills", doors=MEMBER, may=policies.can_import)
def skills() -> ResponseReturnValue:
    """Sees the skills that are taught and asked for."""
    return render_template("taxonomy/skills.html", asked=opened("skills"))


@bp.page("/words/occupations", doors=PUBLIC, may=anyone, cacheable=True)
def offer_occupations() -> ResponseReturnValue:
    """Occupations that are called as somebody types."""
    return offered(lambda words: queries.offered(Occupation, words), "taxonomy/_terms.html")


@bp.page("/words/skills", doors=PUBLIC, may=anyone, cacheable=True)
def offer_skills() -> ResponseReturnValue:
    """Skills that are called as somebody types."""
    return offered(lambda words: queries.offered(Skill, words), "taxonomy/_terms.html")


@bp.page("/words/codes", doors=PUBLIC, may=anyone, cacheable=True)
def offer_codes() -> ResponseReturnValue:
    """Codes that begin as somebody types, and how they are called."""
    return offered(queries.offered_codes, "taxonomy/offer_codes.html")


def offered(found: Callable[[str], Sequence[Any]], template: str) -> ResponseReturnValue:
    """What fits the words; asked for as a page it leads to the search."""
    words = next((one for one in request.args.values() if one.isprintable()), "")[:200]
    if "HX-Request" not in request.headers:
        return redirect(url_for("insights.search.show", q=words))
    return render_template(template, found=found(words))
