"""Chosen ways, quiet hours, mornings, the link that stops letters, and letters that come back."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select

from tests.notices.conftest import NOON, Told, manager_of
from tests.notices.sink import sink
from training.jobs.models import Job, JobState
from training.jobs.scheduler import tick
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.i18n import _l
from training.kernel.lists import Wanted
from training.kernel.policy import Learner, Member, NotAllowed, NotNow, OrganisationKind, Role, System, Visitor
from training.kernel.wiring import Topic, Wiring
from training.kernel.workflow import Notice
from training.notices import commands, delivery, mailbox, queries, services, topics
from training.notices.models import Address, Dropped, NoticeDigest, Recipient
from training.notices.workflow import Fate, Way

ANNA = Recipient("account", 1)
ANNA_AT_WORK = Recipient("account", 1, organisation_id=7)
ME = Visitor(1)


class Alarm(Notice):
    RUNG = "alarm.rung"


TRIPS = Wiring(
    notices={"trip.changed": Told.CHANGED, "alarm.rung": Alarm.RUNG},
    topics={
        "trip": Topic(_l("Trips"), frozenset({"trainee", "school"})),
        "alarm": Topic(_l("Alarms"), frozenset({"trainee"})),
    },
)
NIGHT = datetime(2026, 6, 19, 20, tzinfo=UTC)
"""Midnight in Samara."""


@pytest.fixture
def here(world):
    return world(others=[TRIPS])


def choose(way: Way) -> None:
    services.choose(ME, ways={"trip": way})


def quiet(zone: str | None = None) -> None:
    services.set_hours(ME, quiet_from=22 * 60, quiet_until=7 * 60, morning=8 * 60, zone=zone)


def run(moment: datetime) -> int:
    with clock.at(moment):
        tick()
        return run_due()


def tell(here, moment: datetime, *to: Recipient, **given) -> Any:
    with clock.at(moment):
        return here.tell(*(to or (ANNA,)), **given)


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


MORNING = datetime(2026, 6, 20, 4, tzinfo=UTC)
"""08:00 in Samara."""


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


class TestStop:
    def stop_url(self, here) -> str:
        return str(message_from_bytes(here.mail()[0].read_bytes())["List-Unsubscribe"]).strip("<>")

    def test_the_letter_carries_the_link_and_says_that_one_click_will_do(self, here):
        tell(here, NOON)
        run(NOON)

        head = message_from_bytes(here.mail()[0].read_bytes())
        assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert self.stop_url(here).startswith("https://cadre.example/letters/stop/")
        assert self.stop_url(here) in mailbox.letter(mailbox.letters()[0].name).links

    def test_stops_one_topic_of_one_account(self, here):
        tell(here, NOON)
        run(NOON)
        stopping = topics.stopping(Visitor(), self.stop_url(here).rsplit("/", 1)[1])

        services.stop(Visitor(), stopping)
        services.stop(Visitor(), stopping)

        assert queries.choices(1) == {"trip": Way.HERE}
        assert queries.choices(2) == {}

    def test_the_morning_letters_stops_the_morning_letter(self, here):
        services.choose(ME, ways={"trip": Way.DAILY, "alarm": Way.OFF})
        tell(here, NOON)
        run(NOON)
        run(MORNING)

        services.stop(Visitor(), topics.stopping(Visitor(), self.stop_url(here).rsplit("/", 1)[1]))

        assert queries.choices(1) == {"trip": Way.HERE, "alarm": Way.OFF}

    @pytest.mark.parametrize("change", ["", "x", "cut", "flip", "other purpose"])
    def test_nothing_else_is_a_link(self, here, change):
        token = topics.stop_url(1, "trip").rsplit("/", 1)[1]
        signature = token.rsplit(".", 1)[1]
        assert len(signature) * 6 >= 128
        forged = {
            "": "",
            "x": "x",
            "cut": token[:-2],
            "flip": token.replace(token[0], "A" if token[0] != "A" else "B", 1),
            "other purpose": topics._signer().make_signer("session").sign(b"WzEsInRyaXAiXQ").decode(),
        }[change]

        with pytest.raises(NotFound):
            topics.stopping(Visitor(), forged)


class TestLog:
    def test_shows_each_only_their_own(self, here):
        tell(here, NOON, ANNA, Recipient("account", 2), Recipient("guardian", 5))

        operator = Member(9, 9, OrganisationKind.OPERATOR, frozenset({Role.OPERATOR}))
        actors = (ME, Visitor(2), Visitor(3), Visitor(), manager_of(7), operator)
        assert [queries.delivered(actor, Wanted()).total for actor in actors] == [1, 1, 0, 0, 0, 3]

    def test_says_what_the_server_answered(self, world):
        with sink() as server:
            server.answers["RCPT"] = 550
            here = world(smtp=server.address, others=[TRIPS])
            tell(here, NOON)
            run(NOON)

        assert (here.notice().dropped, here.notice().answer) == (Dropped.REFUSED, "550")


class TestBounced:
    def report(self, key: str, status: str = "5.1.1") -> EmailMessage:
        whole = (
            "From: MAILER-DAEMON@mx.example\r\nTo: post@cadre.example\r\nSubject: Undelivered\r\nMIME-Version: 1.0\r\n"
            'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
            "--b\r\nContent-Type: text/plain\r\n\r\nIt came back.\r\n"
            "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
            f"Final-Recipient: rfc822; anna@example.org\r\nAction: failed\r\nStatus: {status}\r\n\r\n"
            "--b\r\nContent-Type: message/rfc822\r\n\r\n"
            f"From: post@cadre.example\r\nMessage-ID: <{key}@cadre.example>\r\nSubject: x\r\n\r\nText\r\n--b--\r\n"
        )
        return commands.parsed(whole.encode())

    def test_a_report_names_the_letter_and_the_status(self):
        assert commands.read_report(self.report("notice-12")) == ("notice-12", "5.1.1")
        assert commands.read_report(self.report("nothing-12"))[0] is None
        assert commands.read_report(commands.parsed(b"\xff\x00 no report")) == (None, "")

    def test_a_sent_letter_that_came_back_is_said_to(self, here):
        (key,) = tell(here, NOON)
        assert not services.bounced(System("x"), key=f"notice-{key}", code="5.1.1")
        run(NOON)

        assert services.bounced(System("x"), key=f"notice-{key}", code="5.1.1")

        assert (here.notice().fate, here.notice().answer) == (Dropped.BOUNCED, "5.1.1")

    def test_the_mail_server_pipes_it_to_a_command(self, here):
        (key,) = tell(here, NOON)
        run(NOON)
        here.app.cli.add_command(commands.group)
        runner = here.app.test_cli_runner()

        told = runner.invoke(args=["notices", "bounced"], input=self.report(f"notice-{key}").as_bytes())
        for_now = runner.invoke(args=["notices", "bounced"], input=self.report(f"notice-{key}", "4.2.2").as_bytes())

        assert (told.exit_code, told.output) == (0, f"notice-{key}: came back, 5.1.1.\n")
        assert for_now.exit_code == 1
        assert here.notice().dropped is Dropped.BOUNCED

    @pytest.mark.parametrize("key", ["notice-", "notice-x", "notice-99999", "other-1", "", "digest-1"])
    def test_unknown_ones_change_nothing(self, here, key):
        assert not services.bounced(System("x"), key=key, code="5.1.1")
