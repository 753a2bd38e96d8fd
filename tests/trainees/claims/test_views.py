"""The school's page of people without an account, and the page that a letter opens."""

import pytest

from tests.client import Browser
from tests.factories import make_account, make_employer, make_member, make_school, make_trainee
from tests.trainees.claims.test_services import on_the_roster
from training.accounts.models import Account
from training.kernel.db import db
from training.kernel.policy import Role
from training.trainees.claims.models import Claim
from training.trainees.claims.workflow import State
from training.trainees.profiles.models import Trainee

PASSWORD = "seven green kettles hum"


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def desk(client, school):
    """The manager's browser, and the address of the list."""
    return client.sign_in(make_member(school, Role.MANAGER).account), f"/o/{school.slug}/trainees/claims"


@pytest.fixture
def opened(app, school, desk, mailbox):
    """A visitor who has opened the letter, with the page it led to."""
    browser, url = desk
    on_the_roster(school)
    browser.press(f"{url}/send", page=url)
    [letter] = mailbox("nina@example.org")
    visitor = Browser(app)
    [link] = [one for one in letter.links if "/l/" in one]
    return visitor, visitor.get(link).location, link


def holder() -> int | None:
    """The account that holds the record."""
    db.session.rollback()
    return db.session.query(Trainee).filter_by(email="nina@example.org").one().account_id


class TestSchool:
    def test_invites_one_then_all_the_rest(self, school, desk):
        browser, url = desk
        nina = on_the_roster(school)
        on_the_roster(school, "Titova", "alisa@example.org")
        on_the_roster(school, "Gordeeva", None)
        assert "Without an account" in browser.get(f"/o/{school.slug}/trainees").words

        browser.press(f"/o/{school.slug}/trainees/{nina.id}/invite", page=url)
        one = browser.get(url)
        assert "Invite 1 person" in one.words
        browser.press(f"{url}/send", page=url)

        page = browser.get(url)
        assert "1 letter is on its way." in page.words
        assert page.words.count("Waiting for an answer") == 2
        assert "Invite 1 person" not in page.words

    def test_takes_one_back_and_its_letter_opens_nothing(self, desk, opened):
        browser, url = desk
        visitor, page, _link = opened
        claim = db.session.query(Claim).one()

        browser.press(f"{url}/{claim.id}/revoke", page=url)

        assert visitor.post(page, visitor.get(page).form() | {"name": "Nina", "password": PASSWORD}).status == 409
        assert holder() is None

    def test_finds_people_by_name(self, school, desk):
        browser, url = desk
        on_the_roster(school)
        on_the_roster(school, "Titova", "alisa@example.org")

        found = browser.get(f"{url}?q=titova")

        assert "Titova Nina" in found.words
        assert "Orlova Nina" not in found.words
        assert "Nothing fits" in browser.get(f"{url}?q=zzz").words

    def test_says_what_to_do_when_everybody_has_an_account(self, desk):
        browser, url = desk

        assert "Everybody has an account" in browser.get(url).words

    def test_the_list_asks_as_often_for_forty_as_for_two(self, school, desk, statements):
        browser, url = desk
        for number in range(2):
            on_the_roster(school, f"Orlova {number}", f"nina{number}@example.org")
        browser.press(f"{url}/send", page=url)
        with statements() as few:
            browser.get(url)
        for number in range(2, 22):
            on_the_roster(school, f"Orlova {number}", f"nina{number}@example.org")
        browser.press(f"{url}/send", page=url)
        with statements() as many:
            browser.get(url)

        assert len(many) == len(few)

    @pytest.mark.parametrize("verb", ["invite", "revoke"])
    def test_another_school_s_people_and_missing_ones_look_the_same(self, app, opened, verb):
        other = make_school()
        stranger = Browser(app).sign_in(make_member(other, Role.MANAGER).account)
        claim, here = db.session.query(Claim).one(), f"/o/{other.slug}/trainees"
        keys = stranger.token(here)
        at = {"invite": f"{here}/%d/invite", "revoke": f"{here}/claims/%d/revoke"}[verb]

        foreign, missing = (stranger.post(at % key, keys) for key in ({"invite": claim.trainee_id, "revoke": claim.id}[verb], 10**6))

        assert (foreign.status, missing.status) == (404, 404)
        assert foreign.words == missing.words
        assert db.session.query(Claim).one().state is State.SENT

    @pytest.mark.parametrize("role", [Role.TEACHER, Role.PLACEMENT_OFFICER])
    def test_others_of_the_school_see_neither_the_page_nor_the_way_to_it(self, app, school, role):
        browser = Browser(app).sign_in(make_member(school, role).account)

        assert browser.get(f"/o/{school.slug}/trainees/claims").status == 403
        assert "Without an account" not in browser.get(f"/o/{school.slug}/trainees").words

    def test_an_employer_has_no_such_page(self, app):
        employer = make_employer()

        browser = Browser(app).sign_in(make_member(employer, Role.MANAGER).account)

        assert browser.get(f"/o/{employer.slug}/trainees/claims").status == 403


class TestTrainee:
    def test_signs_up_by_the_letter_and_holds_the_record(self, opened, school):
        visitor, page, link = opened
        shown = visitor.get(page)
        assert shown.form()["name"] == "Nina Orlova"
        assert school.short_name in shown.words

        done = visitor.submit(page, password=PASSWORD)
        assert done.location == "/sign-in?next=/me/"
        home = visitor.submit(done.location, way_in="nina@example.org", password=PASSWORD)

        assert visitor.get(home.location).location == "/me/"
        assert "Nina" in visitor.get("/me/").words
        assert visitor.get(link).status == 404, "the letter works once"
        assert visitor.get(page).status == 404

    def test_a_weak_password_is_said_beside_its_field(self, opened):
        visitor, page, _link = opened

        assert "Password" in visitor.submit(page, password="1234567890").words
        assert holder() is None

    def test_with_an_account_of_that_address_one_press_is_enough(self, opened):
        visitor, page, _link = opened
        known = make_account(email="nina@example.org")

        assert "password" not in visitor.get(page).form()
        visitor.submit(page)

        assert holder() == known.id

    def test_signed_in_the_record_goes_to_that_account(self, opened):
        visitor, page, _link = opened
        mine = make_account(email="nina.orlova@example.org")
        visitor.sign_in(mine)

        assert mine.name in visitor.get(page).words
        done = visitor.submit(page)

        assert (done.location, holder()) == ("/me/", mine.id)

    def test_an_account_that_is_somebody_else_already_is_told_why_not(self, opened):
        visitor, page, _link = opened
        other = make_trainee()
        visitor.sign_in(db.session.get(Account, other.account_id))

        shown = visitor.get(page)
        sent = visitor.post(page, visitor.token("/account"))

        assert "one account is one person" in shown.words
        assert "sign out" in shown.words
        assert (sent.status, holder()) == (409, None)

    def test_sent_twice_it_acts_once(self, opened):
        visitor, page, _link = opened
        filled = visitor.get(page).form() | {"password": PASSWORD}

        first, second = visitor.post(page, filled), visitor.post(page, filled)

        assert first.status == 302
        assert second.status in (302, 404)
        assert db.session.query(Account).filter_by(email_key="nina@example.org").count() == 1
