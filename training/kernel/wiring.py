"""What a noun hands to the rooms below it; `app.py` collects it, foundation rooms read it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import Select

from training.kernel.db import NotFound
from training.kernel.i18n import LazyString
from training.kernel.policy import Actor, Role
from training.kernel.workflow import Party


@dataclass(frozen=True)
class Person:
    """Somebody who holds a record for a side: by account, acting for an organisation or for themselves."""

    account_id: int
    name: str
    organisation_id: int | None = None


@dataclass(frozen=True)
class Side:
    """A party of a record with a name, and the people who hold the record there: not everybody who may see it."""

    party: Party
    name: str
    organisation_id: int | None
    people: Sequence[Person]


@dataclass(frozen=True)
class Kind:
    """A kind of shared record, as foundation rooms refer to it: by its name and an id.

    `find(actor, id)` gives the record as that actor may see it, or raises NotFound; `title(record)` names it; `url(actor,
    record)` is its page for that actor. `sides(record)`, one statement, makes a thread of messages between them possible;
    `each(actor, ids)` finds many at once, where lists need it.
    """

    find: Callable[[Actor, int], Any]
    title: Callable[[Any], str]
    url: Callable[[Actor, Any], str]
    sides: Callable[[Any], Sequence[Side]] | None = None
    each: Callable[[Actor, Collection[int]], Mapping[int, Any]] | None = None

    def seen(self, actor: Actor, ids: Collection[int]) -> Mapping[int, Any]:
        """Those of the records that the actor may see, by id: one statement where the noun finds many at once."""
        if self.each is not None:
            return self.each(actor, ids)
        found = {}
        for key in sorted(ids):
            with suppress(NotFound):
                found[key] = self.find(actor, key)
        return found


@dataclass(frozen=True)
class Signing:
    """What a minor's guardian signs: its name, facts about it, until when it waits or when it was signed, and where a form goes that opens it."""

    title: str
    about: str
    state: Any
    due_at: datetime | None
    signed_at: datetime | None
    open_url: str


@dataclass(frozen=True)
class Unnamed:
    """How a duty stays without a person: what it says then, which roles answer for it, and how it is let go of.

    `leave(actor, giver)`, inside a running transaction, frees the giver of all of it and returns how many records.
    """

    label: LazyString
    roles: frozenset[Role]
    leave: Callable[[Actor, Any], int]


@dataclass(frozen=True)
class Charge:
    """A kind of record that names a member as the one who answers for it, and how it passes to a colleague.

    `held(membership ids)` gives pairs of a membership and a record of `kind`; `roles` are those of the colleague who may take
    it over; `pass_on(actor, giver, taker)`, inside a running transaction, hands over all that the giver holds and returns how many.
    Only what is `unnamed` may be left without a person.
    """

    label: LazyString
    kind: str
    roles: frozenset[Role]
    held: Callable[[Collection[int]], Select[int, int]]
    pass_on: Callable[[Actor, Any, Any], int]
    unnamed: Unnamed | None = None


@dataclass(frozen=True)
class Topic:
    """What people choose letters by: the notices whose names begin alike, and whom they reach (`trainee`, or a kind of organisation)."""

    label: LazyString
    audience: frozenset[str]


@dataclass(frozen=True)
class Task:
    """A background entry point. `atomic` ones end in the transaction of their one service call; others can be resumed."""

    run: Callable[..., None]
    atomic: bool = True


@dataclass(frozen=True)
class Schedule:
    """A task that the scheduler starts again and again."""

    task: str
    every: timedelta


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet; a width of 0 mm takes what is left."""

    label: str
    width: int = 0
    number: bool = False


@dataclass(frozen=True)
class Sheet:
    """A document on A4 as plain words: where it is from, what it is, figures, a table, what stands under it, and who signs."""

    title: str
    above: str
    figures: Sequence[tuple[str, str]]
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[str]]
    closing: Sequence[str] = ()
    signatures: Sequence[str] = ()


@dataclass(frozen=True)
class Wiring:
    """What one noun hands down. Keys are full names: `placement`, `placement.accepted`, `cohorts.close`."""

    tasks: Mapping[str, Task] = field(default_factory=dict)
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    charges: Mapping[str, Charge] = field(default_factory=dict)
    """By name: what a member answers for by name, and hands over before leaving."""
    deadlines: Mapping[str, Callable[[int], None]] = field(default_factory=dict)
    """By `kind.verb`: what silence does to the record of that id."""
    workflows: Mapping[str, Any] = field(default_factory=dict)
    events: Mapping[str, Any] = field(default_factory=dict)
    """By event value: the Event member, for the words of histories."""
    notices: Mapping[str, Any] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    """By the part of a notice's value before its dot."""
    attachments: Mapping[str, Callable[[Any, Mapping[str, Any]], tuple[str, str, bytes]]] = field(default_factory=dict)
    """By notice value: what its letter encloses, made from the subject and the notice's facts: file name, media type, content."""
    subscriptions: Mapping[str, str] = field(default_factory=dict)
    """By event value: the task started with the event's subject id, in the same transaction; several nouns may subscribe to one event."""
    subscribers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By event value: the tasks of all subscriptions, as `wire` collects them."""
    documents: Mapping[str, Callable[[Actor, Mapping[str, str]], Sheet]] = field(default_factory=dict)
    """By name: what a document to print says to an actor, of what the arguments name; NotFound when that is not theirs to see."""
    tells: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """By name (`programme.places`): what a noun tells of a record of a lower one, on that record's page."""
    importers: Mapping[str, Any] = field(default_factory=dict)
    parts: Mapping[str, Any] = field(default_factory=dict)
    """By name: what of a OneRoster bundle comes in beside its students (`exchange.importers.Part`)."""
    lists: Mapping[str, Any] = field(default_factory=dict)
    """By name: what a list can be searched, narrowed and ordered by, and what of it goes out."""
    addresses: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    """By kind of recipient: where they are reached. `names`, `colleagues`, `capacities` and `slug` tell of accounts and organisations what the foundation cannot know."""
    holds: Mapping[str, Callable[[int], Any]] = field(default_factory=dict)
    """By kind: which records of the trainee of that id the law keeps from being erased (`privacy.holds.Hold`)."""
    signings: Mapping[str, Callable[[Actor], Sequence[Signing]]] = field(default_factory=dict)
    """By kind: what the guardian whose page's link somebody holds is to sign for their child, or has signed; nothing for everybody else."""
    stops: Mapping[str, Callable[[int], Any]] = field(default_factory=dict)
    """By kind: sentences that say what must end before the trainee of that id is erased."""


def wire(app: Any, wirings: Sequence[Wiring]) -> None:
    """Collects what the nouns hand down; the same key twice is an error."""
    merged: dict[str, dict[str, Any]] = {one.name: {} for one in fields(Wiring)}
    for wiring in wirings:
        for event, task in wiring.subscriptions.items():
            merged["subscribers"][event] = (*merged["subscribers"].get(event, ()), task)
        for name, table in merged.items():
            given = {} if name in ("subscriptions", "subscribers") else getattr(wiring, name)
            if twice := table.keys() & given.keys():
                raise ValueError(f"wired twice: {name} {sorted(twice)}")
            table.update(given)
    app.extensions["wiring"] = Wiring(**merged)


def wired() -> Wiring:
    """What the running application's nouns handed down."""
    wiring: Wiring = current_app.extensions["wiring"]
    return wiring
