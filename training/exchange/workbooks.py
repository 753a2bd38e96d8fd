"""Writing XLSX with constant memory; text is text there, whatever it begins with and however much it looks like a date."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from xlsxwriter import Workbook

_OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_767
"""Characters that a cell holds (ECMA-376)."""
_WIDTH = 22


def made(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> IO[bytes]:
    """A workbook with one sheet in a temporary file, at its beginning."""
    target: IO[bytes] = TemporaryFile()  # noqa: SIM115 -- whoever sends it closes it
    with Workbook(target, _OPTIONS) as book:
        sheet = book.add_worksheet()
        bold, text = book.add_format({"bold": True, "num_format": "@"}), book.add_format({"num_format": "@"})
        day, moment = book.add_format({"num_format": "dd.mm.yyyy"}), book.add_format({"num_format": "dd.mm.yyyy hh:mm"})
        sheet.set_column(0, max(0, len(heading) - 1), _WIDTH)
        sheet.freeze_panes(1, 0)
        for column, label in enumerate(heading):
            sheet.write_string(0, column, label, bold)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                match value:
                    case datetime():
                        sheet.write_datetime(number, column, value, moment)
                    case date():
                        sheet.write_datetime(number, column, value, day)
                    case int() | float() | Decimal():
                        sheet.write_number(number, column, value)
                    case "":
                        pass
                    case _:
                        sheet.write_string(number, column, str(value)[:_LONGEST], text)
    target.seek(0)
    return target
