"""The pages of notices: the list under the bell, the choices, the hours, the log, and the link that stops letters."""

import pytest
from sqlalchemy import update

from tests.client import Browser
from tests.factories import acting, make_account, make_member, make_organisation, make_school
from tests.threads.conftest import browser, cast, statements
from tests.threads.test_services import say
from training.accounts.models import Account
from training.accounts.services import change_password
from training.kernel import clock
from training.kernel.db import db
from training.kernel.pages import registered
from training.kernel.policy import OrganisationKind, Role, Visitor
from training.notices import queries, topics
from training.notices.models import Dropped, Notification
from training.notices.workflow import Way
from training.organisations.models import Organisation

__all__ = ["cast", "statements"]


def at(actor) -> str:
    return f"/o/{db.session.get_one(Organisation, actor.organisation_id).slug}"


def press_all(page, url):
    return page.post(f"{url}/read", page.get(url).form(action="/notices/read"))


class TestListed:
    def test_stands_under_the_bell_until_it_is_read(self, app, cast):
        say(cast, cast.trainee, "One")
        say(cast, cast.trainee, "Two")
        page, url = browser(app, cast.officer), f"{at(cast.officer)}/notices"
        assert "Notices, 2 unread" in page.get(f"{at(cast.officer)}/").text
        assert page.get(url).words.count("New") == 2

        press_all(page, url)

        shown = page.get(url)
        assert "2 unread" not in shown.text
        assert shown.words.count("a message on Belov Artyom") == 2
        assert "Everything is read" in page.get(f"{url}?show=unread").words

    def test_each_capacity_has_its_own_and_the_account_all(self, app, cast):
        account = db.session.get_one(Account, cast.officer.account_id)
        elsewhere = acting_at(make_school(), account)
        say(cast, cast.trainee)

        page = browser(app, cast.officer)

        assert "a message on" in page.get(f"{at(cast.officer)}/notices").words
        assert "No notices yet" in page.get(f"{at(elsewhere)}/notices").words
        assert "a message on" in page.get("/account/notices").words
        assert browser(app, cast.manager).get(f"{at(cast.officer)}/notices").status == 404

    def test_somebody_elses_is_not_opened(self, app, cast):
        say(cast, cast.trainee)
        [notice] = queries.inbox(cast.officer)
        page = browser(app, cast.mentor)
        token = page.token(f"{at(cast.mentor)}/notices")

        assert page.post(f"{at(cast.mentor)}/notices/{notice.id}/open", token).status == 404
        assert page.post(f"{at(cast.mentor)}/notices/999999/open", token).status == 404

    def test_says_nothing_of_what_is_not_theirs_any_more(self, app, cast):
        say(cast, cast.trainee)
        page = browser(app, cast.mentor)
        cast.placement.mentor_id = make_member(cast.placement.employer, Role.MENTOR).id
        db.session.commit()

        words = page.get(f"{at(cast.mentor)}/notices").words

        assert ("Belov" in words, "not open to you any more" in words) == (False, True)

    def test_sends_as_many_statements_at_two_as_at_twenty(self, app, cast, statements):
        def sent():
            page, url = browser(app, cast.officer), f"{at(cast.officer)}/notices"
            page.get(url)
            with statements() as found:
                assert page.get(url).status == 200
            return len(found)

        say(cast, cast.trainee, "One")
        say(cast, cast.trainee, "Two")
        before = sent()
        for number in range(40):
            say(cast, cast.trainee, f"Message {number}")

        assert sent() == before


def acting_at(organisation, account):
    return acting(make_member(organisation, Role.MANAGER, account=account))


class TestChoose:
    def test_keeps_a_way_for_each_topic(self, app, cast):
        page = browser(app, cast.officer)
        shown = page.get("/account/letters")
        form = shown.form(action=None)
        assert "They are about the safety of your account." in shown.words
        assert "A request to sign has a deadline" in shown.words
        assert "account" not in form  # nothing about it can be chosen

        sent = page.post("/account/letters", form | {"message": "daily", "placement": "off"})

        assert sent.status == 302
        assert queries.choices(cast.officer.account_id) == {"message": Way.DAILY, "placement": Way.OFF}
        assert page.get("/account/letters").form()["message"] == "daily"

    @pytest.mark.parametrize("value", ["never", "", "\0"])
    def test_refuses_what_is_no_way(self, app, cast, value):
        page = browser(app, cast.officer)

        assert page.submit("/account/letters", message=value).status == 200
        assert queries.choices(cast.officer.account_id) == {}

    def test_shows_what_reaches_one(self, app, cast):
        learner, officer = (browser(app, actor).get("/account/letters").form() for actor in (cast.trainee, cast.officer))

        assert ("enrolment" in learner, "cohort" in learner, "opening" in learner) == (True, False, False)
        assert ("enrolment" in officer, "cohort" in officer, "opening" in officer) == (True, True, False)

    def test_somebody_who_is_nothing_yet(self, app):
        page = Browser(app).sign_in(make_account())

        assert "Nothing to choose yet" in page.get("/account/letters").words

    def test_quiet_hours(self, app, cast):
        page = browser(app, cast.officer)

        page.submit("/account/letters/hours", quiet_from="22:00", quiet_until="07:00", morning="08:30", zone="Asia/Kamchatka")

        hours = queries.hours(cast.officer.account_id)
        assert hours is not None
        assert (hours.quiet_from, hours.quiet_until, hours.morning, hours.zone) == (1320, 420, 510, "Asia/Kamchatka")
        assert "22:00–07:00" in page.get("/account/letters").words

    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"quiet_from": "22:00", "quiet_until": "", "morning": "08:00"}, "Give both ends"),
            ({"quiet_from": "07:00", "quiet_until": "07:00", "morning": "08:00"}, "never end"),
            ({"quiet_from": "25:61", "morning": "08:00"}, "Correct one mistake"),
            ({"morning": ""}, "Fill this in"),
            ({"morning": "08:00", "zone": "Mars/Olympus"}, "Correct one mistake"),
        ],
    )
    def test_hours_that_are_none(self, app, cast, values, sentence):
        page = browser(app, cast.officer).submit("/account/letters/hours", **values)

        assert sentence in page.words


