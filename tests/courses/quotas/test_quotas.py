"""Quotas: what the region sets caps what schools plan, in the database."""

from datetime import date, timedelta

import pytest

from tests.courses.factories import make_cohort, make_programme, make_version
from tests.factories import actor_of, events_of, make_authority, make_member, make_school, save
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts import services as planning
from training.courses.cohorts.workflow import Funding, StudyForm
from training.courses.enrolments import services as enrolling
from training.courses.quotas import queries, services
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role, System
from training.taxonomy.models import ProgrammeCode

ACT = "Order 12 of 3 March"
BY = System("test")


@pytest.fixture
def region(app):
    """An authority, a school under it, a published programme with a listed code, and the coordinator."""
    authority = make_authority()
    school = make_school(authority_id=authority.id)
    version = make_version(make_programme(school))
    code = version.programme.code
    save(ProgrammeCode(system="fgos", code=code, kind="profession", title_en="Fitter", title_ru="Слесарь"))
    return authority, school, version, code


def days(year_from_now: int = 0) -> dict[str, date]:
    first = clock.today() + timedelta(days=40 + 365 * year_from_now)
    return {
        "opens_on": first - timedelta(days=30),
        "closes_on": first - timedelta(days=10),
        "starts_on": first,
        "ends_on": first + timedelta(days=300),
    }


def planned(school, version, seats, name="A-1", **given):
    return planning.plan(
        actor_of(school, Role.MANAGER),
        version,
        code=name,
        study_form=StudyForm.FULL_TIME,
        seats={Funding.STATE: seats, Funding.PAID: 3},
        **{**days(), **given},
    )


def quota_of(school, code, year=None):
    db.session.rollback()
    return queries.of(school.id, code, year or days()["starts_on"].year)


class TestPlanning:
    def test_is_counted_before_there_is_a_quota(self, region):
        _authority, school, version, code = region

        planned(school, version, 20)

        found = quota_of(school, code)
        assert (found.seats, found.planned, found.left) == (None, 20, None)

    def test_stops_at_the_quota_and_leaves_nothing_behind(self, region):
        authority, school, version, code = region
        year = days()["starts_on"].year
        services.add(actor_of(authority, Role.COORDINATOR), school, code=code, year=year, seats=25, act=ACT)
        planned(school, version, 20)

        with pytest.raises(NotNow, match="5 of them are left") as refusal:
            planned(school, version, 6, name="A-2")

        assert refusal.value.field == "state"
        assert quota_of(school, code).planned == 20
        planned(school, version, 5, name="A-3")
        assert quota_of(school, code).left == 0

    def test_follows_seats_that_change_and_cohorts_that_are_cancelled(self, region):
        _authority, school, version, code = region
        manager = actor_of(school, Role.MANAGER)
        cohort = planned(school, version, 20)

        enrolling.change_seats(manager, cohorts.cohort(manager, cohort.id), seats={Funding.STATE: 15, Funding.PAID: 9})
        assert quota_of(school, code).planned == 15
        planning.cancel(manager, cohorts.cohort(manager, cohort.id), reason="Nobody came")

        assert quota_of(school, code).planned == 0

    def test_moves_with_the_year_in_which_training_begins(self, region):
        _authority, school, version, code = region
        manager = actor_of(school, Role.MANAGER)
        cohort = cohorts.cohort(manager, planned(school, version, 20).id)
        later = days(1)

        planning.edit(manager, cohort, version=cohort.version, joins_until_on=later["closes_on"], **later)

        assert quota_of(school, code).planned == 0
        assert quota_of(school, code, later["starts_on"].year).planned == 20


