"""What a noun hands to the rooms below it; `app.py` collects it, foundation rooms read it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import Any

from flask import current_app

from training.kernel.policy import Actor


@dataclass(frozen=True)
class Kind:
    """A kind of shared record, as foundation rooms refer to it: by its name and an id.

    `find(actor, id)` gives the record as that actor may see it, or raises NotFound; `title(record)` names it; `url(actor,
    record)` is its page for that actor.
    """

    find: Callable[[Actor, int], Any]
    title: Callable[[Any], str]
    url: Callable[[Actor, Any], str]


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
class Wiring:
    """What one noun hands down. Keys are full names: `placement`, `placement.accepted`, `cohorts.close`."""

    tasks: Mapping[str, Task] = field(default_factory=dict)
    schedules: Mapping[str, Schedule] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    deadlines: Mapping[str, Callable[[int], None]] = field(default_factory=dict)
    """By `kind.verb`: what silence does to the record of that id."""
    workflows: Mapping[str, Any] = field(default_factory=dict)
    events: Mapping[str, Any] = field(default_factory=dict)
    """By event value: the Event member, for the words of histories."""
    notices: Mapping[str, Any] = field(default_factory=dict)
    attachments: Mapping[str, Callable[[Any], tuple[str, str, bytes]]] = field(default_factory=dict)
    """By notice value: what its letter encloses, made from the subject: file name, media type, content."""
    subscriptions: Mapping[str, str] = field(default_factory=dict)
    """By event value: the task started with the event's subject id, in the same transaction."""
    importers: Mapping[str, Any] = field(default_factory=dict)
    addresses: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    holds: Mapping[str, Callable[[int], Any]] = field(default_factory=dict)
    """By kind: which records of the trainee of that id the law keeps from being erased (`privacy.holds.Hold`)."""
    stops: Mapping[str, Callable[[int], Any]] = field(default_factory=dict)
    """By kind: sentences that say what must end before the trainee of that id is erased."""


def wire(app: Any, wirings: Sequence[Wiring]) -> None:
    """Collects what the nouns hand down; the same key twice is an error."""
    merged: dict[str, dict[str, Any]] = {one.name: {} for one in fields(Wiring)}
    for wiring in wirings:
        for name, table in merged.items():
            given = getattr(wiring, name)
            if twice := table.keys() & given.keys():
                raise ValueError(f"wired twice: {name} {sorted(twice)}")
            table.update(given)
    app.extensions["wiring"] = Wiring(**merged)


def wired() -> Wiring:
    """What the running application's nouns handed down."""
    wiring: Wiring = current_app.extensions["wiring"]
    return wiring
