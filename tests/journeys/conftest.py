"""Fixtures of the journeys: one running Cadre for all that a process tells, one Chromium, and the people who sit in front of it."""

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.journeys import site as running
from tests.journeys.person import Person
from tests.journeys.site import ROOT, Site

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHOTS = ROOT / "var" / "journeys"
PEOPLE = pytest.StashKey[list[Person]]()


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """The real thing, with the demonstration region."""
    started = running.start(tmp_path_factory.mktemp("journeys") / "var")
    yield started
    running.stop(started)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that CADRE_CHROMIUM names, or that the machine has."""
    place = os.environ.get("CADRE_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if place is None:
        pytest.skip("there is no Chromium: make test looks for one, or set CADRE_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=place, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def shots(request) -> Callable[[str], Path]:
    """Where the next picture of this journey goes."""
    journey = request.node.name.removeprefix("test_")[:40]
    SHOTS.mkdir(parents=True, exist_ok=True)
    for old in SHOTS.glob(f"{journey}-*.png"):
        old.unlink()
    number = itertools.count(1)
    return lambda name: SHOTS / f"{journey}-{next(number):02d}-{name}.png"


@pytest.fixture
def person(request, chromium, site, shots) -> Iterator[Callable[..., Person]]:
    """Makes people: `person(language="ru", phone=True)`."""
    people: list[Person] = []
    request.node.stash[PEOPLE] = people

    def come(*, language: str = "en", phone: bool = False, scripts: bool = True, sharp: bool = False) -> Person:
        one = Person(chromium, site, shots, language=language, phone=phone, scripts=scripts, sharp=sharp)
        people.append(one)
        return one

    yield come
    faults = [fault for one in people for fault in [*one.faults, *one.noise]]
    for one in people:
        one.context.close()
    assert not faults, f"{len(faults)} faults on the pages of this journey:\n" + "\n".join(faults)


@pytest.fixture(scope="session")
def album() -> Path | None:
    """The folder for the README's pictures, where CADRE_PICTURES asks for them."""
    asked = os.environ.get("CADRE_PICTURES")
    if asked is None:
        return None
    folder = ROOT / asked
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """A failed journey keeps a picture of every open window, and the report ends with the server's last lines."""
    report = (yield).get_result()
    if call.when != "call" or not report.failed:
        return
    people = item.stash.get(PEOPLE, [])
    for number, one in enumerate(people, 1):
        path = SHOTS / f"{item.name.removeprefix('test_')[:40]}-failed-{number}.png"
        try:
            one.page.screenshot(path=path, full_page=True)
            report.sections.append((f"window {number}", f"{one.page.url}\n{path}\n" + "\n".join(one.noise)))
        except Error as error:
            report.sections.append((f"window {number}", f"{one.page.url}: {error}"))
    if people:
        report.sections.append(("the server's last lines", people[0].site.tail()))
