"""Offering places, and never giving more than there are."""

import threading
from datetime import time, timedelta

import pytest
from sqlalchemy import update

from tests.factories import actor_of, events_of, make_employer, make_school
from tests.internships.factories import make_occupation, make_opening, today
from tests.internships.races import race
from training.internships.openings import queries, services
from training.internships.openings.lists import INTERNSHIPS
from training.internships.openings.models import OpeningPlaces
from training.internships.openings.workflow import Event, State
from training.kernel.db import NotFound, Stale, db, writing
from training.kernel.lists import Wanted
from training.kernel.money import Money
from training.kernel.policy import NotAllowed, NotNow, Role, Visitor
from training.organisations.workflow import State as OrganisationState

pytestmark = pytest.mark.usefixtures("app")


def terms(**given):
    first = today() + timedelta(days=5)
    values = {
        "title": "Turner, press shop",
        "occupation_id": make_occupation().id,
        "places": 3,
        "starts_on": first,
        "ends_on": first + timedelta(days=30),
        "weekly_hours": 35,
        "daily_hours": 7,
        "shift_from": time(8),
        "shift_to": time(15, 30),
        "pay": Money.of(18_400),
    }
    return values | given


class TestMake:
    def test_makes_a_draft_with_its_places(self):
        employer = make_employer()

        opening = services.make(actor_of(employer, Role.MANAGER), employer, **terms())

        assert (opening.state, queries.pool(opening.id).places, opening.pay) == (State.DRAFT, 3, Money.of(18_400))
        assert events_of(opening) == [Event.MADE]

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"ends_on": today()}, "before the first"),
            ({"daily_hours": 9, "shift_to": time(15)}, "shorter than the hours"),
            ({"weekly_hours": 4}, "more hours than the week"),
        ],
    )
    def test_refuses_dates_and_hours_that_do_not_fit(self, wrong, sentence):
        employer = make_employer()

        with pytest.raises(NotNow, match=sentence):
            services.make(actor_of(employer, Role.MANAGER), employer, **terms(**wrong))

    def test_is_not_for_mentors_schools_or_other_employers(self):
        employer = make_employer()

        for actor in (actor_of(employer, Role.MENTOR), actor_of(make_school(), Role.MANAGER), actor_of(make_employer(), Role.MANAGER)):
            with pytest.raises(NotAllowed):
                services.make(actor, employer, **terms())


class TestOpen:
    def test_makes_it_public_and_found_by_its_words(self):
        employer = make_employer()
        manager = actor_of(employer, Role.MANAGER)
        opening = services.make(manager, employer, **terms(title="Turner of rare bushings"))

        services.open(manager, opening)

        assert [one.id for one in INTERNSHIPS.page(Visitor(), Wanted(words="bushing")).rows] == [opening.id]
        assert queries.by_slug(Visitor(), opening.slug).id == opening.id

    def test_waits_until_the_employer_is_verified(self):
        employer = make_employer(state=OrganisationState.PENDING)
        manager = actor_of(employer, Role.MANAGER)
        opening = services.make(manager, employer, **terms())

        with pytest.raises(NotNow, match="verified"):
            services.open(manager, opening)

    def test_an_opening_of_a_suspended_employer_is_not_shown(self):
        opening = make_opening(employer=make_employer(state=OrganisationState.SUSPENDED))

        assert INTERNSHIPS.page(Visitor(), Wanted()).total == 0
        assert opening.state is State.OPEN


class TestEdit:
    def test_an_older_version_is_stale(self):
        opening = make_opening()
        manager = actor_of(opening.employer, Role.MANAGER)

        with pytest.raises(Stale):
            services.edit(manager, queries.opening(manager, opening.id), version=0, **terms(hazard=opening.hazard, site_id=None, codes=[]))

    def test_places_never_fall_below_those_taken(self):
        opening = make_opening(places=3, taken=2)
        manager = actor_of(opening.employer, Role.MANAGER)
        shown = queries.opening(manager, opening.id)

        with pytest.raises(NotNow, match="2 places are taken"):
            services.edit(manager, shown, version=shown.version, **terms(places=1, hazard=opening.hazard, site_id=None, codes=[]))


class TestWithdraw:
    def test_takes_it_out_of_the_catalogue_and_says_why(self):
        opening = make_opening()
        manager = actor_of(opening.employer, Role.MANAGER)

        services.withdraw(manager, queries.opening(manager, opening.id), reason="The line is being rebuilt.")

        assert INTERNSHIPS.page(Visitor(), Wanted()).total == 0
        assert events_of(opening) == [Event.WITHDRAWN]


class TestPlacesUnderARace:
    def test_places_taken_never_exceed_places(self, committing_app):
        opening_id = make_opening(places=2).id
        db.session.rollback()

        def take(_which):
            with writing():
                services.take_place(opening_id)

        found = race(committing_app, 6, take)

        assert sum(isinstance(one, NotNow) for one in found) == 4
        assert queries.pool(opening_id).taken == 2

    def test_looking_first_and_writing_afterwards_promises_six_people_two_places(self, committing_app):
        opening_id = make_opening(places=2).id
        db.session.rollback()
        seen = threading.Barrier(6)

        def take(_which):
            pool = queries.pool(opening_id)
            free, taken = pool.free, pool.taken
            db.session.rollback()
            seen.wait(10)
            if free > 0:
                with writing():
                    mine = update(OpeningPlaces).where(OpeningPlaces.opening_id == opening_id)
                    db.session.execute(mine.values(taken=taken + 1))
            return free > 0

        found = race(committing_app, 6, take)

        assert sum(found) == 6


def test_the_catalogue_asks_as_often_for_forty_openings_as_for_two(statements):
    occupation = make_occupation()
    for _one in range(2):
        make_opening(occupation_id=occupation.id)
    with statements() as few:
        INTERNSHIPS.page(Visitor(), Wanted())
    for _one in range(22):
        make_opening(occupation_id=occupation.id)
    with statements() as many:
        INTERNSHIPS.page(Visitor(), Wanted())

    assert len(many) == len(few)


def test_a_member_of_the_employer_sees_drafts_and_others_do_not():
    opening = make_opening(state=State.DRAFT)
    member = actor_of(opening.employer, Role.MENTOR)
    other = actor_of(make_employer(), Role.MANAGER)

    assert queries.opening(member, opening.id).id == opening.id
    with pytest.raises(NotFound):
        queries.opening(other, opening.id)
