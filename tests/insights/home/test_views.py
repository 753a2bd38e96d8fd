"""Home: everything that waits is listed once, counted once, and can be reached."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.candidates.factories import make_application, make_vacancy, recruiter_of
from tests.factories import actor_of, make_account, make_authority, make_organisation, make_school, make_trainee
from tests.internships.factories import make_entry, make_opening, make_placement, mentor_of, today
from training.accounts.models import Account
from training.candidates.applications import services as rejecting
from training.candidates.applications.workflow import Rejection
from training.insights.home import going
from training.insights.home.queries import SHOWN
from training.internships.logbooks.models import monday_of
from training.internships.logbooks.workflow import LIFECYCLE
from training.internships.logbooks.workflow import State as EntryState
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.policy import Learner, OrganisationKind, Role, System
from training.organisations.models import Organisation
from training.organisations.workflow import LIFECYCLE as ORGANISATIONS
from training.organisations.workflow import State as OrganisationState
from training.turns.models import OpenTurn
from training.turns.services import begin


@transaction()
def await_each(lifecycle, records) -> None:
    for record in records:
        begin(System("tests"), lifecycle, record)


def placed(*, beside: Placement | None = None, days: int = 1) -> Placement:
    """An active placement, with the mentor of the one `beside` it, whose trainee has sent so many days to them."""
    given: dict[str, Any] = {}
    if beside is not None:
        host = db.session.get_one(Organisation, beside.employer_id)
        given = {"mentor_id": beside.mentor_id, "opening": make_opening(employer=host, starts_on=today() - timedelta(days=3))}
    placement = make_placement(state=State.ACTIVE, **given)
    entries = [make_entry(placement, days_ago=number, state=EntryState.SUBMITTED) for number in range(days)]
    await_each(LIFECYCLE, entries)
    return placement


@pytest.fixture
def desk(client):
    """A coordinator's browser, their home, and a way to let organisations wait for them."""
    authority = make_authority()
    account = db.session.get(Account, actor_of(authority, Role.COORDINATOR).account_id)

    def wait(number: int) -> None:
        state = OrganisationState.PENDING
        await_each(
            ORGANISATIONS, [make_organisation(OrganisationKind.SCHOOL, state=state, authority_id=authority.id) for _ in range(number)]
        )

    return client.sign_in(account), f"/o/{authority.slug}/", wait


@pytest.fixture
def mentored(client):
    """A mentor's browser and home, with one placement of which three days wait."""
    placement = placed(days=3)
    mentor = mentor_of(placement)
    return client.sign_in(mentor.account), f"/o/{mentor.organisation.slug}/", placement


def lines(page) -> list[str]:
    """The titles of what waits, in order."""
    return [" ".join("".join(one.itertext()).split()) for one in page.all("h2") if one.get("class") == "task-title"]


def links(page) -> list[str]:
    return [link.get("href") for one in page.all("h2") if one.get("class") == "task-title" for link in one.iter("a")]


def badge(page) -> int:
    """The figure in the frame around the page."""
    return int(next("".join(one.itertext()) for one in page.all("span") if one.get("class") == "count count-now"))


class TestPages:
    def test_everything_counted_can_be_reached(self, desk):
        browser, home, wait = desk
        wait(2 * SHOWN + 5)

        pages = [browser.get(f"{home}?page={number}") for number in (1, 2, 3)]

        reached = [link for page in pages for link in links(page)]
        assert [len(lines(page)) for page in pages] == [SHOWN, SHOWN, 5]
        assert len(set(reached)) == 2 * SHOWN + 5
        assert {badge(page) for page in pages} == {2 * SHOWN + 5}
        assert all(f"{2 * SHOWN + 5} things are waiting for you" in page.words for page in pages)

    def test_a_page_too_far_shows_the_last(self, desk):
        browser, home, wait = desk
        wait(SHOWN + 1)

        assert len(lines(browser.get(f"{home}?page=99"))) == 1

    def test_few_things_need_no_pages(self, desk):
        browser, home, wait = desk
        wait(2)

        assert not [nav for nav in browser.get(home).all("nav") if nav.get("aria-label") == "Pages"]

    def test_what_is_not_open_to_the_reader_any_more_is_listed_without_a_way_in(self, mentored):
        browser, home, placement = mentored
        entry = make_entry(placed(), days_ago=1)
        await_each(LIFECYCLE, [entry])
        of_entry = (OpenTurn.subject_kind == "logbook_entry", OpenTurn.subject_id == entry.id)
        db.session.execute(update(OpenTurn).where(*of_entry).values(party_id=placement.mentor_id))
        db.session.commit()

        page = browser.get(home)

        assert (badge(page), len(lines(page)), len(links(page))) == (2, 2, 1)
        assert "About something that is not open to you any more." in page.words


