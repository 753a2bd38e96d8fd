"""Reading tables from CSV and XLSX; only the worker and the command line load it."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import chain, islice
from pathlib import Path
from zipfile import ZipFile

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from training.exchange import decoding, headings
from training.exchange.cells import shown
from training.exchange.headings import Heading
from training.exchange.importers import Cell, Column
from training.files import archives
from training.files.media import XLSX
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import NotNow

MOST_ROWS = 200_000
MOST_COLUMNS = 104
_NOTES = 20
_EXACT = 1e15
_FAR = re.compile(
    rb"""<(?:\w+:)?c\s(?:[^>]{0,200}?\s)?r\s*=\s*["'](?:(?:[D-Z][A-Z]|[A-Z]{3})\d{1,7}|[A-Z]{1,2}(?:[2-9]\d{5}|\d{7}))["'][^>]{0,200}(?<!/)>"""
)
"""A filled cell beyond column CZ or row 199,999: reading the sheet would take memory for the whole rectangle up to there."""
_CHUNK = 1024 * 1024

Numbered = tuple[int, Sequence[Cell]]


@dataclass
class Sheet:
    """A sheet of a file: its rows with their true numbers, from 1."""

    name: str
    rows: Iterator[Numbered]


@dataclass
class Table:
    """A sheet whose heading was found, and the rows under it; `notes` grow while the rows are read."""

    place: int
    name: str
    heading: Heading
    rows: Iterator[Numbered]
    notes: list[tuple[str, int]] = field(default_factory=list)
    """What was left out: `total`, `numbering` or `heading`, and the row's number."""


class Unmatched(NotNow):
    """The headings do not do; `heading` is what could do once some of it is tied to columns by hand."""

    def __init__(self, sentence: LazyString, heading: Heading | None) -> None:
        """The sentence, and what was found in its place."""
        super().__init__(sentence)
        self.heading = heading


def sheets(path: Path, media_type: str) -> list[Sheet]:
    """The sheets of a file; NotNow with a sentence when it cannot be read."""
    if media_type == XLSX:
        return _workbook(path)
    return [Sheet("", _numbered(decoding.rows(decoding.decoded(path.read_bytes()))))]


def tables(path: Path, media_type: str, columns: Sequence[Column], tied: Mapping[str, str] | None = None) -> list[Table]:
    """The sheets that have a heading for these columns; Unmatched when none has, or when the best lacks a required one.

    `tied` are headings that were tied to columns by hand, by what `headings.plain` makes of them.
    """
    found = []
    lacking: list[str] | None = None
    near: Heading | None = None
    guess: Heading | None = None
    for place, sheet in enumerate(sheets(path, media_type)):
        first = list(islice(sheet.rows, headings.ROWS))
        heading = headings.find((row for _number, row in first), columns, tied)
        if heading is None:
            guess = guess or headings.likely((row for _number, row in first), columns, tied or {})
            continue
        missing = [str(column.label) for column in columns if column.required and column.name not in heading.columns]
        if missing:
            if lacking is None or len(missing) < len(lacking):
                lacking, near = missing, heading
            continue
        table = Table(place, sheet.name, heading, iter(()))
        table.rows = _under(table, chain(first[heading.place + 1 :], sheet.rows), columns)
        found.append(table)
    if found:
        return found
    if lacking:
        raise Unmatched(
            _l("These columns are missing: %(columns)s. Add them, or take the sample file as a start.", columns=", ".join(lacking)), near
        )
    raise Unmatched(
        _l("No row with the column headings was found among the first %(rows)d. Take the sample file as a start.", rows=headings.ROWS),
        guess,
    )


def _under(table: Table, rows: Iterator[Numbered], columns: Sequence[Column]) -> Iterator[Numbered]:
    """The rows that say something; totals, numbered columns and repeated headings become notes."""
    mapped = list(table.heading.columns.values())
    required = [table.heading.columns[column.name] for column in columns if column.required]
    for number, row in rows:
        if not any(position < len(row) and shown(row[position]) for position in mapped):
            continue
        lacks = any(position >= len(row) or not shown(row[position]) for position in required) if required else True
        if headings.is_total(row, lacks):
            _note(table, "total", number)
        elif headings.is_numbering(row):
            _note(table, "numbering", number)
        elif headings.is_repeated(row, table.heading):
            _note(table, "heading", number)
        else:
            yield number, row


def _note(table: Table, what: str, number: int) -> None:
    if len(table.notes) < _NOTES:
        table.notes.append((what, number))


def _numbered(rows: Iterator[Sequence[Cell]]) -> Iterator[Numbered]:
    """Rows with their numbers, within the limits."""
    number = 0
    try:
        for number, row in enumerate(rows, 1):
            if number > MOST_ROWS:
                raise NotNow(_l("There are more than %(rows)d rows. Divide the file.", rows=MOST_ROWS))
            yield number, row[:MOST_COLUMNS]
    except csv.Error as error:
        raise NotNow(
            _l("After row %(row)d the file cannot be read: a quotation mark is missing, or it is not a table.", row=number)
        ) from error


def _workbook(path: Path) -> list[Sheet]:
    archives.check_contents(path)
    _check_extent(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        shown_sheets = [
            one.name for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]
        return [Sheet(name, _numbered(_cells(workbook, name))) for name in shown_sheets]
    except CalamineError as error:
        raise NotNow(_l("This file is damaged and cannot be opened. Save it again and send that one.")) from error


def _cells(workbook: CalamineWorkbook, name: str) -> Iterator[Sequence[Cell]]:
    """The rows of a sheet, from its first row and column on."""
    try:
        sheet = workbook.get_sheet_by_name(name)
    except CalamineError as error:
        raise NotNow(_l("This file is damaged and cannot be opened. Save it again and send that one.")) from error
    before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    for row in sheet.iter_rows():
        yield before + [_cell(cell) for cell in row]


def _cell(cell: Cell | timedelta) -> Cell:
    """A cell: whole numbers without a fraction, a span of time as text."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < _EXACT else cell
    return str(cell) if isinstance(cell, timedelta) else cell


def _check_extent(path: Path) -> None:
    """Refuses sheets with a cell so far out that reading them would fill the memory."""
    with ZipFile(path) as archive:
        for name in archive.namelist():
            rest = b""
            with archive.open(name) as sheet:
                while chunk := sheet.read(_CHUNK):
                    if _FAR.search(rest + chunk):
                        raise NotNow(
                            _l(
                                "At most %(columns)d columns and %(rows)d rows fit. Divide the file, or clear cells far from the table.",
                                columns=MOST_COLUMNS,
                                rows=MOST_ROWS,
                            )
                        )
                    rest = chunk[-500:]
