"""Rows that from some point on can neither be changed nor removed: the database itself refuses."""

from sqlalchemy import Connection, text


def freeze(connection: Connection, table: str, verb: str, condition: str) -> None:
    """From now on `verb` (insert, update, delete) of a row of `table` fails where `condition` on OLD and NEW holds."""
    name = f"{table}_frozen_{verb}"
    if connection.dialect.name == "sqlite":
        connection.execute(
            text(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {condition} BEGIN SELECT RAISE(ABORT, '{table} is frozen'); END")
        )
        return
    row = "OLD" if verb == "delete" else "NEW"
    connection.execute(
        text(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION '{table} is frozen'; END IF; RETURN {row}; END $$"
        )
    )
    connection.execute(text(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"))


def thaw(connection: Connection, table: str, verb: str) -> None:
    """Takes the prohibition back."""
    name = f"{table}_frozen_{verb}"
    if connection.dialect.name == "sqlite":
        connection.execute(text(f"DROP TRIGGER {name}"))
        return
    connection.execute(text(f"DROP TRIGGER {name} ON {table}"))
    connection.execute(text(f"DROP FUNCTION {name}()"))
