"""Codes and dates, which spreadsheets take for one another."""

import re
from datetime import date, datetime, timedelta

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}.*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_CODE = re.compile(r"(\d{1,2})[.,/-](\d{1,2})[.,/-](\d{2})")
_EPOCH = date(1899, 12, 30)
"""Day 0 of spreadsheets, once 1900 is past (ISO/IEC 29500-1, 18.17.4.1)."""
_LAST_SERIAL = 109_574  # 31 December 2199


def as_code(cell: object) -> str:
    """The code in a cell: what a spreadsheet has made a date of becomes 15.01.05 again, 15.1.05 gets its zero; other text stays."""
    if isinstance(cell, date):
        return f"{cell:%d.%m.%y}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    written = " ".join(str(cell).split())
    if found := _ISO.fullmatch(written):
        year, month, day = found.groups()
        return f"{int(day):02}.{int(month):02}.{year[2:]}"
    if found := _DAY_FIRST.fullmatch(written):
        day, month, year = found.groups()
        return f"{int(day):02}.{int(month):02}.{year[2:]}"
    if found := _CODE.fullmatch(written):
        first, second, third = found.groups()
        return f"{int(first):02}.{int(second):02}.{third}"
    return written


def as_date(cell: object) -> date | None:
    """The day in a cell: a date, a spreadsheet's serial number, ISO or day first; None for other text.

    Raises ValueError when it reads as a date but there is no such day.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _EPOCH + timedelta(days=int(cell)) if 1 <= cell <= _LAST_SERIAL else None
    written = str(cell).strip()
    if found := _ISO.fullmatch(written):
        year, month, day = found.groups()
        return date(int(year), int(month), int(day))
    if found := _DAY_FIRST.fullmatch(written):
        day, month, year = found.groups()
        return date(int(year), int(month), int(day))
    return None
