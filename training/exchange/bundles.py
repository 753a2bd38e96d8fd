"""A bundle as an import keeps it: students, classes and places as rows, every other row with something wrong beside them."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from training.exchange import marking, values
from training.exchange.cells import email, shown
from training.exchange.headings import letter
from training.exchange.importers import STUDENTS, Row, Wrong
from training.exchange.oneroster import checks
from training.exchange.oneroster.reading import Bundle, Defect, File, Line, Student, lettered
from training.exchange.workflow import Outcome
from training.kernel.i18n import _, _l

COLUMNS = {"familyName": "family_name", "givenName": "given_name", "middleName": "patronymic", "email": "email", "phone": "phone"}
"""What a column of users.csv is called among those of the roster."""
KEY = "sourcedId"
NAMES = [KEY, "family_name", "given_name", "born_on", "group_code"]
"""What is shown of a row; more would leave no room for what is wrong with it."""


@dataclass
class Entry:
    """A row as it is kept; one that is no part of what comes in is only there for what is wrong with it."""

    row: Row
    cells: list[str]
    file: str
    part: str | None = None
    line: Line | None = None

    @property
    def open(self) -> bool:
        """Whether it comes in as far as is known."""
        return self.part is not None and not self.row.errors


PARTS = {"classes": "classes", "enrollments": "enrolments"}
"""What the rows of a file come in as."""


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
        elif line.number > 1 and (part := _part_of(bundle, file, line)) is not None:
            yield _part(file, line, part)
        elif line.defects:
            row = Row(file.place, line.number, {})
            row.errors.extend(_told(file, one) for one in line.defects)
            yield Entry(row, _blank(line), file.name)


def _blank(line: Line) -> list[str]:
    return [shown(line.key)] + [""] * (len(NAMES) - 1)


def _part_of(bundle: Bundle, file: File, line: Line) -> str | None:
    """What a row comes in as, beside students; those who leave a school are not invited to it."""
    return "staff" if file.name == "users" and line.key in bundle.staff and not checks.gone(line) else PARTS.get(file.name)


def _part(file: File, line: Line, part: str) -> Entry:
    """A row that its noun looks at; nothing is deleted by a file."""
    row = Row(file.place, line.number, {})
    row.errors.extend(_told(file, one) for one in line.defects if one.stops)
    row.remarks.extend(_told(file, one) for one in line.defects if not one.stops)
    if checks.gone(line):
        row.wrong("status", _l("Nothing is deleted by a file: end it here by hand."))
    return Entry(row, _blank(line), file.name, part, line)


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
    row.remarks.extend(_told(file, one) for one in line.defects if not one.stops)
    return Entry(row, cells, file.name, STUDENTS, line)


def _told(file: File, defect: Defect) -> Wrong:
    """A defect with its column's name before the sentence, for the reader of a file of many columns."""
    if defect.column is None:
        return Wrong(None, defect.sentence)
    column = COLUMNS.get(defect.column, defect.column) if file.name == "users" else defect.column
    return Wrong(column, _("%(column)s: %(sentence)s", column=defect.column, sentence=str(defect.sentence)))


def kept(one: Entry, key: str | None, layout: dict[str, Any]) -> dict[str, Any]:
    """A row as it is staged; what comes in is ready in spite of remarks."""
    row = one.row
    errors = row.errors if one.part == STUDENTS else [wrong.named() for wrong in row.errors]
    return {
        "sheet": row.sheet,
        "number": row.number,
        "part": one.part,
        "outcome": marking.outcome_of(row) if one.part else Outcome.BAD,
        "key": key,
        "cells": one.cells,
        "values": None if row.errors else {name: values.packed(value) for name, value in row.values.items()},
        "errors": marking.told([*errors, *row.remarks], layout, row) or None,
    }
