import json
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.notices.conftest import NOON, Told, manager_of
from training.jobs.models import Job, JobState
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import NotFound, db, transaction
from training.kernel.policy import Learner, NotAllowed, System, Visitor
from training.notices import delivery, mailbox, queries, services, texts
from training.notices.models import Address, Dropped, Notification, Recipient

ANNA = Recipient("account", 1)
ANNA_AT_WORK = Recipient("account", 1, organisation_id=7)


class TestNotify:
    def test_no_commit_no_notice(self, world):
        here = world()
        trip = here.trip()

        @transaction()
        def think_again() -> None:
            services.notify(Told.CHANGED, trip, to=[ANNA])
            raise NotFound

        with pytest.raises(NotFound):
            think_again()

        assert db.session.scalars(select(Notification)).all() == []
        assert db.session.scalars(select(Job)).all() == []

    def test_everybody_once_and_a_letter_each(self, world):
        here = world()

        here.tell(ANNA, ANNA, ANNA_AT_WORK)

        assert run_due() == 2
        assert len(here.mail()) == 2

    def test_nobody_is_fine(self, world):
        assert world().tell() == []

    def test_facts_are_ids_numbers_and_dates(self, world):
        here = world()
        trip = here.trip()

        with pytest.raises(TypeError, match="goes to the detail"):
            here.tell(ANNA, trip=trip, words="a person's own")


class TestDeliver:
    def test_writes_the_letter(self, world):
        here = world()
        with clock.at(NOON):
            (key,) = here.tell(ANNA, starts_on=date(2026, 9, 1))
            run_due()

        (summary,) = mailbox.letters()
        letter = mailbox.letter(summary.name)
        assert (letter.name, letter.subject, letter.to) == (
            f"notice-{key}@cadre.example",
            "The trip to DAAZ has changed",
            "Anna Ivanova <anna@example.org>",
        )
        assert (
            "Hello, Anna Ivanova!\n\nThe trip to DAAZ: Tuesday, 1 September.\n\nBring your passport.\n\nhttps://cadre.example/trips/1\n\n-- \nThis letter was"
            in letter.text
        )
        assert letter.links == ["https://cadre.example/trips/1", "https://cadre.example"]
        assert '<a href="https://cadre.example/trips/1">' in letter.html
        assert here.notice().sent_at == NOON

    def test_in_the_recipients_language(self, world):
        here = world()
        here.people["account", 1] = Address("anna@example.org", "Анна Иванова", "ru", None)
        with clock.at(NOON):
            here.tell(ANNA, starts_on=date(2026, 9, 1))
            run_due()

        letter = mailbox.letter(mailbox.letters()[0].name)
        assert "вторник, 1 сентября" in letter.text
        assert '<html lang="ru">' in letter.html
        assert letter.to == "Анна Иванова <anna@example.org>"

    def test_the_same_letter_twice_is_one(self, world, monkeypatch, caplog):
        here = world()
        with clock.at(NOON):
            (key,) = here.tell(ANNA)
            with monkeypatch.context() as patched:
                patched.setattr(delivery, "_sent", lambda notice_id: pytest.fail("killed before it was noted"))
                with pytest.raises(pytest.fail.Exception):
                    delivery.deliver(key)
            assert here.notice().sent_at is None
        with clock.at(NOON + timedelta(minutes=1)):
            run_due()
            delivery.deliver(key)

        assert here.notice().sent_at == NOON + timedelta(minutes=1)
        assert [path.name for path in here.mail()] == [f"notice-{key}@cadre.example.eml"]

    def test_no_name_or_title_adds_a_header(self, world):
        here = world()
        here.people["account", 1] = Address("anna@example.org", 'Anna"\r\nBcc: all@example.org\r\n\r\nText', "en", None)
        here.tell(ANNA, trip=here.trip("Trip\r\nBcc: all@example.org\n\n\u2028<script>\x01\x85"))
        run_due()

        (path,) = here.mail()
        head, _blank, body = path.read_bytes().partition(b"\r\n\r\n")
        names = [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith((b" ", b"\t"))]
        assert sorted(names) == sorted(
            [b"From", b"To", b"Subject", b"Date", b"Message-ID", b"Auto-Submitted", b"Content-Language", b"MIME-Version", b"Content-Type"]
        )
        letter = mailbox.letter(mailbox.letters()[0].name)
        assert letter.subject == "Trip Bcc: all@example.org <script> has changed"
        assert "<script>" not in letter.html
        assert b"\x01" not in body

    def test_not_when_the_right_is_gone(self, world):
        here = world()
        here.tell(ANNA_AT_WORK)
        here.hidden.add(manager_of(7))

        run_due()

        assert (here.notice().dropped, here.notice().sent_at, here.mail()) == (Dropped.NO_LONGER_THEIRS, None, [])
        assert queries.inbox(manager_of(7)) == []

    @pytest.mark.parametrize(
        ("address", "reason"),
        [
            (None, Dropped.RECIPIENT_GONE),
            (Address(None, "Anna", "en", None), Dropped.NO_EMAIL),
            (Address("", "Anna", "en", None), Dropped.NO_EMAIL),
            (Address("anna", "Anna", "en", None), Dropped.REFUSED),
            (Address("anna@", "Anna", "en", None), Dropped.REFUSED),
            (Address("anna@example.org, all@example.org", "Anna", "en", None), Dropped.REFUSED),
            (Address("anna@example.org\r\nBcc: all@example.org", "Anna", "en", None), Dropped.REFUSED),
        ],
    )
    def test_says_why_there_was_no_letter(self, world, address, reason):
        here = world()
        here.tell(Recipient("guardian", 5))
        if address is not None:
            here.people["guardian", 5] = address

        run_due()

        assert (here.notice().dropped, here.mail()) == (reason, [])
        assert db.session.scalars(select(Job.state)).all() == [JobState.DONE]

    def test_domains_in_cyrillic(self, world):
        here = world()
        here.people["account", 1] = Address("anna@пример.рф", "Anna", "en", None)
        here.tell(ANNA)
        run_due()

        assert mailbox.letters()[0].to == "Anna <anna@xn--e1afmkfd.xn--p1ai>"

    def test_a_links_token_stands_in_the_letter_only(self, world):
        here = world()
        here.people["guardian", 5] = Address("olga@example.org", "Olga", "ru", None, link="/l/sEcReT")
        here.tell(Recipient("guardian", 5))
        run_due()

        rows = [str(row) for table in (Job.__table__, Notification.__table__) for row in db.session.execute(select(table))]
        assert "https://cadre.example/l/sEcReT" in mailbox.letter(mailbox.letters()[0].name).links
        assert not any("sEcReT" in row for row in rows)
        assert here.asked == [System("notices")]


