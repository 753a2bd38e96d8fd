"""What a list says of itself once, so that its page, its saved views and its files are all the same list."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, UnaryExpression, func, select
from sqlalchemy.sql import operators
from werkzeug.datastructures import MultiDict

from training.kernel.db import db
from training.kernel.i18n import LazyString, _l
from training.kernel.keys import sort_key
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.policy import Actor
from training.kernel.wiring import wired

AT_ONCE = 500
"""Rows of a file that are read by one statement."""

Options = Callable[[Actor, Any], Sequence[tuple[Any, ...]]]
"""The choices of a filter for an actor and the list's subject, as (value, label) or (value, label, how many rows)."""


@dataclass(frozen=True)
class OutColumn:
    """A column of a list that goes out: its heading, and what of a row stands in it."""

    label: str | LazyString
    value: Callable[[Any], Any]


class Order(Enum):
    """How the two directions of an order are named."""

    TEXT = _l("%(what)s, A to Z"), _l("%(what)s, Z to A")
    DAY = _l("%(what)s, earliest first"), _l("%(what)s, latest first")
    NUMBER = _l("%(what)s, least first"), _l("%(what)s, most first")
    GROUP = _l("%(what)s last"), _l("%(what)s first")


@dataclass(frozen=True)
class Sort:
    """An order that a list can have; `-name` is the same backwards."""

    name: str
    label: LazyString
    kind: Order
    columns: tuple[Any, ...]

    def words(self, *, backwards: bool) -> str:
        """The order in the reader's words."""
        forwards, back = self.kind.value
        return str(back if backwards else forwards) % {"what": str(self.label)}

    def order(self, *, backwards: bool) -> list[ColumnElement[Any]]:
        """The columns to order by."""
        return [_reversed(column) if backwards else column for column in self.columns]


def _reversed(column: Any) -> ColumnElement[Any]:
    if isinstance(column, UnaryExpression) and column.modifier is operators.desc_op:
        return column.element
    return cast("ColumnElement[Any]", column.desc())


@dataclass(frozen=True)
class Filter:
    """What a list can be narrowed by: choices, and the condition that chosen values make.

    `where(values)` is only given values of its choices; `otherwise` holds while nothing is chosen.
    """

    name: str
    label: LazyString
    where: Callable[[Sequence[str]], ColumnElement[bool] | None]
    options: Options
    otherwise: ColumnElement[bool] | None = None
    single: bool = False
    """Whether one of many choices is taken, from a menu."""
    least: int = 1
    """Fewer choices than these are not worth asking."""


def of_kind(name: str, label: LazyString, column: Any, kind: type[Any], otherwise: ColumnElement[bool] | None = None) -> Filter:
    """A filter by the members of an enumeration."""

    def where(values: Sequence[str]) -> ColumnElement[bool] | None:
        chosen = [member for member in kind if member.value in values]
        return column.in_(chosen) if chosen else None

    return Filter(name, label, where, lambda actor, subject: [(member.value, member.label) for member in kind], otherwise)


def of_key(name: str, label: LazyString, column: Any, options: Options) -> Filter:
    """A filter by the key of another record."""

    def where(values: Sequence[str]) -> ColumnElement[bool] | None:
        keys = [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 10]
        return column.in_(keys) if keys else None

    return Filter(name, label, where, options, least=2)


def of_text(name: str, label: LazyString, column: Any, options: Options) -> Filter:
    """A filter by text as it stands: a town, a group."""
    return Filter(name, label, lambda values: column.in_(values) if values else None, options, least=2)


def of_yes(name: str, label: LazyString, yes: tuple[LazyString, ColumnElement[bool]], no: tuple[LazyString, ColumnElement[bool]]) -> Filter:
    """A filter by whether something is so."""
    told = {"yes": yes, "no": no}

    def where(values: Sequence[str]) -> ColumnElement[bool] | None:
        chosen = [told[value][1] for value in told if value in values]
        return chosen[0] if len(chosen) == 1 else None

    return Filter(name, label, where, lambda actor, subject: [(value, words) for value, (words, _condition) in told.items()])


