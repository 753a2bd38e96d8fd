"""Inviting people."""

import pytest

from tests.factories import actor_of, events_of, make_account, make_employer
from training.accounts import queries as accounts
from training.accounts.invitations import queries, services
from training.accounts.invitations.models import Invitation
from training.accounts.invitations.workflow import State
from training.accounts.memberships import queries as memberships
from training.accounts.services import LIVES
from training.accounts.workflow import Purpose
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Bearer, NotAllowed, NotNow, Role, System
from training.organisations.models import Organisation


def sent(employer: Organisation, email: str = "new@example.org", role: Role = Role.MENTOR) -> Invitation:
    return services.send(actor_of(employer, Role.MANAGER), employer, email=email, role=role, language="en")


def bearer(invitation: Invitation) -> Bearer:
    link = accounts.newest_link(Purpose.INVITATION, invitation.id)
    assert link is not None
    return Bearer(link.id, Purpose.INVITATION.value, invitation.id)


def test_somebody_without_an_account_joins_with_a_new_one(app):
    invitation = sent(make_employer())

    account = services.accept(bearer(invitation), invitation, name="Farid Valeev", password="hash")

    assert account.email == "new@example.org"
    assert account.confirmed_at is not None
    member = memberships.acting(account.id, invitation.organisation_id)
    assert member is not None
    assert member.roles == {Role.MENTOR}
    assert events_of(invitation) == ["invitation.sent", "invitation.accepted"]


def test_somebody_with_an_account_joins_with_it(app):
    known = make_account(email="new@example.org")
    invitation = sent(make_employer())

    assert services.accept(bearer(invitation), invitation).id == known.id


def test_it_works_once(app):
    invitation = sent(make_employer())
    holder = bearer(invitation)
    services.accept(holder, invitation, name="Farid Valeev", password="hash")

    with pytest.raises(NotNow):
        services.accept(holder, invitation)


def test_it_does_not_work_for_another_invitation(app):
    employer = make_employer()
    mine, other = sent(employer, "a@example.org"), sent(employer, "b@example.org")

    with pytest.raises(NotAllowed):
        services.accept(bearer(mine), other, name="Farid Valeev", password="hash")


def test_a_taken_back_one_works_no_more(app):
    employer = make_employer()
    invitation = sent(employer)
    holder = bearer(invitation)

    services.revoke(actor_of(employer, Role.MANAGER), invitation)

    with pytest.raises(NotNow):
        services.accept(holder, invitation, name="Farid Valeev", password="hash")
    db.session.rollback()
    assert accounts.by_way_in("new@example.org") is None


def test_the_same_address_and_role_is_invited_once(app):
    employer = make_employer()
    sent(employer)

    with pytest.raises(NotNow):
        sent(employer, " NEW@example.org ")


def test_only_those_who_lead_invite(app):
    employer = make_employer()

    with pytest.raises(NotAllowed):
        services.send(actor_of(employer, Role.RECRUITER), employer, email="a@example.org", role=Role.MENTOR, language="en")


def test_an_unanswered_one_lapses(app):
    invitation = sent(make_employer())

    with clock.at(clock.now() + LIVES[Purpose.INVITATION]):
        assert services.lapse(System("test")) == 1

    assert queries.invitation(System("test"), invitation.id).state is State.LAPSED
