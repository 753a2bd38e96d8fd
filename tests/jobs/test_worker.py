import logging
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import select

from tests.jobs.stage import ask, effects, jobs, only_job, run_strike, strike
from training.jobs import leases
from training.jobs.leases import LeaseLost
from training.jobs.models import Job, JobState
from training.jobs.services import enqueue, enqueue_each, progress
from training.jobs.worker import run_due, run_one, run_worker
from training.kernel import clock
from training.kernel.db import NotFound, db, transaction, writing
from training.kernel.wiring import Task

NOON = datetime(2026, 6, 19, 12, tzinfo=UTC)


class TestEnqueue:
    def test_no_commit_no_job(self, stage):
        stage()

        @transaction()
        def think_again() -> None:
            enqueue("strike", number=1)
            raise NotFound

        with pytest.raises(NotFound):
            think_again()

        assert jobs() == []

    def test_outside_a_transaction_is_refused(self, stage):
        stage()

        with pytest.raises(RuntimeError, match="outside a transaction"):
            enqueue("strike", number=1)

    def test_two_of_one_key_are_one(self, stage):
        stage()

        ask("strike", key="once", number=1)
        ask("strike", key="once", number=2)

        assert [job.args for job in jobs()] == [{"number": 1}]

    def test_many_at_once(self, stage):
        stage(tasks={"strike": Task(run_strike)})

        with writing():
            enqueue_each("strike", [{"number": number} for number in range(30)])
            enqueue_each("strike", [])

        assert run_due() == 30
        assert effects() == list(range(30))

    def test_a_job_for_later_waits(self, stage):
        stage(tasks={"strike": Task(run_strike)})
        with clock.at(NOON):
            ask("strike", run_at=NOON + timedelta(hours=1), number=1)
            assert run_due() == 0

        with clock.at(NOON + timedelta(hours=1)):
            assert run_due() == 1


class TestAtomicTasks:
    def test_finish_in_their_own_transaction(self, stage):
        stage(tasks={"strike": Task(run_strike)})
        ask("strike", number=1)

        run_due()

        assert (only_job().state, only_job().attempts, effects()) == (JobState.DONE, 1, [1])

    def test_are_finished_by_the_worker_when_they_write_nothing(self, stage):
        stage(tasks={"look": Task(lambda: None)})
        ask("look")

        run_due()

        assert only_job().state is JobState.DONE

    def test_are_finished_by_the_worker_when_they_undid_what_they_wrote(self, stage):
        def give_up() -> None:
            try:
                fail()
            except NotFound:
                return

        @transaction()
        def fail() -> None:
            strike(1)
            raise NotFound

        stage(tasks={"give_up": Task(give_up)})
        ask("give_up")

        run_due()

        assert (only_job().state, effects()) == (JobState.DONE, [])

    def test_may_write_once_only(self, stage, caplog):
        def twice() -> None:
            strike(1)
            strike(2)

        stage(tasks={"twice": Task(twice)})
        ask("twice")

        with caplog.at_level(logging.CRITICAL, "training.jobs.worker"):
            run_due()

        assert (only_job().state, only_job().error, effects()) == (JobState.PARKED, "SecondTransaction: twice", [1])

    def test_write_nothing_once_their_lease_is_lost(self, stage):
        stage(tasks={"strike": Task(run_strike)})
        with clock.at(NOON):
            ask("strike", number=1)
            slow = leases.claim()
        assert slow is not None

        with clock.at(NOON + leases.LEASE + timedelta(seconds=1)):
            run_due()
            leases.finish_inside(slow)
            with pytest.raises(LeaseLost):
                strike(1)
        db.session.info.pop("openings", None)

        assert (only_job().state, only_job().attempts, effects()) == (JobState.DONE, 2, [1])

    def test_what_was_changed_outside_a_transaction_fails_the_job(self, stage, caplog):
        def forget() -> None:
            db.session.add(Job(task="none", args={}, run_at=NOON))

        stage(tasks={"forget": Task(forget)})
        ask("forget")

        with caplog.at_level(logging.CRITICAL, "training.jobs.worker"):
            run_due()

        assert (only_job().error or "").startswith("RuntimeError: changed outside a transaction")


