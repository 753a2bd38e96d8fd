"""Asking a guardian, and the guardian's page behind the link."""

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.factories import make_minor, make_trainee
from tests.trainees.consents.answering import answer
from training.accounts.models import Account, Link
from training.accounts.services import mint
from training.kernel.db import db
from training.kernel.policy import System
from training.notices.delivery import deliver
from training.notices.models import Notification
from training.trainees.consents.models import Consent
from training.trainees.consents.queries import is_given
from training.trainees.consents.workflow import State


def asked(app):
    """A minor who has named a guardian; the guardian's browser and page."""
    trainee = make_minor(16)
    own = Browser(app).sign_in(db.session.get_one(Account, trainee.account_id))
    sent = own.submit("/me/consents/ask", name="Olga Belova", email="olga@example.org", language="ru")
    assert sent.status == 302
    link = db.session.scalars(select(Link)).one()
    guardian = Browser(app)
    inside = guardian.get(f"/l/{mint(System('tests'), link)}").location
    return trainee, own, guardian, inside


def state():
    db.session.commit()
    return db.session.scalars(select(Consent.state)).one()


def test_a_guardian_agrees_and_takes_it_back(app):
    trainee, _own, guardian, page = asked(app)

    shown = guardian.get(page)
    assert trainee.given_name in shown.words
    answer(guardian, page, "give")
    assert (state(), is_given(trainee.id)) == (State.GIVEN, True)
    answer(guardian, page, "withdraw")

    assert state() is State.WITHDRAWN
    assert guardian.get(page).status == 200


def test_a_guardian_refuses_and_can_still_agree(app):
    _trainee, _own, guardian, page = asked(app)

    answer(guardian, page, "refuse")
    assert state() is State.REFUSED
    answer(guardian, page, "give")

    assert state() is State.GIVEN


def test_the_link_s_page_is_its_holder_s_alone(app):
    _trainee, own, _guardian, page = asked(app)

    assert own.get(page).status == 404
    assert Browser(app).get(page).status == 404


def test_a_second_guardian_is_not_asked_while_the_first_has_not_answered(app):
    _trainee, own, _guardian, _page = asked(app)

    shown = own.submit("/me/consents/ask", name="Igor Belov", email="igor@example.org", language="en")

    assert shown.status == 409
    assert "asked already" in shown.words


def test_an_adult_decides_without_a_guardian(app):
    own = Browser(app).sign_in(db.session.get_one(Account, make_trainee().account_id))

    shown = own.submit("/me/consents/ask", name="Igor Belov", email="igor@example.org", language="en")

    assert "of age" in shown.words


@pytest.mark.parametrize("email", ["nobody", "a@b@c", ""])
def test_a_wrong_address_is_said_beside_the_field(app, email):
    own = Browser(app).sign_in(db.session.get_one(Account, make_minor(15).account_id))

    assert own.submit("/me/consents/ask", name="Igor Belov", email=email, language="en").status == 200
    assert db.session.scalars(select(Consent)).all() == []


def test_everybody_is_told(app):
    _trainee, _own, guardian, page = asked(app)
    answer(guardian, page, "give")
    db.session.commit()

    for key in db.session.scalars(select(Notification.id)).all():
        deliver(key)
    db.session.commit()

    rows = db.session.execute(select(Notification.name, Notification.sent_at.is_not(None)).order_by(Notification.id)).all()
    assert [tuple(row) for row in rows] == [("consent.asked", True), ("consent.given", True)]
