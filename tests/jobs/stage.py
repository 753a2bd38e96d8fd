"""A small application whose database really commits: for two connections, threads, and workers that are killed.

Run as a module it is such a worker: `python -m tests.jobs.stage DATABASE FOLDER fenced|unfenced`.
"""

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

from flask import Flask
from flask_babel import Babel
from jinja2 import ChoiceLoader, DictLoader, StrictUndefined
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from training.jobs import leases, worker
from training.jobs.models import Clockwork, Job
from training.jobs.services import enqueue
from training.kernel import receipts
from training.kernel.config import ROOT, Config, flask_settings
from training.kernel.db import Record, db, transaction, writing
from training.kernel.db.engine import listen
from training.kernel.i18n import format_date
from training.kernel.wiring import Schedule, Task, Wiring, wire
from training.notices.models import NoticeChoice, NoticeDigest, NoticeHours, Notification

effect = Table("effect", MetaData(), Column("id", Integer, primary_key=True), Column("number", Integer, nullable=False))
TABLES = [
    Record.metadata.tables[model.__tablename__]
    for model in (Job, Clockwork, NoticeDigest, Notification, NoticeChoice, NoticeHours, receipts.Receipt)
]


def make_app(
    database: str,
    folder: Path,
    *,
    tasks: Mapping[str, Task] | None = None,
    schedules: Mapping[str, Schedule] | None = None,
    smtp: str | None = None,
    texts: Mapping[str, str] | None = None,
    others: Sequence[Wiring] = (),
) -> Flask:
    config = Config(
        mode="demo",
        database=database,
        folder=folder,
        secret="s" * 32,
        public_url="https://cadre.example",
        smtp=smtp,
        mail_from="Cadre <post@cadre.example>",
        zone="Europe/Samara",
        regions={"en": "Stage", "ru": "Stage"},
        argon=(19456, 2, 1),
        secure_cookies=True,
        testing=True,
    )
    app = Flask("stage", template_folder=str(ROOT / "templates"))
    app.config.from_mapping(flask_settings(config))
    Babel(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals["format_date"] = format_date
    app.jinja_env.loader = ChoiceLoader([DictLoader(dict(texts or {})), app.jinja_env.loader or DictLoader({})])
    db.init_app(app)
    with app.app_context():
        listen(db.engine)
    wire(app, [Wiring(tasks=tasks or {}, schedules=schedules or {}), *others])
    return app


@contextmanager
def open_stage(database: str, folder: Path, **given: Any) -> Iterator[Flask]:
    app = make_app(database, folder, **given)
    with app.app_context():
        Record.metadata.create_all(db.engine, tables=TABLES)
        effect.create(db.engine, checkfirst=True)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


@transaction()
def strike(number: int) -> None:
    """One effect of job `number`."""
    db.session.execute(insert(effect).values(number=number))
    say(f"inside {number}")


def run_strike(number: int) -> None:
    """The task: one effect in its transaction, and a moment after it in which it can be killed."""
    strike(number)
    say(f"after {number}")


def effects() -> list[int]:
    """The numbers of the jobs that took effect, in order."""
    found = list(db.session.scalars(select(effect.c.number).order_by(effect.c.number)))
    db.session.commit()
    return found


def ask(task: str, **given: Any) -> None:
    """Enqueues a job in a transaction of its own."""
    with writing():
        enqueue(task, **given)


def jobs() -> Sequence[Job]:
    """Every job as it is now."""
    found = db.session.scalars(select(Job).order_by(Job.id).execution_options(populate_existing=True)).all()
    db.session.commit()
    return found


def only_job() -> Job:
    (job,) = jobs()
    return job


_talking = False


def say(words: str) -> None:
    if _talking:
        sys.stdout.write(f"{words}\n")
        sys.stdout.flush()
        time.sleep(0.05)  # here the test kills


def work(database: str, folder: str, fence: str) -> None:
    global _talking
    _talking = True
    leases.LEASE = timedelta(seconds=0.6)
    worker.HOUSEKEEPING = 0.1
    app = make_app(database, Path(folder), tasks={"strike": Task(run_strike, atomic=fence == "fenced")})
    worker.run_worker(app, Event())


if __name__ == "__main__":
    work(*sys.argv[1:])
