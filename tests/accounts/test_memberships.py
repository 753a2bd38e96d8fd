"""Who does what for which organisation."""

from threading import Thread

import pytest

from tests.factories import acting, actor_of, events_of, make_account, make_employer, make_member, make_school
from training.accounts.memberships import queries, services
from training.accounts.memberships.models import Membership
from training.kernel.db import NotFound, db
from training.kernel.policy import NotAllowed, NotNow, OrganisationKind, Role, Visitor
from training.organisations.models import Organisation
from training.organisations.workflow import State


class TestGive:
    def test_a_manager_gives_a_role(self, app):
        employer = make_employer()
        person = make_account()

        membership = services.give(actor_of(employer, Role.MANAGER), employer, account=person, role=Role.MENTOR)

        assert events_of(membership) == ["membership.given"]
        member = queries.acting(person.id, employer.id)
        assert member is not None
        assert member.roles == {Role.MENTOR}

    def test_twice_is_refused_by_the_database(self, app):
        employer = make_employer()
        manager, person = actor_of(employer, Role.MANAGER), make_account()
        services.give(manager, employer, account=person, role=Role.MENTOR)

        with pytest.raises(NotNow):
            services.give(manager, employer, account=person, role=Role.MENTOR)

    def test_a_role_of_another_kind_of_organisation_is_refused(self, app):
        employer = make_employer()

        with pytest.raises(NotNow):
            services.give(actor_of(employer, Role.MANAGER), employer, account=make_account(), role=Role.TEACHER)

    def test_a_mentor_and_another_employer_s_manager_may_not(self, app):
        employer = make_employer()

        for actor in (actor_of(employer, Role.MENTOR), actor_of(make_employer(), Role.MANAGER)):
            with pytest.raises(NotAllowed):
                services.give(actor, employer, account=make_account(), role=Role.MENTOR)


class TestEnd:
    def test_the_last_manager_stays(self, app):
        membership = make_member(make_employer(), Role.MANAGER)

        with pytest.raises(NotNow):
            services.end(acting(membership), membership)

        db.session.rollback()
        assert membership.ended_on is None

    def test_a_person_goes_and_no_longer_acts_there(self, app):
        employer = make_employer()
        make_member(employer, Role.MANAGER)
        membership = make_member(employer, Role.MENTOR)

        services.end(acting(membership), membership)

        assert queries.acting(membership.account_id, employer.id) is None

    def test_another_organisation_s_member_is_not_found(self, app):
        stranger = actor_of(make_school(), Role.MANAGER)
        membership = make_member(make_employer(), Role.MENTOR)

        with pytest.raises(NotFound):
            queries.membership(stranger, membership.id)


def test_two_managers_who_leave_at_once_do_not_both_go(committing_app):
    employer = make_employer()
    memberships = [make_member(employer, Role.MANAGER) for _ in range(2)]
    pairs = [(acting(one), one.id) for one in memberships]

    def leave(number: int) -> None:
        actor, key = pairs[number]
        with committing_app.app_context():
            try:
                services.end(actor, queries.membership(actor, key))
            except NotNow:
                refused.append(number)

    refused: list[int] = []
    threads = [Thread(target=leave, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.rollback()
    assert len(refused) == 1
    assert db.session.query(Membership).filter_by(organisation_id=employer.id, ended_on=None).count() == 1


def test_whoever_registers_an_organisation_leads_it_while_it_waits(app):
    account = make_account()

    organisation = services.found(
        Visitor(account.id),
        account,
        kind=OrganisationKind.EMPLOYER,
        legal_name="New, limited",
        short_name="New",
        town="Dimitrovgrad",
        address="1 Plant Street",
    )

    assert organisation.state is State.PENDING
    member = queries.acting(account.id, organisation.id)
    assert member is not None
    assert member.roles == {Role.MANAGER}


def test_a_member_of_a_closed_organisation_acts_no_more(app):
    membership = make_member(make_employer(state=State.CLOSED), Role.MANAGER)

    assert queries.acting(membership.account_id, membership.organisation_id) is None


def test_reach_names_each_person_once(app):
    employer = make_employer()
    make_member(employer, Role.MANAGER, Role.RECRUITER)

    assert len(queries.reach(employer.id, Role.MANAGER, Role.RECRUITER)) == 1
    assert isinstance(db.session.get(Organisation, employer.id), Organisation)
