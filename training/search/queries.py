"""Finding: ranked hits that a noun joins to its own select, and what was perhaps meant."""

from collections.abc import Iterable, Sequence
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import Select, Subquery, false, literal, select

from training.kernel.db import db
from training.kernel.keys import sort_key
from training.search import words as wording
from training.search.index import twin
from training.search.models import SearchDocument
from training.search.spelling import corrected

BEST = 1_000
"""Hits that are ranked; a query that finds more is too wide to be read to its end."""
TITLES = 5_000
"""Titles looked through for what was perhaps meant."""
_ALIKE = 72


def hits(kind: str, words: str, scopes: Iterable[str], *, limit: int = BEST) -> Subquery:
    """The best hits of a kind within the scopes, as a subquery with `subject_id` and `rank` (smaller is better).

    Every word must be found, in the title or the body. Words without a letter or digit find nothing: leave the join out when nothing
    was typed. A noun joins it to what its reader may see: `visible_to(actor).join(found, found.c.subject_id == Programme.id)`, in
    the order `found.c.rank, Programme.id`.
    """
    wanted, inside = wording.terms(words), wording.scope_terms(kind, scopes)
    if not wanted or not inside:
        return select(SearchDocument.subject_id, literal(0.0).label("rank")).where(false()).subquery("hits")
    found: Subquery = twin(db.session.get_bind().dialect.name).matching(wanted, inside, limit)
    return found


def suggest(kind: str, words: str, scopes: Iterable[str], *, among: Select[Any], limit: int = 3) -> Sequence[str]:
    """Titles within the scopes that look like what was typed, best first; for a search that found nothing.

    `among` are the ids of the records that the reader may see now: the index follows a suspension only after a moment.
    """
    typed, inside = sort_key(words[: wording.QUERY]), wording.scope_terms(kind, scopes)
    if not inside or not any(wording.raw(words[: wording.QUERY])):
        return []
    newest = twin(db.session.get_bind().dialect.name).within(inside, TITLES)
    look = select(SearchDocument.title_key, SearchDocument.title).join(newest, newest.c.id == SearchDocument.id)
    look = look.where(SearchDocument.subject_id.in_(among))
    titles = {key: title for key, title in db.session.execute(look)}  # noqa: C416 -- a result is no sequence of pairs to mypy
    best = process.extract(typed, list(titles), scorer=fuzz.WRatio, score_cutoff=_ALIKE, limit=limit)
    if not best and (meant := corrected(words, titles.values())):
        return [title for key, title in sorted(titles.items()) if set(wording.raw(meant)) & set(wording.raw(key))][:limit]
    return [titles[key] for key, _score, _place in sorted(best, key=lambda one: (-one[1], one[0]))]
