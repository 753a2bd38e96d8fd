"""Fixtures: a migrated template once per database and worker, a savepoint for each test, copies for tests that commit."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

from seeds import region
from seeds.size import Size
from tests import figures
from tests.client import Browser
from training.app import create_app
from training.jobs.worker import run_due
from training.kernel.config import Config, from_environment
from training.kernel.db import db
from training.kernel.db.engine import listen
from training.kernel.db.schema import upgrade
from training.kernel.limits import limiter
from training.notices import mailbox as letters


def pytest_addoption(parser):
    parser.addoption("--db", choices=["sqlite", "postgresql"], default="sqlite", help="which database the tests run on")
    parser.addoption("--full", action="store_true", help="try the promises of reliability with their full figures, as make torture does")


def pytest_configure(config):
    config.addinivalue_line("markers", "torture: tries a promise of reliability; make torture runs these with their full figures")


def pytest_report_header(config):
    return f"database: {config.getoption('--db')}"


def pytest_terminal_summary(terminalreporter):
    found = figures.lines(terminalreporter.getreports("passed") + terminalreporter.getreports("failed"))
    if found:
        terminalreporter.section(figures.SECTION)
        for line in found:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def sizes(request) -> figures.Sizes:
    """How much a promise of reliability is tried with in this run."""
    return figures.FULL if request.config.getoption("--full") else figures.SHORT


@pytest.fixture
def figure(request) -> Callable[..., None]:
    """Puts a promise's figure, beside what was promised, into the report of the run."""

    def put(promise: str, tried: str, found: str, *, promised: str) -> None:
        request.node.user_properties.append((figures.NAME, str(figures.Figure(promise, tried, found, promised))))

    return put


class Databases:
    """Makes migrated databases by copying one template."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        self.name = f"cadre_{uuid4().hex[:12]}"
        if kind == "sqlite":
            self.template = f"sqlite:///{folder / 'template.sqlite3'}"
        else:
            server = os.environ.get("CADRE_TEST_POSTGRESQL")
            if not server:
                raise pytest.UsageError("--db postgresql needs a server: make test starts one, or set CADRE_TEST_POSTGRESQL")
            self.server = create_engine(server, isolation_level="AUTOCOMMIT")
            self._execute(f'CREATE DATABASE "{self.name}"')
            self.template = self._url(self.name)
        engine = create_engine(self.template)
        listen(engine)
        upgrade(engine)
        if kind == "sqlite":
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA user_version")
        engine.dispose()
        self.copies: list[str] = []

    def copy(self, source: str | None = None) -> str:
        """The address of a fresh migrated database, or of a copy of one that nobody is connected to any more."""
        name = f"{self.name}_{len(self.copies)}"
        self.copies.append(name)
        origin = make_url(source or self.template).database
        if self.kind == "sqlite":
            path = self.folder / f"{name}.sqlite3"
            shutil.copy(str(origin), path)
            return f"sqlite:///{path}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{origin}"')
        return self._url(name)

    def drop(self) -> None:
        """Removes them all."""
        if self.kind == "postgresql":
            for name in [*self.copies, self.name]:
                self._execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            self.server.dispose()

    def _url(self, name: str) -> str:
        return make_url(self.server.url).set(database=name).render_as_string(hide_password=False)

    def _execute(self, statement: str) -> None:
        with self.server.connect() as connection:
            connection.execute(text(statement))


@pytest.fixture(scope="session")
def databases(request, tmp_path_factory) -> Iterator[Databases]:
    made = Databases(request.config.getoption("--db"), tmp_path_factory.mktemp("databases"))
    yield made
    made.drop()


@pytest.fixture(scope="session")
def small_region(databases, tmp_path_factory) -> Callable[[Path], Flask]:
    """Opens the small demonstration region, everything that was due done, in a database and a folder of its own: loaded once, then copied."""
    told = tmp_path_factory.mktemp("region")
    app = create_app(configured(databases.copy(), told))
    with app.app_context():
        region.load(Size.SMALL)
        run_due()
        db.session.close()
        db.engine.dispose()

    def opened(folder: Path) -> Flask:
        shutil.copytree(told, folder, dirs_exist_ok=True)
        return create_app(configured(databases.copy(app.config["CADRE"].database), folder))

    return opened


def configured(database: str, folder: Path) -> Config:
    """A configuration for tests: cheap hashing, everything in one folder."""
    environ = {
        "CADRE_FOLDER": str(folder),
        "CADRE_PUBLIC_URL": "http://localhost",
        "CADRE_SECRET_KEY": "only-for-tests-" * 4,
        "CADRE_ARGON_KIB": "64",
        "CADRE_ARGON_PASSES": "1",
    }
    return replace(from_environment(environ), database=database, testing=True)


@pytest.fixture(scope="session")
def application(databases, tmp_path_factory) -> Iterator[Flask]:
    app = create_app(configured(databases.copy(), tmp_path_factory.mktemp("var")))
    yield app
    with app.app_context():
        db.engine.dispose()


@contextmanager
def joined(app: Flask) -> Iterator[Connection]:
    """Within the block every session of the application works inside one transaction, which is undone at the end."""
    with app.app_context():
        engine = db.engine
        sessions = db.sessionmaker
    connection = engine.connect()
    outer = connection.begin()
    before = dict(sessions.kw)
    sessions.configure(bind=connection, binds=None, join_transaction_mode="create_savepoint")
    yield connection
    sessions.kw.clear()
    sessions.kw.update(before)
    outer.rollback()
    connection.close()


@contextmanager
def undone(connection: Connection) -> Iterator[None]:
    """What happens within the block has not happened afterwards, and nothing of it is kept: savepoints that are rolled back stay until released."""
    connection.exec_driver_sql("SAVEPOINT beginning")
    try:
        yield
    finally:
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT beginning")
        connection.exec_driver_sql("RELEASE SAVEPOINT beginning")


@pytest.fixture
def _connection(application) -> Iterator[Connection]:
    with joined(application) as connection:
        yield connection


@pytest.fixture
def app(application, _connection) -> Iterator[Flask]:
    """The application; everything a test writes is undone afterwards."""
    limiter.enabled = False
    with application.app_context():
        yield application
    limiter.enabled = True


@pytest.fixture
def client(app) -> Browser:
    """A visitor's browser, which parses every page as HTML."""
    return Browser(app)


@pytest.fixture
def committing_app(databases, tmp_path) -> Iterator[Flask]:
    """An application with a database of its own, for tests that need real commits or several connections."""
    app = create_app(configured(databases.copy(), tmp_path / "var"))
    with app.app_context():
        yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def mailbox(app):
    """Runs what is due and gives the letters to an address, newest first."""
    for old in (app.config["CADRE"].folder / "mail").glob("*.eml"):
        old.unlink()

    def read(address: str) -> list[Any]:
        with app.app_context():
            run_due()
        return [letters.letter(one.name) for one in letters.letters(20, to=address)]

    return read
