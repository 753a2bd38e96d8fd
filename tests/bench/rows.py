"""The rows of the promise on speed: what is measured, against which floor, and what is enough."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from gzip import compress
from statistics import median
from typing import Any
from urllib.parse import quote

from tests.bench.recording import Seen
from tests.bench.serving import PROCESSES, Server
from tests.bench.stage import Stage
from tests.bench.words import SEARCHES

Load = Mapping[str, Any]


@dataclass(frozen=True)
class Target:
    """Pages that are visited in turn, as one reader."""

    name: str
    paths: Sequence[str]
    cookie: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What the reader's browser sends."""
        return {"Cookie": self.cookie} if self.cookie else {}


@dataclass
class Line:
    """One figure: what it is, how it compares, what was asked of it."""

    row: str
    what: str
    rate: float | None = None
    against: str = ""
    ratio: float | None = None
    must: str = ""
    aim: str = ""
    passed: bool | None = None
    reached: bool | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Patience:
    """How long is measured: interleaved rounds of so many seconds."""

    rounds: int = 3
    seconds: float = 2.0
    warm: float = 0.5
    count: int | None = None


def pages(stage: Stage) -> dict[str, Target]:
    """The pages that are measured by the name of their row."""
    school, employer = f"/o/{stage.school}", f"/o/{stage.employer}"
    boards = {
        f"7{letter}": Target(f"board, {place + 1}. vacancy", [f"{employer}/vacancies/{key}/board"], stage.recruiter.cookie)
        for place, (letter, key) in enumerate(zip("abc", stage.vacancies, strict=False))
    }
    return {
        "1": Target("public catalogue", ["/programmes", *(f"/programmes?page={number}" for number in (2, 3, 5, 9))]),
        "2": Target("ranked search", [f"/programmes?q={quote(words)}" for words in SEARCHES]),
        "4": Target("signed-in page with a form", [f"{school}/organisations/{stage.school_id}/edit"], stage.manager.cookie),
        **boards,
    }


