"""What the databases know of their own tables, by which they choose the way to look."""

from sqlalchemy import text

from training.kernel.db.transaction import writing


def refresh() -> None:
    """Has the tables that grew looked at again, at once instead of within the next minutes; call it outside a transaction."""
    with writing() as session:
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("ANALYZE"))
        else:
            session.execute(text("PRAGMA analysis_limit = 1000"))
            session.execute(text("PRAGMA optimize"))
