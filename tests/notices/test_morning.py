"""The morning letter."""

from datetime import timedelta
from email import message_from_bytes

import pytest
from sqlalchemy import select

from tests.notices.conftest import NOON, TRIPS, manager_of
from tests.notices.sink import sink
from tests.notices.trips import ANNA, ANNA_AT_WORK, ME, MORNING, choose, run, tell
from training.jobs.models import Job, JobState
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Learner
from training.notices import delivery, mailbox, queries, services
from training.notices.models import Address, Dropped, NoticeDigest
from training.notices.workflow import Fate, Way


class TestMorning:
    def test_many_notices_are_one_letter(self, here):
        choose(Way.DAILY)
        for hours in range(3):
            tell(here, NOON + timedelta(hours=hours), trip=here.trip(f"Trip {hours}"))
            run(NOON + timedelta(hours=hours))
        assert (here.mail(), {row.fate for row in queries.inbox(Learner(1, 1))}) == ([], {Fate.MORNING})

        run(MORNING - timedelta(minutes=1))
        assert here.mail() == []
        run(MORNING)

        [letter] = mailbox.letters()
        whole = mailbox.letter(letter.name)
        assert letter.subject == "3 things since yesterday"
        assert whole.text.index("Trip 0 has changed") < whole.text.index("Trip 2 has changed")
        assert whole.links[0] == "https://cadre.example/trips/1"
        db.session.expire_all()
        assert {row.fate for row in queries.inbox(Learner(1, 1))} == {Fate.SENT}

    def test_run_twice_is_one_letter(self, here):
        choose(Way.DAILY)
        tell(here, NOON)
        run(NOON)
        with clock.at(MORNING):
            assert delivery.begin_mornings() == 1
            assert delivery.begin_mornings() == 0
            run_due()
            [digest] = db.session.scalars(select(NoticeDigest.id)).all()
            delivery.deliver_morning(digest)
            run_due()
            run(MORNING + timedelta(minutes=5))

        assert len(here.mail()) == 1
        assert [job.state for job in db.session.scalars(select(Job).where(Job.task == "notices.deliver_morning"))] == [JobState.DONE]

    def test_killed_between_sending_and_noting_is_the_same_letter_again(self, here, monkeypatch):
        choose(Way.DAILY)
        tell(here, NOON)
        run(NOON)
        with clock.at(MORNING):
            delivery.begin_mornings()
            [digest] = db.session.scalars(select(NoticeDigest.id)).all()
            with monkeypatch.context() as patched:
                patched.setattr(delivery, "_close_morning", lambda *given, **fate: pytest.fail("killed"))
                with pytest.raises(pytest.fail.Exception):
                    delivery.deliver_morning(digest)
            delivery.deliver_morning(digest)

        assert [path.name for path in here.mail()] == [f"digest-{digest}@cadre.example.eml"]

    def test_what_comes_after_it_waits_for_the_next(self, here):
        choose(Way.DAILY)
        trip = here.trip()
        tell(here, NOON, trip=trip)
        run(NOON)
        run(MORNING)
        tell(here, MORNING + timedelta(minutes=1), trip=trip)
        run(MORNING + timedelta(minutes=1))

        run(MORNING + timedelta(hours=23))
        assert len(here.mail()) == 1
        run(MORNING + timedelta(hours=24))
        assert len(here.mail()) == 2

    def test_one_letter_for_every_capacity(self, here):
        choose(Way.DAILY)
        here.people["account", 1] = Address("anna@example.org", "Anna", "en", None, zone="Asia/Kamchatka")
        tell(here, NOON, ANNA, ANNA_AT_WORK)
        run(NOON)

        run(NOON + timedelta(days=1))

        assert (len(here.mail()), db.session.query(NoticeDigest).count()) == (1, 1)

    def test_leaves_out_what_is_read_gone_or_no_longer_wanted(self, here):
        choose(Way.DAILY)
        trip = here.trip("Seen trip")
        tell(here, NOON, ANNA, trip=trip)
        tell(here, NOON, ANNA_AT_WORK, trip=here.trip("Hidden trip"))
        tell(here, NOON, ANNA, trip=here.trip("Shown trip"))
        run(NOON)
        services.read(Learner(1, 1), queries.inbox(Learner(1, 1))[1])
        here.hidden.add(manager_of(7))

        run(MORNING)

        text = mailbox.letter(mailbox.letters()[0].name).text
        assert ("Shown trip" in text, "Hidden trip" in text, "Seen trip" in text) == (True, False, False)

    def test_no_letter_when_nothing_is_left(self, here):
        choose(Way.DAILY)
        tell(here, NOON)
        run(NOON)
        choose(Way.OFF)

        run(MORNING)

        assert here.mail() == []
        assert db.session.scalars(select(NoticeDigest.dropped)).all() == [Dropped.READ]

    def test_a_quiet_morning_comes_when_the_quiet_is_over(self, here):
        choose(Way.DAILY)
        services.set_hours(ME, quiet_from=22 * 60, quiet_until=9 * 60, morning=8 * 60, zone=None)
        tell(here, NOON)
        run(NOON)

        run(MORNING)
        assert here.mail() == []
        run(MORNING + timedelta(hours=1))
        assert len(here.mail()) == 1

    def test_a_server_that_puts_it_off_gets_it_later(self, world):
        with sink() as server:
            server.answers["END"] = 451
            here = world(smtp=server.address, others=[TRIPS])
            choose(Way.DAILY)
            tell(here, NOON)
            run(NOON)
            run(MORNING)
            assert server.received == []
            server.answers.clear()
            run(MORNING + timedelta(minutes=2))
            assert len(server.received) == 1

    def test_no_name_or_title_adds_a_header(self, here):
        here.people["account", 1] = Address("anna@example.org", "Anna\r\nBcc: all@example.org", "en", None)
        choose(Way.DAILY)
        tell(here, NOON, trip=here.trip("Trip\r\nBcc: all@example.org\n\n<script>"))
        run(NOON)
        run(MORNING)

        [path] = here.mail()
        names = message_from_bytes(path.read_bytes()).keys()
        assert "Bcc" not in names
        assert "<script>" not in mailbox.letter(path.stem).html
