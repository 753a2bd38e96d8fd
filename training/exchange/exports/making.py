"""Making a long list into a file: read some hundred rows at a time, with the rights of that moment, and never held in memory."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from flask import current_app

from training.exchange.exports import queries, services
from training.exchange.exports.models import Export
from training.exchange.exports.workflow import Form, State
from training.exchange.oneroster import writing as bundles
from training.exchange.writing import csv_pieces, workbook
from training.files import media, storage
from training.jobs.services import progress
from training.kernel.config import Config
from training.kernel.db import NotFound
from training.kernel.i18n import force_locale
from training.kernel.listings import AT_ONCE, listings
from training.kernel.lists import Wanted
from training.kernel.policy import Actor, System
from training.kernel.wiring import wired
from training.notices.models import ACCOUNT, Address

LARGEST = 500_000_000
"""Bytes of a file."""
NOTED = 10 * AT_ONCE
"""Rows between two notes of how far it is."""
TASK = System("exports.make")
_KINDS = {Form.CSV: frozenset({media.CSV, media.UNKNOWN}), Form.XLSX: frozenset({media.XLSX})}
_BUNDLE = frozenset({media.ZIP})
"""What the bytes may look like: a CSV file of ours holds whatever people wrote, markup too."""


def make(export_id: int) -> None:
    """Makes the file; asked again for one that is made, it does nothing."""
    export = queries.of_id(TASK, export_id)
    if export.state is not State.MAKING:
        return
    with force_locale(export.language):
        try:
            actor = owner(export)
            rows = counted(export, rows_of(actor, export))
            with written(actor, export, rows) as made:
                ending = f" {export.called}.zip" if export.shape.bundle else f".{export.form.value}"
                kinds = _BUNDLE if export.shape.bundle else _KINDS[export.form]
                received = storage.receive(made, name=f"{export.title}{ending}", kinds=kinds, limit=LARGEST)
        except NotFound:
            services.fail(TASK, export)
        else:
            services.finish(TASK, export, received=received)


def owner(export: Export) -> Actor:
    """Whoever asked for it, with the rights of now; NotFound when they are gone."""
    address: Address | None = wired().addresses[ACCOUNT](export.account_id, export.organisation_id or None)
    if address is None or address.actor is None:
        raise NotFound
    return address.actor


def rows_of(actor: Actor, export: Export) -> Iterator[Any]:
    """The rows of the list as the actor may see them now; NotFound when the list is not theirs any more."""
    listing = queries.shaped(listings()[export.listing], export.shape)
    subject = listing.owner(actor, export.args)
    if not listing.allowed(actor, subject):
        raise NotFound
    return listing.walk(actor, wanted_of(export), subject)


def wanted_of(export: Export) -> Wanted:
    """The wish that was kept."""
    filters = {name: value for name, value in export.query.items() if name not in ("q", "sort")}
    return Wanted(words=export.query.get("q", ""), filters=filters, sort=export.query.get("sort", ""))


def counted(export: Export, rows: Iterator[Any]) -> Iterator[Any]:
    """The rows, with a note every few thousand of how far it is."""
    for number, row in enumerate(rows, 1):
        yield row
        if number % NOTED == 0:
            progress(number, export.rows)
            services.note(TASK, export, done=min(number, export.rows))


def written(actor: Actor, export: Export, rows: Iterator[Any]) -> IO[bytes]:
    """The rows in a temporary file, at its beginning."""
    if version := export.shape.bundle:
        return bundles.made(version, wired().tells[f"{export.listing}.bundle"](actor, rows, version, public_url=region().public_url))
    columns, zone = queries.shaped(listings()[export.listing], export.shape).columns, region().zone
    if export.form is Form.XLSX:
        return workbook(columns, rows, zone)
    made: IO[bytes] = TemporaryFile()  # noqa: SIM115 -- whoever reads it closes it
    for piece in csv_pieces(columns, rows, zone):
        made.write(piece)
    made.seek(0)
    return made


def region() -> Config:
    """How this installation is set up."""
    config: Config = current_app.config["CADRE"]
    return config
