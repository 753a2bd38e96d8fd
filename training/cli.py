"""Commands: start everything, migrate, seed, and what the nouns add."""

import os
import signal
import socket
import subprocess
import sys
import time

import click
import waitress
from flask import Flask, current_app
from flask.cli import AppGroup

from seeds import region
from seeds.rebuilding import rebuild
from training.audit import queries as audit
from training.courses.badges import commands as badges
from training.exchange import commands as exchange
from training.insights.search import commands as search
from training.jobs import commands as jobs
from training.kernel.config import ROOT, Config, Misconfigured
from training.kernel.db import db
from training.kernel.db.schema import upgrade
from training.kernel.wiring import wired
from training.notices import commands as notices
from training.serving import served
from training.trainees.erasures import commands as erasures

FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")
schema = AppGroup("schema", help="The database's schema.")
demo = AppGroup("demo", help="The demonstration region.")
trail = AppGroup("audit", help="The audit trail.")


def set_up(app: Flask) -> None:
    """Adds the commands to the application."""
    app.cli.add_command(jobs.group)
    app.cli.add_command(exchange.group)
    app.cli.add_command(search.group)
    app.cli.add_command(notices.group)
    app.cli.add_command(erasures.group)
    app.cli.add_command(badges.group)
    app.cli.add_command(schema)
    app.cli.add_command(trail)
    app.cli.add_command(demo)
    app.cli.add_command(up)
    app.cli.add_command(seed)
    app.cli.add_command(wiring)


@click.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=lambda: os.environ.get("CADRE_PORT", "8000"), show_default="CADRE_PORT or 8000"
)
def up(port: int) -> None:
    """Migrate, load the demonstration if the database is empty, then serve and work until Ctrl-C."""
    config: Config = current_app.config["CADRE"]
    began = time.monotonic()
    refuse_taken(port)
    migrate()
    if config.demo and region.is_missing():
        click.echo("Loading the demonstration region …")
        subprocess.run([*FLASK, "demo", "reset"], cwd=ROOT, check=True)  # the memory that it takes goes with it
    worker = subprocess.Popen([*FLASK, "jobs", "work"], cwd=ROOT, start_new_session=True)
    click.echo(f"Cadre is at http://127.0.0.1:{port} (ready in {time.monotonic() - began:.0f} s). Ctrl-C stops it.")
    if not config.smtp:
        click.echo(f"Mail is kept as files in {config.folder / 'mail'}; sign in as the operator and open Mail to read it.")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        waitress.serve(served(current_app._get_current_object()), host="127.0.0.1", port=port, threads=8, _quiet=True)  # type: ignore[attr-defined]  # the application itself, not its proxy
    except KeyboardInterrupt:
        click.echo("")
    finally:
        worker.terminate()
        worker.wait(timeout=30)
        click.echo("Stopped.")


def stop(number: int, frame: object) -> None:
    """A request to end is the same as Ctrl-C."""
    raise KeyboardInterrupt


def refuse_taken(port: int) -> None:
    """Ends with a sentence when somebody else has the port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise SystemExit(f"Port {port} is taken. Stop what uses it, or choose another: CADRE_PORT={port + 1} make run") from None


def migrate() -> None:
    """Brings the database to this checkout's schema, or ends with a sentence."""
    try:
        upgrade(db.engine)
    except Misconfigured as error:
        raise SystemExit(str(error)) from None


@click.command()
def seed() -> None:
    """Load the demonstration region into an empty database."""
    migrate()
    if not region.is_missing():
        raise SystemExit("The database is not empty. Name another in CADRE_DATABASE, or remove var/cadre.sqlite3.")
    rebuild(current_app.config["CADRE"])


@demo.command()
def reset() -> None:
    """Load the demonstration afresh, in place of all there is; everybody is signed out. CADRE_DEMO=small loads less."""
    config: Config = current_app.config["CADRE"]
    if not config.demo:
        raise SystemExit("This is a real installation (CADRE_MODE=production): nothing here is replaced by a demonstration.")
    migrate()
    rebuild(config)


@schema.command("upgrade")
def upgrade_schema() -> None:
    """Run the migrations that the database lacks."""
    migrate()
    click.echo("The schema is up to date.")


@trail.command()
def verify() -> None:
    """Prove that the trail is whole; exit 1 when it is not."""
    found = audit.breaks()
    for sentence in found:
        click.echo(sentence)
    if found:
        raise SystemExit(1)
    click.echo("The trail is whole.")


@click.command()
def wiring() -> None:
    """What the nouns hand to the rooms below."""
    for name, table in vars(wired()).items():
        click.echo(f"{name}: {', '.join(sorted(table)) or '–'}")
