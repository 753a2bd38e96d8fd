"""The first steps of a new organisation, until they are taken or put away."""

from typing import Any

import pytest

from tests.candidates.factories import draft_vacancy
from tests.factories import actor_of, events_of, make_account, make_authority, make_employer, make_member, make_school, make_trainee
from tests.internships.factories import make_opening
from training.insights.home import first_steps, services
from training.kernel.db import db
from training.kernel.policy import NotAllowed, Role, System
from training.organisations import queries as organisations
from training.organisations import services as of_organisations
from training.organisations.models import Organisation

SYSTEM = System("tests")


@pytest.fixture
def school(client) -> Any:
    """A new school, and the browser and home of its only manager."""
    place, person = make_school(), make_account()
    make_member(place, Role.MANAGER, account=person)
    return client.sign_in(person), f"/o/{place.slug}/", place


def fresh(organisation: Organisation) -> Organisation:
    """The organisation as it is now."""
    db.session.expire_all()
    return organisations.organisation(SYSTEM, organisation.id)


def taken(organisation: Organisation) -> list[str]:
    """The titles of the steps that are done, as a leader sees them."""
    found = first_steps.progress(actor_of(organisation, Role.MANAGER), fresh(organisation))
    assert found is not None
    return [str(step.title) for step, done in found.steps if done]


class TestProgress:
    def test_a_new_school_has_taken_none(self, app):
        school = make_school()
        manager = actor_of(school, Role.MANAGER)

        found = first_steps.progress(manager, fresh(school))

        assert found is not None
        assert (found.done, len(found.steps)) == (0, 5)

    def test_each_step_is_done_once_what_it_makes_is_there(self, app):
        employer = make_employer(about="We make axles.")
        make_member(employer, Role.MENTOR)
        make_opening(employer=employer)

        assert taken(employer) == ["Say who you are", "Invite a mentor", "Offer the first opening"]

    def test_what_another_school_has_counts_for_nobody_else(self, app):
        school = make_school()
        manager = actor_of(school, Role.MANAGER)
        make_trainee(school_id=make_school().id)

        found = first_steps.progress(manager, fresh(school))

        assert found is not None
        assert found.done == 0

    def test_only_those_who_lead_a_school_or_an_employer_are_shown_them(self, app):
        school, authority = make_school(), make_authority()

        assert first_steps.progress(actor_of(school, Role.TEACHER), fresh(school)) is None
        assert first_steps.progress(actor_of(authority, Role.COORDINATOR), fresh(authority)) is None


class TestFinish:
    def test_whoever_has_taken_all_is_not_asked_again(self, app):
        whole, half = make_employer(about="We make axles."), make_employer(about="We make wheels.")
        for one in (whole, half):
            make_member(one, Role.MENTOR)
            make_opening(employer=one)
        draft_vacancy(whole)

        services.finish_steps(SYSTEM)

        assert fresh(whole).first_steps_over_at is not None
        assert fresh(half).first_steps_over_at is None

    def test_a_moment_that_stands_stays(self, app):
        school = make_school()
        of_organisations.dismiss_steps(actor_of(school, Role.MANAGER), fresh(school))
        before = fresh(school).first_steps_over_at

        services.finish_steps(SYSTEM)

        assert fresh(school).first_steps_over_at == before


class TestDismiss:
    def test_leaves_a_trace_and_the_details_in_the_version_they_had(self, app):
        school = make_school()
        version = school.version
        manager = actor_of(school, Role.MANAGER)

        of_organisations.dismiss_steps(manager, fresh(school))
        of_organisations.dismiss_steps(manager, fresh(school))
        of_organisations.restore_steps(manager, fresh(school))

        assert fresh(school).version == version
        assert events_of(school) == ["organisation.steps_dismissed", "organisation.steps_restored"]

    def test_a_teacher_and_another_school_s_manager_may_not(self, app):
        school = make_school()

        for actor in (actor_of(school, Role.TEACHER), actor_of(make_school(), Role.MANAGER)):
            with pytest.raises(NotAllowed):
                of_organisations.dismiss_steps(actor, fresh(school))


class TestPage:
    def test_says_how_far_one_is_and_leads_to_what_is_left(self, school):
        browser, home, place = school
        make_trainee(school_id=place.id)

        page = browser.get(home)

        assert "1 of 5 done" in page.words
        for link in (f"organisations/{place.id}/edit", "people/invite", "programmes/new", "programmes"):
            assert f'href="{home}{link}"' in page.text
            assert browser.get(f"{home}{link}").status == 200
        assert f'href="{home}imports/new"' not in page.text

    def test_put_away_they_are_gone_until_it_is_undone(self, school):
        browser, home, _place = school

        after = browser.get(browser.press(f"{home}first-steps/dismiss", page=home).location)
        undone = browser.post(f"{home}first-steps/restore", after.form(action="/first-steps/restore"))

        assert "First steps" not in [" ".join("".join(one.itertext()).split()) for one in after.all("h2")]
        assert "0 of 5 done" in browser.get(undone.location).words

    def test_cost_one_statement_and_none_where_they_are_over(self, school, statements):
        browser, home, _place = school
        with statements() as shown:
            browser.get(home)
        browser.press(f"{home}first-steps/dismiss", page=home)
        browser.get(home)

        with statements() as over:
            browser.get(home)

        assert len(shown) == len(over) + 1
        assert not [one for one in over if "FROM vacancy" in one or "FROM programme" in one]
