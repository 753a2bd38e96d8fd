"""The real thing for the journeys: `flask up` as a process of its own, in a folder of its own, with its log and its mail."""

import fcntl
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import psutil

ROOT = Path(__file__).resolve().parents[2]
ZONE = ZoneInfo("Europe/Samara")
SECONDS_TO_START = 120
SECONDS_FOR_A_LETTER = 20
MINUTES_OF_A_JOURNEY = 6
LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]")


@dataclass(frozen=True)
class Letter:
    """A letter that became a file."""

    subject: str
    text: str

    @property
    def link(self) -> str:
        """The first address that the text names."""
        found = LINK.search(self.text)
        assert found, f"There is no link in the letter “{self.subject}”:\n{self.text}"
        return found.group()


@dataclass
class Site:
    """A running Cadre with its demonstration region."""

    folder: Path
    url: str
    log: Path
    process: subprocess.Popen[bytes]
    read: set[str] = field(default_factory=set)
    """The letters that somebody of a journey has opened already."""

    def tail(self, lines: int = 40) -> str:
        """The last lines of the server's log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def letter(self, address: str, about: str = "") -> Letter:
        """The first letter to an address that nobody has opened yet, with words in its subject or text; waits for it."""
        deadline = time.monotonic() + SECONDS_FOR_A_LETTER
        while time.monotonic() < deadline:
            for path in sorted((self.folder / "mail").glob("*.eml"), key=lambda one: one.stat().st_mtime_ns):
                if path.name in self.read:
                    continue
                letter = _opened(path, address)
                if letter is not None and re.search(about, f"{letter.subject}\n{letter.text}"):
                    self.read.add(path.name)
                    return letter
            time.sleep(0.25)
        raise AssertionError(f"No letter about “{about}” came to {address} within {SECONDS_FOR_A_LETTER} s.")


def _opened(path: Path, address: str) -> Letter | None:
    with path.open("rb") as file:
        message = BytesParser(policy=policy.default).parse(file)
    if address not in str(message["To"]):
        return None
    body = message.get_body(("plain",))
    return Letter(str(message["Subject"]), body.get_content().replace("\r\n", "\n") if body else "")


@contextmanager
def resting(site: Site) -> Iterator[None]:
    """Within the block the background work stands still, so that pages wait for it as long as somebody looks at them."""
    [worker] = [one for one in psutil.Process(site.process.pid).children(recursive=True) if one.cmdline()[-2:] == ["jobs", "work"]]
    worker.suspend()
    while not _free(site.folder / "cadre.sqlite3-queue"):
        worker.resume()
        time.sleep(0.02)
        worker.suspend()
    try:
        yield
    finally:
        worker.resume()


def _free(queue: Path) -> bool:
    """Whether nobody writes just now."""
    with queue.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def start(folder: Path) -> Site:
    """Starts it and waits until it answers; the region is loaded by then."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "server.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CADRE_")}
    environment |= {"CADRE_FOLDER": str(folder), "CADRE_PUBLIC_URL": url, "CADRE_DEMO": "small", "PYTHONUNBUFFERED": "1"}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "up", "--port", str(port)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = Site(folder, url, log, process)
    deadline = time.monotonic() + SECONDS_TO_START
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > deadline:
            stop(site)
            raise AssertionError(f"Cadre did not start within {SECONDS_TO_START} s:\n{site.tail()}")
        time.sleep(0.25)
    return site


def stop(site: Site) -> None:
    """Asks it to end, as Ctrl-C does, and sees to it that nothing of it stays."""
    if site.process.poll() is None:
        site.process.send_signal(signal.SIGTERM)
    try:
        site.process.wait(timeout=40)
    except subprocess.TimeoutExpired:
        os.killpg(site.process.pid, signal.SIGKILL)
        site.process.wait()


def today() -> datetime:
    """This moment at the school; where midnight would come during a journey, the next day's first minutes are waited for."""
    now = datetime.now(ZONE)
    midnight = (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    if midnight - now < timedelta(minutes=MINUTES_OF_A_JOURNEY):
        time.sleep((midnight - now).total_seconds() + 1)
        now = datetime.now(ZONE)
    return now


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=2) as answer:  # the site's own address
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
