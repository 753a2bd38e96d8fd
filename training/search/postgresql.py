"""The index on PostgreSQL: a `tsvector` with a GIN index, in a table of its own beside `search_document`."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Subquery, bindparam, cast, column, func, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.orm import Session

from training.search.models import SearchDocument
from training.search.words import Term

_INDEX = table("search_index", column("id"), column("words"))
_BATCH = 5_000
_WEIGHTS = "'{0, 0, 0.1, 1}'::real[]"
"""Of D, C, B (body) and A (title)."""
_MOST_PLACES = 16_383
"""PostgreSQL counts no place in a text beyond this one."""


def create_index(connection: Connection) -> None:
    """Creates the index and fills it from the rows there are."""
    connection.execute(
        text(
            "CREATE TABLE search_index (id integer CONSTRAINT pk_search_index PRIMARY KEY "
            "CONSTRAINT fk_search_index_id REFERENCES search_document (id) ON DELETE CASCADE, words tsvector NOT NULL)"
        )
    )
    connection.execute(text("CREATE INDEX ix_search_index_words ON search_index USING gin (words)"))
    rebuild(connection)


def drop_index(connection: Connection) -> None:
    """Drops the index; the rows stay."""
    connection.execute(text("DROP TABLE search_index"))


def rebuild(connection: Connection) -> None:
    """Makes the index anew from the rows, in batches."""
    connection.execute(text("TRUNCATE search_index"))
    last = 0
    while ids := list(
        connection.scalars(select(SearchDocument.id).where(SearchDocument.id > last).order_by(SearchDocument.id).limit(_BATCH))
    ):
        _fill(connection, ids)
        last = ids[-1]


def leave(session: Session, ids: Sequence[int]) -> None:
    """Takes rows out of the index."""
    session.execute(text("DELETE FROM search_index WHERE id IN :ids").bindparams(bindparam("ids", ids, expanding=True)))


def enter(session: Session, ids: Sequence[int]) -> None:
    """Puts rows into the index."""
    _fill(session.connection(), ids)


def matching(wanted: Sequence[Term], scopes: Sequence[str], limit: int) -> Subquery:
    """`subject_id` and `rank` (smaller is better) of the best documents that hold every term within one of the scopes."""
    asked = " & ".join(_either(term) for term in wanted)
    rank = -func.ts_rank(literal_column(_WEIGHTS), _INDEX.c.words, cast(asked, TSQUERY))
    best = (
        select(_INDEX.c.id, rank.label("rank"))
        .where(_INDEX.c.words.op("@@")(cast(f"{_any(scopes)} & {asked}", TSQUERY)))
        .order_by(rank)
        .limit(limit)
        .subquery("best")
    )
    return select(SearchDocument.subject_id, best.c.rank).join(best, best.c.id == SearchDocument.id).subquery("hits")


def within(scopes: Sequence[str], limit: int) -> Subquery:
    """The ids of the newest documents within one of the scopes."""
    matched = _INDEX.c.words.op("@@")(cast(_any(scopes), TSQUERY))
    return select(_INDEX.c.id).where(matched).order_by(_INDEX.c.id.desc()).limit(limit).subquery("within")


def _fill(connection: Connection, ids: Sequence[int]) -> None:
    rows = connection.execute(
        select(SearchDocument.id, SearchDocument.scope_words, SearchDocument.title_words, SearchDocument.body_words).where(
            SearchDocument.id.in_(ids)
        )
    ).all()
    connection.execute(
        text("INSERT INTO search_index (id, words) VALUES (:id, CAST(:words AS tsvector))"),
        [{"id": key, "words": " ".join(_lexemes(scopes, title, body))} for key, scopes, title, body in rows],
    )


def _lexemes(scopes: str, title: str, body: str) -> Iterator[str]:
    """The parts of a tsvector as it is written out: quoted word, place, weight (A title, B body, none scope)."""
    yield from (f"'{word}'" for word in scopes.split())
    place = 0
    for weight, words in (("A", title), ("B", body)):
        for word in words.split():
            place = min(place + 1, _MOST_PLACES)
            yield f"'{word}':{place}{weight}"


def _any(scopes: Sequence[str]) -> str:
    return "(" + " | ".join(f"'{one}'" for one in scopes) + ")"


def _either(term: Term) -> str:
    return f"('{term.stem}':AB | '{term.prefix}':*AB)" if term.prefix else f"'{term.stem}':AB"
