"""Lists as files: CSV as it goes, XLSX at once; no cell of either can run as a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import IO, Any
from zoneinfo import ZoneInfo

from training.exchange.decoding import BEGINNINGS
from training.kernel.i18n import _, language
from training.kernel.listings import OutColumn
from training.kernel.money import Money

_AT_ONCE = 200
"""Rows of one piece of a CSV file on its way."""


def safe(text: str) -> str:
    """Text that no spreadsheet program runs: what could begin a formula gets an apostrophe before it (OWASP, CSV injection).

    So does text that looks as if it had got one, so that `decoding.plain` gives every text back as it was.
    """
    return f"'{text}" if text.lstrip("'").startswith(BEGINNINGS) else text


def cell(value: Any, zone: str = "UTC") -> str | int | float | Decimal | date:
    """A value as spreadsheets take it: numbers, days and moments (at `zone`, without it) as such, everything else as text."""
    match value:
        case None:
            return ""
        case Enum():
            return str(getattr(value, "label", value.value))
        case bool():
            return str(_("Yes") if value else _("No"))
        case Money():
            return value.amount
        case datetime():
            return value.astimezone(ZoneInfo(zone)).replace(tzinfo=None, microsecond=0)
        case int() | float() | Decimal() | date():
            return value
        case _:
            return str(value).replace("\0", "").encode("utf-8", "replace").decode()


def written(value: str | int | float | Decimal | date) -> str:
    """A cell as CSV has it, in the reader's way of writing dates and fractions; codes are text and stay as they are."""
    russian = language() == "ru"
    match value:
        case str():
            return safe(value)
        case datetime():
            return f"{value:%d.%m.%Y %H:%M}" if russian else f"{value:%Y-%m-%d %H:%M}"
        case date():
            return f"{value:%d.%m.%Y}" if russian else value.isoformat()
        case int():
            return str(value)
        case _:
            return str(value).replace(".", ",") if russian else str(value)


def csv_pieces(columns: Sequence[OutColumn], rows: Iterable[Any], zone: str = "UTC") -> Iterator[bytes]:
    """A CSV file piece by piece: UTF-8 with a byte order mark, `;` between cells for Russian readers, whose programs expect that."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if language() == "ru" else ",")
    buffer.write("\ufeff")
    writer.writerow([safe(str(column.label)) for column in columns])
    for number, row in enumerate(rows, 1):
        writer.writerow([written(cell(column.value(row), zone)) for column in columns])
        if number % _AT_ONCE == 0:
            yield _emptied(buffer)
    yield _emptied(buffer)


def workbook(columns: Sequence[OutColumn], rows: Iterable[Any], zone: str = "UTC") -> IO[bytes]:
    """An XLSX file in a temporary file, at its beginning; what writes it is loaded when first asked for."""
    table = ([cell(column.value(row), zone) for column in columns] for row in rows)
    made: IO[bytes] = import_module("training.exchange.workbooks").made([str(column.label) for column in columns], table)
    return made


def _emptied(buffer: io.StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece
