"""A school's trainees go out as a OneRoster bundle, which comes in again without a word."""

import csv
import io
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.courses.factories import make_cohort, make_enrolment, make_programme, make_version
from tests.exchange.oneroster.bundles import checked, found
from tests.factories import actor_of, make_school, make_trainee, save
from tests.internships.conftest import statements
from training.accounts.models import Account
from training.courses.rosters import queries
from training.exchange.exports import queries as exports
from training.exchange.exports.models import Export
from training.exchange.exports.workflow import State
from training.exchange.workflow import State as ImportState
from training.files import queries as files
from training.jobs.worker import run_due
from training.kernel.db import db
from training.kernel.policy import Role

__all__ = ["statements"]


@pytest.fixture
def school(app):
    return make_school()


def enrolled(school, number: int = 2):
    """So many trainees of a school, each in the same cohort."""
    cohort = make_cohort(make_version(make_programme(school)), code="W-26")
    people = []
    for place in range(number):
        trainee = make_trainee(school_id=school.id, phone="+7 900 000-00-00" if place == 0 else None)
        trainee.call(family_name="Орлова", given_name=f"Нина{place}", patronymic="Сергеевна", born_on=date(2006, 3, 1))
        save(trainee)
        make_enrolment(cohort, trainee)
        people.append(trainee)
    return people


def taken(client, school, manager, shape: str) -> Export:
    client.sign_in(db.session.get_one(Account, manager.account_id))
    page = client.get(f"/o/{school.slug}/trainees")
    client.post(f"/o/{school.slug}/exports/new", page.form(action="/exports/new") | {"shape": shape})
    run_due()
    db.session.rollback()
    return exports.mine(manager)[0]


def kept(export: Export) -> Path:
    """Where the file lies."""
    assert export.file is not None
    return files.path(export.file)


def table(export: Export, name: str) -> list[dict[str, str]]:
    with ZipFile(kept(export)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode())))


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_what_goes_out_comes_in_again_without_a_defect(client, school, version):
    enrolled(school)
    manager = actor_of(school, Role.MANAGER)

    export = taken(client, school, manager, f"oneroster_{version.replace('.', '_')}")

    assert export.state is State.MADE
    batch = checked(manager, kept(export).read_bytes())
    assert (batch.state, batch.layout["bundle"]["version"]) == (ImportState.CHECKED, version)
    assert [row[2:] for row in found(batch)] == [("same", [])] * 5


def test_it_holds_the_cohorts_and_keys_that_stay(client, school):
    nina, _other = enrolled(school)
    manager = actor_of(school, Role.MANAGER)

    first, second = (taken(client, school, manager, "oneroster_1_2") for _turn in range(2))

    [group] = table(first, "classes")
    assert group["classCode"] == "W-26"
    assert {row["classSourcedId"] for row in table(first, "enrollments")} == {group["sourcedId"]}
    assert [row["sourcedId"] for row in table(first, "users")] == [row["sourcedId"] for row in table(second, "users")]
    assert f"/trainees/{nina.slug}" in table(first, "users")[0]["sourcedId"]
    assert {row["role"] for row in table(first, "roles")} == {"student"}
    assert {row["password"] for row in table(first, "users")} == {""}


def test_no_cell_runs_as_a_formula(client, school):
    enrolled(school)
    manager = actor_of(school, Role.MANAGER)

    export = taken(client, school, manager, "oneroster_1_1")

    assert table(export, "users")[0]["phone"] == "'+7 900 000-00-00"


def test_a_teacher_is_not_offered_it_and_does_not_get_it(client, school):
    enrolled(school)
    teacher = actor_of(school, Role.TEACHER)
    client.sign_in(db.session.get_one(Account, teacher.account_id))

    page = client.get(f"/o/{school.slug}/trainees")
    assert "OneRoster" not in page.text
    sent = page.form(action="/exports/new") | {"shape": "oneroster_1_1"}
    assert client.post(f"/o/{school.slug}/exports/new", sent).status == 403
    assert db.session.query(Export).count() == 0


def test_trainees_of_others_are_not_in_it(client, school):
    enrolled(school)
    enrolled(make_school())

    export = taken(client, school, actor_of(school, Role.MANAGER), "oneroster_1_1")

    assert [len(table(export, name)) for name in ("users", "classes", "enrollments", "courses")] == [2, 1, 2, 1]


def test_a_bundle_of_many_takes_as_many_statements_as_one_of_two(app, statements):
    counts = []
    for number in (2, 20):
        other = make_school()
        manager, people = actor_of(other, Role.MANAGER), enrolled(other, number)
        db.session.rollback()
        with statements() as seen:
            assert len(queries.bundle(manager, people, "1.2", public_url="https://cadre.example")["enrollments"]) == number
        counts.append(len(seen))

    assert counts[0] == counts[1]
