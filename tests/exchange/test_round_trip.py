"""What is imported goes out in the layout in which it comes in, and coming back it changes nothing."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.courses.factories import make_occupation
from tests.factories import actor_of, make_school, save
from training.accounts.models import Account
from training.audit.models import Happening
from training.courses.programmes import services as programmes
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.exchange import checking, queries, services
from training.exchange.cells import shown
from training.exchange.decoding import plain
from training.exchange.workflow import Outcome, State
from training.exchange.writing import safe
from training.kernel import keys
from training.kernel.db import db
from training.kernel.policy import Role
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Schooling

PLACES = {"trainees": "trainees", "programmes": "programmes"}
PEOPLE: list[dict[str, Any]] = [
    {"family_name": "Орлова-Щёголева", "given_name": "Нина", "patronymic": None, "group_code": "007", "schooling": Schooling.BASIC},
    {"family_name": "=cmd|' /C calc'!A0", "given_name": "+Eve", "patronymic": "@x", "phone": "+7 900 000-00-00", "town": "-Ёлкино"},
    {"family_name": "'=1", "given_name": "Двойной  пробел", "email": "Anna.Ё@Example.ORG", "schooling": Schooling.HIGHER, "phone": "0012"},
    {"family_name": "＝широкий", "given_name": 'А;б,"в"', "group_code": "15.01.05", "schooling": Schooling.VOCATIONAL},
    {"family_name": "Итого", "given_name": "Анна", "town": "Не\u00a0разрывный", "group_code": "1/2", "schooling": Schooling.UPPER},
]


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def manager(school):
    return actor_of(school, Role.MANAGER)


@pytest.fixture
def browser(app, manager):
    return Browser(app).sign_in(db.session.get_one(Account, manager.account_id))


def make_person(school, family_name="Орлова", given_name="Нина", patronymic=None, born_on=date(2005, 1, 1), **given):
    trainee = Trainee(slug=keys.slug(), school_id=school.id, **given)
    trainee.call(family_name=family_name, given_name=given_name, patronymic=patronymic, born_on=born_on)
    return save(trainee)


def fill(school, manager):
    for number, person in enumerate(PEOPLE):
        make_person(school, born_on=date(2005, 1, 1 + number), **person)
    occupation = make_occupation()
    programmes.create(manager, school, code="01.02.03", title="=Сварщик", kind="profession", hours=1476, months=10)
    programmes.create(manager, school, code="7.8.09", title="Свой  курс", kind="retraining", summary="Первая;\nвторая «строка»")
    programmes.create(manager, school, code="007", title="Курс № 7", kind="worker_training", hours=16, occupation_id=occupation.id)
    odd = programmes.create(manager, school, code="15.01.05", code_system="own", title="Own", kind="advanced_training", hours=72)
    odd.hours_total = 3
    db.session.commit()


def everything():
    """All that an import could change."""
    db.session.rollback()
    return [
        [tuple(row) for row in db.session.execute(select(*kind.__table__.c).order_by(kind.__table__.c.id))]
        for kind in (Trainee, Programme, ProgrammeVersion)
    ]


def taken_out(browser, school, kind, form, language="en"):
    base = f"/o/{school.slug}"
    page = browser.get(f"{base}/{PLACES[kind]}?lang={language}")
    fields = {"of": f"{base}/{PLACES[kind]}", "shape": "imported", "as": form}
    sent = browser.post(f"{base}/exports/new", page.form(action="/exports/new") | fields)
    response = browser.client.get(sent.location, headers={"Accept-Language": language})
    content = response.get_data()
    response.close()
    return content


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", sorted(PLACES))
def test_an_exported_file_imported_again_changes_nothing(browser, school, manager, kind, form, language):
    fill(school, manager)
    content = taken_out(browser, school, kind, form, language)
    before = everything()

    batch = services.upload(manager, content, name=f"list.{form}", kind=kind)
    checking.check(batch.id)

    told = [(row.outcome, row.cells, row.errors) for row in queries.all_rows(batch) if row.outcome is not Outcome.SAME]
    assert told == []
    assert (batch.state, batch.staged) == (State.CHECKED, len(PEOPLE) if kind == "trainees" else 4)
    assert everything() == before


def test_one_change_in_the_file_is_the_one_change_made(browser, school, manager):
    fill(school, manager)
    content = taken_out(browser, school, "trainees", "csv").decode("utf-8-sig").replace("007", "008").encode()

    batch = services.upload(manager, content, name="list.csv", kind="trainees")
    checking.check(batch.id)
    services.confirm(manager, batch)
    checking.apply(batch.id)

    assert (batch.applied, batch.same) == (1, 4)
    assert db.session.scalars(select(Trainee.group_code).where(Trainee.given_name == "Нина")).one() == "008"


def test_no_cell_of_the_file_begins_a_formula(browser, school, manager):
    fill(school, manager)
    lines = taken_out(browser, school, "trainees", "csv").decode("utf-8-sig")

    assert "'=cmd" in lines
    assert ",=cmd" not in lines
    assert "'+7 900" in lines


@pytest.mark.parametrize(
    "text", ["=1", "'=1", "''=1", "+7", "-", "@x", "\t=1", "\r", "\n=1", "＝1", "＠", "'quoted'", "'", "", "007", "a=b"]
)
def test_what_is_made_safe_comes_back_as_it_was(text):
    assert plain(safe(text)) == text


def test_a_blank_that_does_not_break_stays_a_blank():
    assert shown("Анна\u00a0Мария\u200b") == "Анна Мария"


def test_only_those_who_import_take_it_out(app, school, manager):
    fill(school, manager)
    teacher = Browser(app).sign_in(db.session.get_one(Account, actor_of(school, Role.PLACEMENT_OFFICER).account_id))
    base = f"/o/{school.slug}"
    page = teacher.get(f"{base}/trainees")

    sent = teacher.post(
        f"{base}/exports/new", page.form(action="/exports/new") | {"of": f"{base}/trainees", "shape": "imported", "as": "csv"}
    )

    assert "import again" not in page.words
    assert sent.status == 403


def test_people_of_other_schools_and_the_erased_stay_out(browser, school, manager):
    make_person(make_school(), family_name="Чужой")
    make_person(school, family_name="№", given_name="7", born_on=date(1900, 1, 1))
    make_person(school, family_name="Свой")

    lines = taken_out(browser, school, "trainees", "csv").decode("utf-8-sig").splitlines()

    assert len(lines) == 2
    assert "Свой" in lines[1]


def test_a_list_that_is_not_imported_has_no_such_layout(browser, school, manager):
    base = f"/o/{school.slug}"
    page = browser.get(f"{base}/trainees")
    fill(school, manager)
    page = browser.get(f"{base}/trainees")

    sent = browser.post(
        f"{base}/exports/new", page.form(action="/exports/new") | {"of": f"{base}/imports", "shape": "imported", "as": "csv"}
    )

    assert sent.status == 404


def test_the_export_says_in_which_layout_it_went(browser, school, manager):
    fill(school, manager)
    taken_out(browser, school, "trainees", "csv")

    [event] = db.session.scalars(select(Happening).where(Happening.name == "export.begun"))
    assert event.facts["shape"] == "imported"
