"""A Chromium for the journeys: found on the machine, else fetched into the project's cache, else installed; prints its path."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools.machine import CACHE, Missing, apt_install, debian_root, say

PLACE = "CADRE_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LINE_TO_TYPE = "apt-get install chromium   (or your system's package of Chromium)"
SECONDS_TO_FETCH = 300


def on_the_machine() -> Path | None:
    """The browser that CADRE_CHROMIUM names or PATH holds."""
    named = os.environ.get(PLACE)
    return next((Path(path) for path in (named, *map(shutil.which, NAMES)) if path and _starts(Path(path))), None)


def in_the_cache() -> Path | None:
    """Playwright's own browser, fetched into the project's cache unless it is there; None where that does not work."""
    home = CACHE / "chromium"
    found = _fetched(home)
    if found is None:
        say("Looking for Playwright's Chromium …")
        place = {"PLAYWRIGHT_BROWSERS_PATH": str(home), "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "5000"}
        fetch = [sys.executable, "-m", "playwright", "install", "chromium"]
        try:
            subprocess.run(
                fetch, env=os.environ | place, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS_TO_FETCH, check=False
            )
        except subprocess.TimeoutExpired:
            return None
        found = _fetched(home)
    return found


def _fetched(home: Path) -> Path | None:
    """The newest browser in Playwright's folder that starts."""
    places = sorted([*home.glob("chromium-*/chrome-*/chrome"), *home.glob("chromium-*/chrome-*/*.app/Contents/MacOS/*")], reverse=True)
    return next(filter(_starts, places), None)


def _starts(browser: Path) -> bool:
    """Whether the browser runs here, with all its libraries."""
    try:
        return subprocess.run([str(browser), "--version"], capture_output=True, timeout=30, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def browser() -> Path:
    """The path of a Chromium that starts; raises Missing where none can be had."""
    found = on_the_machine() or in_the_cache()
    if found is None and debian_root() and apt_install("chromium"):
        found = on_the_machine()
    if found is None:
        raise Missing(LINE_TO_TYPE)
    return found


def main() -> int:
    """Print the path, or the line to type."""
    try:
        print(browser())
    except Missing as missing:
        say(f"Chromium could not be had; type: {missing}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
