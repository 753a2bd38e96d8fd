"""The link that stops letters, the log, and letters that come back."""

from email import message_from_bytes
from email.message import EmailMessage

import pytest

from tests.notices.conftest import NOON, TRIPS, manager_of
from tests.notices.sink import sink
from tests.notices.trips import ANNA, ME, MORNING, run, tell
from training.kernel.db import NotFound
from training.kernel.lists import Wanted
from training.kernel.policy import Member, OrganisationKind, Role, System, Visitor
from training.notices import commands, mailbox, queries, services, topics
from training.notices.models import Dropped, Recipient
from training.notices.workflow import Way


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