def interleaved(runs: Mapping[str, Callable[[], Load]], rounds: int) -> dict[str, Load]:
    """Each run in each round, A B A B; the median run by its rate is given."""
    found: dict[str, list[Load]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            found[name].append(run())
    return {name: _middle(several) for name, several in found.items()}


def _middle(several: Sequence[Load]) -> Load:
    middle = median(one["rate"] for one in several)
    chosen = min(several, key=lambda one: abs(one["rate"] - middle))
    return {**chosen, "rate": middle, "memory": max(one["memory"] for one in several), "failures": sum(one["failures"] for one in several)}


def visits(server: Server, patience: Patience, paths: Sequence[str], headers: Mapping[str, str], status: int = 200) -> Callable[[], Load]:
    """A run of visits to these pages."""
    repeat = [(path, headers) for path in paths]
    return lambda: server.load(repeat=repeat, expected=[status], seconds=patience.seconds, warm=patience.warm, count=patience.count)


def page_notes(seen: Sequence[Seen], run: Load) -> list[str]:
    """Bytes, statements and memory of a page."""
    plain = sum(len(one.body) for one in seen) // len(seen)
    packed = sum(len(compress(one.body, 6)) for one in seen) // len(seen)
    statements = sorted({one.statements for one in seen})
    return [
        f"{plain:,} bytes ({packed:,} compressed)",
        f"{'–'.join(map(str, dict.fromkeys((statements[0], statements[-1]))))} statements",
        f"p50 {next(iter(run['p50'].values()), 0):.0f} ms, p95 {next(iter(run['p95'].values()), 0):.0f} ms",
        f"{run['work']:.1f} ms of processor",
        f"{run['memory'] / 2**20:.0f} MB, {PROCESSES} processes and their master",
        *([f"{run['failures']} FAILED"] if run["failures"] else []),
    ]


def against_core(row: str, target: Target, seen: Sequence[Seen], runs: Mapping[str, Load]) -> list[Line]:
    """Rows 1 and 2: how many times slower than the Core page."""
    page, core = runs["page"]["rate"], runs["core"]["rate"]
    times = core / page if page else float("inf")
    good = not runs["page"]["failures"]
    first = Line(row, target.name, page, "Core page", times, "≤ 2 ×", "≤ 1.5 ×", good and times <= 2, good and times <= 1.5)
    first.notes = page_notes(seen, runs["page"])
    return [first, *_floors(row, runs)]


def against_hello(row: str, target: Target, seen: Sequence[Seen], runs: Mapping[str, Load], must: float, aim: float) -> list[Line]:
    """Rows 4 and 7: the share of the hello rate."""
    page, hello = runs["page"]["rate"], runs["hello"]["rate"]
    share = page / hello if hello else 0.0
    good = not runs["page"]["failures"]
    first = Line(row, target.name, page, "hello", share, f"≥ {must} ×", f"≥ {aim} ×", good and share >= must, good and share >= aim)
    first.notes = page_notes(seen, runs["page"])
    return [first, *_floors(row, runs)]


def _floors(row: str, runs: Mapping[str, Load]) -> list[Line]:
    """The floors of a page, each as a multiple of the page's rate."""
    page = runs["page"]["rate"]
    names = {"core": "its Core page", "sql": "its bare SQL", "hello": "hello"}
    return [
        Line(
            row,
            f"  {name}",
            runs[key]["rate"],
            "page",
            runs[key]["rate"] / page if page else None,
            notes=[f"{runs[key]['bytes']:,} bytes", f"{runs[key]['work']:.1f} ms of processor"],
        )
        for key, name in names.items()
    ]


def revalidation(own: Load, unchanged: Load, hello: Load) -> list[Line]:
    """Row 3: unchanged pages against the same pages sent whole."""
    gain = unchanged["rate"] / own["rate"] if own["rate"] else 0.0
    share = unchanged["rate"] / hello["rate"] if hello["rate"] else 0.0
    notes = [f"{share:.2f} × hello", *([f"{unchanged['failures']} FAILED"] if unchanged["failures"] else [])]
    good = not unchanged["failures"]
    passed, reached = good and gain >= 1.5, good and share >= 0.6
    return [Line("3", "catalogue, 304", unchanged["rate"], "its 200", gain, "≥ 1.5 ×", "≥ 0.6 × hello", passed, reached, notes)]


def enrolment(runs: Mapping[str, Load]) -> list[Line]:
    """Row 5: page, POST and result, one after another, by as many people as there are connections; beside the bare steps."""
    run, bare, hello = runs["page"], runs["bare"], runs["hello"]
    share = run["rate"] / hello["rate"] if hello["rate"] else 0.0
    slow = run["p95"].get("post", float("inf"))
    good = not run["failures"]
    notes = [f"{run['rate'] / 3:.0f} enrolments/s", f"POST p50 {run['p50'].get('post', 0):.0f} ms", f"{run['work']:.1f} ms of processor"]
    notes += [f"{run['memory'] / 2**20:.0f} MB", *([f"{run['failures']} FAILED {run['statuses']}"] if run["failures"] else [])]
    reached = good and share >= 0.3
    return [
        Line(
            "5", "enrolment: page, POST, result", run["rate"], "hello", share, "≥ 0.14 ×", "≥ 0.3 ×", good and share >= 0.14, reached, notes
        ),
        Line("5", f"  POST p95 {slow:.0f} ms", must="≤ 60 ms", passed=good and slow <= 60),
        Line(
            "5",
            "  the same steps bare",
            bare["rate"],
            "page",
            bare["rate"] / run["rate"] if run["rate"] else None,
            notes=_bare(bare, hello),
        ),
    ]


def _bare(bare: Load, hello: Load) -> list[str]:
    share = bare["rate"] / hello["rate"] if hello["rate"] else 0.0
    failed = [f"{bare['failures']} FAILED {bare['statuses']}"] if bare["failures"] else []
    return [f"{share:.2f} × hello", f"POST p95 {bare['p95'].get('post', 0):.0f} ms", f"{bare['work']:.1f} ms of processor", *failed]


def memory(most: int, processes: int) -> list[Line]:
    """Row 11: the web tier's proportional set size under load."""
    size = most / 2**20
    what = f"memory under load: {size:.0f} MB ({processes} processes)"
    return [Line("11", what, must="≤ 215 MB", aim="≤ 180 MB", passed=0 < size <= 215, reached=0 < size <= 180)]
