"""Chosen ways and quiet hours."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.notices.conftest import NOON, TRIPS, Told, manager_of
from tests.notices.trips import ANNA_AT_WORK, ME, NIGHT, choose, quiet, run, tell
from training.jobs.models import Job
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.policy import Learner, NotAllowed, NotNow, Visitor
from training.notices import mailbox, queries, services
from training.notices.models import Address, Dropped, Recipient
from training.notices.workflow import Fate, Way


class TestWays:
    def test_at_once_unless_chosen_otherwise(self, here):
        tell(here, NOON)

        run(NOON)

        assert (len(here.mail()), here.notice().fate) == (1, Fate.SENT)

    def test_only_here(self, here):
        choose(Way.HERE)
        tell(here, NOON)

        run(NOON)

        assert (here.mail(), here.notice().dropped, len(queries.inbox(Learner(1, 1)))) == ([], Dropped.HERE, 1)

    def test_not_at_all(self, here):
        choose(Way.OFF)
        tell(here, NOON)

        run(NOON)

        assert (here.mail(), here.notice().dropped, queries.inbox(Learner(1, 1))) == ([], Dropped.OFF, [])
        assert queries.unread_count(Learner(1, 1)) == 0

    def test_what_always_comes_comes(self, world, monkeypatch):
        here = world(others=[TRIPS])
        monkeypatch.setattr(Told.CHANGED, "must", _l("It has a deadline."))
        quiet()
        tell(here, NIGHT)

        run(NIGHT)

        [letter] = mailbox.letters()
        assert "List-Unsubscribe" not in here.mail()[0].read_text()
        assert letter.to == "Anna Ivanova <anna@example.org>"
        with pytest.raises(NotNow, match="always comes"):
            choose(Way.OFF)

    def test_a_guardians_letter_asks_no_choice(self, here):
        here.people["guardian", 5] = Address("olga@example.org", "Olga", "ru", None, link="/l/x")
        tell(here, NIGHT, Recipient("guardian", 5))

        run(NIGHT)

        assert len(here.mail()) == 1

    def test_read_before_it_was_sent(self, here):
        tell(here, NOON)
        services.read(Learner(1, 1), here.notice())

        run(NOON)

        assert (here.mail(), here.notice().dropped) == ([], Dropped.READ)

    def test_only_ones_own(self, here):
        with pytest.raises(NotAllowed):
            services.choose(Visitor(), ways={"trip": Way.OFF})
        with pytest.raises(NotNow):
            services.choose(ME, ways={"nonsense": Way.OFF})

    def test_again_is_the_last_word(self, here):
        for way in (Way.OFF, Way.DAILY, Way.DAILY, Way.AT_ONCE):
            choose(way)

        assert queries.way_of(1, "trip") is Way.AT_ONCE
        assert queries.choices(1) == {}


class TestQuietHours:
    def test_a_letter_waits_until_they_are_over(self, here):
        quiet()
        tell(here, NIGHT)

        run(NIGHT)
        assert (here.mail(), here.notice().fate) == ([], Fate.HELD)
        assert here.notice().held_until_at == datetime(2026, 6, 20, 3, tzinfo=UTC)
        run(datetime(2026, 6, 20, 2, 59, tzinfo=UTC))
        assert here.mail() == []
        run(datetime(2026, 6, 20, 3, 0, tzinfo=UTC))

        assert (len(here.mail()), here.notice().fate) == (1, Fate.SENT)
        assert db.session.scalars(select(Job.attempts).where(Job.task == "notices.deliver")).all() == [1]

    @pytest.mark.parametrize(
        ("own", "organisation", "held_until"),
        [
            (None, "Asia/Kamchatka", None),  # 08:00 there
            (None, "Europe/Kaliningrad", datetime(2026, 6, 20, 5, tzinfo=UTC)),  # 22:00 there
            ("Asia/Kamchatka", "Europe/Kaliningrad", None),
            (None, None, datetime(2026, 6, 20, 3, tzinfo=UTC)),
        ],
    )
    def test_at_the_persons_zone_else_the_organisations_else_the_installations(self, here, own, organisation, held_until):
        here.people["account", 1] = Address("anna@example.org", "Anna", "en", None, zone=organisation)
        quiet(own)
        tell(here, NIGHT, ANNA_AT_WORK)

        run(NIGHT)

        assert here.notice().held_until_at == held_until

    def test_the_right_is_asked_again_when_they_are_over(self, here):
        quiet()
        tell(here, NIGHT, ANNA_AT_WORK)
        run(NIGHT)
        here.hidden.add(manager_of(7))

        run(NIGHT + timedelta(hours=9))

        assert (here.mail(), here.notice().dropped) == ([], Dropped.NO_LONGER_THEIRS)

    def test_read_in_the_night_needs_no_letter(self, here):
        quiet()
        tell(here, NIGHT)
        run(NIGHT)
        services.read(Learner(1, 1), here.notice())

        run(NIGHT + timedelta(hours=9))

        assert (here.mail(), here.notice().dropped) == ([], Dropped.READ)

    @pytest.mark.parametrize(("start", "end"), [(60, None), (None, 60), (60, 60)])
    def test_have_two_ends(self, here, start, end):
        with pytest.raises(NotNow):
            services.set_hours(ME, quiet_from=start, quiet_until=end, morning=480, zone=None)
