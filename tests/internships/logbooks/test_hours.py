"""A placement's hours week by week."""

from datetime import timedelta

import pytest

from tests.factories import learner
from tests.internships.factories import make_entry, make_opening, make_placement, mentor_of, today
from training.accounts.models import Account
from training.internships.logbooks.models import monday_of
from training.internships.logbooks.queries import by_week
from training.internships.logbooks.workflow import State
from training.internships.placements.workflow import State as PlacementState
from training.kernel.db import db

pytestmark = pytest.mark.usefixtures("app")


def active(weeks=4):
    return make_placement(state=PlacementState.ACTIVE, opening=make_opening(starts_on=today() - timedelta(weeks=weeks)))


class TestByWeek:
    def test_keeps_what_is_signed_apart_from_what_waits_and_leaves_drafts_out(self):
        placement = active()
        make_entry(placement, state=State.COUNTERSIGNED, minutes=360, worked_on=monday_of(today()))
        make_entry(placement, state=State.SUBMITTED, minutes=120, worked_on=monday_of(today()), number=2)
        make_entry(placement, state=State.DRAFT, minutes=60, worked_on=monday_of(today()), number=3)

        (week,) = by_week(learner(placement.trainee), placement)

        assert (week.monday, week.countersigned, week.waiting, week.minutes) == (monday_of(today()), 360, 120, 480)

    def test_shows_the_weeks_without_hours_between_others(self):
        placement = active()
        make_entry(placement, state=State.COUNTERSIGNED, minutes=60, worked_on=monday_of(today()) - timedelta(weeks=3))
        make_entry(placement, state=State.COUNTERSIGNED, minutes=60, worked_on=monday_of(today()))

        assert [week.minutes for week in by_week(learner(placement.trainee), placement)] == [60, 0, 0, 60]

    def test_is_empty_without_hours(self):
        placement = active()

        assert by_week(learner(placement.trainee), placement) == []


class TestPage:
    def test_the_placement_shows_the_hours_as_a_picture_and_as_a_table(self, client):
        placement = active()
        make_entry(placement, state=State.COUNTERSIGNED, minutes=390, worked_on=monday_of(today()))
        mentor = mentor_of(placement)
        client.sign_in(db.session.get_one(Account, mentor.account_id))

        page = client.get(f"/o/{mentor.organisation.slug}/placements/{placement.id}")

        assert "6.5 hours countersigned" in page.words
        assert "Week from" in page.words
