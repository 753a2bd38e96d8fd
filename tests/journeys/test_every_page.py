"""Every page of the product and each form with its mistakes, for each kind of person: axe-core, and how the page lies."""

import itertools
import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.architecture.visits import Stage
from tests.journeys import inspection, layout
from tests.journeys.showing import Screen, reading, sheets, staged
from training.app import AREAS

LANGUAGES = ("en", "ru")
WAYS = list(itertools.product(LANGUAGES, (layout.DESK, layout.PHONE), inspection.THEMES))
EVERY_WAY = os.environ.get("CADRE_AXE") == "all"
"""Whether each page, and each form with its mistakes, is looked at in every language, width and theme, as `make axe` asks, or each page in
one of the eight by turns."""


@pytest.fixture(scope="module")
def stage(site, tmp_path_factory) -> Iterator[Stage]:
    with staged(site, tmp_path_factory.mktemp("every-page")) as made:
        yield made


@pytest.fixture(scope="module")
def shown(chromium) -> Iterator[tuple[Screen, Page]]:
    screen = Screen()
    context = chromium.new_context(base_url=screen.url, viewport={"width": layout.DESK, "height": 900}, reduced_motion="reduce")
    yield screen, context.new_page()
    context.close()
    screen.server.shutdown()


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("area", sorted(area.name for area in AREAS))
def test_nothing_is_wrong_with_any_page_of(area: str, stage: Stage, shown: tuple[Screen, Page], shots):
    screen, page = shown
    wrong: list[str] = []
    made = sheets(stage, area, mistakes=EVERY_WAY)
    for language in LANGUAGES:
        with reading(stage, language):
            for place, make in enumerate(made):
                ways = [way[1:] for number, way in enumerate(WAYS) if way[0] == language and (EVERY_WAY or number == place % len(WAYS))]
                sheet = make(language) if ways else None
                if sheet is None:
                    continue
                screen.text = sheet.text
                page.goto(sheet.url, wait_until="load")
                page.screenshot(path=shots(f"{sheet.name} {sheet.who} {language}"), full_page=True)
                found = inspection.faults(page)
                for width in {width for width, _theme in ways}:
                    found += layout.as_seen_at(page, width)
                for width, theme in ways:
                    with layout.as_wide_as(page, width), inspection.unrolled(page), inspection.looking(page, theme):
                        found += [f"{theme}, {width} pixels: {one}" for one in inspection.violations(page)]
                wrong += [f"{sheet}, {language}: {one}" for one in found]
    assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(wrong)
