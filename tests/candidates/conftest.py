"""Fixtures of candidates: browsers, a house that recruits, counting statements."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.candidates.walking import Settled
from tests.factories import make_account, make_employer, make_member
from training.kernel.db import db
from training.kernel.policy import Role


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


@pytest.fixture
def client(app):
    return Settled(app)


@pytest.fixture
def house(app):
    """An employer with a recruiter who is signed in: (employer, browser, address of its pages)."""
    employer = make_employer()
    person = make_account()
    make_member(employer, Role.RECRUITER, account=person)
    return employer, Settled(app).sign_in(person), f"/o/{employer.slug}"
