"""The list of requests for erasure: whose are seen, searched, narrowed, ordered, taken away."""

import pytest
from sqlalchemy import update

from tests.factories import learner, make_account, make_member, make_organisation, make_school, make_trainee
from tests.listed import file_of
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import OrganisationKind, Role
from training.trainees.erasures import services
from training.trainees.erasures.models import ErasureRequest
from training.trainees.erasures.workflow import State
from training.trainees.profiles.models import Trainee


def asks(school, name):
    """A trainee of the school asks to be erased."""
    trainee = make_trainee(school_id=school.id, account=make_account())
    trainee.call(family_name=name, given_name="Nina", patronymic=None, born_on=trainee.born_on)
    db.session.commit()
    services.ask(learner(trainee), db.session.get_one(Trainee, trainee.id))


@pytest.fixture
def desk(client):
    """The operator's browser and the list: one request done, one waiting, one of another school."""
    operator, school = make_organisation(OrganisationKind.OPERATOR), make_school()
    asks(school, "Done")
    held = {"holds": [{"kind": "agreement", "id": 1, "until": "2030-01-01"}]}
    db.session.execute(update(ErasureRequest).values(state=State.ERASED, erased_at=clock.now(), held=held))
    db.session.commit()
    asks(school, "Щёлкова")
    asks(make_school(short_name="Elsewhere"), "Stranger")
    return client.sign_in(make_member(operator, Role.OPERATOR).account), f"/o/{operator.slug}/erasures", school


def names(page):
    return [link.text.split()[0] for link in page.all("a") if link.get("class") == "fw-semibold"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Stranger", "Щёлкова", "Done"]),
        ("?sort=asked", ["Done", "Щёлкова", "Stranger"]),
        ("?q=ЩЕЛК", ["Щёлкова"]),
        ("?state=asked", ["Stranger", "Щёлкова"]),
        ("?state=erased", ["Done"]),
        ("?state=withdrawn", []),
    ],
)
def test_is_searched_narrowed_and_ordered(desk, query, found):
    browser, url, _school = desk

    assert names(browser.get(f"{url}{query}")) == found


def test_the_operator_narrows_by_school_and_a_school_sees_its_own(desk):
    browser, url, school = desk
    assert names(browser.get(f"{url}?school={school.id}")) == ["Щёлкова", "Done"]

    own = browser.sign_in(make_member(school, Role.MANAGER).account).get(f"/o/{school.slug}/erasures")

    assert names(own) == ["Щёлкова", "Done"]
    assert "Elsewhere" not in own.words


def test_its_file_says_until_when_and_what_the_law_keeps(desk):
    browser, url, school = desk

    rows = file_of(browser, f"{url}?school={school.id}&sort=asked")

    assert rows[0] == ["Trainee", "School", "Asked for", "To be answered by", "Erased", "Records that the law keeps", "State"]
    assert [(row[0], bool(row[3]), bool(row[4]), row[5], row[6]) for row in rows[1:]] == [
        ("Done Nina", False, True, "1", "Erased"),
        ("Щёлкова Nina", True, False, "", "Asked for"),
    ]


def test_says_where_requests_come_from_while_there_is_none(client):
    school = make_school()

    page = client.sign_in(make_member(school, Role.MANAGER).account).get(f"/o/{school.slug}/erasures")

    assert "What people are told about it" in page.words


def test_asks_as_often_for_twenty_as_for_two(desk, statements):
    browser, url, school = desk
    with statements() as few:
        browser.get(url)
    for number in range(20):
        asks(make_school() if number % 2 else school, f"Orlova {number}")
    with statements() as many:
        browser.get(url)

    assert len(many) == len(few)
