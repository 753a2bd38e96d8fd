"""Reliability 5: workers that are killed, with their effects counted."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from tests.jobs.stage import effects
from training.jobs import queries
from training.jobs.models import JobState
from training.jobs.services import enqueue_each
from training.kernel.config import ROOT
from training.kernel.db import db, writing
from training.kernel.policy import System

SECONDS = 60


@contextmanager
def worker(database: str, folder: Path, fence: str) -> Iterator[IO[str]]:
    """A worker process, by what it says; killed with -9 at the end of the block."""
    words = [sys.executable, "-m", "tests.jobs.stage", database, str(folder), fence]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout
        finally:
            process.kill()


def kill_at(word: str, database: str, folder: Path, fence: str) -> None:
    """Kills a worker at the third job that says `word`."""
    with worker(database, folder, fence) as said:
        seen = 0
        while seen < 3 and (line := said.readline()):
            seen += line.startswith(word)
    assert seen == 3


def finish(database: str, folder: Path, fence: str) -> None:
    """Lets a worker do the rest."""
    deadline = time.monotonic() + SECONDS
    with worker(database, folder, fence):
        while open_jobs() and time.monotonic() < deadline:
            time.sleep(0.1)


def open_jobs() -> int:
    counts = queries.counts(System("test"))
    db.session.commit()
    return counts[JobState.WAITING] + counts[JobState.RUNNING]


def ask_for(jobs: int) -> None:
    with writing():
        enqueue_each("strike", [{"number": number} for number in range(jobs)])


@pytest.mark.torture
def test_no_effect_is_lost_and_none_doubled(stage, database, tmp_path, sizes, figure):
    jobs = 8 * sizes.kills
    stage()
    ask_for(jobs)

    for kill in range(sizes.kills):
        kill_at("inside" if kill % 2 else "after", database, tmp_path, "fenced")
    finish(database, tmp_path, "fenced")

    counted = Counter(effects())
    lost, doubled = jobs - len(counted), sum(times > 1 for times in counted.values())
    figure("5 killed job worker", f"{sizes.kills} × kill -9, {jobs} jobs", f"{lost} lost, {doubled} doubled", promised="0, 0")
    assert (open_jobs(), lost, doubled) == (0, 0, 0)


def test_without_the_fence_effects_are_doubled(stage, database, tmp_path):
    stage()
    ask_for(8)

    kill_at("after", database, tmp_path, "unfenced")
    finish(database, tmp_path, "unfenced")

    assert max(Counter(effects()).values()) == 2
