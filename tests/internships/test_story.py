"""The whole story through the pages: opening, request, agreement, logbook, evaluation, end."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.factories import make_consent, make_employer, make_school, make_trainee
from tests.internships.factories import birth, load_rules, make_occupation, today
from tests.internships.stage import cast
from training.accounts.models import Link
from training.accounts.services import mint
from training.internships.agreements import tasks
from training.internships.agreements.models import Agreement
from training.internships.openings.models import Opening
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State
from training.kernel.db import db
from training.kernel.policy import System
from training.notices.delivery import deliver
from training.notices.models import Notification


def terms(**given):
    first = today()
    return {
        "title": "Turner, press shop",
        "places": "2",
        "starts_on": first.isoformat(),
        "ends_on": first.isoformat(),
        "daily_hours": "8",
        "weekly_hours": "40",
        "shift_from": "08:00",
        "shift_to": "16:30",
        "requirements": "Safety shoes.",
    } | given


def newest(kind):
    db.session.commit()
    db.session.expire_all()
    return db.session.scalars(select(kind).order_by(kind.id.desc()).limit(1)).one()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_internship_from_the_opening_to_its_end(app, language):
    load_rules()
    school, employer = make_school(), make_employer()
    trainee = make_trainee(school_id=school.id, born_on=birth(17))
    make_consent(trainee)
    occupation = make_occupation()
    people = cast(app, trainee, school, employer)
    at_host, at_school = f"/o/{people.host}", f"/o/{people.school}"
    for browser in (people.trainee, people.officer, people.manager, people.mentor):
        browser.get(f"/language/{language}")

    made = people.manager.submit(f"{at_host}/openings/new", **terms(occupation_id=str(occupation.id)), follow=True)
    assert made.status == 200
    opening = newest(Opening)
    slug = opening.slug
    people.manager.press(f"{at_host}/openings/{opening.id}/open", page=f"{at_host}/openings/{opening.id}")
    assert "Turner, press shop" in Browser(app).get("/internships").words
    assert Browser(app).get(f"/internships/{slug}").status == 200

    shown = people.trainee.submit(f"/me/openings/{slug}/request", follow=True)
    assert "waiting" in shown.words.lower() or language == "ru", shown.words
    placement_id = newest(Placement).id
    page = f"/placements/{placement_id}"
    assert people.manager.get(f"{at_host}{page}").status == 404
    assert people.officer.submit(f"{at_school}{page}/approve", follow=True).status == 200
    accepted = people.manager.submit(f"{at_host}{page}/accept", follow=True)
    assert accepted.status == 200
    assert newest(Placement).daily_hours == 7

    people.officer.submit(f"{at_school}{page}/agreement/make", follow=True)
    agreement_id = newest(Agreement).id
    tasks.render(agreement_id)
    text = f"/agreements/{agreement_id}"
    assert people.officer.submit(f"{at_school}{text}/sign", agreed="y").status == 302
    assert people.manager.submit(f"{at_host}{text}/sign", agreed="y").status == 302
    link = db.session.scalars(select(Link).where(Link.subject_id == agreement_id)).one()
    guardian = Browser(app)
    inside = guardian.get(f"/l/{mint(System('tests'), link)}").location
    unticked = guardian.submit(inside)
    assert unticked.status == 200
    assert guardian.submit(inside, agreed="y", follow=True).status == 200
    assert guardian.get(f"{inside}/pdf").response.mimetype == "application/pdf"
    assert people.trainee.get(f"/me{text}").status == 200
    assert newest(Placement).state is State.AGREED

    people.manager.press(f"{at_host}{page}/start", page=f"{at_host}{page}")
    over = people.trainee.submit(f"/me{page}/logbook/new", hours="8", task="Set up the lathe.")
    assert over.status == 409
    assert ("over the daily limit: at 17 up to 7 (Labour Code, art. 94)" if language == "en" else "ст. 94") in over.words
    assert people.trainee.submit(f"/me{page}/logbook/new", hours="6,5", task="Set up the lathe.").status == 302
    monday = today() - timedelta(days=today().weekday())
    week = f"{at_host}{page}/weeks/{monday.isoformat()}"
    assert people.manager.get(week).status == 403
    assert people.mentor.submit(week).status == 302

    blank = people.mentor.get(f"{at_host}{page}/evaluations/new")
    rated: dict[str, Any] = {
        name: "3" for name in (field.get("name") for field in blank.all("input")) if name and name.startswith("skill_")
    }
    assert len(rated) == 2
    assert people.mentor.submit(f"{at_host}{page}/evaluations/new", comment="Careful.", recommendation="hire", **rated).status == 302
    assert people.trainee.submit(f"/me{page}/evaluations/new", comment="I learned a lot.").status == 302
    assert people.manager.submit(f"{at_host}{page}/complete").status == 302
    assert newest(Placement).state is State.COMPLETED

    db.session.commit()
    for key in db.session.scalars(select(Notification.id)).all():
        deliver(key)
    db.session.commit()
    unsent = db.session.execute(select(Notification.name, Notification.dropped).where(Notification.sent_at.is_(None))).all()
    assert unsent == []

    for browser, door in ((people.trainee, "/me"), (people.officer, at_school), (people.manager, at_host), (people.mentor, at_host)):
        for part in ("", "/placements", page, f"{page}/logbook", f"{page}/evaluations", text):
            assert browser.get(f"{door}/{part.lstrip('/')}").status == 200, (door, part)
