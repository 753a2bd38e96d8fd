"""The service call is the unit of work."""

from threading import Barrier, Event, Thread
from typing import ClassVar

import pytest
from sqlalchemy import create_engine, delete, event, select, text, update
from sqlalchemy.orm import Session

from tests.factories import make_employer, make_organisation
from training.kernel.db import READING, NotFound, Stale, db, engine, expect, gathered, transaction, writing
from training.kernel.db.engine import writers_queue
from training.kernel.policy import Actor, NotNow, System
from training.organisations.models import Organisation, Park
from training.organisations.workflow import State

SYSTEM = System("test")


@transaction()
def rename(actor: Actor, organisation: Organisation, *, town: str, fail: bool = False) -> None:
    organisation.town = town
    if fail:
        raise NotNow("not now")


@transaction()
def rename_both(actor: Actor, organisation: Organisation, *, other: Organisation, town: str, fail: bool = False) -> None:
    rename(actor, other, town=town)
    rename(actor, organisation, town=town, fail=fail)


def town_of(organisation: Organisation) -> str:
    return db.session.execute(select(Organisation.town).where(Organisation.id == organisation.id)).scalar_one()


class TestTransaction:
    def test_commits_what_the_verb_changed(self, app):
        employer = make_employer()

        rename(SYSTEM, employer, town="Melekess")

        db.session.rollback()
        assert town_of(employer) == "Melekess"

    def test_undoes_everything_when_the_verb_refuses(self, app):
        employer = make_employer(town="Dimitrovgrad")

        with pytest.raises(NotNow):
            rename(SYSTEM, employer, town="Melekess", fail=True)

        assert town_of(employer) == "Dimitrovgrad"

    def test_a_verb_called_by_a_verb_joins_its_transaction(self, app):
        first, second = make_employer(town="Dimitrovgrad"), make_employer(town="Dimitrovgrad")

        with pytest.raises(NotNow):
            rename_both(SYSTEM, first, other=second, town="Melekess", fail=True)

        assert (town_of(first), town_of(second)) == ("Dimitrovgrad", "Dimitrovgrad")

    def test_a_change_made_outside_is_an_error_and_not_saved(self, app):
        employer = make_employer(town="Dimitrovgrad")
        employer.town = "Melekess"

        with pytest.raises(RuntimeError, match="changed outside a transaction"):
            rename(SYSTEM, employer, town="Ulyanovsk")

        db.session.rollback()
        assert town_of(employer) == "Dimitrovgrad"

    def test_reads_its_subject_again(self, app):
        employer = make_employer()
        db.session.execute(
            update(Organisation)
            .where(Organisation.id == employer.id)
            .values(address="changed meanwhile")
            .execution_options(synchronize_session=False)
        )
        db.session.commit()

        rename(SYSTEM, employer, town="Melekess")

        assert employer.address == "changed meanwhile"

    def test_a_subject_that_is_gone_is_not_found(self, app):
        park = Park(slug="gone", name="Park", town="Dimitrovgrad")
        db.session.add(park)
        db.session.commit()
        db.session.execute(delete(Park))
        db.session.commit()

        @transaction()
        def touch(actor: Actor, subject: Park) -> None:
            subject.town = "Melekess"

        with pytest.raises(NotFound):
            touch(SYSTEM, park)

    def test_a_version_that_was_shown_before_a_change_is_stale(self, app):
        employer = make_employer()
        shown = employer.version
        rename(SYSTEM, employer, town="Melekess")

        with pytest.raises(Stale):
            expect(employer, shown)

    def test_nobody_but_the_workflow_writes_a_state(self, app):
        employer = make_organisation(state=State.PENDING)

        with pytest.raises(RuntimeError, match="only the workflow"):
            employer.state = State.VERIFIED


def test_writers_wait_for_each_other_and_none_is_lost(committing_app):
    """Forty threads add one to the same row, reading before they write; without the lock at the beginning some would be lost."""
    park = Park(slug="count", name="0", town="Dimitrovgrad")
    db.session.add(park)
    db.session.commit()
    key, start, done = park.id, Barrier(8), []

    @transaction()
    def add(actor: Actor, subject: Park) -> None:
        subject.name = str(int(subject.name) + 1)

    def work() -> None:
        start.wait()
        for _ in range(5):
            with committing_app.app_context():
                add(SYSTEM, db.session.get_one(Park, key))
                done.append(key)

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.rollback()
    assert len(done) == 40
    assert db.session.execute(select(Park.name).where(Park.id == key)).scalar_one() == "40"


