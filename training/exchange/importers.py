"""What a noun says so that its lists can be imported."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, cast

from sqlalchemy import Select

from training.exchange.cells import text
from training.kernel.i18n import LazyString, _
from training.kernel.listings import OutColumn
from training.kernel.policy import ROLES_OF, Actor, Member, Role
from training.kernel.wiring import wired

Cell = str | int | float | bool | date | time
"""What stands in a cell; nothing is the empty text, and a `date` may be a `datetime`."""


@dataclass(frozen=True)
class Column:
    """A column of an importer: its headings in both languages, and how its cells are read.

    `read(cell)` gives the value or raises `cells.BadCell` with a sentence; it is not asked about blank cells, which are None.
    Values are text, numbers, booleans, dates, moments, `Decimal` or `Money`; enumerations arrive as their text.
    """

    name: str
    label: LazyString
    aliases: tuple[str, ...] = ()
    required: bool = field(default=False, kw_only=True)
    read: Callable[[Any], Any] = field(default=text, kw_only=True)
    example: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Wrong:
    """Something wrong with a row: in one of its columns, or in the row as a whole."""

    column: str | None
    sentence: str | LazyString

    def named(self) -> "Wrong":
        """With the column's name before the sentence, for the reader of a file of many columns, most of which are not shown."""
        said = str(self.sentence)
        if self.column is None or said.startswith(f"{self.column}: "):
            return self
        return Wrong(self.column, _("%(column)s: %(sentence)s", column=self.column, sentence=said))


@dataclass
class Row:
    """A row while it is checked: `values` by column name, without the columns that the file does not have."""

    sheet: int
    number: int
    values: dict[str, Any]
    errors: list[Wrong] = field(default_factory=list)
    same: bool = False
    """Everything it says is there already."""
    remarks: list[Wrong] = field(default_factory=list)
    """What the reader should know of it, and what does not stop it."""

    def wrong(self, column: str | None, sentence: str | LazyString) -> None:
        """The row cannot be taken; the sentence says what to do."""
        self.errors.append(Wrong(column, sentence))

    def remark(self, sentence: str | LazyString) -> None:
        """The row is taken, and the sentence says what to know of it."""
        self.remarks.append(Wrong(None, sentence))


@dataclass(frozen=True)
class Made:
    """What came of a row: the record it made, or changed, its version after that, and what it said `before` where it was there."""

    id: int
    version: int
    before: Mapping[str, Any] | None = None
    said: str | LazyString | None = None
    """What came of it otherwise than the preview said."""


@dataclass(frozen=True)
class Undoing:
    """How an import of one kind is taken back, while nothing was built on it.

    `kind` is the table of what is made; `now(ids)` tells names and versions of the records by id; `withdraw(actor, made)` is the
    noun's own verb, set-based: what was made is withdrawn, what was changed says again what it said before. `beside` gives, by table, the
    rows that came with the records whose ids it is given and stay when these are withdrawn: they do not count as built on anything.
    """

    kind: str
    now: Callable[[Collection[int]], Mapping[int, tuple[str, int]]]
    withdraw: Callable[[Actor, Sequence[Made]], None]
    beside: Mapping[str, Callable[[Select[Any]], Select[Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Importer:
    """How lists of one kind come in.

    `check(actor, rows)` looks at many rows at once (at most 5,000), calls `row.wrong(...)` or `row.remark(...)` and sets `row.same`; rows that already
    have errors are not given to it. `apply(actor, values)` is the noun's set-based verb; it joins the transaction that marks the
    rows as imported, and its rows were checked in that same transaction; what it returns, row by row, can be taken back by `undoing`. `key` names the columns that together tell one row of a
    file from another.
    """

    kind: str
    title: LazyString
    columns: tuple[Column, ...]
    check: Callable[[Actor, Sequence[Row]], None]
    apply: Callable[[Actor, Sequence[Mapping[str, Any]]], Sequence[Made] | None]
    may: Callable[[Actor], bool]
    key: tuple[str, ...] = ()
    undoing: Undoing | None = None
    bundled: Callable[[Actor, Sequence[Row]], None] | None = None
    """Where there is one, the students of a OneRoster bundle come in as well: with `family_name`, `given_name`, `patronymic`, `born_on`,
    `group_code`, `email` and `phone`; it fills in or refuses what the bundle leaves open, before `check`."""

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(one for one in self.columns if one.name == name)


@dataclass(frozen=True)
class Part:
    """What of a OneRoster bundle comes in beside its students: rows of one of its files, for their noun to look at and to take.

    `check` and `apply` are those of an importer; what `apply` could not take it answers with what is wrong, so that one row's
    refusal is nobody else's. Rows come with what exchange gathers for that file (`bundles.GATHERED`), the same whatever the version.
    """

    name: str
    title: LazyString
    key: tuple[str, ...]
    check: Callable[[Actor, Sequence[Row]], None]
    apply: Callable[[Actor, Sequence[Mapping[str, Any]]], Sequence[Made | Wrong]]
    undoing: Undoing
    at_once: int = 100
    """Rows of one transaction."""
    beforehand: bool = True
    """Whether it is taken unless somebody says otherwise; letters to strangers go out only when asked for."""


STUDENTS = "students"
"""The part of a bundle that the importer itself takes."""


def laid_out(importer: Importer, **values: Callable[[Any], Any]) -> tuple[OutColumn, ...]:
    """The importer's columns as a list goes out in them, each with what of a row stands there; those without are left out."""
    return tuple(OutColumn(one.label, values[one.name]) for one in importer.columns if one.name in values)


def importers() -> Mapping[str, Importer]:
    """What the nouns have wired, by kind."""
    return cast("Mapping[str, Importer]", wired().importers)


def parts() -> Mapping[str, Part]:
    """What the nouns take of a bundle beside its students, by name."""
    return cast("Mapping[str, Part]", wired().parts)


def title_of(kind: str) -> str | LazyString:
    """What lists of a kind are called."""
    found = importers().get(kind)
    return found.title if found is not None else kind


def roles_for(kind: str) -> frozenset[Role]:
    """The roles each of which alone may import lists of a kind."""
    importer = importers()[kind]
    every = [(at, role) for at, roles in ROLES_OF.items() for role in roles]
    return frozenset(role for at, role in every if importer.may(Member(account_id=0, organisation_id=0, kind=at, roles=frozenset({role}))))


def usable_by(actor: Actor) -> dict[str, Importer]:
    """The importers that the actor may use."""
    return {kind: one for kind, one in importers().items() if one.may(actor)}
