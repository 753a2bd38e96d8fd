"""Signing up, in and out; sessions and links."""

from datetime import timedelta

import pytest

from tests.factories import events_of, make_account, session_token
from training.accounts import passwords, queries, services
from training.accounts.models import Account, Link, Session
from training.accounts.workflow import Event, Purpose
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Bearer, NotAllowed, NotNow, System, Visitor
from training.notices.models import Notification

COST = (64, 1, 1)
VISITOR = Visitor()


def letters() -> list[str]:
    return [row.name for row in db.session.query(Notification).order_by(Notification.id)]


class TestSignUp:
    def test_makes_an_unconfirmed_account_and_sends_a_letter(self, app):
        services.sign_up(VISITOR, name="Nina Orlova", email="Nina@Example.org", password="hash", language="en")

        account = queries.by_way_in("nina@example.ORG")
        assert account is not None
        assert account.confirmed_at is None
        assert events_of(account) == [Event.SIGNED_UP]
        assert letters() == ["account.confirm"]

    def test_a_known_address_is_told_so_by_letter_only(self, app):
        known = make_account(email="nina@example.org")

        services.sign_up(VISITOR, name="Somebody", email=" NINA@example.org", password="hash", language="en")

        assert db.session.query(Account).count() == 1
        assert events_of(known) == []
        assert letters() == ["account.known"]


class TestSignIn:
    def test_begins_a_session_whose_token_is_stored_hashed(self, app):
        account = make_account()

        token = services.sign_in(VISITOR, account, device="Firefox")

        session, _more = queries.session(token) or (None, ())
        assert session is not None
        assert session.id == account.id
        assert db.session.query(Session).one().token != token

    @pytest.mark.parametrize(
        ("said", "words"),
        [
            (
                "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36",
                "Chrome, Android",
            ),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Safari/604.1", "Safari, iPhone"),
            ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 YaBrowser/24.10 Safari/537.36", "Yandex Browser, Windows"),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox, Linux"),
            ("curl/8.5", "curl/8.5"),
            (None, "–"),
        ],
    )
    def test_is_called_by_its_browser_and_system(self, said, words):
        assert Session(device=said).seen_as == words

    def test_waits_for_the_address_to_be_confirmed(self, app):
        with pytest.raises(NotNow):
            services.sign_in(VISITOR, make_account(confirmed_at=None), device="Firefox")

    def test_a_session_ends_when_signed_out_expired_or_blocked(self, app):
        account = make_account()
        out, blocked = (services.sign_in(VISITOR, account, device="Firefox") for _ in range(2))

        services.sign_out(Visitor(account.id), account, token=out)
        assert queries.session(out) is None
        with clock.at(clock.now() + services.STAY + timedelta(seconds=1)):
            assert queries.session(blocked) is None
        services.block(System("test"), account)
        assert queries.session(blocked) is None

    def test_a_changed_password_ends_every_session(self, app):
        account = make_account()
        token = session_token(account)

        services.change_password(Visitor(account.id), account, password="hash")

        assert queries.session(token) is None
        assert letters() == ["account.password_changed"]


class TestLinks:
    def asked(self, account: Account) -> Link:
        services.ask_reset(VISITOR, way_in=account.email or "")
        link = queries.newest_link(Purpose.RESET, account.id)
        assert link is not None
        return link

    def test_a_reset_is_asked_for_without_telling_whether_there_is_an_account(self, app):
        services.ask_reset(VISITOR, way_in="nobody@example.org")

        assert db.session.query(Link).count() == 0
        assert letters() == []

    def test_the_token_in_the_letter_is_stored_hashed_and_the_newest_alone_works(self, app):
        link = self.asked(make_account())

        first = services.mint(System("test"), link)
        second = services.mint(System("test"), link)

        assert queries.by_token(first) is None
        assert queries.by_token(second) is not None
        assert link.token != second

    def test_a_link_works_once(self, app):
        account = make_account()
        link = self.asked(account)
        bearer = Bearer(link.id, Purpose.RESET.value, account.id)

        services.reset(bearer, account, password="hash")

        with pytest.raises(NotNow):
            services.reset(bearer, account, password="another")
        db.session.rollback()
        assert account.password == "hash"
        assert queries.newest_link(Purpose.RESET, account.id) is None

    def test_a_link_expires(self, app):
        link = self.asked(make_account())
        token = services.mint(System("test"), link)

        with clock.at(clock.now() + services.LIVES[Purpose.RESET]):
            assert queries.by_token(token) is None

    def test_a_link_opens_its_own_account_only(self, app):
        account, other = make_account(), make_account()
        link = self.asked(account)

        with pytest.raises(NotAllowed):
            services.reset(Bearer(link.id, Purpose.RESET.value, account.id), other, password="hash")
        with pytest.raises(NotAllowed):
            services.confirm(Bearer(link.id, Purpose.RESET.value, account.id), account)


class TestPasswords:
    def test_a_password_fits_its_hash_only(self):
        stored = passwords.hashed("correct horse battery", COST)

        assert passwords.fits("correct horse battery", stored, COST)
        assert not passwords.fits("correct horse batterz", stored, COST)
        assert not passwords.fits("correct horse battery", None, COST)
        assert not passwords.fits("anything", "not a hash", COST)

    @pytest.mark.parametrize("weak", ["short", "password123", "qwertyuiop", "dimitrovgrad1"])
    def test_weak_ones_are_refused_with_a_sentence(self, app, weak):
        assert passwords.why_not(weak, ["Dimitrovgrad"])

    def test_long_ones_are_not_too_long_to_judge(self, app):
        assert passwords.why_not("correct horse battery staple " * 6) == []
