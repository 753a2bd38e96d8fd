"""Checking a file row by row, and importing what is ready; only the worker and the command line load it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby, islice
from typing import Any

from training.exchange import bundles, marking, queries, reading, services, values
from training.exchange.bundles import Entry
from training.exchange.cells import BadCell, shown
from training.exchange.gathering import Gathering
from training.exchange.headings import Heading, letter
from training.exchange.importers import STUDENTS, Cell, Importer, Row, importers, parts
from training.exchange.models import ImportBatch
from training.exchange.oneroster import reading as oneroster
from training.exchange.reading import Table
from training.exchange.workflow import LOST, State
from training.files import media
from training.files import queries as files
from training.jobs.services import progress
from training.kernel.db import NotFound, statistics
from training.kernel.i18n import _, force_locale, ngettext
from training.kernel.keys import sort_key
from training.kernel.policy import Member, NotAllowed, NotNow, System

CHECKED_AT_ONCE = 1_000
"""Rows that one transaction keeps."""
UNREAD = 30
"""Headings without a column that an import tells of."""


def check(batch_id: int) -> None:
    """Checks every row of the file and keeps what was found; goes on where it stopped."""
    actor = System("exchange.check")
    batch = queries.of_id(actor, batch_id)
    services.check(actor, batch)
    if batch.state is not State.CHECKING:
        return
    with force_locale(batch.language):
        try:
            _check_rows(actor, batch)
        except reading.Unmatched as refusal:
            services.lay_out(actor, batch, layout=_near(refusal.heading))
            services.fail(actor, batch, sentence=" ".join(map(str, refusal.sentences)))
        except NotNow as refusal:
            services.fail(actor, batch, sentence=" ".join(map(str, refusal.sentences)))
        except NotFound:
            services.fail(actor, batch, sentence=_("The uploaded file is gone. Upload it again."))
        except NotAllowed:
            services.fail(actor, batch, sentence=f"{LOST} {_again()}")
        else:
            services.settle(actor, batch)


def apply(batch_id: int) -> None:
    """Imports what is ready, some rows at a time; goes on where it stopped."""
    actor = System("exchange.apply")
    batch = queries.of_id(actor, batch_id)
    if batch.state is not State.APPLYING:
        return
    with force_locale(batch.language):
        try:
            for _taken in taking(actor, batch):
                progress(batch.staged - batch.ready, batch.staged)
        except NotAllowed:
            rows = ngettext("%(num)s row had been imported.", "%(num)s rows had been imported.", batch.applied)
            services.fail(actor, batch, sentence=f"{LOST} {rows} {_again()}")
        else:
            services.finish(actor, batch)


def taking(actor: System, batch: ImportBatch) -> Iterator[int]:
    """Imports what is ready, some rows at a time, and says how many it looked at.

    What the database knows of its tables is brought up to date whenever they may have doubled: rows are looked up among those
    that came before, which took forty times as long where it still thought the table empty.
    """
    misleading = services.APPLIED_AT_ONCE
    while taken := services.take(actor, batch):
        yield taken
        if batch.applied >= misleading:
            statistics.refresh()
            misleading = 2 * batch.applied


def _again() -> str:
    return _("A colleague who may uploads the file again: what is there already is left out.")


def _check_rows(actor: System, batch: ImportBatch) -> None:
    importer = importers()[batch.kind]
    services.holder(actor, batch)
    if batch.file.media_type == media.ZIP:
        _check_bundle(actor, batch, importer)
        return
    tied = {tie.heading: tie.means for tie in queries.ties(batch)}
    tables = reading.tables(files.path(batch.file), batch.file.media_type, importer.columns, tied)
    services.lay_out(actor, batch, layout=_layout(importer, tables))
    total = batch.staged
    reached, first_of = queries.reached(batch), queries.keys(batch)
    for table in tables:
        rows = ((number, row) for number, row in table.rows if (table.place, number) > reached)
        while chunk := list(islice(rows, CHECKED_AT_ONCE)):
            member = services.holder(actor, batch)
            staged = list(_checked(importer, member, table, chunk, first_of, batch.layout))
            services.stage(actor, batch, rows=staged, after=total)
            total += len(staged)
            progress(total, total)
    if not total:
        raise NotNow(_("There is no row under the headings. Fill the table in and upload it again."))
    services.lay_out(actor, batch, layout=_layout(importer, tables))  # the notes are whole now


def _check_bundle(actor: System, batch: ImportBatch, importer: Importer) -> None:
    """The students of a bundle become rows, and so do its classes and places, and every other row of it with something wrong."""
    bundle = oneroster.read(files.path(batch.file))
    services.lay_out(actor, batch, layout=bundles.layout(bundle))
    total = batch.staged
    reached, first_of = queries.reached(batch), queries.keys(batch)
    gathering = Gathering(bundle, queries.taken(batch))
    entries = (one for one in bundles.entries(bundle) if (one.row.sheet, one.row.number) > reached)
    for _place, found in groupby(entries, key=lambda one: one.row.sheet):  # what stands in one file refers to those before it
        while chunk := list(islice(found, CHECKED_AT_ONCE)):
            member = services.holder(actor, batch)
            for one in chunk:
                gathering.fill(one)
            staged = list(_looked_at(importer, member, chunk, first_of, batch.layout))
            services.stage(actor, batch, rows=staged, after=total)
            for one, row in zip(chunk, staged, strict=True):
                gathering.keep(one, row["outcome"])
            total += len(staged)
            progress(total, total)
    if not total:
        raise NotNow(_("There is no student in the bundle, and nothing is wrong with it."))


def _looked_at(
    importer: Importer, member: Member, chunk: Sequence[Entry], first_of: dict[str, tuple[int, int]], layout: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """Rows of one file of a bundle as they are kept: told apart, and checked by those who take them."""
    keys: list[str | None] = [None] * len(chunk)
    for part in dict.fromkeys(one.part for one in chunk if one.part is not None):
        mine = [place for place, one in enumerate(chunk) if one.part == part]
        columns = importer.key if part == STUDENTS else parts()[part].key
        for place in mine:
            keys[place] = _key(columns, chunk[place].row, part)
        _tell_apart(columns[0], [chunk[place].row for place in mine], [keys[place] for place in mine], first_of, layout)
        good = [chunk[place].row for place in mine if chunk[place].open]
        if part != STUDENTS:
            parts()[part].check(member, good)
        elif importer.bundled is not None:
            importer.bundled(member, good)
            importer.check(member, [row for row in good if not row.errors])
    for one, key in zip(chunk, keys, strict=True):
        yield bundles.kept(one, key, layout)


def _tell_apart(
    column: str,
    rows: Sequence[Row],
    keys: Sequence[str | None],
    first_of: dict[str, tuple[int, int]],
    layout: dict[str, Any],
) -> None:
    """A row that says the same as one before it is wrong."""
    for row, key in zip(rows, keys, strict=True):
        if key is not None and (first := first_of.setdefault(key, (row.sheet, row.number))) != (row.sheet, row.number):
            row.wrong(column, _twice(first, row, layout))


def _checked(
    importer: Importer,
    member: Member,
    table: Table,
    chunk: Sequence[tuple[int, Sequence[Cell]]],
    first_of: dict[str, tuple[int, int]],
    layout: dict[str, Any],
) -> Iterator[dict[str, Any]]:
    """The rows as they are kept: read cell by cell, told apart from each other, and checked by the noun at once."""
    rows = [_read(importer, table, number, cells) for number, cells in chunk]
    keys = [_key(importer.key, row) for row in rows]
    if importer.key:
        _tell_apart(importer.key[0], rows, keys, first_of, layout)
    good = [row for row in rows if not row.errors]
    if good:
        importer.check(member, good)
    for (number, cells), row, key in zip(chunk, rows, keys, strict=True):
        yield {
            "sheet": table.place,
            "number": number,
            "outcome": marking.outcome_of(row),
            "key": key,
            "cells": [shown(_at(cells, table.heading.columns.get(name))) for name in layout["names"]],
            "values": None if row.errors else {name: values.packed(value) for name, value in row.values.items()},
            "errors": marking.told([*row.errors, *row.remarks], layout, row) or None,
        }


def _read(importer: Importer, table: Table, number: int, cells: Sequence[Cell]) -> Row:
    """A row's values by the importer's columns, with what cannot be understood."""
    row = Row(table.place, number, {})
    for column in importer.columns:
        if column.name not in table.heading.columns:
            continue
        cell = _at(cells, table.heading.columns[column.name])
        row.values[column.name] = None
        if not shown(cell):
            if column.required:
                row.wrong(column.name, _("%(column)s is missing. Fill it in.", column=str(column.label)))
            continue
        try:
            row.values[column.name] = column.read(cell)
        except BadCell as bad:
            row.wrong(column.name, bad.sentence)
    return row


def _at(cells: Sequence[Cell], position: int | None) -> Cell:
    return cells[position] if position is not None and position < len(cells) else ""


def _key(columns: Sequence[str], row: Row, part: str = STUDENTS) -> str | None:
    """What tells the row from others; nothing when one of its parts could not be read."""
    unread = {wrong.column for wrong in row.errors}
    if not columns or not unread.isdisjoint(columns) or all(row.values.get(name) is None for name in columns):
        return None
    told = [sort_key(value) if isinstance(value, str) else values.packed(value) for value in map(row.values.get, columns)]
    if part != STUDENTS:
        told.append({"part": part})
    return sha256(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()


def _twice(first: tuple[int, int], row: Row, layout: Mapping[str, Any]) -> str:
    sheet, number = first
    if sheet == row.sheet:
        return str(_("Row %(row)d says the same. Keep one of the two.", row=number))
    return str(
        _(
            "Row %(row)d of the sheet “%(sheet)s” says the same. Keep one of the two.",
            row=number,
            sheet=layout["sheets"][str(sheet)]["name"],
        )
    )


def _near(heading: Heading | None) -> dict[str, Any]:
    """What was found of a heading that does not do yet."""
    return {"names": list(heading.columns), "unread": list(dict.fromkeys(heading.unread))[:UNREAD]} if heading else {}


def _layout(importer: Importer, tables: Sequence[Table]) -> dict[str, Any]:
    """What was found in the file, as the batch keeps it."""
    found = {name for table in tables for name in table.heading.columns}
    return {
        "names": [column.name for column in importer.columns if column.name in found],
        "sheets": {
            str(table.place): {
                "name": table.name,
                "letters": {name: letter(position) for name, position in table.heading.columns.items()},
                "labels": dict(table.heading.labels),
            }
            for table in tables
        },
        "unread": list(dict.fromkeys(label for table in tables for label in table.heading.unread))[:UNREAD],
        "notes": [[table.place, what, number] for table in tables for what, number in table.notes],
    }
