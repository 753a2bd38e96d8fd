"""The gate: doors, rules, receipts, headers, errors."""

import secrets
from threading import Barrier, Thread

import pytest

from tests.client import Browser
from tests.factories import (
    actor_of,
    events_of,
    make_account,
    make_authority,
    make_employer,
    make_member,
    make_organisation,
    make_school,
    make_trainee,
    session_token,
)
from training.accounts import passwords
from training.accounts import services as accounts
from training.accounts.memberships import services as memberships
from training.accounts.models import Account
from training.accounts.workflow import Event
from training.kernel.db import db
from training.kernel.policy import OrganisationKind, Role, System, Visitor
from training.organisations.models import Site
from training.organisations.workflow import State


class TestDoors:
    def test_a_member_s_page_sends_a_visitor_to_sign_in_and_back(self, client):
        employer = make_employer()

        page = client.get(f"/o/{employer.slug}/people")

        assert page.status == 302
        assert page.location == f"/sign-in?next=/o/{employer.slug}/people"

    def test_a_foreign_organisation_and_a_missing_one_look_the_same(self, client):
        foreign = make_employer()
        client.sign_in(make_member(make_employer(), Role.MANAGER).account)

        there, nowhere = client.get(f"/o/{foreign.slug}/people"), client.get("/o/nowhere/people")

        assert (there.status, nowhere.status) == (404, 404)
        assert there.words == nowhere.words

    def test_a_foreign_record_and_a_missing_one_look_the_same(self, client):
        employer = make_employer()
        hidden = make_organisation(OrganisationKind.EMPLOYER, state=State.PENDING)
        client.sign_in(make_member(employer, Role.MANAGER).account)

        there, nowhere = (client.get(f"/o/{employer.slug}/organisations/{key}") for key in (hidden.id, hidden.id + 999))

        assert (there.status, nowhere.status) == (404, 404)
        assert there.words == nowhere.words

    def test_a_role_that_may_not_gets_403_and_leaves_a_row(self, client):
        employer = make_employer()
        mentor = make_member(employer, Role.MENTOR)

        page = client.sign_in(mentor.account).get(f"/o/{employer.slug}/people/invite")

        assert page.status == 403
        assert events_of(mentor.account) == [Event.REFUSED]

    def test_a_trainee_s_pages_are_not_there_for_somebody_who_is_none(self, client):
        assert client.sign_in(make_account()).get("/me/profile").status == 404

    def test_two_tabs_show_two_organisations(self, client):
        first, second = make_employer(), make_school()
        account = make_account()
        for organisation in (first, second):
            make_member(organisation, Role.MANAGER, account=account)
        client.sign_in(account)

        assert first.short_name in client.get(f"/o/{first.slug}/").words
        assert second.short_name in client.get(f"/o/{second.slug}/").words


class TestSessions:
    @pytest.mark.parametrize("reason", ["sign-out", "password", "block"])
    def test_a_copied_cookie_is_refused_once_the_session_is_over(self, app, client, reason):
        account = make_account()
        token = session_token(account)
        with client.client.session_transaction() as session:
            session["_user_id"] = token
        assert client.get("/account").status == 200

        if reason == "sign-out":
            accounts.sign_out(Visitor(account.id), account, token=token)
        elif reason == "password":
            accounts.change_password(Visitor(account.id), account, password="hash")
        else:
            accounts.block(System("test"), account)

        assert client.get("/account").status == 302

    def test_a_lost_membership_closes_the_organisation_at_once(self, client):
        employer = make_employer()
        make_member(employer, Role.MANAGER)
        membership = make_member(employer, Role.MENTOR)
        client.sign_in(membership.account)
        assert client.get(f"/o/{employer.slug}/").status == 200

        memberships.end(actor_of(employer, Role.MANAGER), membership)

        assert client.get(f"/o/{employer.slug}/").status == 404


