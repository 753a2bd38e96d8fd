"""What an import says as a file: the report on its rows, and the sample to start from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from training.exchange.importers import STUDENTS, Importer, parts
from training.exchange.models import HeadingTie, ImportBatch, ImportRow
from training.exchange.workflow import Outcome, State
from training.kernel.i18n import LazyString, _, _l
from training.kernel.listings import OutColumn

MOST_IN_WORKBOOK = 20_000
"""Rows of a report that a page makes as XLSX; larger ones go as CSV."""


@dataclass(frozen=True)
class Shown:
    """A row as the preview shows it: its number, the cells by column, which of them are wrong, and what to do."""

    number: str
    cells: Mapping[str, str]
    bad: Sequence[str]
    sentence: str
    outcome: Outcome


def shown(batch: ImportBatch, rows: Iterable[ImportRow]) -> list[Shown]:
    """Rows for the preview; where a file has several sheets, each number says which."""
    sheets = batch.layout.get("sheets", {})
    return [
        Shown(
            f"{sheets[str(row.sheet)]['name']} · {row.number}" if len(sheets) > 1 else str(row.number),
            dict(zip(batch.names, row.cells, strict=False)),
            [one["column"] for one in row.errors or []],
            " ".join(one["sentence"] for one in row.errors or []) or str(row.outcome.label),
            row.outcome,
        )
        for row in rows
    ]


def labels(batch: ImportBatch, importer: Importer | None) -> list[tuple[str, str | LazyString, bool]]:
    """The columns that the file has, as (name, label, whether figures stand there)."""
    known = {column.name: column.label for column in importer.columns} if importer else {}
    return [(name, known.get(name, name), False) for name in batch.names]


def notes(batch: ImportBatch) -> list[str | LazyString]:
    """What was left out of the file, in sentences."""
    told: list[str | LazyString] = []
    if totals := _numbers(batch, "total"):
        told.append(_l("Left out, because they sum up others: rows %(rows)s.", rows=totals))
    if numberings := _numbers(batch, "numbering"):
        told.append(_l("Left out, because they only number the columns: rows %(rows)s.", rows=numberings))
    if headings := _numbers(batch, "heading"):
        told.append(_l("Left out, because they repeat the headings: rows %(rows)s.", rows=headings))
    if unread := batch.layout.get("unread"):
        told.append(_l("Columns that are not read here: %(columns)s.", columns=", ".join(unread)))
    if bundle := batch.layout.get("bundle"):
        listed = ", ".join(f"{name} {count}" for name, count in bundle["counts"].items())
        told.append(_l("OneRoster %(version)s, rows: %(files)s.", version=bundle["version"], files=listed))
        told.append(
            _l(
                "Students come in, with the birth date from demographics.csv and the group from their homeroom class; classes as cohorts, students' places in them as enrolments; teachers and administrators are invited. All else is checked and not taken. Passwords are never read."
            )
        )
    return told


@dataclass(frozen=True)
class Counted:
    """What a bundle holds of one kind, how many rows of it became what, and whether it is taken without being asked for."""

    part: str
    title: str | LazyString
    numbers: Mapping[Outcome, int]
    beforehand: bool


def counted(batch: ImportBatch, numbers: Mapping[str, Mapping[Outcome, int]]) -> list[Counted]:
    """The parts of a bundle in the order in which they are taken."""
    every = {STUDENTS: (_l("Students"), True), **{name: (part.title, part.beforehand) for name, part in parts().items()}}
    return [Counted(name, title, numbers[name], beforehand) for name, (title, beforehand) in every.items() if name in numbers]


def ready(found: Sequence[Counted]) -> list[tuple[str, str]]:
    """The parts of which something can be taken, each with how much."""
    return [(one.part, f"{one.title}: {number}") for one in found if (number := one.numbers.get(Outcome.READY))]


def outcomes(batch: ImportBatch, found: Sequence[Counted]) -> list[Outcome]:
    """Which of them a table of the parts has: what will be taken or was, what was there, what is not taken, and the rest where there is some."""
    first = Outcome.READY if batch.state is State.CHECKED else Outcome.APPLIED
    rare = [one for one in (Outcome.UNDONE, Outcome.KEPT) if any(part.numbers.get(one) for part in found)]
    return [first, Outcome.SAME, Outcome.BAD, *rare]


def free(batch: ImportBatch, importer: Importer | None) -> list[tuple[str, str]]:
    """The columns that the file does not have yet, as (name, label); required ones say so."""
    columns = [column for column in (importer.columns if importer else ()) if column.name not in batch.names]
    return [(one.name, _("%(column)s (required)", column=str(one.label)) if one.required else str(one.label)) for one in columns]


def tied(ties: Iterable[HeadingTie], importer: Importer | None) -> list[tuple[int, str, str]]:
    """What was tied by hand, as (key, heading, label of the column)."""
    known = {column.name: str(column.label) for column in importer.columns} if importer else {}
    return [(one.id, one.label, known.get(one.means, one.means)) for one in ties]


def report(batch: ImportBatch, importer: Importer | None) -> list[OutColumn]:
    """The columns of a report: where the row stood, what became of it, what to do, and the row as it was written."""
    sheets = batch.layout.get("sheets", {})
    columns = [
        OutColumn(_l("Row"), lambda row: row.number),
        OutColumn(_l("Outcome"), lambda row: row.outcome),
        OutColumn(_l("What to do"), lambda row: " ".join(one["sentence"] for one in row.errors or [])),
        OutColumn(_l("Cells"), lambda row: ", ".join(one["cell"] for one in row.errors or [] if one["cell"])),
    ]
    if len(sheets) > 1:
        columns.insert(0, OutColumn(_l("Sheet"), lambda row: sheets[str(row.sheet)]["name"]))
    known = {column.name: column.label for column in importer.columns} if importer else {}
    return columns + [OutColumn(known.get(name, name), _cell_at(place)) for place, name in enumerate(batch.names)]


def sample(importer: Importer) -> list[OutColumn]:
    """The columns of a sample file, whose one row is the importer itself."""
    return [OutColumn(column.label, _example_of(place)) for place, column in enumerate(importer.columns)]


def _numbers(batch: ImportBatch, kind: str) -> str:
    return ", ".join(str(number) for _sheet, what, number in batch.layout.get("notes", []) if what == kind)


def _cell_at(place: int) -> Callable[[ImportRow], Any]:
    return lambda row: row.cells[place] if place < len(row.cells) else ""


def _example_of(place: int) -> Callable[[Importer], str]:
    return lambda importer: importer.columns[place].example
