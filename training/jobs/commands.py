"""The queue on the command line: `flask jobs run`, `work`, `list`."""

import signal
from threading import Event
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from training.jobs import queries
from training.jobs.models import JobState
from training.jobs.scheduler import tick
from training.jobs.worker import run_due, run_worker
from training.kernel.policy import System

group = AppGroup("jobs", help="Background work.")

_SHELL = System("shell")


@group.command()
@click.option("--limit", type=click.IntRange(min=1), help="At most so many jobs.")
def run(limit: int | None) -> None:
    """Run everything that is due now, then end."""
    started = tick()
    click.echo(f"{len(started)} schedules started, {run_due(limit)} jobs run.")


@group.command()
def work() -> None:
    """Work until told to stop (SIGTERM or Ctrl+C); the job in hand is finished first."""
    stop = Event()

    def end(number: int, frame: Any) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    run_worker(current_app._get_current_object(), stop)  # type: ignore[attr-defined]


@group.command("list")
def show() -> None:
    """How many jobs stand where, and the newest parked ones."""
    for state, number in queries.counts(_SHELL).items():
        click.echo(f"{state.value:<10}{number:>8}")
    for job in queries.newest(_SHELL, JobState.PARKED):
        click.echo(f"parked  {job.id}  {job.task}  {job.attempts} attempts  {job.error}")
