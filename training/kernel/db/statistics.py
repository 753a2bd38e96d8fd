"""What the databases know of their own tables, by which they choose the way to look."""

from sqlalchemy import text

from training.kernel.db.transaction import writing

MANY = 5_000
"""Rows after which what was known may mislead; looking many of them up again took six times as long in a trial."""


def refresh() -> None:
    """Has the tables that grew looked at again, at once instead of within the next minutes; call it outside a transaction."""
    with writing() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("ANALYZE"))
        else:
            session.execute(text("PRAGMA analysis_limit = 1000"))
            session.execute(text("PRAGMA optimize"))