def test_reading_does_not_block_a_writer(committing_app):
    db.session.scalars(select(Park)).all()

    with committing_app.app_context(), writing() as session:
        session.add(Park(slug="other", name="Park", town="Dimitrovgrad"))

    db.session.rollback()
    assert len(db.session.scalars(select(Park)).all()) == 1


def test_writers_of_one_file_stand_in_a_queue(tmp_path):
    file, order, inside = create_engine(f"sqlite:///{tmp_path}/queue.sqlite3"), [], Event()

    def second() -> None:
        with writers_queue(file):
            order.append("second")

    waiting = Thread(target=second)
    with writers_queue(file):
        waiting.start()
        inside.wait(0.2)
        order.append("first")
    waiting.join()

    assert order == ["first", "second"]


def test_a_hasty_transaction_is_kept_and_the_next_one_waits_for_the_disk_again(committing_app):
    with writing(hasty=True) as session:
        session.add(Park(slug="hasty", name="Park", town="Dimitrovgrad"))
        hasty = how_it_waits()
    with writing():
        careful = how_it_waits()

    assert db.session.scalar(select(Park.slug)) == "hasty"
    assert (hasty, careful) in {(1, 2), ("off", how_it_waits())}


def how_it_waits() -> object:
    """SQLite: 1 is NORMAL, 2 is FULL."""
    question = "PRAGMA synchronous" if db.engine.dialect.name == "sqlite" else "SHOW synchronous_commit"
    return db.session.execute(text(question)).scalar_one()


class Basket:
    """Gathers until the end."""

    emptied: ClassVar[list[int]] = []

    def __init__(self) -> None:
        self.things: list[int] = []

    def close(self, session: Session) -> None:
        self.emptied.extend(self.things)


def test_what_is_gathered_is_written_once_at_the_end_and_not_when_the_verb_fails(app):
    Basket.emptied.clear()

    with writing():
        gathered(Basket).things.append(1)
        gathered(Basket).things.append(2)
        before = list(Basket.emptied)
    with pytest.raises(ZeroDivisionError), writing():
        gathered(Basket).things.append(3 // 0)

    assert (before, Basket.emptied) == ([], [1, 2])
    with pytest.raises(RuntimeError, match="outside a transaction"):
        gathered(Basket)


def test_a_connection_that_the_server_closed_while_it_rested_is_replaced(committing_app, monkeypatch):
    if db.engine.dialect.name == "sqlite":
        pytest.skip("a file closes no connections")
    monkeypatch.setattr(engine, "RESTED", -1)
    ours = db.session.scalar(text("SELECT pg_backend_pid()"))
    db.session.rollback()
    other = create_engine(db.engine.url)
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:ours)"), {"ours": ours})
    other.dispose()

    assert db.session.scalar(text("SELECT pg_backend_pid()")) != ours


class TestPages:
    """What a page's session does on a server: it reads without transactions, and writes in one."""

    def test_reading_statements_of_a_page_stand_alone_on_a_server_and_its_writing_does_not(self, committing_app):
        engine_, session = db.engine, db.session
        asked: list[tuple[str, bool]] = []

        @event.listens_for(engine_, "before_cursor_execute")
        def note(connection, cursor, statement, *rest):
            asked.append((statement.split()[0], bool(getattr(connection.connection.driver_connection, "autocommit", False) is True)))

        session.info[READING] = True
        session.scalar(select(Organisation.id))
        with writing():
            session.execute(update(Organisation).values(town="Moscow"))
        alone = engine_.dialect.name == "postgresql"

        assert [one for one in asked if one[0] in ("SELECT", "UPDATE")] == [("SELECT", alone), ("UPDATE", False)]
        event.remove(engine_, "before_cursor_execute", note)

    def test_a_session_outside_pages_reads_in_a_transaction(self, committing_app):
        db.session.scalar(select(Organisation.id))

        assert db.session.connection().get_isolation_level() != "AUTOCOMMIT"
