"""What tests of courses share."""

import pytest
from sqlalchemy import event

from tests.courses.lessons.timetables import NOW, School
from training.kernel import clock
from training.kernel.db import db


@pytest.fixture
def statements(app):
    """Counts what the database is asked within the block."""
    seen: list[str] = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture
def september():
    """A Monday morning of the first term."""
    with clock.at(NOW):
        yield


@pytest.fixture
def at(app, september):
    """A school with all that a timetable needs."""
    return School()
