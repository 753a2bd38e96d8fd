"""The search on the command line: `flask search rebuild`."""

import click
from flask.cli import AppGroup

from training.insights.search import queries, services
from training.kernel.db import writing
from training.kernel.policy import System
from training.search import index

group = AppGroup("search", help="What can be found.")


@group.command()
def rebuild() -> None:
    """Say everything to the index again and make the index anew: after a restore, or a change to how words are read."""
    changed = sum(services.refresh(System("search.rebuild"), one) for one in queries.organisation_ids())
    with writing() as session:
        index.rebuild(session.connection())
    click.echo(f"Records that said something else than before: {changed}. The index is made anew.")
