"""Web servers for the measurements: gunicorn as `gunicorn.conf.py` sets it up, the time and the memory its processes take."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from tools.machine import ROOT

PROCESSES, CONNECTIONS = 2, 16
SECONDS_TO_START = 60
PRODUCT = "training.serving:application()"


@dataclass(frozen=True)
class Server:
    """A running gunicorn."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def family(self) -> list[psutil.Process]:
        """The master and its workers."""
        master = psutil.Process(self.process.pid)
        return [master, *master.children(recursive=True)]

    def ready(self) -> None:
        """Waits until all workers are there and one has answered."""
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self.process.poll() is None:
            if len(self.family) > PROCESSES:
                with socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS_TO_START) as probe:
                    probe.sendall(b"GET /bench-probe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    if probe.recv(64):
                        return
            time.sleep(0.05)
        raise RuntimeError("gunicorn did not come up; see what it printed above")

    def memory(self) -> int:
        """Proportional set size of all its processes, in bytes."""
        return sum(pss(one.pid) for one in self.family)

    def worked(self) -> float:
        """Seconds of processor time that its processes have taken so far."""
        return sum(sum(one.cpu_times()[:2]) for one in self.family)

    def load(self, *, seconds: float, warm: float = 0.5, **order: Any) -> dict[str, Any]:
        """What the load generator, a process of its own, measures here; also `memory` towards the end and `work`, milliseconds a request."""
        order |= {"port": self.port, "seconds": seconds, "warm": warm}
        order.setdefault("connections", CONNECTIONS)
        command = [sys.executable, "-m", "tests.bench.client"]
        before = self.worked()
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as client:
            assert client.stdin is not None
            client.stdin.write(json.dumps(order).encode())
            client.stdin.close()
            client.stdin = None
            with suppress(subprocess.TimeoutExpired):
                client.wait(0.8 * (warm + seconds))
            memory = self.memory()
            printed, _errors = client.communicate(timeout=180)
        found: dict[str, Any] = json.loads(printed)
        return found | {"memory": memory, "work": 1000 * (self.worked() - before) / max(1, found["answers"])}


def pss(pid: int) -> int:
    """A process's proportional set size in bytes; 0 where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)


@contextmanager
def serving(application: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Serves `module:application` on a free port until the block ends; `ready()` waits for it."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        port = listening.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "--workers", str(PROCESSES), "--bind", f"fd://{listening.fileno()}", application]
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, pass_fds=[listening.fileno()], start_new_session=True
        )
        try:
            yield Server(port, process)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
