"""Tables whose rows can be added but neither changed nor removed: the database itself refuses."""

from sqlalchemy import Connection, text


def forbid_changes(connection: Connection, table: str) -> None:
    """From now on an UPDATE or DELETE of `table` fails."""
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.execute(
                text(f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END")
            )
        return
    connection.execute(
        text(
            f"CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
    )
    connection.execute(
        text(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
        )
    )


def allow_changes(connection: Connection, table: str) -> None:
    """Takes the prohibition back."""
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER {table}_no_{verb}"))
        return
    connection.execute(text(f"DROP TRIGGER {table}_append_only ON {table}"))
    connection.execute(text(f"DROP FUNCTION {table}_append_only()"))
