from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert, select

from tests.jobs.stage import effects, run_strike
from training.jobs import queries, services
from training.jobs.models import Job, JobState
from training.jobs.wiring import WIRING
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import NotFound, db, writing
from training.kernel.lists import Wanted
from training.kernel.policy import Member, NotAllowed, OrganisationKind, Role, System
from training.kernel.receipts import Receipt
from training.kernel.wiring import Task
from training.operations.lists import JOBS

NOON = datetime(2026, 6, 19, 12, tzinfo=UTC)
OPERATOR = Member(1, 1, OrganisationKind.OPERATOR, frozenset({Role.OPERATOR}))
MANAGER = Member(2, 2, OrganisationKind.SCHOOL, frozenset({Role.MANAGER}))


def make_job(state=JobState.PARKED, **values):
    columns = {"task": "strike", "args": {"number": 1}, "run_at": NOON, "attempts": 8, "error": "ValueError: no", "done": 0, "total": 0}
    with writing() as session:
        key = session.scalar(insert(Job).values(columns | {"state": state} | values).returning(Job.id))
    assert key is not None
    return queries.one(System("test"), key)


class TestWithout:
    def test_no_job_of_these_tasks_is_added_within_the_block(self, stage):
        stage(tasks={"strike": Task(run_strike)})

        with writing(), services.without("ring"):
            services.enqueue("ring", number=1)
            services.enqueue_each("ring", [{"number": 2}])
            services.enqueue("strike", number=3)
        with writing():
            services.enqueue("strike", number=4)

        assert run_due() == 2
        assert effects() == [3, 4]


class TestRetry:
    def test_the_operator_has_a_parked_job_tried_again(self, stage):
        stage(tasks={"strike": Task(run_strike)})
        job = make_job()

        services.retry(OPERATOR, job)

        assert (job.state, job.attempts) == (JobState.WAITING, 0)
        assert run_due() == 1
        assert effects() == [1]

    def test_nobody_else_may(self, stage):
        stage()

        with pytest.raises(NotAllowed):
            services.retry(MANAGER, make_job())

    def test_only_parked_jobs(self, stage):
        stage()

        with pytest.raises(NotAllowed):
            services.retry(OPERATOR, make_job(state=JobState.DONE))


class TestDiscard:
    def test_the_operator_gives_a_parked_job_up(self, stage):
        stage(tasks={"strike": Task(run_strike)})
        job = make_job()

        services.discard(OPERATOR, job)

        assert job.state is JobState.DISCARDED
        assert run_due() == 0


class TestListing:
    def test_the_operator_sees_all_and_counts_them(self, stage):
        stage()
        make_job()
        make_job(state=JobState.DONE, task="other")

        assert JOBS.page(OPERATOR, Wanted()).total == 2
        assert JOBS.page(OPERATOR, Wanted(filters={"state": ["parked", "nonsense"]})).total == 1
        assert JOBS.page(OPERATOR, Wanted(words="othe")).total == 1
        assert queries.counts(OPERATOR) == dict.fromkeys(JobState, 0) | {JobState.PARKED: 1, JobState.DONE: 1}

    def test_others_see_none(self, stage):
        stage()
        job = make_job()

        assert JOBS.page(MANAGER, Wanted()).total == 0
        with pytest.raises(NotFound):
            queries.one(MANAGER, job.id)


class TestHousekeeping:
    def test_old_jobs_that_are_over_go_parked_ones_stay(self, stage):
        stage(others=[WIRING])
        old, young = NOON - timedelta(days=8), NOON - timedelta(days=6)
        make_job(state=JobState.DONE, finished_at=old)
        make_job(state=JobState.DISCARDED, finished_at=old)
        kept = [make_job(state=JobState.DONE, finished_at=young).id, make_job(state=JobState.PARKED, finished_at=old).id]

        with clock.at(NOON):
            with writing():
                services.enqueue("jobs.purge")
            run_due()

        assert db.session.scalars(select(Job.id).where(Job.task == "strike").order_by(Job.id)).all() == kept

    def test_old_receipts_go(self, stage):
        stage(others=[WIRING])
        with writing() as session:
            for key, age in (("old", 3), ("young", 1)):
                session.execute(insert(Receipt).values(key=key, fields="", made_at=NOON - timedelta(days=age)))

        with clock.at(NOON):
            with writing():
                services.enqueue("jobs.forget_receipts")
            run_due()

        assert db.session.scalars(select(Receipt.key)).all() == ["young"]
