"""Credentials that end: for how long they count, who is reminded, and what takes their place."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from tests.courses.factories import SYSTEM, make_credential, make_version
from tests.factories import actor_of, events_of, make_member
from training.courses.awards import services as awards
from training.courses.badges import checking, signing
from training.courses.badges import services as badges
from training.courses.badges.workflow import Algorithm, Verdict
from training.courses.credentials import queries, services
from training.courses.credentials.models import Credential
from training.courses.credentials.terms import months_after, term
from training.courses.credentials.workflow import Event, Notice, State, Term
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotNow, Role, System
from training.notices.models import Notification

ZONE = "Europe/Samara"


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_are_counted_on_the_calendar(day, months, then):
    assert months_after(day, months) == then


def test_a_renewal_begins_where_the_former_ends_unless_that_is_over():
    assert term(date(2026, 5, 1), date(2026, 6, 1), 12, 2) == (date(2027, 6, 1), date(2027, 4, 1))
    assert term(date(2026, 5, 1), date(2026, 4, 1), 12, None) == (date(2027, 5, 1), None)
    assert term(date(2026, 5, 1), None, None, None) == (None, None)


def ending(days, renewal=2):
    """A credential of twelve months that ends so many days from now."""
    issued = clock.now() - timedelta(days=(months_after(clock.today(ZONE), 12) - clock.today(ZONE)).days - days)
    with clock.at(issued):
        made = make_credential(version=make_version(valid_months=12, renewal_months=renewal))
    return again(made)


def again(credential):
    db.session.rollback()
    db.session.expire_all()
    return queries.credential(SYSTEM, credential.id)


def told():
    return list(db.session.scalars(select(Notification.to_id).where(Notification.name == Notice.EXPIRING.value)))


@pytest.mark.usefixtures("app")
class TestTerm:
    def test_runs_from_the_day_of_issue(self):
        credential = again(make_credential(version=make_version(valid_months=24, renewal_months=3)))

        assert credential.valid_until == months_after(credential.issued_on, 24)
        assert credential.renewable_on == months_after(credential.valid_until, -3)
        assert again(make_credential()).valid_until is None

    @pytest.mark.parametrize(("days", "standing"), [(70, State.ISSUED), (30, Term.EXPIRING), (0, Term.EXPIRING), (-3, Term.EXPIRED)])
    def test_says_where_it_stands(self, days, standing):
        assert ending(days).standing(clock.today(ZONE)) is standing

    def test_a_badge_says_that_it_has_expired(self):
        badges.ensure_keys(System("test"))
        valid, expired = ending(20), ending(-5)

        found = [checking.check(signing.badge(one, Algorithm.EDDSA), signing.site()).verdict for one in (valid, expired)]

        assert found == [Verdict.VALID, Verdict.EXPIRED]


@pytest.mark.usefixtures("app")
class TestRemind:
    def test_tells_the_holder_twice_and_no_oftener(self):
        ending(100)
        credential = ending(40)
        account = credential.trainee.account_id

        assert (services.remind(SYSTEM), services.remind(SYSTEM)) == (1, 0)
        assert told() == [account]
        with time_machine.travel(clock.now() + timedelta(days=30)):
            assert (services.remind(SYSTEM), services.remind(SYSTEM)) == (1, 0)

        assert events_of(credential)[-2:] == [Event.REMINDED, Event.REMINDED]
        assert told() == [account, account]

    def test_leaves_out_what_is_over_or_revoked(self):
        ending(-2)
        revoked = ending(10)
        services.revoke(actor_of(revoked.school, Role.MANAGER), revoked, reason="Wrong hours")

        assert services.remind(SYSTEM) == 0


@pytest.mark.usefixtures("app")
class TestRenew:
    def test_makes_one_that_names_the_former_and_begins_where_it_ends(self):
        former = ending(20)
        teacher, manager = actor_of(former.school, Role.TEACHER), actor_of(former.school, Role.MANAGER)

        award = awards.propose_renewal(teacher, former)
        draft = queries.following(former.id)
        assert draft is not None
        assert (draft.state, draft.renews_id) == (State.DRAFT, former.id)
        awards.confirm(manager, award)

        renewal = again(draft)
        assert (renewal.state, renewal.valid_until) == (State.ISSUED, months_after(again(former).valid_until, 12))
        assert again(former).state is State.ISSUED
        with pytest.raises(NotNow, match="renewed already"):
            awards.propose_renewal(teacher, again(former))

    def test_not_before_its_day_and_not_where_it_is_not_renewed(self):
        early, never, endless = ending(120), ending(20, renewal=None), again(make_credential())

        for credential, words in ((early, "can be renewed from"), (never, "is not renewed"), (endless, "is not renewed")):
            there = again(credential)
            with pytest.raises(NotNow, match=words):
                awards.propose_renewal(actor_of(there.school, Role.TEACHER), there)

    def test_a_dropped_renewal_can_be_proposed_again(self):
        former = ending(20)
        teacher, manager = actor_of(former.school, Role.TEACHER), actor_of(former.school, Role.MANAGER)
        award = awards.propose_renewal(teacher, former)
        awards.turn_down(manager, award, reason="Not yet")

        awards.propose_renewal(teacher, again(former))

        assert len(db.session.scalars(select(Credential).where(Credential.renews_id == former.id)).all()) == 2


class TestPages:
    def test_a_stranger_reads_that_it_has_expired(self, client):
        credential = ending(-3)

        page = client.get(f"/credentials/{credential.slug}")

        assert "has expired" in page.words
        assert "it is valid" not in page.words

    def test_the_school_narrows_its_list_and_renews(self, client):
        credential = ending(20)
        school = credential.school
        client.sign_in(make_member(school, Role.TEACHER).account)
        make_member(school, Role.MANAGER)
        here = f"/o/{school.slug}/credentials"

        assert "1 credential" in client.get(f"{here}?term=expiring").words
        assert "0 credentials" in client.get(f"{here}?term=expired").words
        page = client.press(f"{here}/{credential.id}/renewal", page=f"{here}/{credential.id}")

        assert page.status == 302
        assert "Its place takes" in client.get(f"{here}/{credential.id}").words