class TestLog:
    def test_shows_what_became_of_ones_letters(self, app, cast, mailbox):
        say(cast, cast.trainee)
        page = browser(app, cast.officer)
        assert "Queued" in page.get("/account/letters/log").words
        mailbox("nobody@example.org")
        assert "Sent" in page.get("/account/letters/log?fate=sent").words
        db.session.execute(update(Notification).values(dropped=Dropped.BOUNCED, answer="5.1.1"))
        db.session.commit()

        failed = page.get("/account/letters/log?fate=failed").words
        assert ("Came back" in failed, "answer 5.1.1" in failed) == (True, True)

    def test_the_operator_sees_fates_and_no_words(self, app, cast):
        say(cast, cast.trainee, "A secret")
        operator = make_member(make_organisation(OrganisationKind.OPERATOR), Role.OPERATOR)
        page = Browser(app).sign_in(db.session.get_one(Account, operator.account_id))
        url = f"/o/{db.session.get_one(Organisation, operator.organisation_id).slug}/deliveries"

        words = page.get(url).words

        assert ("message.written" in words, "Nina Orlova" in words, "A secret" in words, "Belov Artyom" in words) == (
            True,
            True,
            False,
            False,
        )
        assert browser(app, cast.manager).get(f"{at(cast.manager)}/deliveries").status == 403


class TestStop:
    def url(self, cast) -> str:
        return topics.stop_url(cast.officer.account_id, "message").removeprefix("http://localhost")

    def test_is_a_page_of_the_application(self, app):
        assert registered(app)["notices.letters.stop"].path == "/letters/stop/<token>"

    def test_looking_changes_nothing_and_the_button_stops(self, app, client, cast):
        url = self.url(cast)
        assert "Messages on your records" in client.get(url).words
        assert queries.choices(cast.officer.account_id) == {}

        assert "No more letters come" in client.post(url).words

        assert queries.choices(cast.officer.account_id) == {"message": Way.HERE}

    def test_a_mail_program_presses_it_by_itself_as_often_as_it_likes(self, app, client, cast):
        other = topics.stop_url(cast.mentor.account_id, "message").removeprefix("http://localhost")

        answers = [client.post(url, {"List-Unsubscribe": "One-Click"}).status for url in (self.url(cast), self.url(cast), other)]

        assert answers == [200, 200, 200]
        assert [queries.choices(actor.account_id) for actor in (cast.officer, cast.mentor)] == [{"message": Way.HERE}] * 2

    def test_other_forms_still_need_their_token(self, app, client, cast):
        assert client.post("/sign-in", {"way_in": "x", "password": "y"}).status == 400
        assert browser(app, cast.officer).post("/account/letters", {"message": "off"}).status == 400
        assert browser(app, cast.officer).post(f"{at(cast.officer)}/notices/read", {"until": "1"}).status == 400

    def test_what_always_comes_cannot_be_stopped(self, client, cast):
        url = topics.stop_url(cast.officer.account_id, "account").removeprefix("http://localhost")

        assert (client.get(url).status, client.post(url).status) == (404, 404)

    def test_a_bad_link_is_not_there(self, client, cast):
        assert {client.get(f"/letters/stop/{token}").status for token in ("x", self.url(cast)[14:-1], "%00", "a" * 3000)} == {404}


def test_a_letter_about_ones_safety_comes_in_the_night(app, cast, mailbox):
    account = db.session.get_one(Account, cast.officer.account_id)
    page = browser(app, cast.officer)
    page.submit("/account/letters/hours", quiet_from="00:00", quiet_until="23:59", morning="08:00")

    with clock.at(clock.now().replace(hour=12, minute=0)):
        change_password(Visitor(account.id), account, password="x")
        say(cast, cast.trainee)
        subjects = [letter.subject for letter in mailbox(account.email)]

    assert len(subjects) == 1
    assert "password" in subjects[0].lower()
