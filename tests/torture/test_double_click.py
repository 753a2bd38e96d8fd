"""Reliability 2 in full: each form that creates a record, sent twenty times at once on the demonstration region, makes one row."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from seeds import region
from tests.architecture.test_matrix import KINDS, Somebody, actors, address, arguments, expected, signed
from tests.client import Browser
from tests.conftest import configured, joined
from tests.factories import learner, make_account, session_token
from training.accounts.invitations.models import Invitation
from training.accounts.models import Account
from training.app import create_app
from training.candidates.applications.models import Application
from training.candidates.interviews.models import Interview
from training.candidates.offers.models import Offer
from training.candidates.talent.models import TalentInvitation
from training.candidates.vacancies.models import Vacancy
from training.courses.allocations.models import Allocation
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import Module, Programme, ProgrammeVersion
from training.courses.purchases.models import SeatPurchase
from training.internships.agreements.models import Agreement
from training.internships.evaluations.models import Evaluation
from training.internships.logbooks.models import LogbookEntry
from training.internships.openings.models import Opening
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import Record, db
from training.kernel.limits import limiter
from training.kernel.pages import Door, Page, registered
from training.kernel.policy import Visitor
from training.organisations.models import Organisation, Site
from training.trainees.consents.models import Consent
from training.trainees.profiles.models import Trainee

CLICKS = 20
TRADE = "Токарь"
TODAY = clock.today("Europe/Samara")


def days(**after: int) -> dict[str, str]:
    """Fields that hold days, each so many days from now."""
    return {name: (TODAY + timedelta(days=number)).isoformat() for name, number in after.items()}


@dataclass(frozen=True)
class Creating:
    """A page whose form makes a record, and what is typed into it beside what it holds already."""

    endpoint: str
    makes: type[Record]
    typed: dict[str, str] = field(default_factory=dict)


FORMS = [
    Creating(
        "accounts.sign_up", Account, {"name": "Ann", "email": "ann@clicks.example", "password": "seven green kettles hum", "agreed": "y"}
    ),
    Creating(
        "accounts.memberships.found",
        Organisation,
        {"kind": "employer", "legal_name": "New, limited", "short_name": "New", "town": "Town", "address": "1 Street"},
    ),
    Creating("trainees.profiles.make", Trainee, {"family_name": "Clicks", "given_name": "Ann", "born_on": "1999-05-01"}),
    Creating("trainees.consents.ask", Consent, {"name": "Olga Clicks", "email": "olga@clicks.example"}),
    Creating("organisations.add_site", Site, {"name": "Shop of clicks", "town": "Dimitrovgrad", "address": "2 Plant Street"}),
    Creating("accounts.invitations.send", Invitation, {"email": "new@clicks.example"}),
    Creating(
        "courses.programmes.create",
        Programme,
        {"code": "15.01.99", "title": "Clicks", "kind": "profession", "hours": "100", "months": "10"},
    ),
    Creating("courses.programmes.begin_next", ProgrammeVersion),
    Creating("courses.modules.add", Module, {"code": "PM.99", "title": "Clicks", "hours": "1", "parent_id": ""}),
    Creating(
        "courses.cohorts.plan",
        Cohort,
        {"code": "CLICKS-26", "study_form": "full_time", "state": "20", **days(opens_on=0, closes_on=5, starts_on=9, ends_on=99)},
    ),
    Creating("courses.enrolments.apply", Enrolment),
    Creating("courses.purchases.ask", SeatPurchase, {"seats": "1"}),
    Creating(
        "courses.allocations.nominate", Allocation, {"family_name": "Clicks", "given_name": "Ann", "email": "ann.clicks@plant.example"}
    ),
    Creating(
        "internships.openings.make",
        Opening,
        {
            "title": "Turner",
            "occupation_id": TRADE,
            "places": "2",
            "daily_hours": "8",
            "weekly_hours": "40",
            **days(starts_on=30, ends_on=60),
        },
    ),
    Creating("internships.placements.request", Placement),
    Creating("internships.agreements.make", Agreement),
    Creating("internships.logbooks.write", LogbookEntry, {"hours": "1", "task": "Clicked."}),
    Creating("internships.evaluations.write", Evaluation, {"comment": "Careful.", "recommendation": "hire"}),
    Creating(
        "candidates.vacancies.draft",
        Vacancy,
        {"title": "Turner", "occupation_id": TRADE, "description": "Turn.", "positions": "1", "pay_from": "60000"},
    ),
    Creating("candidates.applications.apply", Application, {"letter": "From July."}),
    Creating("candidates.interviews.propose", Interview, {"begins": "07:00", "minutes": "30", "place": "Room 6", **days(day=9)}),
    Creating("candidates.offers.send", Offer, {"pay": "66000", **days(starts_on=30, answer_by=5)}),
    Creating("candidates.talent.invite", TalentInvitation),
]

NAMED: dict[str, Any] = {"internships.placements.request": Opening, "candidates.applications.apply": Vacancy}
"""The kinds of records that stand in these addresses by their public names."""


@pytest.fixture(scope="module")
def world(databases, tmp_path_factory) -> Iterator[Flask]:
    app = create_app(configured(databases.copy(), tmp_path_factory.mktemp("clicks")))
    with app.app_context():
        region.load()
        run_due()
    limiter.enabled = False
    yield app
    limiter.enabled = True
    with app.app_context():
        db.engine.dispose()


def browser_of(app: Flask, token: str | None) -> Browser:
    """A browser that is signed in by this session, with the form token of all the others."""
    made = Browser(app)
    with made.client.session_transaction() as session:
        session["csrf_token"] = "0" * 40
        if token is not None:
            session["_user_id"] = token
            session["_fresh"] = True
    return made


def ways(app: Flask, endpoint: str) -> Iterator[tuple[str, str | None]]:
    """Addresses of the page that somebody may use, each with a session of theirs."""
    page = registered(app)[endpoint]
    if Door.PUBLIC in page.doors:
        yield address(page, Door.PUBLIC, None, {}), None
    elif Door.ACCOUNT in page.doors:
        yield address(page, Door.ACCOUNT, None, {}), session_token(make_account())
    for somebody in everybody():
        for door in page.doors:
            acting = somebody.through(door)
            if acting is None or isinstance(acting, Visitor):
                continue
            for args in subjects(page):
                if expected(page, acting, args)[0] == 200:
                    yield address(page, door, somebody.slug, args), somebody.token


def everybody() -> list[Somebody]:
    """The region's people, with a trainee who is at work and a minor whose guardian has not been asked."""
    found = actors()
    query = select(Trainee).where(Trainee.account_id.is_not(None)).options(joinedload(Trainee.account)).order_by(Trainee.id).limit(1)
    at_work = query.where(Trainee.id.in_(select(Placement.trainee_id).where(Placement.state == PlacementState.ACTIVE)))
    minor = query.where(Trainee.born_on > TODAY - timedelta(days=17 * 365), Trainee.id.not_in(select(Consent.trainee_id)))
    for name, trainee in (("somebody at work", db.session.scalars(at_work).one()), ("a minor", db.session.scalars(minor).one())):
        assert trainee.account is not None
        found.append(Somebody(name, learner(trainee), None, session_token(trainee.account)))
    return found


