"""A worker in a process of its own, as it runs beside the web."""

from dataclasses import replace
from pathlib import Path

from tests.conftest import configured
from training.app import create_app
from training.jobs.worker import run_due
from training.kernel.db import db


def work(database: str, folder: Path, smtp: str) -> None:
    """The worker, until everything is sent."""
    app = create_app(replace(configured(database, folder), smtp=smtp))
    with app.app_context():
        run_due()
        db.engine.dispose()
