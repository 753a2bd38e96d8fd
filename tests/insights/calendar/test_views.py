"""The calendar: a month of one's own dates, and nobody else's."""

from datetime import timedelta

import pytest

from tests.candidates.conftest import statements  # noqa: F401 -- a fixture
from tests.candidates.factories import make_application, make_interview, make_vacancy, recruiter_of
from tests.courses.factories import make_cohort, make_enrolment
from tests.factories import actor_of, learner, make_employer, make_school, make_trainee
from tests.internships.factories import make_placement
from training.accounts.models import Account
from training.courses.enrolments.workflow import State as EnrolmentState
from training.insights.calendar import queries
from training.internships.placements.workflow import State
from training.kernel.db import db
from training.kernel.policy import Role

pytestmark = pytest.mark.usefixtures("app")


def month_with(day):
    return day.replace(day=1)


def words(actor, day):
    return {(one.on, one.words, one.detail) for one in queries.month(actor, month_with(day)).entries}


@pytest.fixture
def request_of(app):
    """Addresses are made within a request."""
    with app.test_request_context():
        yield


@pytest.mark.usefixtures("request_of")
class TestMonth:
    def test_a_trainee_sees_the_days_of_the_own_internship_and_no_others(self):
        placement = make_placement(state=State.AGREED)

        assert (placement.starts_on, "Internship begins", placement.employer.short_name) in words(
            learner(placement.trainee), placement.starts_on
        )
        assert not words(learner(make_trainee()), placement.starts_on)

    def test_a_trainee_sees_when_the_own_training_begins(self):
        enrolment = make_enrolment(state=EnrolmentState.ENROLLED)
        cohort = enrolment.cohort

        assert (cohort.starts_on, "Training begins", cohort.programme_version.programme.title) in words(
            learner(enrolment.trainee), cohort.starts_on
        )

    def test_a_school_sees_the_days_of_its_cohorts_and_of_no_other_schools(self):
        cohort = make_cohort()
        school = cohort.programme_version.programme.school

        assert (cohort.closes_on, "Applications end", cohort.code) in words(actor_of(school, Role.TEACHER), cohort.closes_on)
        assert not words(actor_of(make_school(), Role.TEACHER), cohort.closes_on)

    def test_both_sides_of_an_interview_see_it(self):
        interview = make_interview()
        application = interview.application
        day = interview.starts_at.date()

        assert ("Interview", application.trainee.name) in {one[1:] for one in words(recruiter_of(interview.employer), day)}
        assert ("Interview", interview.employer.short_name) in {one[1:] for one in words(learner(application.trainee), day)}
        assert not words(actor_of(make_employer(), Role.RECRUITER), day)

    def test_a_deadline_stands_on_the_last_day_on_which_one_can_act(self):
        application = make_application()
        found = [
            one
            for number in range(3)
            for one in queries.month(
                recruiter_of(application.vacancy.employer), month_with(application.applied_at.date() + timedelta(days=28 * number))
            ).entries
            if one.kind == "deadline"
        ]

        assert len({one.on for one in found}) == 1

    def test_asks_as_often_for_many_dates_as_for_one(self, statements):  # noqa: F811
        vacancy = make_vacancy()
        actor = recruiter_of(vacancy.employer)
        first = make_interview(make_application(vacancy))
        day = first.starts_at.date()
        queries.month(actor, month_with(day))
        with statements() as few:
            queries.month(actor, month_with(day))
        for hour in (11, 12, 13, 14):
            make_interview(make_application(vacancy), hour=hour, days=3)
        with statements() as many:
            found = queries.month(actor, month_with(day))

        assert len(few) == len(many)
        assert sum(one.kind == "interview" for one in found.entries) == 5

    @pytest.mark.parametrize("written", ["", "2026", "2026-13", "1-1-1", "9999-12", "next"])
    def test_a_month_written_otherwise_is_the_present_one(self, written):
        assert queries.month_of(written) == queries.month_of("").replace(day=1)

    @pytest.mark.parametrize("written", ["2026-02", "2026-06", "2027-01", "2021-02"])
    def test_weeks_are_whole_and_hold_every_day_of_the_month(self, written):
        month = queries.month(learner(make_trainee()), queries.month_of(written))
        days = [day for week in month.weeks for day, _entries in week]

        assert {len(week) for week in month.weeks} == {7}
        assert days[0].weekday() == 0
        assert days[0] <= month.first
        assert days[-1] >= month.after - timedelta(days=1)
        assert len(days) < 43


class TestPage:
    def test_home_leads_to_it_and_it_leads_to_the_months_beside(self, client):
        placement = make_placement(state=State.AGREED)
        client.sign_in(db.session.get_one(Account, placement.trainee.account_id))
        written = placement.starts_on.strftime("%Y-%m")

        home = client.get("/me/")
        page = client.get(f"/me/calendar?month={written}")

        assert "/me/calendar" in {one.get("href") for one in home.all("a")}
        assert "Internship begins" in page.words
        assert any(one.get("href") == f"/me/placements/{placement.id}" for one in page.all("a"))
        assert client.get("/me/calendar?month=nonsense").status == 200
