"""Lifecycles as tables: what leads where, whose turn each state is, and what silence does."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from training.kernel.i18n import LazyString, _l
from training.kernel.policy import NotNow, Role

SYSTEM = "system"
"""A transition that only the scheduler makes."""

UNSAID = LazyString(str)
"""A label that is looked up, not given: `State("value")` finds a member."""

_moving: ContextVar[bool] = ContextVar("moving", default=False)


class State(StrEnum):
    """Where a record stands; each noun lists its own as `NAME = "value", _l("Label"), "tone"`."""

    label: LazyString
    tone: str

    def __new__(cls, value: str, label: LazyString = UNSAID, tone: str = "secondary") -> Self:
        """A state with its label and its tone (success, warning, danger, info, secondary, primary)."""
        state = str.__new__(cls, value)
        state._value_ = value
        state.label = label
        state.tone = tone
        return state


class Event(StrEnum):
    """What happened, past tense, as `NAME = "noun.past", _l("Sentence")`."""

    words: LazyString

    def __new__(cls, value: str, words: LazyString = UNSAID) -> Self:
        """An event with the words its history line says."""
        event = str.__new__(cls, value)
        event._value_ = value
        event.words = words
        return event


class Notice(StrEnum):
    """What people are told; the value is the full name and the folder in templates/emails.

    One that nobody can switch off says why: `NAME = "noun.past", _l("Sentence")`.
    """

    must: LazyString | None

    def __new__(cls, value: str, must: LazyString | None = None) -> Self:
        """A notice, and why it always comes by mail at once, if it does."""
        notice = str.__new__(cls, value)
        notice._value_ = value
        notice.must = must
        return notice


class Party(StrEnum):
    """A side of a shared record."""

    SCHOOL = "school"
    EMPLOYER = "employer"
    AUTHORITY = "authority"
    OPERATOR = "operator"
    TRAINEE = "trainee"
    GUARDIAN = "guardian"
    MENTOR = "mentor"
    TEACHER = "teacher"


@dataclass(frozen=True)
class Transition:
    """One arrow of a lifecycle; `by` names who makes it when it is not a page's verb."""

    sources: Sequence[State]
    target: State
    reason: bool = field(default=False, kw_only=True)
    by: str | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Turn:
    """Whose move a state is: the party, the verb expected, the roles it concerns, the days it may take, what silence does.

    A `second` person's move does not concern whoever brought the record into the state.
    """

    party: Party
    verb: str
    roles: tuple[Role, ...] = field(default=(), kw_only=True)
    days: int | None = field(default=None, kw_only=True)
    silence: str | None = field(default=None, kw_only=True)
    second: bool = field(default=False, kw_only=True)


class Workflow:
    """A lifecycle: transitions by verb, and whose turn each state is."""

    def __init__(self, transitions: Mapping[str, Transition], turns: Mapping[State, Turn] | None = None) -> None:
        """The table; a turn's verb and silence must be transitions out of its state or names of a page."""
        self.transitions = dict(transitions)
        self.turns = dict(turns or {})
        for state, turn in self.turns.items():
            if turn.silence and state not in self.transitions[turn.silence].sources:
                raise ValueError(f"silence at {state} leads to {turn.silence}, which does not start there")

    def can(self, verb: str, state: State) -> bool:
        """Whether the verb starts at that state."""
        return state in self.transitions[verb].sources

    def verbs_from(self, state: State) -> list[str]:
        """The verbs that start at that state, in the table's order."""
        return [verb for verb in self.transitions if self.can(verb, state)]

    def apply(self, verb: str, record: Any) -> None:
        """Moves the record; NotNow when it stands elsewhere. Only `turns.move` calls this."""
        transition = self.transitions[verb]
        if record.state not in transition.sources:
            raise NotNow(_l("This is %(state)s now, so that step is over. Look at the record again.", state=record.state.label))
        with moving():
            record.state = transition.target


@contextmanager
def moving() -> Iterator[None]:
    """Within the block a `.state` may be written."""
    token = _moving.set(True)
    try:
        yield
    finally:
        _moving.reset(token)


def state_may_change() -> bool:
    """Whether the workflow is moving a record right now."""
    return _moving.get()
