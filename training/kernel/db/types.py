"""Column types, chosen so that SQLite and PostgreSQL mean the same by them."""

import enum
from datetime import UTC, date, datetime
from typing import Annotated, Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Dialect, Enum, Integer, String
from sqlalchemy.types import TypeDecorator, TypeEngine

Word = Annotated[str, 60]
"""A code, a short word: up to 60 characters."""
Line = Annotated[str, 200]
"""A name, a title, an address: up to 200 characters."""
Prose = Annotated[str, 4000]
"""Paragraphs a person wrote: up to 4,000 characters."""
Digest = Annotated[str, 64]
"""A SHA-256 in hexadecimal."""
Slug = Annotated[str, 40]
"""What stands in a public address."""
Key = Annotated[str, 240]
"""A stored sort or search key (see kernel.keys); compared byte by byte on both databases."""
Facts = Annotated[dict[str, Any], JSON]
"""JSON that is shown or read whole, never searched."""


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite keeps it without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, or an error for a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a zone: {value!r}")
        there = value.astimezone(UTC)
        return there.replace(tzinfo=None) if dialect.name == "sqlite" else there

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The aware moment."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _key(length: int) -> TypeEngine[str]:
    return String(length).with_variant(String(length, collation="C"), "postgresql")


ANNOTATIONS: dict[Any, TypeEngine[Any]] = {
    Word: String(60),
    Line: String(200),
    Prose: String(4000),
    Digest: String(64),
    Slug: _key(40),
    Key: _key(240),
    Facts: JSON(),
    bool: Boolean(create_constraint=False),
    int: Integer(),
    date: Date(),
    datetime: Moment(),
    enum.Enum: Enum(
        enum.Enum,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda kind: [member.value for member in kind],
    ),
}
