"""Moving a record along its lifecycle and keeping the open moves."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.db import Record, db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Learner, Member, NotNow, Role
from training.kernel.wiring import wired
from training.kernel.workflow import Party, Workflow
from training.turns.models import OpenTurn

_TURN = Record.metadata.tables[OpenTurn.__tablename__]
_OPEN = insert(_TURN)
_CLOSE = delete(_TURN).where(_TURN.c.subject_kind == bindparam("kind"), _TURN.c.subject_id == bindparam("id"))
_ANSWER = _CLOSE.where(_TURN.c.party == bindparam("side"))
"""Built once and executed as they are: every move of every record closes turns and opens others."""


def begin(actor: Actor, lifecycle: Workflow, subject: Any, *, through: str | None = None, due: datetime | None = None) -> None:
    """Opens the first move of a new record, which goes `through` a transition at once if one is named; `due` replaces the table's days."""
    if through is not None:
        lifecycle.apply(through, subject)
    db.session.flush()  # the open move refers to the new record's key
    _open(actor, lifecycle, subject, due)


def move(actor: Actor, lifecycle: Workflow, verb: str, subject: Any, *, reason: str | None = None, due: datetime | None = None) -> None:
    """Makes the transition and hands the record to whoever is next; NotNow when it cannot start here or lacks its reason."""
    if lifecycle.transitions[verb].reason and not reason:
        raise NotNow(_l("Say why: the other side reads it."), field="reason")
    lifecycle.apply(verb, subject)
    close(subject)
    _open(actor, lifecycle, subject, due)


def move_each(actor: Actor, lifecycle: Workflow, verb: str, subjects: Sequence[Any]) -> None:
    """Makes the same transition with many records of a kind, and closes what was open of them in one statement."""
    for subject in subjects:
        lifecycle.apply(verb, subject)
    if subjects:
        kind, ids = subjects[0].__tablename__, [one.id for one in subjects]
        db.session.connection().execute(delete(_TURN).where(_TURN.c.subject_kind == kind, _TURN.c.subject_id.in_(ids)))
    for subject in subjects:
        _open(actor, lifecycle, subject, None)


def close(subject: Record) -> None:
    """Ends every open move of the record."""
    db.session.connection().execute(_CLOSE, {"kind": subject.__tablename__, "id": subject.id})


def answered(subject: Record, party: Party) -> None:
    """Ends the open move of one party, those of the others stay."""
    db.session.connection().execute(_ANSWER, {"kind": subject.__tablename__, "id": subject.id, "side": party.value})


def withdraw(subject_kind: str, verb: str, *, party_kind: str, party_id: int) -> None:
    """Ends the open moves with one verb that a party has been asked for, of all records of a kind: one statement."""
    asked = (_TURN.c.subject_kind == subject_kind, _TURN.c.verb == verb, _TURN.c.party_kind == party_kind, _TURN.c.party_id == party_id)
    db.session.connection().execute(delete(_TURN).where(*asked))


def pass_on(party: Party, *, kind: str, giver: int, taker: int, about: str | None = None) -> None:
    """What one holder of a side (a membership, say) was to do is the other's now, with the same deadlines; `about` one kind of record, or all."""
    mine = [_TURN.c.party == party.value, _TURN.c.party_kind == kind, _TURN.c.party_id == giver]
    if about is not None:
        mine.append(_TURN.c.subject_kind == about)
    db.session.connection().execute(update(_TURN).where(*mine).values(party_id=taker))


def ask(
    subject: Any,
    party: Any,
    verb: str,
    *,
    roles: tuple[Any, ...] = (),
    due: datetime | None = None,
    silence: str | None = None,
    but: int | None = None,
) -> None:
    """Opens a further move beside the lifecycle's own, for another party of the record, `but` for the account that it does not concern."""
    db.session.connection().execute(_OPEN, _asked(subject, party, verb, roles=roles, due=due, silence=silence) | {"but_account_id": but})


def ask_each(
    subjects: Iterable[tuple[Any, datetime | None]], party: Party, verb: str, *, roles: tuple[Role, ...] = (), silence: str | None = None
) -> None:
    """Opens the same further move of many records, each until its own day: one statement."""
    turns = [_asked(subject, party, verb, roles=roles, due=due, silence=silence) for subject, due in subjects]
    if turns:
        db.session.connection().execute(_OPEN, turns)


def _asked(subject: Any, party: Any, verb: str, *, roles: tuple[Any, ...], due: datetime | None, silence: str | None) -> dict[str, Any]:
    """An open move as its row."""
    kind, key = subject.parties[party]
    return {
        "subject_kind": subject.__tablename__,
        "subject_id": subject.id,
        "party": party.value,
        "party_kind": kind,
        "party_id": key,
        "roles": sum(role.bit for role in roles),
        "but_account_id": None,
        "verb": verb,
        "since_at": clock.now(),
        "due_at": due,
        "silence": silence,
    }


def _open(actor: Actor, lifecycle: Workflow, subject: Any, due: datetime | None) -> None:
    turn = lifecycle.turns.get(subject.state)
    if turn is None or turn.party not in subject.parties:
        return
    until = due or (clock.now() + timedelta(days=turn.days) if turn.days else None)
    first = actor.account_id if turn.second and isinstance(actor, Member | Learner) else None
    ask(subject, turn.party, turn.verb, roles=turn.roles, due=until, silence=turn.silence, but=first)


@transaction()
def expire() -> int:
    """Starts a job for every move whose time is over and whose silence means something; returns how many."""
    over = db.session.scalars(
        select(OpenTurn)
        .where(OpenTurn.due_at <= clock.now(), OpenTurn.silence.is_not(None))
        .order_by(OpenTurn.due_at, OpenTurn.id)
        .limit(1000)
    ).all()
    for turn in over:
        enqueue(
            "turns.silence",
            key=f"silence:{turn.id}",
            kind=turn.subject_kind,
            verb=turn.silence,
            subject_id=turn.subject_id,
        )
    return len(over)


def silence(kind: str, verb: str, subject_id: int) -> None:
    """What silence does to one record: the service that its noun has wired for `kind.verb`."""
    wired().deadlines[f"{kind}.{verb}"](subject_id)