def subjects(page: Page) -> list[dict[str, Any]]:
    """Path arguments for every record of the page's kind, the newest of each state first."""
    [name] = page.arguments if len(page.arguments) == 1 else [""]
    kind: Any = KINDS.get(name) or NAMED.get(page.endpoint)
    if kind is None:
        return arguments(page)
    state = kind.state if "state" in kind.__table__.c else kind.id
    place = func.row_number().over(partition_by=state, order_by=kind.id.desc())
    column = kind.slug if name == "slug" else kind.id
    return [{name: key} for key in db.session.scalars(select(column).order_by(place, kind.id).limit(200))]


def filled(app: Flask, url: str, token: str | None, form: Creating) -> dict[str, str] | None:
    """What is sent: the form as it stands, the first of every choice, and what is typed; None where there is no form now."""
    if "GET" not in registered(app)[form.endpoint].methods:
        return {"csrf_token": signed(app), "receipt_key": secrets.token_urlsafe(12)}
    page = browser_of(app, token).get(url)
    if page.status != 200 or not [one for one in page.all("form") if one.get("method") == "post"]:
        return None
    values = page.form()
    for select_field in page.all("select"):
        offered = [option.get("value") for option in select_field.iter("option") if option.get("value")]
        if offered and values.get(select_field.get("name") or "") == "":
            values[select_field.get("name")] = offered[0]
    for choice in page.all("input"):
        if choice.get("type") in ("radio", "checkbox") and choice.get("value"):
            values.setdefault(choice.get("name"), choice.get("value"))
    return values | form.typed


def works(app: Flask, url: str, token: str | None, values: dict[str, str]) -> bool:
    """Whether the form, sent once, is acted on; undone again."""
    db.session.rollback()
    with joined(app):
        return browser_of(app, token).post(url, values).status == 302


def clicked(app: Flask, url: str, token: str | None, values: dict[str, str]) -> list[int]:
    """The answers to the same form sent twenty times at once."""
    start, statuses = Barrier(CLICKS), []

    def send() -> None:
        visitor = browser_of(app, token)
        start.wait(timeout=30)
        statuses.append(visitor.post(url, values).status)

    threads = [Thread(target=send) for _ in range(CLICKS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def rows(form: Creating) -> int:
    """How many records of the kind there are."""
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(form.makes)) or 0


@pytest.mark.torture
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.endpoint)
def test_twenty_clicks_make_one_row(world: Flask, form: Creating, figure):
    with world.app_context():
        for url, token in list(ways(world, form.endpoint)):
            values = filled(world, url, token, form)
            if values is None or not works(world, url, token, values):
                continue
            before = rows(form)
            statuses = clicked(world, url, token, values)
            made = rows(form) - before
            figure("2 double click", f"{CLICKS} × {form.endpoint}", f"{made} row", promised="1")
            assert (made, statuses) == (1, [302] * CLICKS)
            return
    pytest.fail("nobody could send this form: see what it asks for")
