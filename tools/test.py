"""What `make test` runs: the suite on SQLite and on PostgreSQL and the journeys in Chromium; what was left out is said loudly."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tools import chromium, postgres
from tools.machine import ROOT, Missing

RESULTS = ROOT / "var" / "test"
JOURNEYS = "tests/journeys"
ONCE = ("tests/bench", "tests/architecture/test_rules.py")
"""What asks no database, or one of its own: run with SQLite only."""
PYTEST = (sys.executable, "-m", "pytest")
NO_TESTS_COLLECTED = 5
STRICT = "--nothing-left-out"


@dataclass
class Phase:
    """One run of pytest: what it needs, and how it went."""

    name: str
    arguments: list[str]
    paths: list[str]
    provided: Callable[[], Iterator[dict[str, str]]]
    seconds: float = 0.0
    code: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    left_out: str | None = None

    @property
    def failed(self) -> int:
        """Tests that failed or could not start; one at least where pytest itself did not end well."""
        ended_badly = self.code not in (0, NO_TESTS_COLLECTED)
        return max(self.counts.get("failures", 0) + self.counts.get("errors", 0), int(ended_badly))

    @property
    def skipped(self) -> int:
        """Tests that said why they could not run here."""
        return self.counts.get("skipped", 0)

    @property
    def passed(self) -> int:
        """Tests that ran and found what they expected."""
        return max(0, self.counts.get("tests", 0) - self.counts.get("failures", 0) - self.counts.get("errors", 0) - self.skipped)


def nothing_more() -> Iterator[dict[str, str]]:
    """SQLite comes with Python."""
    yield {}


def a_cluster() -> Iterator[dict[str, str]]:
    """The PostgreSQL that the environment names, else a temporary one."""
    if os.environ.get(postgres.ADDRESS):
        yield {}
        return
    with postgres.cluster() as url:
        yield {postgres.ADDRESS: url}


def a_browser() -> Iterator[dict[str, str]]:
    """A Chromium that starts."""
    yield {chromium.PLACE: str(chromium.browser())}


def phases(arguments: list[str]) -> list[Phase]:
    """The runs that these arguments ask for; paths choose among them, everything else is handed on to pytest."""
    paths = [word for word in arguments if word.startswith("tests")]
    options = [word for word in arguments if word not in paths]
    journeys = [path for path in paths if path.startswith(JOURNEYS)]
    suites = [path for path in paths if path not in journeys]
    workers = [] if any(word.startswith("-n") for word in options) else ["-n", str(min(8, max(2, os.cpu_count() or 2)))]
    together = ["--dist", "loadgroup"] if workers else []
    asked = []
    if suites or not paths:
        inside = [*options, f"--ignore={JOURNEYS}", *workers, *together]
        asked += [
            Phase("SQLite", [*inside, "--db", "sqlite"], suites or ["tests"], nothing_more),
            Phase("PostgreSQL", [*inside, *(f"--ignore={path}" for path in ONCE), "--db", "postgresql"], suites or ["tests"], a_cluster),
        ]
    if (journeys or not paths) and (ROOT / JOURNEYS).is_dir():
        beside = [*workers, "--dist", "loadfile"] if workers else []
        asked.append(Phase("journeys in Chromium", [*options, *beside], journeys or [JOURNEYS], a_browser))
    return asked


def run(phase: Phase) -> None:
    """Provide what the phase needs, run pytest, and note how it went; Missing leaves the phase out."""
    print(f"\n=== {phase.name} ===", flush=True)
    started = time.monotonic()
    report = RESULTS / f"{re.sub('[^a-z]+', '-', phase.name.lower())}.xml"
    report.unlink(missing_ok=True)
    try:
        with contextmanager(phase.provided)() as provided:
            command = [*PYTEST, *phase.arguments, f"--junit-xml={report}", *phase.paths]
            phase.code = subprocess.run(command, cwd=ROOT, env=os.environ | provided, check=False).returncode
    except Missing as missing:
        phase.left_out = str(missing)
    phase.counts = _counts(report)
    phase.seconds = time.monotonic() - started


def _counts(report: Path) -> dict[str, int]:
    """Pytest's own numbers: tests, failures, errors, skipped; none where it wrote no report."""
    if not report.exists():
        return {}
    suites: Mapping[str, str] = next(ElementTree.parse(report).iter("testsuite")).attrib  # noqa: S314 (pytest has just written it)
    return {name: int(suites.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}


def count(phase: Phase) -> int:
    """How many tests a phase would have run."""
    options = [word for word in phase.arguments if word not in ("--db", "postgresql", "--quiet") and not re.fullmatch("-[qv]+", word)]
    command = [*PYTEST, *options, "-n", "0", "--collect-only", "--quiet", *phase.paths]
    listed = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False).stdout
    return sum("::" in line for line in listed.splitlines())


def summary(done: list[Phase], *, strict: bool) -> int:
    """The last lines: seconds, what was left out and the line to type, and the totals alone on a line."""
    print()
    for phase in done:
        print(f"{phase.name:22}{phase.seconds:7.1f} s  {phase.passed} passed, {phase.failed} failed, {phase.skipped} skipped")
    absent = [phase for phase in done if phase.left_out]
    for phase in absent:
        print(f"!!! LEFT OUT: {phase.name}, {count(phase)} tests. To run them, type:  {phase.left_out}")
    if not (ROOT / JOURNEYS).is_dir():
        print(f"There are no journeys yet: {JOURNEYS} is not there.")
    passed, failed, skipped = (sum(getattr(phase, what) for phase in done) for what in ("passed", "failed", "skipped"))
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""), flush=True)
    if absent and strict:
        print("Nothing may be left out here, so this run has failed.", file=sys.stderr)
    return int(failed > 0 or passed == 0 or (bool(absent) and strict))


def main(arguments: list[str]) -> int:
    """Run every phase, whether or not one before it failed."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    strict = STRICT in arguments or os.environ.get("CI") == "true"
    RESULTS.mkdir(parents=True, exist_ok=True)
    done = phases([word for word in arguments if word != STRICT])
    try:
        for phase in done:
            run(phase)
    except KeyboardInterrupt:
        return 128 + signal.SIGINT
    return summary(done, strict=strict)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
