"""The background work and what became of every letter, as lists."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from training.accounts.models import Account
from training.jobs.models import Job, JobState
from training.jobs.policies import visible_to
from training.jobs.queries import counts
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_kind
from training.kernel.policy import Actor
from training.kernel.wiring import wired
from training.notices.models import ACCOUNT, Notification
from training.notices.policies import letters_visible_to
from training.notices.queries import FATES
from training.operations.policies import can_run

_STATE = of_kind("state", _l("State"), Job.state, JobState)


def states(actor: Actor, subject: object) -> Sequence[tuple[Any, ...]]:
    """Where jobs stand, each with how many."""
    numbers = counts(actor)
    return [(state.value, state.label, numbers[state]) for state in JobState]


JOBS = Listing(
    name="jobs",
    title=_l("Jobs"),
    endpoint="operations.jobs",
    may=can_run,
    rows=visible_to,
    key=Job.id,
    words=_l("Name of the task"),
    word=lambda text: Job.task.contains(text, autoescape=True),
    filters=(Filter(_STATE.name, _STATE.label, _STATE.where, states),),
    sorts=(
        Sort("number", _l("Number"), Order.NUMBER, (Job.id,)),
        Sort("runs", _l("Runs"), Order.DAY, (Job.run_at,)),
        Sort("task", _l("Task"), Order.TEXT, (Job.task,)),
    ),
    first="-number",
    columns=(
        OutColumn(_l("Number"), lambda row: row.id),
        OutColumn(_l("Task"), lambda row: row.task),
        OutColumn(_l("State"), lambda row: row.state),
        OutColumn(_l("Runs"), lambda row: row.run_at),
        OutColumn(_l("Attempts"), lambda row: row.attempts),
        OutColumn(_l("What went wrong"), lambda row: row.error),
    ),
)


def letters(actor: Actor) -> Select[Any]:
    """Every notice, with the name of the account it went to, if it went to one; of what it says, nothing."""
    to = and_(Notification.to_kind == ACCOUNT, Account.id == Notification.to_id)
    return letters_visible_to(actor).outerjoin(Account, to).add_columns(Account.name.label("recipient"), Notification.id)


def letter(text: str) -> ColumnElement[bool]:
    """A part of the notice's name, or of the recipient's: names of accounts have no folded key."""
    named = or_(Account.name.icontains(text, autoescape=True), Account.name.contains(text.capitalize(), autoescape=True))
    theirs = and_(Notification.to_kind == ACCOUNT, Notification.to_id.in_(select(Account.id).where(named)))
    return Notification.name.contains(text, autoescape=True) | theirs


def fated(values: Sequence[str]) -> ColumnElement[bool] | None:
    """Letters of which one of these became."""
    chosen = [condition for value, (_words, condition) in FATES.items() if value in values]
    return or_(*chosen) if chosen else None


def of_topics(values: Sequence[str]) -> ColumnElement[bool] | None:
    """Notices whose names begin with one of these topics."""
    chosen = [Notification.name.startswith(f"{value}.", autoescape=True) for value in values if value in wired().topics]
    return or_(*chosen) if chosen else None


def topics(actor: Actor, subject: object) -> Sequence[tuple[str, str]]:
    """What people choose letters by, in the reader's alphabet."""
    return sorted(((key, str(topic.label)) for key, topic in wired().topics.items()), key=lambda pair: pair[1])


DELIVERIES = Listing(
    name="deliveries",
    title=_l("What became of every letter"),
    endpoint="operations.deliveries",
    may=can_run,
    rows=letters,
    key=Notification.id,
    entities=False,
    words=_l("Recipient or notice"),
    word=letter,
    filters=(
        Filter(
            "fate", _l("What became of it"), fated, lambda actor, subject: [(value, words) for value, (words, _condition) in FATES.items()]
        ),
        Filter("topic", _l("Topic"), of_topics, topics, single=True),
    ),
    sorts=(Sort("made", _l("When"), Order.DAY, (Notification.id,)),),
    first="-made",
    columns=(
        OutColumn(_l("When"), lambda row: row.Notification.made_at),
        OutColumn(_l("What became of it"), lambda row: row.Notification.fate),
        OutColumn(_l("Sent"), lambda row: row.Notification.sent_at),
        OutColumn(_l("The mail server's answer"), lambda row: row.Notification.answer),
        OutColumn(_l("To"), lambda row: row.recipient or f"{row.Notification.to_kind} {row.Notification.to_id}"),
        OutColumn(_l("Notice"), lambda row: row.Notification.name),
        OutColumn(_l("Record"), lambda row: f"{row.Notification.subject_kind} {row.Notification.subject_id}"),
    ),
)
