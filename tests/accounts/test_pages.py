"""The pages of one's own account: signing up and in, links by mail, look and language."""

import secrets

import pytest

from tests.client import Browser
from tests.factories import (
    make_account,
    make_trainee,
)
from training.accounts import passwords
from training.accounts.models import Account


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
