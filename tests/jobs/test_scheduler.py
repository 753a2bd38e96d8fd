from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

from sqlalchemy import select

from training.jobs.models import Clockwork, Job
from training.jobs.scheduler import tick
from training.jobs.wiring import WIRING
from training.kernel import clock
from training.kernel.db import db
from training.kernel.wiring import Schedule

NOON = datetime(2026, 6, 19, 12, tzinfo=UTC)
HOURLY = {"sweep": Schedule("sweep", every=timedelta(hours=1))}


def started() -> int:
    found = len(db.session.scalars(select(Job.id)).all())
    db.session.commit()
    return found


def next_at() -> datetime:
    return db.session.scalars(select(Clockwork.next_at)).one()


class TestTick:
    def test_starts_at_once_and_then_on_the_hour(self, stage):
        stage(schedules=HOURLY)
        counts = []

        for minutes in (0, 0, 59, 60, 61, 120):
            with clock.at(NOON + timedelta(minutes=minutes)):
                tick()
            counts.append(started())

        assert counts == [1, 1, 1, 2, 2, 3]

    def test_what_was_missed_is_started_once(self, stage):
        stage(schedules=HOURLY)
        with clock.at(NOON):
            tick()

        with clock.at(NOON + timedelta(hours=5, minutes=10)):
            assert tick() == ["sweep"]
            assert tick() == []

        assert next_at() == NOON + timedelta(hours=6)

    def test_a_clock_put_back_by_a_day_does_not_stop_it(self, stage):
        stage(schedules=HOURLY)
        with clock.at(NOON + timedelta(days=1)):
            tick()

        with clock.at(NOON):
            tick()
            assert next_at() <= NOON + timedelta(hours=1)

        with clock.at(NOON + timedelta(hours=1)):
            assert tick() == ["sweep"]

    def test_two_workers_start_it_once(self, stage):
        app = stage(schedules=HOURLY)
        for hours in range(5):
            together = Barrier(2)

            def one(hours: int = hours, together: Barrier = together) -> None:
                with app.app_context(), clock.at(NOON + timedelta(hours=hours)):
                    together.wait()
                    tick()

            threads = [Thread(target=one) for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

            assert started() == hours + 1

    def test_housekeeping_is_scheduled(self):
        assert {schedule.task for schedule in WIRING.schedules.values()} == set(WIRING.tasks)