@dataclass(frozen=True)
class Layout:
    """How a list goes out in the columns that it comes in by: to those who may import it, without rows that could not come back."""

    kind: str
    """Which importer reads it."""
    columns: tuple[OutColumn, ...]
    may: Callable[[Actor], bool]
    only: Callable[[Actor], ColumnElement[bool]]
    loads: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Listing:
    """One list of the product.

    `rows(actor)`, or `rows(actor, subject)` where the list belongs to a record, is `visible_to` with its joins, unordered;
    `loads` are the options that a line needs; `may` and `subject` are those of its page. `word(text)` is the condition that one
    folded word makes; `match(query, wanted, subject)` narrows by the whole wish and may rank. `dress(rows, subject, wanted)` makes
    of the rows read what page and file show. What goes out is `columns` and nothing else.
    """

    name: str
    title: LazyString
    endpoint: str
    may: Callable[..., bool]
    rows: Callable[..., Select[Any]]
    key: Any
    sorts: tuple[Sort, ...]
    first: str
    """The order while none is asked for."""
    columns: tuple[OutColumn, ...]
    filters: tuple[Filter, ...] = ()
    words: LazyString | None = None
    """What can be typed into the search box."""
    word: Callable[[str], ColumnElement[bool]] | None = None
    match: Callable[[Select[Any], Wanted, Any], tuple[Select[Any], ColumnElement[Any] | None]] | None = None
    subject: Callable[..., Any] | None = None
    loads: tuple[Any, ...] = ()
    ranked: Callable[[Wanted], bool] = field(default=lambda wanted: False)
    """Whether `match` ranks what a wish finds."""
    dress: Callable[[Sequence[Any], Any, Wanted], Sequence[Any]] | None = None
    entities: bool = True
    size: int = field(default=25)
    layout: Layout | None = None
    """Of a list that is imported."""

    def read(self, args: MultiDict[str, str]) -> Wanted:
        """The wish in a query string, as far as this list knows it."""
        orders = [sign + one.name for one in self.sorts for sign in ("", "-")]
        wanted = Wanted.read(args, filters=[one.name for one in self.filters], sorts=[self.first, *orders])
        return replace(wanted, sort="" if wanted.sort == self.first else wanted.sort)

    def allowed(self, actor: Actor, subject: Any = None) -> bool:
        """What the page's rule says."""
        return self.may(actor) if self.subject is None else self.may(actor, subject)

    def laid_out(self) -> "Listing":
        """The same list in the layout in which it is imported."""
        layout = self.layout
        assert layout is not None, f"{self.name} is not imported"

        def rows(actor: Actor, *subject: Any) -> Select[Any]:
            return self.rows(actor, *subject).where(layout.only(actor))

        return replace(
            self,
            rows=rows,
            columns=layout.columns,
            loads=(*self.loads, *layout.loads),
            may=lambda actor, *subject: self.may(actor, *subject) and layout.may(actor),
        )

    def owner(self, actor: Actor, args: Mapping[str, Any]) -> Any:
        """The record that the list belongs to, if any; NotFound when it is not the actor's to see."""
        return self.subject(actor, **args) if self.subject is not None else None

    def total(self, actor: Actor, wanted: Wanted, subject: Any = None) -> int:
        """How many rows there are."""
        query, _order = self._asked(actor, wanted, subject)
        return (
            db.session.scalar(select(func.count()).select_from(query.with_only_columns(self.key, maintain_column_froms=True).subquery()))
            or 0
        )

    def page(self, actor: Actor, wanted: Wanted, subject: Any = None) -> Slice[Any]:
        """The page asked for."""
        query, order = self._asked(actor, wanted, subject)
        found = paged(query.options(*self.loads), wanted, *order, entities=self.entities, size=self.size)
        return replace(found, rows=self.dress(found.rows, subject, wanted)) if self.dress else found

    def walk(self, actor: Actor, wanted: Wanted, subject: Any = None) -> Iterator[Any]:
        """Every row in order, some hundred at a time, each time with the rights of that moment; only the keys are kept."""
        query, order = self._asked(actor, wanted, subject)
        keys = array("q", db.session.scalars(query.with_only_columns(self.key, maintain_column_froms=True).order_by(*order)))
        whole = query.options(*self.loads)
        for start in range(0, len(keys), AT_ONCE):
            some = keys[start : start + AT_ONCE].tolist()
            result = db.session.execute(whole.where(self.key.in_(some)))
            rows = result.unique().scalars().all() if self.entities else result.all()
            by_key = {getattr(row, self.key.key): row for row in rows}
            found = [by_key[key] for key in some if key in by_key]
            yield from self.dress(found, subject, wanted) if self.dress else found

    def _asked(self, actor: Actor, wanted: Wanted, subject: Any) -> tuple[Select[Any], list[ColumnElement[Any]]]:
        """The rows that fit words and filters, and the full order asked for."""
        query = self.rows(actor) if self.subject is None else self.rows(actor, subject)
        for one in self.filters:
            condition = one.where(wanted.chosen(one.name))
            condition = one.otherwise if condition is None else condition
            query = query if condition is None else query.where(condition)
        rank: list[ColumnElement[Any]] = []
        if self.match is not None:
            query, best = self.match(query, wanted, subject)
            rank = [] if wanted.sort or best is None else [best]
        if self.word is not None:
            for text in sort_key(wanted.words).split():
                query = query.where(self.word(text))
        return query, [*rank, *self.order(wanted.sort or self.first)]

    def order(self, name: str) -> list[ColumnElement[Any]]:
        """The full order of that name, the key last."""
        backwards = name.startswith("-")
        sort = next(one for one in self.sorts if one.name == name.removeprefix("-"))
        return [*sort.order(backwards=backwards), _reversed(self.key) if backwards else self.key]


def listings() -> Mapping[str, Listing]:
    """What the nouns have wired, by name."""
    return cast("Mapping[str, Listing]", wired().lists)


def of_endpoint(endpoint: str) -> Listing | None:
    """The list that a page shows, if it is one."""
    return next((one for one in listings().values() if one.endpoint == endpoint), None)
