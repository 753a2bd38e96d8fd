"""A minor who moves to another school: the guardian is asked by a link, and both schools go on only with a yes."""

from datetime import timedelta

import pytest

from tests.client import Browser
from tests.courses.transfers.moving import CLOCKWORK, Moving, fresh
from tests.factories import actor_of, make_member, make_minor, make_school, make_trainee
from tests.trainees.consents.answering import answer, token_of_newest
from training.accounts.models import Account
from training.accounts.workflow import Purpose as LinkPurpose
from training.courses.transfers import services as transfers
from training.courses.transfers.workflow import State
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import Bearer, NotAllowed, NotNow, Role, System
from training.organisations.models import Organisation
from training.trainees.consents import queries, services
from training.trainees.consents.workflow import Purpose
from training.trainees.consents.workflow import State as ConsentState
from training.trainees.profiles.models import Trainee

SYSTEM = System("tests")

pytestmark = pytest.mark.usefixtures("app")


def consent_of(moving):
    fresh()
    found = queries.about("transfer", moving.key)
    assert found is not None
    return queries.consent(SYSTEM, found.id)


def bearer(consent):
    return Bearer(1, LinkPurpose.CONSENT, consent.id)


def named(moving, email="olga@example.org"):
    services.name(moving.me, consent_of(moving), name="Olga Belova", email=email, language="en")
    return moving


def moves(**given):
    return Moving(trainee=make_minor(school_id=make_school().id), **given)


class TestAsking:
    def test_a_minor_names_the_guardian_who_is_written_to(self):
        moving = moves()
        assert (consent_of(moving).state, consent_of(moving).purpose) == (ConsentState.WANTED, Purpose.TRANSFER)

        named(moving)

        found = consent_of(moving)
        assert (found.state, found.guardian.name, found.school_id) == (ConsentState.ASKED, "Olga Belova", moving.there_id)
        assert found.until_at is not None

    def test_whoever_is_known_is_written_to_at_once(self):
        trainee = make_minor(school_id=make_school().id)
        services.ask(SYSTEM, trainee, name="Olga Belova", email="olga@example.org", language="en")

        moving = Moving(trainee=db.session.get_one(Trainee, trainee.id))

        assert consent_of(moving).state is ConsentState.ASKED

    def test_of_age_nobody_is_asked(self):
        moving = Moving()

        assert queries.about("transfer", moving.key) is None
        moving.accept()

    def test_the_school_that_is_left_does_not_read_of_it(self):
        moving = named(moves())
        key = consent_of(moving).id

        assert queries.consent(moving.receiver, key).id == key
        with pytest.raises(NotFound):
            queries.consent(moving.sender, key)

    def test_strangers_neither_name_nor_send(self):
        moving = named(moves())
        stranger = actor_of(make_school(), Role.MANAGER)

        for verb, given in ((services.name, {"name": "I", "email": "i@example.org", "language": "en"}), (services.send_again, {})):
            with pytest.raises(NotAllowed):
                verb(stranger, consent_of(moving), **given)


class TestAnswering:
    def test_yes_lets_the_school_accept(self):
        moving = named(moves())
        with pytest.raises(NotNow, match="Olga Belova is waited for"):
            moving.accept()

        services.give(bearer(consent_of(moving)), consent_of(moving))
        moving.accept()

        assert moving.transfer.state is State.ACCEPTED

    def test_no_stops_it_and_the_reason_is_kept(self):
        moving = named(moves())

        services.refuse(bearer(consent_of(moving)), consent_of(moving), reason="Too far to travel.")

        with pytest.raises(NotNow, match="has not agreed"):
            moving.accept()
        assert consent_of(moving).reason == "Too far to travel."

    def test_somebody_else_can_be_asked_and_the_first_link_works_no_more(self):
        moving = named(moves())
        token = token_of_newest()

        named(moving, email="igor@example.org")

        assert consent_of(moving).guardian.email == "igor@example.org"
        assert token_of_newest() != token

    def test_paper_counts_the_same(self):
        moving = moves()
        services.name(moving.receiver, consent_of(moving), name="Olga Belova", email=None, language="en")

        services.take_down(moving.receiver, consent_of(moving), agrees=True)
        moving.accept()

        assert moving.transfer.state is State.ACCEPTED


