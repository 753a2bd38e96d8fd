"""One run of the benchmarks on one database, from an empty folder to the figures."""

import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from tests.bench import floors, imports, nominations, opening_day, race, rows
from tests.bench.recording import Recorder, Seen
from tests.bench.rows import Line, Patience, Target
from tests.bench.serving import PRODUCT, Server, serving
from tests.bench.stage import Sizes, Stage, fill
from tools.postgres import cluster
from training.app import create_app
from training.kernel.config import from_environment
from training.kernel.db import db
from training.kernel.db.schema import upgrade

ROWS = ("1", "2", "3", "4", "5", "6", "7", "10", "11")
SHARES = {"4": (0.1, 0.17), "7": (0.035, 0.07)}
ENROLMENTS = 6_000
"""People × cohorts that the runs of row 5 may go through at most, and as many again bare."""


@dataclass(frozen=True)
class Plan:
    """What is measured, how long, and on how much."""

    wanted: Sequence[str] = ROWS
    sizes: Sizes = field(default_factory=Sizes)
    patience: Patience = field(default_factory=Patience)
    races: Sequence[int] = (1, 2, 5, 30)
    race_rounds: int = 20
    race_people: int = 200
    import_rows: int = imports.ROWS


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database; PostgreSQL's cluster ends with the block."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    with cluster() as server:
        engine = create_engine(server, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql("CREATE DATABASE bench")
        engine.dispose()
        yield make_url(server).set(database="bench").render_as_string(hide_password=False)


def measure(kind: str, plan: Plan) -> list[Line]:
    """Everything in the plan on one database."""
    folder = Path(tempfile.mkdtemp(prefix="cadre-bench-"))
    try:
        with database(kind, folder) as address:
            environment = {
                "CADRE_MODE": "production",
                "CADRE_DATABASE": address,
                "CADRE_FOLDER": str(folder),
                "CADRE_SECRET_KEY": "only-for-measurements-" * 3,
                "CADRE_PUBLIC_URL": "http://localhost",
                "CADRE_SMTP": "smtp://localhost:9",
            }
            app = create_app(from_environment(environment))
            try:
                return _measured(app, environment, plan)
            finally:
                with app.app_context():
                    db.engine.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _measured(app: Flask, environment: Mapping[str, str], plan: Plan) -> list[Line]:
    began = time.monotonic()
    with app.app_context():
        upgrade(db.engine)
    stage = fill(app, plan.sizes)
    print(f"  filled in {time.monotonic() - began:.0f} s", flush=True)
    targets = {name: target for name, target in rows.pages(stage).items() if name[0] in plan.wanted or (name == "1" and "3" in plan.wanted)}
    seen = {name: [_visited(app, target, path) for path in target.paths] for name, target in targets.items()}
    imitated = [(name, path, target.cookie) for name, target in targets.items() for path in target.paths]
    paths = json.dumps([(path, cookie) for _name, path, cookie in imitated])
    places: dict[str, list[int]] = {}
    for place, (name, _path, _cookie) in enumerate(imitated):
        places.setdefault(name, []).append(place)
    lines: list[Line] = []
    with (
        serving(PRODUCT, environment) as server,
        serving("tests.bench.floors:create()", {**environment, floors.PAGES: paths}) as floor,
    ):
        server.ready()
        floor.ready()
        for name, target in targets.items():
            lines += _say(_compared(name, target, seen[name], places[name], server, floor, plan))
        if "5" in plan.wanted:
            lines += _say(_enrolled(stage, server, floor, plan.patience))
        if "6" in plan.wanted:
            people = stage.learners[: plan.race_people]
            for seats in plan.races:
                lines += _say([race.line(race.run(app, server, people, seats, plan.race_rounds), len(people))])
            lines += _say([opening_day.line(opening_day.run(app, server, floor, stage.learners))])
    if "11" in plan.wanted:
        with serving(PRODUCT, environment) as server:
            server.ready()
            lines += _say(_memory(targets, stage, server, plan.patience))
    if "10" in plan.wanted:
        folder = Path(environment["CADRE_FOLDER"])
        lines += _say(imports.lines(imports.run(app, environment["CADRE_DATABASE"], folder, plan.import_rows)))
        lines += _say([nominations.line(app, stage, plan.import_rows // 10, lines[-3].rate or 1)])
    return sorted(lines, key=lambda line: (int(line.row.rstrip("abc")), line.row))


def _visited(app: Flask, target: Target, path: str) -> Seen:
    found = Recorder(app).see(path, target.cookie)
    if found.status != 200:
        raise RuntimeError(f"{target.name}: {path} answers {found.status}")
    return found


def _say(lines: list[Line]) -> list[Line]:
    print(f"  {lines[0].row:3} {lines[0].what}: {lines[0].rate or 0:,.0f} requests/s", flush=True)
    return lines


def _compared(
    name: str, target: Target, seen: Sequence[Seen], places: Sequence[int], server: Server, floor: Server, plan: Plan
) -> list[Line]:
    """A page and its floors, in turn; for the catalogue also unchanged pages."""
    patience = plan.patience
    runs = {
        "page": rows.visits(server, patience, target.paths, target.headers),
        "core": rows.visits(floor, patience, [f"/core/{place}" for place in places], {}),
        "sql": rows.visits(floor, patience, [f"/sql/{place}" for place in places], {}),
        "hello": rows.visits(floor, patience, ["/hello"], {}),
    }
    if name == "1" and "3" in plan.wanted:
        etag = _etag(server, target.paths[0])
        runs["304"] = rows.visits(server, patience, target.paths[:1], {"If-None-Match": etag}, 304)
    found = rows.interleaved(runs, patience.rounds)
    lines: list[Line] = []
    if name[0] in plan.wanted:
        shares = SHARES.get(name[0])
        lines += rows.against_hello(name, target, seen, found, *shares) if shares else rows.against_core(name, target, seen, found)
    if "304" in found:
        lines += rows.revalidation(found["page"], found["304"], found["hello"])
    return lines


def _etag(server: Server, path: str) -> str:
    """The validator that the page has now."""
    with urlopen(f"http://127.0.0.1:{server.port}{path}") as answer:
        return str(answer.headers["ETag"])


def _enrolled(stage: Stage, server: Server, floor: Server, patience: Patience) -> list[Line]:
    """Row 5: every person enrols in one cohort after another, each pair once."""
    all_pairs = [(f"/me/cohorts/{cohort}/apply", one.cookie) for cohort in stage.cohorts for one in stage.learners]
    pairs, each = iter(all_pairs), min(ENROLMENTS, len(all_pairs) // 2) // patience.rounds

    def enrol(where: Server) -> Mapping[str, Any]:
        return where.load(
            enrol=list(islice(pairs, each)), expected=[200, 302], seconds=2 * patience.seconds, warm=patience.warm, count=patience.count
        )

    runs = {
        "page": lambda: enrol(server),
        "bare": lambda: enrol(floor),
        "hello": rows.visits(floor, patience, ["/hello"], {}),
    }
    return rows.enrolment(rows.interleaved(runs, patience.rounds))


def _memory(targets: Mapping[str, Target], stage: Stage, server: Server, patience: Patience) -> list[Line]:
    """Row 11: all pages at once, as long as a row takes, by themselves on the machine."""
    every = [(path, target.headers) for target in targets.values() for path in target.paths]
    found = [server.load(repeat=every, seconds=patience.seconds, warm=patience.warm) for _ in range(patience.rounds)]
    return rows.memory(max(one["memory"] for one in found), len(server.family))
