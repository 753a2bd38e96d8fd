from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from tests.jobs.conftest import database, stage
from training.jobs.models import Clockwork
from training.kernel.db import NotFound, db, writing
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role
from training.kernel.wiring import Kind, Topic, Wiring
from training.kernel.workflow import Notice
from training.notices.models import Address, Notification, Recipient
from training.notices.services import notify
from training.notices.wiring import WIRING

__all__ = ["database", "stage"]

NOON = datetime(2026, 6, 19, 12, tzinfo=UTC)


class Told(Notice):
    CHANGED = "trip.changed"


class Alarm(Notice):
    RUNG = "alarm.rung"


TRIPS = Wiring(
    notices={"trip.changed": Told.CHANGED, "alarm.rung": Alarm.RUNG},
    topics={
        "trip": Topic(_l("Trips"), frozenset({"trainee", "school"})),
        "alarm": Topic(_l("Alarms"), frozenset({"trainee"})),
    },
)

TEXTS = {
    "emails/trip.changed/subject.txt": "{{ subject.name }} has changed",
    "emails/trip.changed/body.txt": "{{ subject.name }}: {{ format_date(facts.starts_on, relative=False) if facts.get('starts_on') else 'soon' }}.\n\nBring your passport.\n",
}


@dataclass
class World:
    """Who there is, and what they may see; `Clockwork` rows stand for a noun's records."""

    app: Flask
    folder: Path
    people: dict[tuple[str, int], Address] = field(default_factory=dict)
    hidden: set[Actor] = field(default_factory=set)
    asked: list[Actor] = field(default_factory=list)

    def trip(self, name: str = "The trip to DAAZ") -> Clockwork:
        trip = Clockwork(name=name, next_at=NOON)
        with writing() as session:
            session.add(trip)
        return trip

    def tell(self, *to: Recipient, trip: Clockwork | None = None, **facts: Any) -> list[int]:
        """Tells them of the trip; returns the notices' ids."""
        about = trip or self.trip()
        with writing():
            notify(Told.CHANGED, about, to=to, **facts)
        told = list(db.session.scalars(select(Notification.id).order_by(Notification.id)))
        db.session.commit()
        return told

    def notice(self) -> Notification:
        found = db.session.scalars(select(Notification).execution_options(populate_existing=True)).one()
        db.session.commit()
        return found

    def mail(self) -> list[Path]:
        return sorted((self.folder / "mail").glob("*"))


def manager_of(organisation_id: int, account_id: int = 1) -> Member:
    return Member(account_id, organisation_id, OrganisationKind.SCHOOL, frozenset({Role.MANAGER}))


@pytest.fixture
def world(stage: Callable[..., Flask], tmp_path: Path) -> Callable[..., World]:
    """Opens an application with one kind of record and with the people that the test puts in."""

    def open_one(smtp: str | None = None, others: Sequence[Wiring] = ()) -> World:
        def find(actor: Actor, key: int) -> Clockwork:
            here.asked.append(actor)
            found = db.session.get(Clockwork, key)
            if found is None or actor in here.hidden:
                raise NotFound
            return found

        def account(key: int, organisation_id: int | None) -> Address | None:
            person = here.people.get(("account", key))
            if person is None:
                raise NotFound
            actor: Actor = Learner(key, key) if organisation_id is None else manager_of(organisation_id, key)
            return Address(person.email, person.name, person.language, actor, zone=person.zone)

        wiring = Wiring(
            kinds={"schedule": Kind(find, title=lambda trip: trip.name, url=lambda actor, trip: f"/trips/{trip.id}")},
            addresses={"account": account, "guardian": lambda key, organisation_id: here.people.get(("guardian", key))},
        )
        here = World(stage(smtp=smtp, texts=TEXTS, others=[WIRING, wiring, *others]), tmp_path)
        here.people["account", 1] = Address("anna@example.org", "Anna Ivanova", "en", None)
        return here

    return open_one


@pytest.fixture(name="here")
def with_trips(world: Callable[..., World]) -> World:
    """The application with trips and alarms, each a topic of its own."""
    return world(others=[TRIPS])
