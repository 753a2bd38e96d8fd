"""The people of a measurement: members and learners with cookies, and candidates on an employer's board."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha1
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import Connection, insert, select

from tests.bench.words import FAMILY, GIVEN, TOWNS
from training.accounts.memberships.models import Membership
from training.accounts.models import Account, Session
from training.accounts.queries import digest
from training.candidates.applications.models import Application
from training.candidates.vacancies.models import Stage, Vacancy, VacancyPositions, VacancySkill
from training.candidates.vacancies.workflow import Employment, Schedule, StageKind, State
from training.kernel import clock, keys
from training.kernel.db import Record
from training.kernel.policy import Role
from training.taxonomy.models import Occupation, Skill
from training.trainees.disclosures.models import Disclosure
from training.trainees.disclosures.workflow import Because
from training.trainees.passport.models import Evidence, EvidenceKind
from training.trainees.profiles.models import Trainee, identity_key

BATCH = 5_000


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in."""

    cookie: str
    token: str
    """The form token that belongs to the cookie."""


NOBODY = Person("", "")


def add(connection: Connection, table: type[Record], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Inserts the rows and gives their keys in the same order."""
    found: list[int] = []
    statement = insert(table).returning(table.id, sort_by_parameter_order=True)
    for start in range(0, len(rows), BATCH):
        found += connection.scalars(statement, rows[start : start + BATCH]).all()
    return found


def members(app: Flask, connection: Connection, school_id: int, employer_id: int) -> tuple[Person, Person]:
    """A manager of the school, and a recruiter and manager of the employer."""
    first, second = _accounts(connection, 2)
    roles = [(first, school_id, Role.MANAGER), (second, employer_id, Role.RECRUITER), (second, employer_id, Role.MANAGER)]
    began = {"began_on": clock.today()}
    add(connection, Membership, [{"account_id": who, "organisation_id": at, "role": role, **began} for who, at, role in roles])
    manager, recruiter = _signed_in(app, connection, [first, second])
    return manager, recruiter


def learners(app: Flask, connection: Connection, count: int) -> list[Person]:
    """Trainees of age with accounts, who are signed in."""
    ids = _accounts(connection, count)
    add(connection, Trainee, [_trainee(number) | {"account_id": key} for number, key in enumerate(ids)])
    return _signed_in(app, connection, ids)


def candidates(connection: Connection, employer_id: int, schools: Sequence[int], count: int) -> int:
    """A vacancy with so many open applications, spread over its four stages; gives its key."""
    now, skills = clock.now(), connection.scalars(select(Skill.id).order_by(Skill.id).limit(6)).all()
    vacancy_id = add(connection, Vacancy, [_vacancy(employer_id, connection.scalars(select(Occupation.id)).first() or 0)])[0]
    add(connection, VacancyPositions, [{"vacancy_id": vacancy_id, "positions": 50}])
    add(connection, VacancySkill, [{"vacancy_id": vacancy_id, "skill_id": skill, "level": 2} for skill in skills[:4]])
    own = {"vacancy_id": vacancy_id, "employer_id": employer_id}
    kinds = [StageKind.NEW, StageKind.SCREENING, StageKind.INTERVIEW, StageKind.DECISION]
    stages = add(connection, Stage, [{**own, "position": place, "kind": kind} for place, kind in enumerate(kinds, 1)])
    people = add(connection, Trainee, [_trainee(number) | {"school_id": schools[number % len(schools)]} for number in range(count)])
    applied = [now - timedelta(minutes=number % 20_000) for number in range(count)]
    rows = [
        {**own, "trainee_id": who, "stage_id": stages[at % 4], "applied_at": applied[at], "moved_at": applied[at], "version": 1}
        for at, who in enumerate(people)
    ]
    applications = add(connection, Application, rows)
    why = {"organisation_id": employer_id, "because": Because.APPLICATION, "subject_kind": "application", "since_at": now}
    pairs = zip(people, applications, strict=True)
    add(connection, Disclosure, [{"trainee_id": who, "subject_id": subject, **why} for who, subject in pairs])
    shown = {"kind": EvidenceKind.MODULE, "subject_kind": "enrolment", "subject_id": 1, "attested_at": now}
    add(
        connection,
        Evidence,
        [
            {"trainee_id": who, "skill_id": skills[(at + step) % len(skills)], "level": 1 + (at + step) % 4, **shown}
            for at, who in enumerate(people)
            for step in range(3)
        ],
    )
    return vacancy_id


def _vacancy(employer_id: int, occupation_id: int) -> dict[str, Any]:
    return {
        "employer_id": employer_id,
        "slug": keys.slug(),
        "title": "Наладчик станков с программным управлением",
        "title_key": keys.sort_key("Наладчик станков с программным управлением"),
        "occupation_id": occupation_id,
        "description": "Наладка и обслуживание станков.",
        "schedule": Schedule.SHIFTS,
        "employment": Employment.FULL,
        "town": TOWNS[0],
        "published_on": clock.today(),
        "state": State.LIVE,
        "version": 1,
    }


def _trainee(number: int) -> dict[str, Any]:
    family, given = FAMILY[number % len(FAMILY)], GIVEN[number // len(FAMILY) % len(GIVEN)]
    born_on = clock.today() - timedelta(days=19 * 366 + number % 3_000)
    return {
        "slug": keys.slug(),
        "family_name": family,
        "given_name": given,
        "name_key": keys.sort_key(f"{family} {given}"),
        "identity_key": identity_key(f"{family}{number}", given, None, born_on),
        "born_on": born_on,
        "group_code": f"СВ-{number % 40}",
        "version": 1,
    }


def _accounts(connection: Connection, count: int) -> list[int]:
    rows = []
    for number in range(count):
        email, name = f"{secrets.token_hex(8)}@example.org", f"{GIVEN[number % len(GIVEN)]} {FAMILY[number % len(FAMILY)]}"
        rows.append({"name": name, "email": email, "email_key": email, "confirmed_at": clock.now(), "version": 1})
    return add(connection, Account, rows)


def _signed_in(app: Flask, connection: Connection, account_ids: Sequence[int]) -> list[Person]:
    """Sessions in the database, with the cookies and form tokens that go with them."""
    now, interface = clock.now(), app.session_interface
    tokens = [secrets.token_urlsafe(24) for _ in account_ids]
    stamp = {"began_at": now, "expires_at": now + timedelta(days=1)}
    add(connection, Session, [{"account_id": who, "token": digest(token), **stamp} for who, token in zip(account_ids, tokens, strict=True)])
    cookies: Any = interface.get_signing_serializer(app)  # type: ignore[attr-defined]  # Flask's own interface has it
    forms = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token")
    people = []
    for token in tokens:
        raw = sha1(secrets.token_bytes(32), usedforsecurity=False).hexdigest()
        cookie = cookies.dumps({"_user_id": token, "_fresh": True, "csrf_token": raw})
        people.append(Person(f"cadre={cookie}", str(forms.dumps(raw))))
    return people
