"""What a search answers with, and how a kind of record is asked for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from training.kernel.i18n import LazyString
from training.kernel.workflow import State
from training.search.queries import BEST
from training.search.words import roots

Key = ColumnElement[str] | InstrumentedAttribute[str]


@dataclass(frozen=True)
class Answer:
    """One record: what it is called, what else tells it from others, where it stands, and its page as endpoint and arguments."""

    title: str
    detail: str
    page: str
    arguments: dict[str, Any]
    state: State | None = None


@dataclass(frozen=True)
class Found:
    """The rows of one kind that fit, in their full order, and what makes an answer of a row."""

    query: Select[*tuple[Any, ...]]
    order: Sequence[Any]
    answer: Callable[[Any], Answer]


@dataclass(frozen=True)
class Source:
    """A kind of record: `find(actor, words)` begins with what the actor may see; `titles(actor)` are the words that it can be meant by."""

    name: str
    label: LazyString
    icon: str
    find: Callable[[Any, str], Found]
    titles: Callable[[Any], Select[Any]]


@dataclass(frozen=True)
class Group:
    """The best answers of one kind, and how many there are."""

    source: Source
    answers: Sequence[Answer]
    total: int

    @property
    def more(self) -> bool:
        """Whether there are so many that they were not counted to the end."""
        return self.total >= BEST


@dataclass(frozen=True)
class Answers:
    """Everything that was found, by kind; `meant` are the words it was found for, where those that were typed found nothing."""

    groups: Sequence[Group] = field(default=())
    meant: str | None = None

    @property
    def total(self) -> int:
        """How many answers there are in all."""
        return sum(group.total for group in self.groups)


def fits(words: str, *keys: Key) -> ColumnElement[bool]:
    """As a condition: each typed word, in any of its forms, stands in one of the keys."""
    found = [or_(*(key.contains(root, autoescape=True) for key in keys)) for root in roots(words)]
    return and_(*found) if found else false()
