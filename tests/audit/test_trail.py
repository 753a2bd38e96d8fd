"""The trail: append-only, chained, without anybody's words."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError

from tests.factories import events_of, make_employer
from training.audit import queries, services
from training.audit.models import Happening, HappeningDetail, Seal
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.policy import Actor, System
from training.organisations.models import Organisation
from training.organisations.workflow import Event
from training.trainees.profiles.workflow import Event as ProfileEvent

SYSTEM = System("test")


@transaction()
def happen(actor: Actor, subject: Organisation, *, times: int = 1) -> None:
    for number in range(times):
        services.record(actor, Event.EDITED, subject, detail={"reason": "words of a person"}, number=number)


def test_an_event_says_who_and_what_and_its_detail_stands_apart(app):
    employer = make_employer()

    happen(SYSTEM, employer)

    [(event, detail)] = queries.history(employer)
    assert (event.name, event.acting, event.facts) == ("organisation.edited", "system:test", {"number": 0})
    assert detail == {"reason": "words of a person"}


def test_events_of_one_transaction_stand_in_their_order_with_their_details(app):
    employer = make_employer()

    happen(SYSTEM, employer, times=3)

    assert [(event.facts["number"], detail) for event, detail in queries.history(employer)] == [
        (number, {"reason": "words of a person"}) for number in (2, 1, 0)
    ]


def test_an_event_for_each_of_nobody_is_none(app):
    @transaction()
    def tell_nobody(actor: Actor) -> None:
        services.record_each(actor, ProfileEvent.VIEWED, [])

    tell_nobody(SYSTEM)

    assert db.session.scalars(select(Happening)).all() == []


def test_a_person_s_words_are_refused_as_facts(app):
    employer = make_employer()

    @transaction()
    def tell(actor: Actor, subject: Organisation) -> None:
        services.record(actor, Event.EDITED, subject, reason="words of a person")

    with pytest.raises(TypeError, match="goes to the detail"):
        tell(SYSTEM, employer)
    assert events_of(employer) == []


def test_recording_outside_a_transaction_is_refused(app):
    employer = make_employer()

    with pytest.raises(RuntimeError, match="outside a transaction"):
        services.record(SYSTEM, Event.EDITED, employer)

    assert events_of(employer) == []


@pytest.mark.parametrize("change", [update(Happening).values(name="other"), delete(Happening)])
def test_the_database_refuses_to_change_an_event(app, change):
    happen(SYSTEM, make_employer())

    with pytest.raises(DBAPIError, match="append-only"):
        db.session.execute(change)
    db.session.rollback()


def test_seals_cover_settled_events_and_prove_them(app):
    happen(SYSTEM, make_employer(), times=3)
    assert services.seal() == 0

    with clock.at(clock.now() + services.SETTLED + timedelta(seconds=1)):
        assert services.seal() == 3
        assert services.seal() == 0

    assert queries.breaks() == []
    assert db.session.scalars(select(Seal.count)).all() == [3]


def test_a_changed_seal_or_detail_is_found(app):
    happen(SYSTEM, make_employer(), times=2)
    with clock.at(clock.now() + services.SETTLED + timedelta(seconds=1)):
        services.seal()

    db.session.execute(update(HappeningDetail).values(text={"reason": "other words"}))
    assert len(queries.breaks()) == 2
    db.session.execute(delete(HappeningDetail))
    assert queries.breaks() == [], "erasing a detail leaves the chain whole"
    db.session.execute(text("UPDATE event_seal SET count = count + 1"))
    assert len(queries.breaks()) == 1
    db.session.rollback()


def test_nothing_has_no_history(app):
    happen(SYSTEM, make_employer(), times=3)

    assert queries.history() == []
