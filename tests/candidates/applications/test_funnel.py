"""How far the applications for a vacancy have come, and how many stand in a column of the board."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.candidates.factories import make_application, make_vacancy, recruiter_of, vacancy
from tests.factories import actor_of, make_employer
from training.candidates.applications import queries, services
from training.candidates.applications.workflow import Rejection
from training.candidates.vacancies.queries import stages
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import Role
from training.trainees.disclosures.models import Disclosure

pytestmark = pytest.mark.usefixtures("app")


def funnel(offered, actor=None):
    return [
        (one.reached, one.here, one.ended) for one in queries.steps(actor or recruiter_of(offered.employer), offered.id, stages(offered.id))
    ]


class TestSteps:
    def test_who_stands_in_a_later_stage_came_through_those_before(self):
        offered = make_vacancy()
        make_application(offered)
        later = make_application(offered)
        services.move(recruiter_of(offered.employer), later, stage_id=stages(offered.id)[1].id)

        assert funnel(offered)[:3] == [(2, 1, 0), (1, 1, 0), (0, 0, 0)]

    def test_who_was_rejected_ended_in_the_stage_where_they_stood(self):
        offered = make_vacancy()
        services.reject(recruiter_of(offered.employer), make_application(offered), reason=Rejection.SKILLS, words=None)

        assert funnel(offered)[0] == (1, 0, 1)

    def test_ends_with_the_offers_and_the_hires(self):
        offered = make_vacancy()

        assert [str(one.label) for one in queries.steps(recruiter_of(offered.employer), offered.id, stages(offered.id))[-2:]] == [
            "Offer made",
            "Hired",
        ]

    def test_who_was_moved_back_has_come_as_far_as_they_once_stood(self):
        offered = make_vacancy()
        back, order = make_application(offered), stages(offered.id)
        services.move(recruiter_of(offered.employer), back, stage_id=order[2].id)
        services.move(recruiter_of(offered.employer), back, stage_id=order[0].id)

        assert funnel(offered)[:4] == [(1, 1, 0), (1, 0, 0), (1, 0, 0), (0, 0, 0)]

    def test_an_offer_that_was_declined_was_made(self):
        offered = make_vacancy()
        declined = make_application(offered)
        with writing():
            services.offer(recruiter_of(offered.employer), declined, until=clock.now() + timedelta(days=7))
            services.reopen(recruiter_of(offered.employer), declined)

        assert funnel(offered)[0] == (1, 1, 0)
        assert funnel(offered)[-2:] == [(1, 0, 0), (0, 0, 0)]

    def test_counts_nobody_whom_the_reader_may_not_see(self):
        offered = make_vacancy()
        make_application(offered)

        assert funnel(offered, actor_of(make_employer(), Role.RECRUITER))[0] == (0, 0, 0)
        assert funnel(offered, actor_of(offered.employer, Role.MENTOR))[0] == (0, 0, 0)

    @pytest.mark.parametrize("number", [1, 5])
    def test_is_two_statements_however_many_there_are(self, statements, number):
        offered = make_vacancy()
        for _number in range(number):
            make_application(offered)
        actor, order = recruiter_of(offered.employer), stages(offered.id)
        with statements() as sent:
            queries.steps(actor, offered.id, order)

        assert len(sent) == 2


class TestBoard:
    def test_a_column_does_not_count_whoever_is_not_open_to_the_employer_any_more(self):
        offered = make_vacancy()
        make_application(offered)
        gone = make_application(offered)
        db.session.execute(
            update(Disclosure).where(Disclosure.trainee_id == gone.trainee_id).values(until_at=clock.now() - timedelta(days=1))
        )

        first = queries.board(recruiter_of(offered.employer), vacancy(offered.id)).columns[0]

        assert (first.count, len(first.cards), first.more) == (1, 1, False)
