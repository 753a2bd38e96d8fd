"""Organisations: who verifies, suspends and closes them, and who sees them meanwhile."""

import pytest

from tests.factories import acting, events_of, make_authority, make_employer, make_member, make_organisation, make_school
from training.accounts.memberships.queries import current
from training.kernel.db import NotFound, Stale, db
from training.kernel.policy import Member, NotAllowed, NotNow, OrganisationKind, Role, System, Visitor
from training.organisations import queries, services
from training.organisations.models import Organisation
from training.organisations.workflow import Event, State
from training.turns.queries import of as turns_of


@pytest.fixture
def authority(app):
    return make_authority()


@pytest.fixture
def coordinator(authority):
    return acting(make_member(authority, Role.COORDINATOR))


def pending(authority: Organisation, **given: object) -> Organisation:
    return make_organisation(OrganisationKind.EMPLOYER, state=State.PENDING, authority_id=authority.id, **given)


class TestFounding:
    def test_a_new_one_waits_for_its_authority(self, authority):
        found = services.found(
            Visitor(7), kind=OrganisationKind.EMPLOYER, legal_name="Pump works, limited", short_name="Pump works", town="Dimitrovgrad"
        )

        assert (found.state, found.authority_id) == (State.PENDING, authority.id)
        assert [turn.verb for turn in turns_of(found)] == ["verify"]

    def test_nobody_founds_one_without_an_account(self, authority):
        with pytest.raises(NotAllowed):
            services.found(Visitor(), kind=OrganisationKind.SCHOOL, legal_name="A", short_name="A", town="B")


class TestVerifying:
    def test_shows_it_to_everybody(self, authority, coordinator):
        employer = pending(authority, address="1 Plant Street")
        with pytest.raises(NotFound):
            queries.organisation(Visitor(), employer.id)

        services.verify(coordinator, employer)

        assert queries.organisation(Visitor(), employer.id) is employer
        assert events_of(employer) == [Event.VERIFIED]

    def test_needs_an_address_that_people_can_be_sent_to(self, authority, coordinator):
        with pytest.raises(NotNow, match="address is missing"):
            services.verify(coordinator, pending(authority, address=None))

    def test_is_for_the_coordinator_of_its_own_authority(self, authority):
        employer = pending(authority, address="1 Plant Street")
        elsewhere = acting(make_member(make_authority(), Role.COORDINATOR))
        itself = acting(make_member(employer, Role.MANAGER))

        for actor in (elsewhere, itself, Visitor(7)):
            with pytest.raises(NotAllowed):
                services.verify(actor, employer)

    def test_happens_once(self, authority, coordinator):
        employer = pending(authority, address="1 Plant Street")
        services.verify(coordinator, employer)

        with pytest.raises(NotNow):
            services.verify(coordinator, employer)


class TestSuspending:
    def test_hides_it_from_all_but_its_own_people_and_its_authority_until_it_is_taken_back(self, authority, coordinator):
        school = make_school(authority_id=authority.id)
        own = acting(make_member(school, Role.MANAGER))
        other = acting(make_member(make_employer(), Role.MANAGER))

        services.suspend(coordinator, school, reason="Licence under review")

        assert queries.organisation(own, school.id) is school
        assert queries.organisation(coordinator, school.id) is school
        for actor in (other, Visitor()):
            with pytest.raises(NotFound):
                queries.organisation(actor, school.id)
        services.reinstate(coordinator, school)
        assert queries.organisation(other, school.id) is school
        assert events_of(school) == [Event.SUSPENDED, Event.REINSTATED]

    def test_says_why(self, authority, coordinator):
        with pytest.raises(NotNow):
            services.suspend(coordinator, make_school(authority_id=authority.id), reason="")


class TestClosing:
    def test_ends_its_memberships_and_keeps_the_record(self, authority, coordinator):
        employer = make_employer(authority_id=authority.id)
        person = make_member(employer, Role.MANAGER)

        services.close(coordinator, employer, reason="Merged into its parent")

        assert employer.state is State.CLOSED
        assert queries.organisation(System("tests"), employer.id) is employer
        assert current(person.account_id) == []


class TestEditing:
    def test_whoever_saw_an_older_version_is_told(self, authority):
        school = make_school()
        manager = acting(make_member(school, Role.MANAGER))
        assert isinstance(manager, Member)
        seen = school.version
        services.edit(manager, school, version=seen, legal_name="New name, college", short_name="New name", latin_name=None)
        db.session.flush()

        with pytest.raises(Stale):
            services.edit(manager, school, version=seen, legal_name="Other", short_name="Other", latin_name=None)

        assert school.short_name == "New name"

    def test_teachers_do_not_rename_their_school(self, app):
        school = make_school()

        with pytest.raises(NotAllowed):
            services.edit(
                acting(make_member(school, Role.TEACHER)), school, version=1, legal_name="Other", short_name="Other", latin_name=None
            )
