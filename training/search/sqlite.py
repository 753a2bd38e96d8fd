"""The index on SQLite: FTS5 over the rows of `search_document`, which keep its text (external content)."""

from collections.abc import Sequence

from sqlalchemy import Connection, Subquery, bindparam, column, literal_column, select, table, text
from sqlalchemy.orm import Session

from training.search.models import SearchDocument
from training.search.words import Term

_INDEX = table("search_index", column("rowid"), column("rank"))
_COLUMNS = "scope_words, title_words, body_words"


def create_index(connection: Connection) -> None:
    """Creates the index, title weighted ten times the body, and fills it from the rows there are.

    The ASCII tokenizer parts at blanks only: what a word is has been decided before (see `words`).
    """
    connection.execute(
        text(
            f"CREATE VIRTUAL TABLE search_index USING fts5({_COLUMNS}, content='search_document', content_rowid='id', "
            "tokenize=\"ascii tokenchars '._/-'\")"
        )
    )
    connection.execute(text("INSERT INTO search_index(search_index, rank) VALUES ('rank', 'bm25(0.0, 10.0, 1.0)')"))
    rebuild(connection)


def drop_index(connection: Connection) -> None:
    """Drops the index; the rows stay."""
    connection.execute(text("DROP TABLE search_index"))


def rebuild(connection: Connection) -> None:
    """Makes the index anew from the rows."""
    connection.execute(text("INSERT INTO search_index(search_index) VALUES ('rebuild')"))


def leave(session: Session, ids: Sequence[int]) -> None:
    """Takes rows out of the index, while they still hold the text they were indexed with."""
    session.execute(
        text(
            f"INSERT INTO search_index(search_index, rowid, {_COLUMNS}) SELECT 'delete', id, {_COLUMNS} FROM search_document WHERE id IN :ids"
        ).bindparams(bindparam("ids", ids, expanding=True))
    )


def enter(session: Session, ids: Sequence[int]) -> None:
    """Puts rows into the index."""
    session.execute(
        text(f"INSERT INTO search_index(rowid, {_COLUMNS}) SELECT id, {_COLUMNS} FROM search_document WHERE id IN :ids").bindparams(
            bindparam("ids", ids, expanding=True)
        )
    )


def matching(wanted: Sequence[Term], scopes: Sequence[str], limit: int) -> Subquery:
    """`subject_id` and `rank` (smaller is better) of the best documents that hold every term within one of the scopes."""
    best = (
        select(_INDEX.c.rowid, _INDEX.c.rank)
        .where(literal_column("search_index").op("MATCH")(_expression(wanted, scopes)))
        .order_by(_INDEX.c.rank)
        .limit(limit)
        .subquery("best")
    )
    return select(SearchDocument.subject_id, best.c.rank).join(best, best.c.rowid == SearchDocument.id).subquery("hits")


def within(scopes: Sequence[str], limit: int) -> Subquery:
    """The ids of the newest documents within one of the scopes."""
    return (
        select(_INDEX.c.rowid.label("id"))
        .where(literal_column("search_index").op("MATCH")(_expression((), scopes)))
        .order_by(_INDEX.c.rowid.desc())
        .limit(limit)
        .subquery("within")
    )


def _expression(wanted: Sequence[Term], scopes: Sequence[str]) -> str:
    """The match expression; every term stands in double quotes, and none can hold one."""
    scope = "{scope_words} : (" + " OR ".join(f'"{one}"' for one in scopes) + ")"
    if not wanted:
        return scope
    return f"{scope} AND {{title_words body_words}} : (" + " AND ".join(_either(term) for term in wanted) + ")"


def _either(term: Term) -> str:
    return f'("{term.stem}" OR "{term.prefix}" *)' if term.prefix else f'"{term.stem}"'
