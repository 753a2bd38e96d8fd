import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text

from tests.jobs.stage import open_stage
from tools.postgres import ADDRESS


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of this test's own."""
    if request.config.getoption("--db", default="sqlite") != "postgresql":
        yield f"sqlite:///{tmp_path / 'stage.sqlite3'}"
        return
    maintenance = create_engine(os.environ[ADDRESS], isolation_level="AUTOCOMMIT")
    name = f"stage_{secrets.token_hex(6)}"
    with maintenance.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(os.environ[ADDRESS]).set(database=name).render_as_string(hide_password=False)
    with maintenance.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    maintenance.dispose()


@pytest.fixture
def stage(database: str, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Opens an application on the test's own database, with the tasks given."""
    with ExitStack() as stack:

        def open_one(**given: Any) -> Flask:
            app = stack.enter_context(open_stage(database, tmp_path, **given))
            stack.enter_context(app.app_context())
            return app

        yield open_one