class TestOtherTasks:
    def test_tell_their_progress_and_keep_their_lease(self, stage):
        seen = []

        def long() -> None:
            for step in range(3):
                with clock.at(NOON + step * leases.LEASE * 0.9):
                    progress(step + 1, 3)
                    seen.append((leases.reclaim(), only_job().done, only_job().total))

        stage(tasks={"long": Task(long, atomic=False)})
        with clock.at(NOON):
            ask("long")
            run_due()

        assert seen == [(0, 1, 3), (0, 2, 3), (0, 3, 3)]
        assert only_job().state is JobState.DONE

    def test_stop_when_their_lease_is_lost(self, stage):
        def long() -> None:
            with clock.at(NOON + 2 * leases.LEASE):
                leases.reclaim()
                progress(1, 2)
            strike(1)

        stage(tasks={"long": Task(long, atomic=False)})
        with clock.at(NOON):
            ask("long")
            run_due(limit=1)

        assert (only_job().state, effects()) == (JobState.WAITING, [])

    def test_progress_outside_a_worker_is_nothing(self, stage):
        stage()

        progress(1, 2)


class TestManyWorkers:
    def test_take_every_job_once(self, stage):
        app = stage(tasks={"strike": Task(run_strike)})
        with writing():
            enqueue_each("strike", [{"number": number} for number in range(40)])

        def work() -> None:
            while run_one(app):
                pass

        threads = [Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert effects() == list(range(40))
        assert {(job.state, job.attempts) for job in jobs()} == {(JobState.DONE, 1)}

    def test_claim_different_jobs_at_once(self, stage):
        stage()
        ask("strike", number=1)
        ask("strike", number=2)

        first, second, third = leases.claim(), leases.claim(), leases.claim()

        assert first is not None
        assert second is not None
        assert (first.args, second.args, third) == ({"number": 1}, {"number": 2}, None)


class TestRunWorker:
    def test_long_work_delays_no_short_work_and_stopping_waits_for_it(self, stage):
        begun, free, stop = Event(), Event(), Event()

        def wait_for_the_network() -> None:
            begun.set()
            assert free.wait(20)

        app = stage(tasks={"slow": Task(wait_for_the_network, atomic=False), "strike": Task(run_strike)})
        ask("slow")
        thread = Thread(target=run_worker, args=(app, stop))
        thread.start()
        assert begun.wait(20)
        ask("strike", number=1)
        for _look in range(200):
            if effects():
                break
            stop.wait(0.05)

        states = [job.state for job in jobs()]
        stop.set()
        free.set()
        thread.join(20)

        assert states == [JobState.RUNNING, JobState.DONE]
        assert [job.state for job in jobs()] == [JobState.DONE, JobState.DONE]

    def test_outlives_a_database_that_is_away(self, stage, monkeypatch, caplog):
        stop, calls = Event(), []

        def away(*args, **kwargs):
            calls.append(1)
            stop.set()
            raise OSError("connection refused")

        app = stage()
        monkeypatch.setattr(leases, "claim", away)

        run_worker(app, stop)

        assert calls
        assert "could not reach its queue: OSError: connection refused" in caplog.text


class TestRunDue:
    def test_lets_its_caller_see_what_was_done(self, stage):
        stage(tasks={"strike": Task(run_strike)})
        ask("strike", number=1)
        (job,) = db.session.scalars(select(Job)).all()

        run_due()

        assert job.state is JobState.DONE

    def test_not_inside_a_transaction(self, stage):
        stage()

        with pytest.raises(RuntimeError, match="inside a transaction"), writing():
            run_due()
