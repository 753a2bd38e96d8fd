"""What `make check` runs: every step, each with its seconds, whether or not one before it failed; `--fix` mends what tools can mend."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = (sys.executable, "-m")
TYPED = ("training", "seeds", "tests", "tools", "wsgi.py")


@dataclass(frozen=True)
class Step:
    """A named command over the paths that are there already."""

    name: str
    command: tuple[str, ...]
    paths: tuple[str, ...] = ()

    @property
    def there(self) -> tuple[str, ...]:
        """The paths that the step can look at today: files, and folders with something in them."""
        return tuple(path for path in self.paths if (ROOT / path).is_file() or any((ROOT / path).rglob("*.[ph][yt]*")))

    @property
    def idle(self) -> bool:
        """Whether there is nothing to look at yet."""
        return bool(self.paths) and not self.there


@dataclass(frozen=True)
class Outcome:
    """How a step ended, in how many seconds, and what it printed."""

    step: Step
    code: int
    seconds: float
    output: str


MATRIX, HOSTILE = "tests/architecture/test_matrix.py", "tests/architecture/test_hostile.py"
"""They take minutes: they run with the suites, on both databases."""

CHECKS = (
    Step("types (mypy --strict)", (*PYTHON, "mypy"), TYPED),
    Step("style (ruff check)", (*PYTHON, "ruff", "check", "--quiet", ".")),
    Step("format (ruff format --check)", (*PYTHON, "ruff", "format", "--check", "--quiet", ".")),
    Step("order of rooms (import-linter)", (str(Path(sys.executable).with_name("lint-imports")), "--no-logo"), ("training/__init__.py",)),
    Step("templates (djlint)", (*PYTHON, "djlint", "--lint", "--quiet"), ("templates",)),
    Step("vendored assets", (*PYTHON, "tools.vendored")),
    Step("translations", (*PYTHON, "tools.translations")),
    Step(
        "architecture (pytest)",
        (*PYTHON, "pytest", "--db", "sqlite", "--quiet", f"--ignore={MATRIX}", f"--ignore={HOSTILE}"),
        ("tests/architecture",),
    ),
)
FIXES = (
    Step("ruff check --fix", (*PYTHON, "ruff", "check", "--fix", "--quiet", ".")),
    Step("ruff format", (*PYTHON, "ruff", "format", "--quiet", ".")),
)
TAKES_NO_PATHS = ("training/__init__.py",)


def run(step: Step) -> Outcome:
    """Run one step to its end."""
    started = time.monotonic()
    if step.idle:
        return Outcome(step, 0, 0.0, f"Nothing to check yet: {', '.join(step.paths)} is not there.")
    paths = () if step.paths == TAKES_NO_PATHS else step.there
    ran = subprocess.run(
        [*step.command, *paths],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return Outcome(step, ran.returncode, time.monotonic() - started, ran.stdout.strip())


def report(outcome: Outcome) -> None:
    """One line for a step that passed, all that it printed for one that failed."""
    failed = outcome.code != 0
    print(f"{'FAILED' if failed else 'ok':7}{outcome.step.name:34}{outcome.seconds:6.1f} s", flush=True)
    if failed or outcome.step.idle:
        print("".join(f"       {line}\n" for line in outcome.output.splitlines()), end="", flush=True)


def fix() -> int:
    """Let the tools mend what they can, one after another; what is left is for `make check` to say."""
    for step in FIXES:
        report(run(step))
    return 0


def check() -> int:
    """Run the steps two at a time, the longest first, and report them in order."""
    started = time.monotonic()
    with ThreadPoolExecutor(max_workers=2) as workers:
        outcomes = []
        for outcome in workers.map(run, CHECKS):
            report(outcome)
            outcomes.append(outcome)
    failed = [outcome.step.name for outcome in outcomes if outcome.code != 0]
    print(f"{len(outcomes)} checks in {time.monotonic() - started:.1f} s: {'failed: ' + ', '.join(failed) if failed else 'all passed'}.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(fix() if "--fix" in sys.argv[1:] else check())