class TestGoingOn:
    def test_a_trainee_sees_what_goes_on_while_others_have_the_move(self, client):
        placement = make_placement(state=State.REQUESTED)
        person = db.session.get_one(Account, placement.trainee.account_id)

        page = client.sign_in(person).get("/me/")

        assert "Nothing is waiting for you" in page.words
        assert "Going on" in page.words
        assert f"/me/placements/{placement.id}" in [link.get("href") for link in page.all("a")]

    def test_what_has_ended_is_not_going_on(self, client):
        placement = make_placement(state=State.REFUSED)

        page = client.sign_in(db.session.get_one(Account, placement.trainee.account_id)).get("/me/")

        assert "Going on" not in page.words

    def test_a_rejection_that_is_not_told_yet_has_not_been(self, client):
        offered = make_vacancy()
        application = make_application(offered)
        rejecting.reject(recruiter_of(offered.employer), application, reason=Rejection.SKILLS, words=None)
        person = db.session.get_one(Account, application.trainee.account_id)

        before = client.sign_in(person).get("/me/").words
        with clock.at(clock.now() + timedelta(days=1)):
            after = client.sign_in(person).get("/me/").words

        assert offered.title in before
        assert offered.title not in after

    def test_is_three_statements(self, app, statements):
        person = make_placement(state=State.REQUESTED).trainee
        assert person.account_id is not None
        me = Learner(person.account_id, person.id)
        make_placement(state=State.REQUESTED, trainee=person, opening=make_opening(starts_on=today() + timedelta(days=99)))
        with statements() as asked:
            found = going.on(me)

        assert len(found) == 2
        assert len(asked) == 3


class TestLogbooks:
    def test_days_of_one_placement_are_one_line_that_leads_to_the_first_week(self, mentored):
        browser, home, placement = mentored
        first = monday_of(today() - timedelta(days=2))

        page = browser.get(home)

        assert lines(page) == ["Countersign 3 days of the logbook"]
        assert placement.trainee.name in page.words
        assert links(page) == [f"{home}placements/{placement.id}/weeks/{first.isoformat()}"]
        assert badge(page) == 1
        assert browser.get(links(page)[0]).status == 200

    def test_two_entries_of_one_day_are_one_day(self, mentored):
        browser, home, placement = mentored
        await_each(LIFECYCLE, [make_entry(placement, number=2)])

        assert lines(browser.get(home)) == ["Countersign 3 days of the logbook"]

    def test_each_placement_has_its_own_line_and_what_is_signed_leaves_it(self, mentored):
        browser, home, placement = mentored
        other = placed(beside=placement)
        both = browser.get(home)

        for monday in {monday_of(today() - timedelta(days=number)) for number in range(3)}:
            browser.submit(f"{home}placements/{placement.id}/weeks/{monday.isoformat()}")

        page = browser.get(home)
        assert (len(lines(both)), badge(both)) == (2, 2)
        assert lines(page) == ["Countersign 1 day of the logbook"]
        assert other.trainee.name in page.words
        assert badge(page) == 1

    def test_a_trainee_s_own_days_stay_one_line_each(self, client):
        account = make_account()
        trainee = make_trainee(school_id=make_school().id, account=account)
        placement = make_placement(state=State.ACTIVE, trainee=trainee)
        await_each(LIFECYCLE, [make_entry(placement, days_ago=number, state=EntryState.DRAFT) for number in range(2)])

        page = client.sign_in(account).get("/me/")

        assert lines(page) == ["Send the logbook entry to your mentor"] * 2
        assert badge(page) == 2

    def test_forty_days_are_asked_for_as_often_as_two(self, mentored, statements):
        browser, home, placement = mentored
        with statements() as few:
            browser.get(home)
        for _ in range(4):
            placed(beside=placement, days=10)

        with statements() as many:
            page = browser.get(home)

        assert len(lines(page)) == 5
        assert len(many) == len(few)
