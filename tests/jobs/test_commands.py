import os
import signal
from threading import Timer

from tests.jobs.stage import ask, effects, run_strike
from training.jobs.commands import group
from training.kernel.wiring import Task


def test_run_does_what_is_due(stage):
    app = stage(tasks={"strike": Task(run_strike)})
    ask("strike", number=1)
    ask("strike", number=2)

    said = app.test_cli_runner().invoke(group, ["run", "--limit", "1"])

    assert said.output == "0 schedules started, 1 jobs run.\n"
    assert effects() == [1]


def test_list_counts_and_names_the_parked(stage):
    app = stage()
    ask("nobody.knows")
    app.test_cli_runner().invoke(group, ["run"])

    said = app.test_cli_runner().invoke(group, ["list"])

    assert "parked           1\n" in said.output
    assert "parked  1  nobody.knows  1 attempts  no task of this name is wired\n" in said.output


def test_work_ends_when_told_to(stage):
    app = stage(tasks={"strike": Task(run_strike)})
    ask("strike", number=1)
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    Timer(0.5, os.kill, (os.getpid(), signal.SIGTERM)).start()

    said = app.test_cli_runner().invoke(group, ["work"])

    signal.signal(signal.SIGTERM, before[0])
    signal.signal(signal.SIGINT, before[1])
    assert said.exit_code == 0
    assert effects() == [1]
