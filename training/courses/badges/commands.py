"""The keys of badges on the command line: `flask badges keys`, `rotate-keys`."""

import click
from flask.cli import AppGroup

from training.courses.badges import queries, services
from training.kernel.policy import System

group = AppGroup("badges", help="The keys that badges are signed with.")

_SHELL = System("shell")


@group.command()
def keys() -> None:
    """List the keys, the newest first."""
    for key in queries.keys(_SHELL):
        until = f"retired {key.retired_at:%Y-%m-%d}" if key.retired_at else "signs"
        click.echo(f"{key.name}  {key.algorithm.value}  made {key.made_at:%Y-%m-%d}  {until}")


@group.command("rotate-keys")
def rotate_keys() -> None:
    """Sign with new keys from now on; what the old ones have signed stays valid."""
    click.echo(f"{services.rotate_keys(_SHELL)} new keys sign now. What the old ones have signed stays valid.")
