"""Values of rows as JSON and back, with their types."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from training.kernel.money import Money


def packed(value: Any) -> Any:
    """A value as JSON keeps it: what JSON has no word for becomes a marked pair."""
    if type(value) in (str, int, float, bool, type(None)):
        return value
    match value:
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case Decimal():
            return {"decimal": str(value)}
        case Money():
            return {"money": [value.minor, value.currency]}
        case list() | tuple():
            return [packed(one) for one in value]
        case str():
            return str(value)
        case None | bool() | int() | float():
            return value
        case _:
            raise TypeError(f"a row cannot keep {value!r}")


def unpacked(value: Any) -> Any:
    """The value again."""
    match value:
        case {"moment": str(written)}:
            return datetime.fromisoformat(written)
        case {"day": str(written)}:
            return date.fromisoformat(written)
        case {"decimal": str(written)}:
            return Decimal(written)
        case {"money": [int(minor), str(currency)]}:
            return Money(minor, currency)
        case list():
            return [unpacked(one) for one in value]
        case _:
            return value