class TestInbox:
    def test_each_capacity_has_its_own(self, world):
        here = world()
        trip = here.trip()
        here.tell(ANNA, trip=trip)
        here.tell(ANNA_AT_WORK, trip=trip)
        here.tell(Recipient("account", 2), trip=trip)

        counts = [
            queries.unread_count(actor) for actor in (Learner(1, 1), manager_of(7), manager_of(8), Visitor(1), Visitor(), System("x"))
        ]

        assert counts == [1, 1, 0, 2, 0, 0]
        assert [len(queries.inbox(actor)) for actor in (Learner(1, 1), Visitor(1))] == [1, 2]

    def test_is_read(self, world):
        here = world()
        trip = here.trip()
        here.tell(ANNA, trip=trip)
        last = here.tell(ANNA, trip=trip)[-1]
        here.tell(ANNA, trip=trip)
        me = Learner(1, 1)

        services.read_all(me, until=last)
        assert queries.unread_count(me) == 1
        services.read(me, queries.inbox(me)[0])
        assert queries.unread_count(me) == 0

    def test_of_somebody_else_is_not_there(self, world):
        here = world()
        (key,) = here.tell(ANNA)

        with pytest.raises(NotFound):
            queries.one(Learner(2, 2), key)
        with pytest.raises(NotAllowed):
            services.read(Learner(2, 2), queries.one(Learner(1, 1), key))

    def test_pages_backwards(self, world):
        here = world()
        trip = here.trip()
        keys = [here.tell(ANNA, trip=trip)[-1] for _ in range(3)]

        assert [row.id for row in queries.inbox(Learner(1, 1), before=keys[-1], limit=1)] == [keys[1]]

    def test_says_what_it_is_about_with_the_rights_of_now(self, world):
        here = world()
        trip = here.trip()
        here.tell(ANNA, trip=trip)
        here.tell(ANNA_AT_WORK, trip=trip)
        here.hidden.add(manager_of(7))

        lines = texts.lines(Visitor(1), queries.inbox(Visitor(1)))

        assert [(line.words, line.url) for line in lines] == [
            ("About something that is not open to you any more.", None),
            ("The trip to DAAZ has changed", "/trips/1"),
        ]


def test_facts_come_back_as_they_were():
    row = Notification(
        facts={"starts_on": "2026-09-01", "due_at": "2026-09-01T12:00:00+00:00", "pay": [100, "RUB"], "seats": 5, "ids": [1, 2]}
    )

    told = texts.facts(row)

    assert told["starts_on"] == date(2026, 9, 1)
    assert told["due_at"] == datetime.fromisoformat("2026-09-01T12:00:00+00:00")
    assert (told["pay"].minor, told["pay"].currency) == (100, "RUB")
    assert (told["seats"], told["ids"]) == (5, [1, 2])
    assert json.dumps(row.facts)


def test_an_account_that_is_gone(world):
    here = world()
    here.tell(Recipient("account", 99))

    run_due()

    assert here.notice().dropped is Dropped.RECIPIENT_GONE
