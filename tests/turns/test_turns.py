"""Whose move it is."""

from datetime import timedelta

import pytest

from tests.factories import actor_of, make_authority, make_organisation
from training.kernel import clock
from training.kernel.db import transaction
from training.kernel.policy import Actor, NotNow, OrganisationKind, Role, System
from training.kernel.workflow import Party
from training.organisations import services as organisations
from training.organisations.models import Organisation
from training.organisations.workflow import LIFECYCLE, State
from training.turns import queries, services

SYSTEM = System("test")


@transaction()
def begin(actor: Actor, organisation: Organisation) -> None:
    services.begin(actor, LIFECYCLE, organisation)


@transaction()
def answer(actor: Actor, organisation: Organisation, party: Party) -> None:
    services.answered(organisation, party)


def waiting_organisation(authority: Organisation) -> Organisation:
    organisation = make_organisation(OrganisationKind.SCHOOL, state=State.PENDING, authority_id=authority.id)
    begin(actor_of(authority, Role.COORDINATOR), organisation)
    return organisation


def test_a_new_record_waits_for_the_party_of_its_state(app):
    authority = make_authority()

    organisation = waiting_organisation(authority)

    [turn] = queries.of(organisation)
    assert (turn.party_kind, turn.party_id, turn.verb) == ("organisation", authority.id, "verify")
    assert turn.due_at is not None
    assert timedelta(days=4, hours=23) < turn.due_at - clock.now() <= timedelta(days=5)


def test_it_concerns_the_roles_of_its_turn_only(app):
    authority = make_authority()
    waiting_organisation(authority)
    parties = [("organisation", authority.id)]

    assert queries.waiting(parties, [Role.AUDITOR]) == []
    assert [turn.verb for turn in queries.waiting(parties, [Role.COORDINATOR, Role.AUDITOR])] == ["verify"]


def test_moving_hands_it_on(app):
    authority = make_authority()
    organisation = waiting_organisation(authority)

    organisations.verify(actor_of(authority, Role.COORDINATOR), organisation)

    assert queries.of(organisation) == []


def test_an_answer_ends_the_turn_of_one_party_only(app):
    authority = make_authority()
    organisation = waiting_organisation(authority)

    answer(SYSTEM, organisation, Party.SCHOOL)
    assert [turn.party for turn in queries.of(organisation)] == [Party.AUTHORITY]

    answer(SYSTEM, organisation, Party.AUTHORITY)
    assert queries.of(organisation) == []


def test_a_transition_that_needs_a_reason_gets_none_without(app):
    authority = make_authority()
    organisation = make_organisation(authority_id=authority.id)

    with pytest.raises(NotNow) as refusal:
        organisations.suspend(actor_of(authority, Role.COORDINATOR), organisation, reason="")

    assert refusal.value.field == "reason"
