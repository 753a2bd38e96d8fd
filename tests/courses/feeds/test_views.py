"""The address of one's calendar, and what it gives."""

from datetime import date

import pytest
from icalendar import Calendar

from tests.courses.factories import make_enrolment
from tests.courses.lessons.timetables import MONDAY, WEEK, add, plan, whole
from tests.factories import make_account, make_trainee
from training.courses.feeds.models import CalendarFeed
from training.courses.lessons import services
from training.kernel import clock
from training.kernel.db import db
from training.kernel.web import _SECRET


def address_of(client, account) -> str:
    """A new address of somebody, as its path."""
    client.sign_in(account)
    shown = client.get("/account/calendar")
    page = client.post("/account/calendar/renew", shown.form(action="renew"))
    [found] = [one.text for one in page.all("span") if one.get("id") == "feed-address"]
    return str(found).removeprefix("http://localhost")


def titles(client, path) -> list[tuple[str, date, str]]:
    feed = Calendar.from_ical(client.get(path).content)
    return [(str(one["summary"]), one.decoded("dtstart").date(), str(one["status"])) for one in feed.walk("VEVENT")]


@pytest.fixture
def trainee(at):
    return make_trainee()


def test_gives_the_lessons_of_a_teacher_without_signing_in(client, at):
    plan(at, at.cohort())
    path = address_of(client, at.teacher.account)
    client.client.delete_cookie("cadre")

    assert titles(client, path) == [("Module PM.01", MONDAY + number * WEEK, "CONFIRMED") for number in range(4)]
    assert client.get(path).response.headers["Cache-Control"] == "private, no-cache"


def test_gives_a_trainee_the_lessons_of_their_cohort_and_takes_cancelled_ones_out(client, at, trainee):
    cohort = at.cohort()
    make_enrolment(cohort, trainee)
    lesson = add(at, cohort)
    add(at, at.cohort(), begins=720, ends=810)
    path = address_of(client, trainee.account)

    services.cancel(at.by, whole(lesson), reason="Frost")

    assert titles(client, path) == [("Module PM.01", MONDAY, "CANCELLED")]


def test_unchanged_means_304_until_a_lesson_moves(client, at):
    lesson = add(at, at.cohort())
    path = address_of(client, at.teacher.account)
    etag = client.get(path).response.headers["ETag"]

    assert client.get(path, headers={"If-None-Match": etag}).status == 304
    services.reschedule(at.by, lesson, version=lesson.version, room=at.room, held_on=MONDAY, begins=720, ends=810)

    assert client.get(path, headers={"If-None-Match": etag}).status == 200


def test_a_new_address_ends_the_former(client, at):
    former = address_of(client, at.teacher.account)
    newer = address_of(client, at.teacher.account)

    assert client.get(former).status == 404
    assert client.get(newer).status == 200
    assert db.session.query(CalendarFeed).count() == 1


def test_a_removed_one_gives_nothing(client, at):
    path = address_of(client, at.teacher.account)

    page = client.post("/account/calendar/remove", client.get("/account/calendar").form(action="remove"))

    assert page.status == 302
    assert client.get(path).status == 404


def test_nor_does_that_of_somebody_who_is_blocked(client, at):
    path = address_of(client, at.teacher.account)
    at.teacher.account.blocked_at = clock.now()
    db.session.commit()

    assert client.get(path).status == 404


def test_only_its_digest_is_kept_and_it_is_shown_once(client, app):
    account = make_account()

    token = address_of(client, account).removeprefix("/calendar/").removesuffix(".ics")

    assert len(token) >= 32
    assert db.session.query(CalendarFeed.token).scalar() != token
    assert token not in client.get("/account/calendar").text
    assert token not in _SECRET.sub(r"\1…", f"GET /calendar/{token}.ics")


def test_a_name_adds_nothing_to_the_file(client, at):
    at.room.call("Room\r\nATTACH:http://evil.example")
    db.session.commit()
    add(at, at.cohort())
    path = address_of(client, at.teacher.account)

    assert "\r\nATTACH" not in client.get(path).text


def test_asks_as_much_for_many_lessons_as_for_one(client, at, statements):
    cohort = at.cohort()
    path = address_of(client, at.teacher.account)

    def asked():
        client.get(path)
        statements.clear()
        client.get(path)
        return len(statements)

    add(at, cohort)
    few = asked()
    plan(at, cohort, weekday=2)
    plan(at, cohort, weekday=3)

    assert asked() == few