class TestSetting:
    def test_is_never_below_what_is_planned(self, region):
        authority, school, version, code = region
        planned(school, version, 20)
        coordinator = actor_of(authority, Role.COORDINATOR)

        with pytest.raises(NotNow, match="has planned 20 state seats"):
            services.add(coordinator, school, code=code, year=days()["starts_on"].year, seats=19, act=ACT)

        assert quota_of(school, code).seats is None

    def test_can_be_lifted_and_tells_the_school(self, region, mailbox):
        authority, school, _version, code = region
        manager = make_member(school, Role.MANAGER)
        coordinator = actor_of(authority, Role.COORDINATOR)
        made = services.add(coordinator, school, code=code, year=2031, seats=25, act=ACT)
        key, email = made.id, manager.account.email

        services.change(coordinator, queries.quota(coordinator, key), version=made.version, seats=None, act="Order 13")

        assert quota_of(school, code, 2031).seats is None
        assert {"quota.set", "quota.lifted"} <= set(events_of(queries.quota(coordinator, key)))
        lifted, was_set = (letter.subject for letter in mailbox(email))
        assert was_set.startswith("25 state seats for")
        assert lifted.startswith("No quota of state seats any more")

    def test_refuses_codes_that_no_list_has_and_a_second_quota(self, region):
        authority, school, _version, code = region
        coordinator = actor_of(authority, Role.COORDINATOR)
        services.add(coordinator, school, code=code, year=2031, seats=25, act=ACT)

        with pytest.raises(NotNow, match="No list of programmes"):
            services.add(coordinator, school, code="99.99.99", year=2031, seats=25, act=ACT)
        with pytest.raises(NotNow, match="already"):
            services.add(coordinator, school, code=code, year=2031, seats=26, act=ACT)

    def test_is_for_the_school_s_own_authority(self, region):
        _authority, school, _version, code = region

        with pytest.raises(NotAllowed):
            services.add(actor_of(make_authority(), Role.COORDINATOR), school, code=code, year=2031, seats=1, act=ACT)
        with pytest.raises(NotAllowed):
            services.add(actor_of(school, Role.MANAGER), school, code=code, year=2031, seats=1, act=ACT)


class TestPages:
    def test_the_region_sets_and_the_school_reads(self, region, client):
        authority, school, version, code = region
        planned(school, version, 20)
        year, door = days()["starts_on"].year, f"/o/{authority.slug}/quotas"
        name, at_school = school.short_name, f"/o/{school.slug}/quotas"
        manager = make_member(school, Role.MANAGER).account
        client.sign_in(make_member(authority, Role.COORDINATOR).account)

        shown = client.submit(f"{door}/new", school_id=str(school.id), code=code, year=str(year), seats="25", act=ACT, follow=True)
        short = client.submit(f"{shown.response.request.path}/change", seats="19", act=ACT, follow=True)
        listed = client.get(door)

        assert all(words in shown.words for words in ("Fitter", name, "25", ACT, "Left to plan 5"))
        assert "the quota cannot be smaller" in short.words
        assert code in listed.words
        client.sign_in(manager)
        own = client.get(at_school)
        assert code in own.words
        assert "Set a quota" not in own.words

    def test_others_find_none(self, region, client):
        authority, school, _version, code = region
        made = services.add(actor_of(authority, Role.COORDINATOR), school, code=code, year=2031, seats=25, act=ACT)
        key, other = made.id, make_school()

        client.sign_in(make_member(other, Role.MANAGER).account)

        assert client.get(f"/o/{other.slug}/quotas/{key}").status == 404
        assert code not in client.get(f"/o/{other.slug}/quotas").words


def test_the_list_runs_the_same_statements_at_2_and_40_rows(region, client, statements):
    authority, school, _version, code = region
    coordinator = actor_of(authority, Role.COORDINATOR)
    client.sign_in(make_member(authority, Role.COORDINATOR).account)
    door = f"/o/{authority.slug}/quotas"

    def count(upto: int) -> int:
        for year in range(2040 + upto - 20, 2040 + upto):
            services.add(coordinator, school, code=code, year=year, seats=25, act=ACT)
        client.get(door)
        statements.clear()
        assert client.get(door).status == 200
        return len(statements)

    assert count(0) == count(40)


def test_a_cohort_that_is_loaded_as_factories_do_is_counted(region):
    _authority, school, version, code = region

    make_cohort(version, seats=7)

    assert quota_of(school, code, (clock.today() + timedelta(days=30)).year).planned == 7