class TestReceipts:
    def test_the_same_form_sent_twice_acts_once_and_answers_alike(self, client):
        employer = make_employer()
        client.sign_in(make_member(employer, Role.MANAGER).account)
        url = f"/o/{employer.slug}/organisations/{employer.id}/sites/new"
        filled = client.get(url).form() | {"name": "Shop 2", "town": "Dimitrovgrad", "address": "2 Plant Street"}

        first, second = client.post(url, filled), client.post(url, filled)

        assert (first.status, second.status) == (302, 302)
        assert first.location == second.location
        assert db.session.query(Site).filter_by(organisation_id=employer.id).count() == 1

    def test_the_same_key_with_other_entries_is_refused(self, client):
        employer = make_employer()
        client.sign_in(make_member(employer, Role.MANAGER).account)
        url = f"/o/{employer.slug}/organisations/{employer.id}/sites/new"
        filled = client.get(url).form() | {"name": "Shop 2", "town": "Dimitrovgrad", "address": "2 Plant Street"}
        client.post(url, filled)

        assert client.post(url, filled | {"name": "Shop 3"}).status == 409
        assert db.session.query(Site).filter_by(organisation_id=employer.id).count() == 1

    def test_a_mistake_corrected_is_sent_with_the_same_key(self, client):
        employer = make_employer()
        client.sign_in(make_member(employer, Role.MANAGER).account)
        url = f"/o/{employer.slug}/organisations/{employer.id}/sites/new"
        wrong = client.post(url, client.get(url).form() | {"name": "", "town": "Dimitrovgrad", "address": "2 Plant Street"})
        assert wrong.status == 200

        assert client.post(url, wrong.form() | {"name": "Shop 2"}).status == 302


