"""A bundle as an import keeps it: its students as rows, every other row with something wrong beside them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from training.exchange import services, values
from training.exchange.cells import email, shown
from training.exchange.headings import letter
from training.exchange.importers import Row, Wrong
from training.exchange.oneroster import checks
from training.exchange.oneroster.reading import Bundle, Defect, File, Line, Student, lettered
from training.exchange.workflow import Outcome
from training.kernel.i18n import _

COLUMNS = {"familyName": "family_name", "givenName": "given_name", "middleName": "patronymic", "email": "email", "phone": "phone"}
"""What a column of users.csv is called among those of the roster."""
KEY = "sourcedId"
NAMES = [KEY, "family_name", "given_name", "born_on", "group_code"]
"""What is shown of a row; more would leave no room for what is wrong with it."""


@dataclass
class Entry:
    """A row as it is kept; one that is no student's is only there for what is wrong with it."""

    row: Row
    cells: list[str]
    student: bool
    remarks: list[Wrong] = field(default_factory=list)
    """What is wrong with a student's row and does not keep it out."""


def layout(bundle: Bundle) -> dict[str, Any]:
    """What was found in the bundle, as the batch keeps it."""
    sheets = {}
    for file in (bundle.manifest, *bundle.files.values()):
        letters = {label: letter(place) for label, place in lettered(file)}
        if file.name == "users":
            letters |= {name: letters[label] for label, name in COLUMNS.items() if label in letters}
        sheets[str(file.place)] = {"name": file.title, "letters": letters, "labels": {}}
    return {
        "names": NAMES,
        "sheets": sheets,
        "unread": [],
        "notes": [],
        "bundle": {"version": bundle.version, "counts": checks.counts(bundle)},
    }


def entries(bundle: Bundle) -> Iterator[Entry]:
    """The rows of the bundle that an import keeps, in the order of its files; students to be deleted are left alone."""
    for file, line in checks.checked(bundle):
        student = bundle.students.get(line.key) if file.name == "users" and line.number > 1 else None
        if student is not None and not checks.gone(line):
            yield _student(file, line, student)
        elif line.defects:
            row = Row(file.place, line.number, {})
            row.errors.extend(_told(file, one) for one in line.defects)
            yield Entry(row, [shown(line.key)] + [""] * (len(NAMES) - 1), student=False)


def _student(file: File, line: Line, student: Student) -> Entry:
    said: dict[str, Any] = {name: " ".join(shown(line.cells.get(label, "")).split()) or None for label, name in COLUMNS.items()}
    said["group_code"] = " ".join(student.group.split())[:60] or None
    cells = [shown(line.key)] + [(student.born_on if name == "born_on" else said[name]) or "" for name in NAMES[1:]]
    said["born_on"] = None
    with suppress(ValueError):
        said["born_on"] = date.fromisoformat(student.born_on)
    row = Row(file.place, line.number, said)
    row.errors.extend(_told(file, one) for one in line.defects if one.stops)
    if said["email"] and not row.errors:
        said["email"] = email(said["email"])
    return Entry(row, cells, student=True, remarks=[_told(file, one) for one in line.defects if not one.stops])


def _told(file: File, defect: Defect) -> Wrong:
    """A defect with its column's name before the sentence, for the reader of a file of many columns."""
    if defect.column is None:
        return Wrong(None, defect.sentence)
    column = COLUMNS.get(defect.column, defect.column) if file.name == "users" else defect.column
    return Wrong(column, _("%(column)s: %(sentence)s", column=defect.column, sentence=str(defect.sentence)))


def kept(one: Entry, key: str | None, layout: dict[str, Any]) -> dict[str, Any]:
    """A row as it is staged; a student's is ready in spite of remarks."""
    row = one.row
    return {
        "sheet": row.sheet,
        "number": row.number,
        "outcome": services.outcome_of(row) if one.student else Outcome.BAD,
        "key": key,
        "cells": one.cells,
        "values": None if row.errors else {name: values.packed(value) for name, value in row.values.items()},
        "errors": services.told([*row.errors, *one.remarks], layout, row) or None,
    }
