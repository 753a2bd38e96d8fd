"""Imports on the command line: `flask exchange import KIND FILE --for ORGANISATION`."""

from pathlib import Path

import click
from flask.cli import AppGroup

from training.exchange import queries, services, tasks
from training.exchange.importers import importers
from training.exchange.models import ImportBatch
from training.exchange.workflow import Outcome, State
from training.kernel.lists import Wanted
from training.kernel.policy import NotAllowed, NotNow, System
from training.kernel.wiring import wired

group = AppGroup("exchange", help="Lists that come in from files.")


@group.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--for", "organisation", required=True, help="The organisation, as in its address.")
@click.option("--only-check", is_flag=True, help="Say what would happen, and take nothing.")
def take_in(kind: str, file: Path, organisation: str, only_check: bool) -> None:
    """Check FILE row by row and import what is ready, for one of the organisation's managers."""
    if kind not in importers():
        raise click.BadParameter(f"There is no importer of {kind!r}; there are: {', '.join(sorted(importers()))}.", param_hint="KIND")
    actor = wired().addresses["organisation_manager"](organisation)
    try:
        with file.open("rb") as source:
            batch = services.add(actor, services.receive(actor, source, name=file.name, kind=kind))
    except NotNow as refusal:
        raise click.ClickException(" ".join(map(str, refusal.sentences))) from refusal
    except NotAllowed as refusal:
        raise click.ClickException(f"The managers of {organisation} may not import {kind}.") from refusal
    tasks.check(batch.id)
    _tell(batch)
    if only_check:
        services.cancel(actor, batch)
    elif batch.ready:
        services.start(actor, batch)
        worker = System("exchange.take_in")
        with click.progressbar(length=batch.ready, label="Importing") as bar:
            for taken in tasks.taking(worker, batch):
                bar.update(taken)
        services.finish(worker, batch)
        click.echo(f"{batch.applied} rows imported.")


def _tell(batch: ImportBatch) -> None:
    """What the check has found, with the first bad rows; ends the command when the file could not be read."""
    if batch.state is State.FAILED:
        raise click.ClickException(batch.sentence or "The file could not be read.")
    click.echo(f"{batch.staged} rows: {batch.ready} ready, {batch.same} already there, {batch.bad} bad.")
    bad = queries.rows(batch, Wanted(filters={"outcome": [Outcome.BAD.value]}))
    for row in bad.rows:
        for error in row.errors or []:
            click.echo(f"  row {row.number}{' ' + error['cell'] if error['cell'] else ''}: {error['sentence']}")
    if bad.total > len(bad.rows):
        click.echo(f"  and {bad.total - len(bad.rows)} more.")
