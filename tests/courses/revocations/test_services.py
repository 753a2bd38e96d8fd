"""Proposing that a credential be revoked, and the second person."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from tests.courses.factories import SYSTEM, make_credential
from tests.factories import actor_of, events_of
from training.courses.credentials import queries as credentials
from training.courses.credentials.workflow import State as CredentialState
from training.courses.revocations import queries, services
from training.courses.revocations.models import Revocation
from training.courses.revocations.workflow import Event, Notice, State
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification
from training.turns.models import OpenTurn

pytestmark = pytest.mark.usefixtures("app")


def told(name):
    return list(db.session.scalars(select(Notification.to_id).where(Notification.name == name)))


class Proposed:
    """A credential that a teacher proposes to revoke."""

    def __init__(self, by=Role.TEACHER):
        self.credential = make_credential()
        school = self.credential.school
        self.by, self.manager = actor_of(school, by), actor_of(school, Role.MANAGER)
        self.holder = credentials.credential(SYSTEM, self.credential.id).trainee.account_id
        self.key = services.propose(self.by, self.credential, reason="Wrong hours").id

    @property
    def revocation(self):
        db.session.rollback()
        db.session.expire_all()
        return queries.revocation(SYSTEM, self.key)


def test_it_stays_valid_until_a_second_person_confirms():
    it = Proposed()
    assert it.revocation.credential.state is CredentialState.ISSUED
    assert db.session.scalars(select(OpenTurn.verb).where(OpenTurn.subject_kind == "revocation")).all() == ["confirm"]

    services.confirm(it.manager, it.revocation)

    assert (it.revocation.state, it.revocation.credential.state) == (State.CONFIRMED, CredentialState.REVOKED)
    assert events_of(it.revocation) == [Event.PROPOSED, Event.CONFIRMED]
    assert told("credential.revoked") == [it.holder]


def test_never_confirmed_by_whoever_proposed():
    it = Proposed(by=Role.MANAGER)

    with pytest.raises(NotNow, match="another manager"):
        services.confirm(it.by, it.revocation)
    same = update(Revocation).where(Revocation.id == it.key).values(state=State.CONFIRMED, confirmed_by_id=it.by.account_id)
    with pytest.raises(DBAPIError):
        db.session.execute(same.execution_options(synchronize_session=False))


def test_one_proposal_at_a_time():
    it = Proposed()

    with pytest.raises(NotNow, match="waits to be confirmed already"):
        services.propose(it.manager, it.revocation.credential, reason="Again")


def test_turned_down_or_taken_back_it_stays_valid():
    one, other = Proposed(), Proposed()

    services.turn_down(one.manager, one.revocation, reason="The hours are right")
    with pytest.raises(NotAllowed):
        services.take_back(other.manager, other.revocation)
    services.take_back(other.by, other.revocation)

    assert (one.revocation.state, one.revocation.answer) == (State.TURNED_DOWN, "The hours are right")
    assert other.revocation.state is State.TAKEN_BACK
    assert {it.revocation.credential.state for it in (one, other)} == {CredentialState.ISSUED}
    assert told(Notice.TURNED_DOWN.value) == [one.by.account_id]