class TestWithdrawing:
    def test_a_kept_seat_is_not_confirmed_any_more(self):
        moving = named(moves())
        services.give(bearer(consent_of(moving)), consent_of(moving))
        moving.accept()

        services.withdraw(bearer(consent_of(moving)), consent_of(moving))

        with pytest.raises(NotNow, match="has withdrawn"):
            moving.confirm()

    def test_asking_anew_does_not_stand_for_an_answer(self):
        moving = named(moves())
        services.give(bearer(consent_of(moving)), consent_of(moving))
        moving.accept()
        services.withdraw(bearer(consent_of(moving)), consent_of(moving))

        named(moving, email="igor@example.org")

        with pytest.raises(NotNow, match="is waited for"):
            moving.confirm()

    def test_on_the_day_an_agreed_move_does_not_happen(self):
        moving = named(moves())
        services.give(bearer(consent_of(moving)), consent_of(moving))
        moving.accept(days=3)
        moving.confirm()
        services.withdraw(bearer(consent_of(moving)), consent_of(moving))
        fresh()

        with clock.at(clock.now() + timedelta(days=4)):
            assert transfers.tend(CLOCKWORK) == (0, 1)

        assert (moving.transfer.state, moving.free()) == (State.LAPSED, 1)

    def test_a_transfer_that_is_over_waits_for_nobody(self):
        moving = named(moves())

        transfers.withdraw(moving.me, moving.transfer)

        assert consent_of(moving).state is ConsentState.LAPSED
        with pytest.raises(NotNow):
            services.give(bearer(consent_of(moving)), consent_of(moving))


class TestPages:
    def test_trainee_guardian_and_school_by_their_pages(self, app):
        moving = moves()
        key = consent_of(moving).id
        me = Browser(app).sign_in(db.session.get_one(Account, moving.me.account_id))
        school = db.session.get_one(Organisation, moving.there_id)
        slug = school.slug
        manager = Browser(app).sign_in(make_member(school, Role.MANAGER).account)
        assert "Nobody is named yet" in me.get(f"/me/transfers/{moving.key}").words

        sent = me.submit(f"/me/consents/{key}/name", name="Olga Belova", email="olga@example.org", language="en", follow=True)
        assert "answers by the link" in sent.words
        assert "Olga Belova" in manager.get(f"/o/{slug}/transfers/{moving.key}").words
        assert "is waited for" in manager.get(f"/o/{slug}/transfers/{moving.key}/accept").words
        assert manager.press(f"/o/{slug}/consents/{key}/send", page=f"/o/{slug}/consents/{key}").status == 302
        assert me.press(f"/me/consents/{key}/send", page=f"/me/consents/{key}").status == 302

        guardian = Browser(app)
        inside = guardian.get(f"/l/{token_of_newest()}").location
        assert "go on studying at another school" in guardian.get(inside).words
        answer(guardian, inside, "refuse", reason="Too far to travel.")
        assert "Too far to travel." in manager.get(f"/o/{slug}/transfers/{moving.key}").words
        answer(guardian, inside, "give")
        assert "Olga Belova agreed" in me.get(f"/me/transfers/{moving.key}").words

    def test_a_link_that_is_over_or_somebody_elses_opens_nothing(self, app):
        moving = named(moves())
        key = consent_of(moving).id
        guardian, other = Browser(app), Browser(app)
        inside = guardian.get(f"/l/{token_of_newest()}").location
        services.ask(SYSTEM, make_minor(), name="Vera", email="vera@example.org", language="en")
        db.session.commit()
        foreign = other.get(f"/l/{token_of_newest()}").location

        assert guardian.get(f"{inside}/{key}").status == 200
        assert other.get(f"{foreign}/{key}").status == 404
        assert other.get(f"{inside}/{key}").status == 404
        with clock.at(clock.now() + timedelta(days=61)):
            assert guardian.get(inside).status == 404
        assert Browser(app).sign_in(db.session.get_one(Account, make_trainee().account_id)).get(f"/me/consents/{key}").status == 404
