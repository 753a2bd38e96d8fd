"""The database of a measurement: migrated, filled by set-based inserts, its statistics fresh; and the cookies of the people in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import Connection, select

from seeds import taxonomy
from tests.bench.people import NOBODY, Person, add, candidates, learners, members
from tests.bench.words import PLACES, TITLES, TOWNS
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Funding, StudyForm
from training.courses.cohorts.workflow import State as CohortState
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.workflow import Kind
from training.courses.programmes.workflow import State as VersionState
from training.kernel import clock, keys
from training.kernel.db import db
from training.kernel.db.engine import WRITING
from training.kernel.db.statistics import refresh
from training.kernel.policy import OrganisationKind
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.search.services import PUBLIC, Document, of_organisation, put_many
from training.taxonomy.models import Occupation

PLENTY = 100_000
"""Seats of the cohorts in which enrolling is measured: nobody waits there."""


@dataclass(frozen=True)
class Sizes:
    """How much there is."""

    programmes: int = 10_000
    candidates: Sequence[int] = (5_000,)
    """On one vacancy each."""
    starts: int = 1
    """Cohorts of each of three programmes in four, a year apart."""
    learners: int = 2_000
    """Trainees with accounts."""
    cohorts: int = 20
    """With plenty of seats."""


@dataclass
class Stage:
    """What there is in the database."""

    school: str = ""
    school_id: int = 0
    employer: str = ""
    manager: Person = NOBODY
    recruiter: Person = NOBODY
    learners: list[Person] = field(default_factory=list)
    cohorts: list[int] = field(default_factory=list)
    vacancies: list[int] = field(default_factory=list)


def fill(app: Flask, sizes: Sizes) -> Stage:
    """Fills an empty, migrated database."""
    stage = Stage()
    with app.app_context():
        taxonomy.load()
        with db.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
            schools, employer_id = _organisations(connection, stage)
            documents = _programmes(connection, stage, schools, sizes)
            stage.manager, stage.recruiter = members(app, connection, schools[0], employer_id)
            stage.learners = learners(app, connection, sizes.learners)
            stage.vacancies = [candidates(connection, employer_id, schools, count) for count in sizes.candidates]
        put_many(documents)
        refresh()
        _sweep()
    return stage


def _sweep() -> None:
    """What PostgreSQL does by itself within a minute: without it no index answers alone."""
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM")


def _organisations(connection: Connection, stage: Stage) -> tuple[list[int], int]:
    rows: list[dict[str, Any]] = []
    for number in range(41):
        kind = OrganisationKind.SCHOOL if number < 40 else OrganisationKind.EMPLOYER
        name = f"{'Колледж' if number < 40 else 'Завод'} № {number + 1}"
        rows.append(
            {
                "slug": keys.slug(),
                "kind": kind,
                "legal_name": f"{name} имени {PLACES[number % len(PLACES)]}",
                "native_name": name,
                "latin_name": f"{'College' if number < 40 else 'Plant'} No. {number + 1}",
                "name_key": keys.sort_key(name),
                "town": TOWNS[number % len(TOWNS)],
                "address": f"ул. Заводская, {number + 1}",
                "state": OrganisationState.VERIFIED,
                "version": 1,
            }
        )
    *schools, employer_id = add(connection, Organisation, rows)
    stage.school_id = schools[0]
    stage.school, stage.employer = rows[0]["slug"], rows[-1]["slug"]
    return schools, employer_id


def _programmes(connection: Connection, stage: Stage, schools: Sequence[int], sizes: Sizes) -> list[Document]:
    """Programmes, each with a published version, three of four with a cohort."""
    occupations = connection.scalars(select(Occupation.id).order_by(Occupation.id)).all()
    kinds = list(Kind)
    rows: list[dict[str, Any]] = []
    words: list[tuple[str, str]] = []
    for number in range(sizes.programmes):
        russian, english = TITLES[number % len(TITLES)]
        place = PLACES[number // len(TITLES) % len(PLACES)]
        title = f"{russian}: {place}, {number}"
        words.append((title, f"{english} {place} {TOWNS[number % len(TOWNS)]} практика на заводе, наставник, допуск к работе"))
        rows.append(
            {
                "school_id": schools[number % len(schools)],
                "slug": keys.slug(),
                "code": f"{10 + number % 30}.01.{number % 90:02}",
                "code_system": "fgos",
                "kind": kinds[number % len(kinds)],
                "title": title,
                "title_key": keys.sort_key(title),
                "occupation_id": occupations[number % len(occupations)],
                "version": 1,
            }
        )
    ids = add(connection, Programme, rows)
    stamp = {"state": VersionState.PUBLISHED, "hours_total": 1_400, "months": 10, "content_digest": "0" * 64, "version": 1}
    versions = [
        {"programme_id": key, "school_id": row["school_id"], "number": 1, "published_on": clock.today(), **stamp}
        for key, row in zip(ids, rows, strict=True)
    ]
    version_ids = add(connection, ProgrammeVersion, versions)
    _cohorts(connection, stage, [(key, row["school_id"]) for key, row in zip(version_ids, rows, strict=True)], sizes)
    return [
        Document("programme", key, f"{row['code']} {title}", body, scopes=[PUBLIC, of_organisation(row["school_id"])])
        for key, row, (title, body) in zip(ids, rows, words, strict=True)
    ]


def _cohorts(connection: Connection, stage: Stage, versions: Sequence[tuple[int, int]], sizes: Sizes) -> None:
    today = clock.today()
    forms = list(StudyForm)

    def cohort(number: int, version_id: int, school_id: int, code: str, starts_on: date) -> dict[str, Any]:
        return {
            "school_id": school_id,
            "version_id": version_id,
            "code": code,
            "code_key": keys.sort_key(code),
            "study_form": forms[number % len(forms)],
            "starts_on": starts_on,
            "ends_on": starts_on + timedelta(days=300),
            "opens_on": today - timedelta(days=30),
            "closes_on": today + timedelta(days=30),
            "joins_until_on": starts_on + timedelta(days=14),
            "state": CohortState.OPEN if number % 3 else CohortState.PLANNED,
            "version": 1,
        }

    rows = [
        cohort(at, key, school, f"Г-{at}-{year}", today + timedelta(days=40 + at % 60 + 365 * year))
        for at, (key, school) in enumerate(versions)
        if at % 4
        for year in range(sizes.starts)
    ]
    ids = add(connection, Cohort, rows)
    pools = [
        {"cohort_id": key, "funding": funding, "seats": 25, "held": 25 if number % 5 == 0 else number % 25}
        for number, key in enumerate(ids)
        for funding in (Funding.STATE, Funding.PAID)
    ]
    add(connection, SeatPool, pools)
    stage.cohorts = open_cohorts(connection, versions[: sizes.cohorts], PLENTY)


def open_cohorts(connection: Connection, versions: Sequence[tuple[int, int]], seats: int) -> list[int]:
    """A further open cohort of each (version, school), with so many seats of one kind."""
    today = clock.today()
    days = {"opens_on": today, "closes_on": today + timedelta(days=9), "joins_until_on": today + timedelta(days=30)}
    span = {"starts_on": today + timedelta(days=20), "ends_on": today + timedelta(days=200)}
    form = {"study_form": StudyForm.FULL_TIME, "state": CohortState.OPEN, "version": 1}
    named = [keys.slug() for _ in versions]
    rows = [
        {"version_id": key, "school_id": school, "code": code, "code_key": keys.sort_key(code), **days, **span, **form}
        for (key, school), code in zip(versions, named, strict=True)
    ]
    ids = add(connection, Cohort, rows)
    add(connection, SeatPool, [{"cohort_id": key, "funding": Funding.STATE, "seats": seats, "held": 0} for key in ids])
    return ids