@pytest.mark.torture
def test_twenty_identical_posts_at_once_make_one_row(committing_app, figure):
    employer = make_employer()
    account = make_member(employer, Role.MANAGER).account
    key, employer_id = session_token(account), employer.id
    url = f"/o/{employer.slug}/organisations/{employer.id}/sites/new"

    def browser() -> Browser:
        made = Browser(committing_app)
        with made.client.session_transaction() as session:
            session["_user_id"] = key
            session["csrf_token"] = "0" * 40
        return made

    filled = browser().get(url).form() | {"name": "Shop 2", "town": "Dimitrovgrad", "address": "2 Plant Street"}
    start, statuses = Barrier(20), []

    def send() -> None:
        visitor = browser()
        start.wait()
        statuses.append(visitor.post(url, filled).status)

    threads = [Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.rollback()
    made = db.session.query(Site).filter_by(organisation_id=employer_id).count()
    figure("2 double click", "20 posts of one form at once", f"{made} row", promised="1")
    assert (statuses, made) == ([302] * 20, 1)


class TestForms:
    def test_a_form_without_its_token_is_refused(self, client):
        assert client.post("/sign-in", {"way_in": "a", "password": "b"}).status == 400

    def test_a_refusal_is_shown_on_the_form_with_what_was_typed(self, client):
        employer = make_employer()
        manager = make_member(employer, Role.MANAGER)
        client.sign_in(manager.account)

        page = client.submit(f"/o/{employer.slug}/people/{manager.id}/end")

        assert page.status == 409
        assert "is the last manager" in page.words

    def test_somebody_else_s_change_is_not_overwritten(self, client):
        employer = make_employer()
        client.sign_in(make_member(employer, Role.MANAGER).account)
        url = f"/o/{employer.slug}/organisations/{employer.id}/edit"
        shown = client.get(url).form()
        client.submit(url, town="Melekess")

        assert client.post(url, shown | {"town": "Ulyanovsk"}).status == 409
        db.session.rollback()
        db.session.refresh(employer)
        assert employer.town == "Melekess"

    def test_a_version_that_is_no_number_is_answered_with_a_page(self, client):
        employer = make_employer()
        client.sign_in(make_member(employer, Role.MANAGER).account)

        assert client.submit(f"/o/{employer.slug}/organisations/{employer.id}/edit", version="x").status in (200, 409)


class TestHeaders:
    @pytest.mark.parametrize("url", ["/", "/sign-in", "/nowhere", "/static/css/theme.css", "/account"])
    def test_every_answer_has_them(self, client, url):
        headers = client.get(url).response.headers

        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"

    def test_private_pages_are_stored_nowhere(self, client):
        assert client.sign_in(make_account()).get("/account").response.headers["Cache-Control"] == "no-store"

    def test_cookies_are_for_this_site_and_not_for_scripts(self, client):
        cookie = client.get("/sign-in").response.headers["Set-Cookie"]

        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie

    def test_an_unchanged_public_page_is_not_sent_again_and_a_changed_one_is(self, client):
        employer = make_employer()
        url = f"/organisations/{employer.slug}"
        first = client.get(url)
        tag = first.response.headers["ETag"]

        assert client.get(url, headers={"If-None-Match": tag}).status == 304
        memberships.give(actor_of(employer, Role.MANAGER), employer, account=make_account(), role=Role.MENTOR)
        assert client.get(url, headers={"If-None-Match": tag}).status == 200
        assert "Set-Cookie" not in first.response.headers


class TestOrganisations:
    def test_a_new_one_is_hidden_until_the_authority_verifies_it(self, client):
        authority = make_authority()
        coordinator = make_member(authority, Role.COORDINATOR)
        account = make_account()
        client.sign_in(account)
        page = client.submit(
            "/account/organisations/new", kind="employer", legal_name="New, limited", short_name="New", town="Town", address="1 Street"
        )
        assert page.status == 302
        slug = page.location.split("/")[2]
        assert client.get(f"/organisations/{slug}").status == 404

        desk = Browser(client.app).sign_in(coordinator.account)
        home = desk.get(f"/o/{authority.slug}/")
        [link] = [one.get("href") for tasks in home.all("ol") for one in tasks.iter("a") if "/organisations/" in (one.get("href") or "")]
        verified = desk.submit(f"{link}/verify")

        assert verified.status == 302
        assert Browser(client.app).get(f"/organisations/{slug}").status == 200

    def test_reasons_stand_in_the_history(self, client):
        authority = make_authority()
        employer = make_employer(authority_id=authority.id)
        client.sign_in(make_member(authority, Role.COORDINATOR).account)
        url = f"/o/{authority.slug}/organisations/{employer.id}"

        client.submit(f"{url}/suspend", reason="Addresses do not fit")

        assert "Addresses do not fit" in client.get(url).words
        assert client.press(f"{url}/reinstate", page=url).status == 302


class TestAccountPages:
    def test_sign_in_tells_nobody_which_names_exist(self, client):
        make_account(email="nina@example.org")

        known, unknown = (
            client.submit("/sign-in", way_in=name, password="wrong password") for name in ("nina@example.org", "nobody@example.org")
        )

        assert known.status == unknown.status
        assert known.words.replace("nina", "nobody") == unknown.words

    def test_guesses_are_counted_by_name_and_stopped(self, committing_app):
        visitor = Browser(committing_app)
        filled = visitor.get("/sign-in").form() | {"way_in": "nina@example.org", "password": "guess"}

        answers = [visitor.post("/sign-in", filled | {"receipt_key": secrets.token_urlsafe(8)}).status for _ in range(32)]

        assert answers[:30] == [200] * 30
        assert answers[30:] == [429] * 2

    def test_a_newcomer_gets_to_where_they_were_bound_for_once_they_have_a_profile(self, client):
        seat = "/me/study"
        asked = client.get(client.get(seat).location)
        assert asked.status == 200
        account = make_account(password=passwords.hashed("seven green kettles hum", client.app.config["CADRE"].argon))

        signed_in = client.submit("/sign-in", way_in=account.email, password="seven green kettles hum")
        assert client.get(signed_in.location).location == "/account/start"
        made = client.submit("/account/learning/new", family_name="Orlova", given_name="Nina", born_on="2004-05-06")

        assert made.location == seat
        assert client.get(seat).status == 200

    def test_somebody_signs_up_confirms_and_signs_in(self, client, mailbox):
        page = client.submit("/sign-up", name="Nina Orlova", email="nina@example.org", password="seven green kettles hum", agreed="y")
        assert page.location == "/sign-up/sent"

        [letter] = mailbox("nina@example.org")
        confirm = client.get(letter.links[0]).location
        assert client.submit(confirm).location == "/sign-in"
        assert client.submit("/sign-in", way_in="Nina@example.org", password="seven green kettles hum").location == "/account/home"
        assert client.get("/account/home").location == "/account/start"
        assert client.get("/account/start").status == 200

    def test_a_link_is_exchanged_for_a_cookie_of_its_own_pages(self, client, mailbox):
        make_account(email="nina@example.org")
        client.submit("/forgotten", way_in="nina@example.org")
        [letter] = mailbox("nina@example.org")

        answer = client.get(letter.links[0])

        cookie = answer.response.headers["Set-Cookie"]
        assert "Path=/l/" in cookie
        assert letter.links[0].rsplit("/", 1)[1] not in answer.location
        assert client.submit(answer.location, password="seven green kettles hum", again="seven green kettles hum").location == "/sign-in"
        assert client.get(letter.links[0]).status == 404, "the link works once"

    def test_a_forged_host_reaches_no_letter(self, client, mailbox):
        client.get("/sign-up")
        with client.client.session_transaction() as session:
            session["csrf_token"] = "0" * 40
        typed = {"name": "Nina", "email": "nina@example.org", "password": "seven green kettles hum", "agreed": "y"}
        client.post("/sign-up", client.get("/sign-up").form() | typed, headers={"X-Forwarded-Host": "evil.example", "Host": "evil.example"})

        for letter in mailbox("nina@example.org"):
            assert "evil.example" not in letter.text + letter.html

    @pytest.mark.parametrize("name", ["Nina\r\nBcc: all@example.org", "Nina\nSubject: other", "<b>Nina</b>"])
    def test_a_name_adds_nothing_to_a_letter_s_head(self, client, mailbox, name):
        client.submit("/sign-up", name=name, email="nina@example.org", password="seven green kettles hum", agreed="y")

        [letter] = mailbox("nina@example.org")
        assert letter.to.endswith("<nina@example.org>")
        assert "<b>Nina" not in letter.html

    @pytest.mark.parametrize("target", ["//evil.example", "/\\evil.example", "https://evil.example/"])
    def test_sign_in_leads_nowhere_else(self, client, target):
        make_account(email="nina@example.org", login_name="nina")

        page = client.submit(f"/sign-in/as/nina?next={target}", page="/sign-in")

        assert page.location == "/account/home"

    def test_language_and_look_are_kept(self, client):
        assert client.get("/language/ru?next=/sign-in").location == "/sign-in"
        page = client.get("/sign-in")
        assert page.root.get("lang") == "ru"

    def test_a_visitor_chooses_the_look_and_comes_back_to_the_page(self, client):
        shown = client.get("/vacancies?q=welder")
        [link] = [one for one in shown.all("a") if one.get("aria-label") == "Dark look"]

        chosen = client.get(link.get("href"))

        assert chosen.location == "/vacancies?q=welder"
        page = client.get(chosen.location)
        assert page.root.get("data-bs-theme") == "dark"
        assert [one.get("aria-label") for one in page.all("a") if "/theme/" in (one.get("href") or "")] == ["Light look"]
        assert page.response.headers["ETag"] != shown.response.headers["ETag"]

    def test_an_account_keeps_its_look_on_every_device(self, client):
        account = make_account()
        client.sign_in(account).get("/theme/dark")

        assert Browser(client.app).sign_in(account).get("/account").root.get("data-bs-theme") == "dark"

    @pytest.mark.parametrize("look", ["blue", "dark;x", ""])
    def test_there_are_two_looks(self, client, look):
        assert client.get(f"/theme/{look}").status == 404

    def test_a_profile_is_made_once_and_the_home_greets(self, client):
        client.sign_in(make_account())

        made = client.submit("/account/learning/new", family_name="Orlova", given_name="Nina", born_on="2008-05-01")

        assert made.location == "/me/"
        assert "Nina" in client.get("/me/").words
        assert client.submit("/account/learning/new", family_name="Orlova", given_name="Nina", born_on="2008-05-01").status == 409

    def test_every_page_of_one_s_own_is_sound(self, client):
        trainee = make_trainee()
        assert isinstance(trainee.account, Account)
        client.sign_in(trainee.account)

        for url in ("/account", "/account/password", "/me/", "/me/profile", "/me/profile/edit", "/me/profile/visibility"):
            assert client.get(url).status == 200, url
