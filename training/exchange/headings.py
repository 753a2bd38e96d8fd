"""Finding the heading among the first rows, and rows that are none: totals, numbered columns, repeated headings."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from training.exchange.cells import shown
from training.exchange.importers import Cell, Column
from training.kernel.i18n import LANGUAGES, force_locale

ROWS = 30
"""How far down a heading is looked for."""
_TOTALS = re.compile(r"(итого|всего|total|totals|subtotal|grand total|sum)\b")
_NUMBER = re.compile(r"-?\d[\d ]*([.,]\d+)?")


def plain(heading: object) -> str:
    """A heading as it is compared: casefolded, ё as е, punctuation and blanks as one blank."""
    folded = unicodedata.normalize("NFKC", str(heading)).casefold().replace("ё", "е")
    return " ".join(re.findall(r"[^\W_]+|№", folded))


@dataclass(frozen=True)
class Heading:
    """The heading of a sheet: its place (from 0), where each column stands (from 0), and headings nobody asked for."""

    place: int
    columns: Mapping[str, int]
    labels: Mapping[str, str]
    unread: Sequence[str]


def known_headings(columns: Sequence[Column]) -> dict[str, str]:
    """Column names by every heading they may have: name, aliases, label in each language."""
    known = {plain(word): column.name for column in columns for word in (column.name, *column.aliases)}
    for language in LANGUAGES:
        with force_locale(language):
            known |= {plain(column.label): column.name for column in columns}
    return known


def find(first_rows: Iterable[Sequence[Cell]], columns: Sequence[Column], tied: Mapping[str, str] | None = None) -> Heading | None:
    """The row in which most headings are known, the first of equals; None when no row has all required ones or any two.

    `tied` are the headings that somebody tied to a column by hand, as `plain` writes them; a column's own headings come first.
    """
    known = known_headings(columns)
    required = {column.name for column in columns if column.required}
    best: Heading | None = None
    for place, row in enumerate(first_rows):
        found = _read(place, row, known, tied or {})
        enough = len(found.columns) >= min(2, len(columns)) or (required and required <= found.columns.keys())
        if enough and (best is None or len(found.columns) > len(best.columns)):
            best = found
    return best


def _read(place: int, row: Sequence[Cell], known: Mapping[str, str], tied: Mapping[str, str]) -> Heading:
    headings = {position: label(cell) for position, cell in enumerate(row) if shown(cell)}
    columns: dict[str, int] = {}
    for words in (known, tied):
        for position, heading in headings.items():
            name = words.get(plain(heading))
            if name is not None and name not in columns and position not in columns.values():
                columns[name] = position
    labels = {name: headings[position] for name, position in columns.items()}
    unread = [heading for position, heading in headings.items() if position not in columns.values()]
    return Heading(place, columns, labels, unread)


def label(cell: object) -> str:
    """A heading as it is shown: one line of at most 80 characters."""
    return " ".join(shown(cell).split())[:80]


def likely(first_rows: Iterable[Sequence[Cell]], columns: Sequence[Column], tied: Mapping[str, str]) -> Heading | None:
    """What could become the heading by tying where none was found: the row in which most is known, of equals the one with most words."""
    known = known_headings(columns)
    best: Heading | None = None
    most = (0, 0)
    for place, row in enumerate(first_rows):
        found = _read(place, row, known, tied)
        words = len({label for label in found.unread if plain(label) and not _NUMBER.fullmatch(label)})
        if (len(found.columns), words) > most:
            most, best = (len(found.columns), words), found
    return best


def is_total(row: Sequence[Cell], blank_required: bool) -> bool:
    """Whether the row sums up others: it begins with such a word, and lacks something that every row must have or holds but numbers."""
    filled = (shown(cell) for cell in row if cell != "")
    begins = plain(next(filled, ""))
    return _TOTALS.match(begins) is not None and (blank_required or all(map(_NUMBER.fullmatch, filled)))


def is_numbering(row: Sequence[Cell]) -> bool:
    """Whether the row only numbers the columns, 1 2 3 …, as printed forms do."""
    filled = [cell for cell in row if cell != ""]
    return len(filled) >= 3 and all(shown(cell) == str(number) for number, cell in enumerate(filled, 1))


def is_repeated(row: Sequence[Cell], heading: Heading) -> bool:
    """Whether the row is the heading once more."""
    places = heading.columns.items()
    return all(position < len(row) and plain(row[position]) == plain(heading.labels[name]) for name, position in places)


def letter(position: int) -> str:
    """The letter of a column, from 0: A, B … Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
