"""What the tools know of the machine: the project's own cache, and Debian's packages where they may be installed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "var" / "cache"


class Missing(Exception):
    """What was looked for could not be had; the message is the line to type."""


def say(sentence: str) -> None:
    """Tell on the error stream, at once, so that output stays for results."""
    print(sentence, file=sys.stderr, flush=True)


def debian_root() -> bool:
    """Whether packages may be installed here: root on Debian or its kin, as in a container or on a CI machine."""
    return os.geteuid() == 0 and Path("/etc/debian_version").exists() and shutil.which("apt-get") is not None


def apt_install(package: str) -> bool:
    """Install one Debian package, saying so; tells whether that worked."""
    say(f"Installing Debian's package {package} (apt-get install {package}) …")
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", package]
    for command in (["apt-get", "update", "--quiet"], install):
        ran = subprocess.run(command, env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            say(f"{' '.join(command)} failed: {ran.stderr.strip().splitlines()[-1:]}")
            return False
    return True
