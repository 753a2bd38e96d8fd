"""Erasing people on the command line: `flask privacy list`, `flask privacy erase`."""

import click
from flask import current_app
from flask.cli import AppGroup

from training.files import services as files
from training.kernel.config import Config
from training.kernel.db import NotFound
from training.kernel.policy import NotNow, System
from training.notices import post
from training.privacy import services as engine
from training.privacy.holds import Hold
from training.trainees.erasures import queries, services

group = AppGroup("privacy", help="People's data.")

_SHELL = System("privacy.erase")


@group.command("list")
def list_() -> None:
    """Show the requests to be erased that wait, with what stands in their way."""
    for request in queries.to_do():
        click.echo(f"{request.id}: trainee {request.trainee_id}, asked {request.asked_at:%Y-%m-%d}, due {request.due_at:%Y-%m-%d}")
        for sentence in engine.stops_of(request.trainee_id):
            click.echo(f"   first: {sentence}")
        for hold in engine.holds_of(request.trainee_id):
            click.echo(f"   held: {said(hold)}")


@group.command()
@click.argument("request_id", type=int)
def erase(request_id: int) -> None:
    """Erase whoever asked by request REQUEST_ID, and name what the law holds; run it again when that is over."""
    config: Config = current_app.config["CADRE"]
    try:
        done, holds = services.erase(_SHELL, queries.request(_SHELL, request_id))
    except NotFound:
        raise SystemExit(f"There is no request {request_id}; flask privacy list shows those that wait.") from None
    except NotNow as refusal:
        raise SystemExit("Nothing was erased.\n" + "\n".join(f"- {sentence}" for sentence in refusal.sentences)) from None
    files.remove(done.places)
    letters = post.forget(config.folder / "mail", done.letters)
    for name, number in sorted(done.rows.items()):
        if number:
            click.echo(f"{name}: {number}")
    click.echo(f"letters: {letters}")
    for hold in holds:
        click.echo(f"held: {said(hold)}")
    click.echo("Erased.")


def said(hold: Hold) -> str:
    """A hold in one line."""
    return f"{hold.words} ({hold.kind} {hold.id}), {f'until {hold.until_on}' if hold.until_on else 'for good'}: {hold.source}"
