"""`python -m tests.bench`: measures, prints, and ends with 1 when something is not as it must be."""

import argparse
import os
import signal
import sys
import time

import psutil

from tests.bench.report import failed, table
from tests.bench.rows import Patience
from tests.bench.run import ROWS, Plan, measure
from tests.bench.stage import Sizes
from tools.machine import Missing

SIZES = {"small": Sizes(), "region": Sizes(candidates=(5_000, 100_000), starts=14)}


def spent() -> tuple[float, float]:
    """Seconds of processor time that the machine has spent so far, and how much of that is ours and our ended children's."""
    whole, own = psutil.cpu_times(), os.times()
    return whole.user + whole.system, own.user + own.system + own.children_user + own.children_system


def main(words: list[str]) -> int:
    """Measures what the arguments ask for."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    parser = argparse.ArgumentParser(prog="make bench", description='The benchmarks. Give these as args="…".')
    parser.add_argument("--db", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--rows", default=",".join(ROWS), help="which rows of the promise, for example 1,2,4")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0, help="of each round and page")
    parser.add_argument("--races", type=int, default=20, help="rounds of row 6 for each number of seats")
    parser.add_argument("--size", choices=sorted(SIZES), default=os.environ.get("SIZE", "small"))
    asked = parser.parse_args(words)
    plan = Plan(asked.rows.split(","), SIZES[asked.size], Patience(asked.rounds, asked.seconds), race_rounds=asked.races)
    wrong, printed = 0, []
    for kind in ("sqlite", "postgresql") if asked.db == "both" else (asked.db,):
        print(f"{kind}, {asked.size}:", flush=True)
        began, (whole, own) = time.monotonic(), spent()
        try:
            lines = measure(kind, plan)
        except Missing as missing:
            print(f"!!! LEFT OUT: {kind}. To measure it, type:  {missing}")
            continue
        wrong += len(failed(lines))
        seconds, processors = time.monotonic() - began, os.cpu_count() or 1
        others = max(0.0, (spent()[0] - whole) - (spent()[1] - own)) / seconds / processors
        title = f"{kind}: 2 processes of 2 threads, 16 connections, {processors} processors, {seconds:.0f} s; others took {others:.0%} of the processors"
        title += " (TOO MUCH: pages suffer more from that than hello)" if others > 0.1 else ""
        printed.append(table(title + (" (server without fsync)" if kind == "postgresql" else ""), lines))
    print("\n" + "\n\n".join(printed))
    print(
        f"\n{wrong} of the figures {'is' if wrong == 1 else 'are'} not as they must be." if wrong else "\nAll figures are as they must be."
    )
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
