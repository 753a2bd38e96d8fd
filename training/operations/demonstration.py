"""The demonstration: how old it is, and loading it afresh in a process of its own.

Its age is that of a file beside the database, so that asking costs a page no statement.
"""

import re
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from training.kernel import clock
from training.kernel.config import ROOT

STALE = 3
"""Days after which a demonstration offers to be loaded afresh: its deadlines have passed."""
TASK = "operations.reset_demonstration"
RESET = (sys.executable, "-m", "flask", "--app", "wsgi", "demo", "reset")
TOLD = re.compile(r"\s*(\d+) %$")
"""How the command says how far it is."""


class Failed(Exception):
    """It was not loaded; what there was still stands."""


def note_loaded(folder: Path) -> None:
    """It has been loaded now."""
    _note(folder).touch()


def age(folder: Path, zone: str) -> int | None:
    """How many days ago it was loaded; None when that is not known."""
    try:
        loaded = datetime.fromtimestamp(_note(folder).stat().st_mtime, ZoneInfo(zone)).date()
    except FileNotFoundError:
        return None
    return (clock.today(zone) - loaded).days


def days_stale(folder: Path, zone: str) -> int | None:
    """Its age once it is too old, else None."""
    days = age(folder, zone)
    return days if days is not None and days >= STALE else None


def load_afresh(tell: Callable[[int, int], None]) -> None:
    """Runs `flask demo reset`, which replaces everything when it has succeeded; `tell(done, total)` hears how far it is."""
    tell(0, 100)
    with subprocess.Popen(RESET, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        last = ""
        for line in process.stdout:
            last = line.strip() or last
            if told := TOLD.match(line):
                tell(min(int(told[1]), 99), 100)
    if process.returncode:
        raise Failed(last)


def _note(folder: Path) -> Path:
    return folder / "demonstration"
