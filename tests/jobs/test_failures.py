import logging
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import insert

from tests.jobs.stage import ask, effects, only_job, run_strike
from training.jobs import leases
from training.jobs.leases import Later
from training.jobs.models import Job, JobState
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db, open_with, transaction
from training.kernel.wiring import Task

NOON = datetime(2026, 6, 19, 12, tzinfo=UTC)


class TestFailure:
    def test_is_tried_again_later_and_later_then_parked(self, stage, caplog):
        def boom() -> None:
            raise ValueError("no\nsecond line")

        stage(tasks={"boom": Task(boom)})
        moment, waits = NOON, []
        with clock.at(moment):
            ask("boom")
        with caplog.at_level(logging.CRITICAL, "training.jobs.worker"):
            for _attempt in range(leases.ATTEMPTS):
                with clock.at(moment):
                    assert run_due() == 1
                waits.append((only_job().run_at - moment).total_seconds())
                moment = max(moment, only_job().run_at)

        job = only_job()
        assert (job.state, job.attempts, job.error) == (JobState.PARKED, 8, "ValueError: no")
        assert all(later > 1.1 * sooner for sooner, later in pairwise(waits[:-1]))
        assert 22 <= waits[0] <= 38
        assert timedelta(minutes=40) < moment - NOON < timedelta(minutes=90)

    def test_what_kills_its_worker_every_time_is_parked(self, stage):
        stage(tasks={"strike": Task(run_strike)})
        moment = NOON
        with clock.at(moment):
            ask("strike", number=1)
        for _attempt in range(leases.ATTEMPTS):
            with clock.at(moment):
                leases.reclaim()
                assert leases.claim() is not None
            moment += 2 * leases.LEASE

        with clock.at(moment):
            run_due()

        assert (only_job().state, only_job().error) == (JobState.PARKED, "its worker ended before it did")

    def test_an_unknown_task_is_parked(self, stage):
        stage()
        ask("nobody.knows")

        run_due()

        assert (only_job().state, only_job().error) == (JobState.PARKED, "no task of this name is wired")

    def test_what_is_away_does_not_count(self, stage):
        def away() -> None:
            raise Later(clock.now() + timedelta(minutes=1), "gone to lunch")

        stage(tasks={"away": Task(away, atomic=False)})
        with clock.at(NOON):
            ask("away")
            assert run_due() == 1

        job = only_job()
        assert (job.state, job.attempts, job.error, job.run_at) == (JobState.WAITING, 0, "gone to lunch", NOON + timedelta(minutes=1))

    def test_keeps_nobodys_data(self, stage, caplog):
        @transaction()
        def collide() -> None:
            for _twice in range(2):
                db.session.execute(
                    insert(Job).values(
                        task="ivanova@example.org", args={}, run_at=NOON, state=JobState.DONE, attempts=0, done=0, total=0, key="k"
                    )
                )

        stage(tasks={"collide": Task(collide)})
        ask("collide")

        run_due()

        assert (only_job().error or "").startswith(
            ("IntegrityError: UNIQUE constraint failed", "IntegrityError: duplicate key value violates")
        )
        assert "ivanova" not in f"{only_job().error}{caplog.text}"

    def test_openings_of_a_failed_job_do_not_reach_the_next(self, stage, caplog):
        def boom() -> None:
            open_with(lambda session: pytest.fail("the next job took it up"))
            raise ValueError

        stage(tasks={"boom": Task(boom), "strike": Task(run_strike)})
        ask("boom")
        ask("strike", number=1)

        with caplog.at_level(logging.CRITICAL, "training.jobs.worker"):
            run_due()

        assert effects() == [1]
