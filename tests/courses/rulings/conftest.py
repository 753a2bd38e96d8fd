"""Fixtures of internships: counting statements."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from training.kernel.db import db


@pytest.fixture
def statements(app):
    """Counts the statements of a block: `with statements() as sent`."""

    @contextmanager
    def counting():
        sent = []

        def note(connection, cursor, statement, *rest):
            if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
                sent.append(statement)

        engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return counting
