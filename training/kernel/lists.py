"""Lists: what was asked for in the address, and one stable page of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute
from werkzeug.datastructures import MultiDict

from training.kernel.db import db, rows

R = TypeVar("R")

SIZE = 25
"""Rows on a page."""


@dataclass(frozen=True)
class Wanted:
    """What a reader asks of a list: words, filters, order, page; everything unknown is left aside."""

    words: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, args: MultiDict[str, str], *, filters: Sequence[str] = (), sorts: Sequence[str] = ("",)) -> "Wanted":
        """The wish in a query string: `q`, `sort`, `page` and the list's own filters."""
        page = args.get("page", "1")
        sort = args.get("sort", "")
        return cls(
            words=args.get("q", "").replace("\0", "").strip()[:100],
            filters={
                name: [value for value in args.getlist(name) if value and len(value) <= 60 and "\0" not in value][:20]
                for name in filters
                if args.getlist(name)
            },
            sort=sort if sort in sorts else sorts[0],
            page=int(page) if page.isascii() and page.isdigit() and len(page) < 7 and 0 < int(page) <= 100_000 else 1,
        )

    def chosen(self, name: str) -> Sequence[str]:
        """The values asked for under a filter."""
        return self.filters.get(name, ())

    def query(self, **changes: Any) -> dict[str, Any]:
        """The query string for this wish with some of it changed; a change of anything but the page goes to page 1."""
        values: dict[str, Any] = {"q": self.words, **self.filters, "sort": self.sort, "page": self.page if not changes else 1}
        values |= changes
        return {name: value for name, value in values.items() if value and not (name == "page" and value == 1)}


@dataclass(frozen=True)
class Slice(Generic[R]):
    """One page of a list."""

    rows: Sequence[R]
    total: int
    number: int
    size: int = SIZE

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, ceil(self.total / self.size))

    @property
    def first(self) -> int:
        """The place of the first row shown, from 1; 0 when there is none."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def last(self) -> int:
        """The place of the last row shown."""
        return min(self.total, self.number * self.size)


def paged(
    query: Select[Any], wanted: Wanted, *order: ColumnElement[Any] | InstrumentedAttribute[Any], entities: bool = True, size: int = SIZE
) -> Slice[Any]:
    """The asked-for page, in a full order (end it with the key), and the whole count: two statements."""
    counted = select(func.count()).select_from(query.order_by(None).with_only_columns(1, maintain_column_froms=True).subquery())
    total = rows(counted).scalar_one()
    number = min(wanted.page, max(1, ceil(total / size)))
    found = db.session.execute(query.order_by(*order).limit(size).offset((number - 1) * size))
    return Slice(found.unique().scalars().all() if entities else found.all(), total, number, size)
