"""Reliability 6: a mail server that is away, slow, or says no."""

import smtplib
from datetime import timedelta
from email.message import EmailMessage

import pytest
from sqlalchemy import func, select

from tests.jobs.stage import only_job
from tests.notices.conftest import NOON
from tests.notices.sink import free_port, sink
from training.jobs.models import JobState
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db
from training.notices import post
from training.notices.models import Dropped, Notification, Recipient

ANNA = Recipient("account", 1)


def test_the_server_is_given_the_letter(world):
    with sink() as server:
        here = world(smtp=server.address)
        (key,) = here.tell(ANNA)
        run_due()

        (letter,) = server.received
    assert letter["Message-ID"] == f"<notice-{key}@cadre.example>"
    assert (letter["From"], letter["To"]) == ("Cadre <post@cadre.example>", "Anna Ivanova <anna@example.org>")
    assert here.notice().sent_at is not None
    assert here.mail() == []


@pytest.mark.torture
def test_letters_outlive_half_an_hour_without_a_server(world, sizes, figure):
    port = free_port()
    here = world(smtp=f"smtp://127.0.0.1:{port}")
    trip = here.trip()
    with clock.at(NOON):
        for _letter in range(sizes.letters):
            here.tell(ANNA, trip=trip)
    for minute in (0, 1, 30):
        with clock.at(NOON + timedelta(minutes=minute)):
            run_due()
    with sink(port) as server:
        for minute in (36, 42):
            with clock.at(NOON + timedelta(minutes=minute)):
                run_due()

        lost, doubled = sizes.letters - len(set(server.ids)), len(server.ids) - len(set(server.ids))
    figure("6 dead mail server", f"30 minutes, {sizes.letters} letters", f"{lost} lost, {doubled} doubled", promised="0, 0")
    assert (lost, doubled) == (0, 0)
    assert db.session.scalar(select(func.count()).where(Notification.sent_at.is_(None))) == 0


def test_a_server_that_is_away_is_left_alone_for_a_while(world):
    with sink() as server:
        server.answers["HELLO"] = 421
        here = world(smtp=server.address)
        trip = here.trip()
        with clock.at(NOON):
            for _letter in range(5):
                here.tell(ANNA, trip=trip)
            run_due()
        assert server.connections == 1

        with clock.at(NOON + timedelta(seconds=25)):
            run_due()
        assert server.connections == 2

        server.answers.clear()
        with clock.at(NOON + timedelta(minutes=2)):
            run_due()
        assert len(server.letters) == 5


def test_a_slow_server_is_given_up(world, monkeypatch):
    monkeypatch.setattr(post, "TO_CONNECT", 0.1)
    with sink() as server:
        server.slow = 0.5
        here = world(smtp=server.address)
        with clock.at(NOON):
            here.tell(ANNA)
            run_due()

    assert (only_job().state, only_job().attempts, only_job().error) == (JobState.WAITING, 0, "the mail server does not answer")


@pytest.mark.parametrize(("verb", "code"), [("RCPT", 550), ("END", 554), ("DATA", 554)])
def test_a_letter_refused_for_good_is_dropped(world, verb, code):
    with sink() as server:
        server.answers[verb] = code
        here = world(smtp=server.address)
        here.tell(ANNA)
        run_due()

    assert (here.notice().dropped, only_job().state) == (Dropped.REFUSED, JobState.DONE)


@pytest.mark.parametrize(("verb", "code"), [("RCPT", 451), ("END", 452)])
def test_a_letter_put_off_is_tried_again(world, verb, code):
    with sink() as server:
        server.answers[verb] = code
        here = world(smtp=server.address)
        with clock.at(NOON):
            here.tell(ANNA)
            run_due()
        assert (only_job().state, only_job().attempts, only_job().error) == (
            JobState.WAITING,
            1,
            f"Unsent: the mail server puts the letter off: answer {code}",
        )

        server.answers.clear()
        with clock.at(NOON + timedelta(minutes=2)):
            run_due()

        assert len(server.letters) == 1


@pytest.mark.parametrize(("verb", "code"), [("MAIL", 530), ("RCPT", 421), ("EHLO", 421)])
def test_trouble_that_is_not_the_letters_does_not_drop_it(world, verb, code):
    with sink() as server:
        server.answers |= {verb: code, "HELO": code} if verb == "EHLO" else {verb: code}
        here = world(smtp=server.address)
        here.tell(ANNA)
        run_due(limit=1)

    assert (only_job().state, only_job().attempts, here.notice().dropped) == (JobState.WAITING, 0, None)


@pytest.mark.parametrize(
    ("scheme", "connected", "port"), [("smtp", "SMTP", 25), ("smtps", "SMTP_SSL", 465), ("smtp+starttls", "SMTP", 587)]
)
def test_the_address_says_how_to_connect(monkeypatch, scheme, connected, port):
    calls: list[object] = []

    class Client:
        def __init__(self, host, port, **rest):
            calls.append((kind, host, port, rest["timeout"]))

        def starttls(self, context):
            calls.append("starttls")

        def login(self, user, password):
            calls.append((user, password))

        def close(self):
            calls.append("close")

    kind = connected
    monkeypatch.setattr(smtplib, connected, Client)
    monkeypatch.setattr(post, "_give", lambda client, letter: calls.append("given"))

    post.hand_over(f"{scheme}://cadre:p%40ss@mail.example", EmailMessage())

    tls = ["starttls"] if scheme == "smtp+starttls" else []
    assert calls == [(connected, "mail.example", port, 10), *tls, ("cadre", "p@ss"), "given", "close"]
