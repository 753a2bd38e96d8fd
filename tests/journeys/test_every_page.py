"""Every page of the product and every form with its mistakes, for each kind of person: axe-core, and how the page lies."""

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
EVERY_WAY = os.environ.get("CADRE_AXE") != "one"
"""Whether each page is looked at in every language, width and theme, or, for an answer sooner, in one of the eight by turns."""


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
    for language in LANGUAGES:
        with reading(stage, language):
            for place, sheet in enumerate(sheets(stage, area, language)):
                ways = [way[1:] for number, way in enumerate(WAYS) if way[0] == language and (EVERY_WAY or number == place % len(WAYS))]
                if not ways:
                    continue
                screen.text = sheet.text
                page.goto(sheet.url, wait_until="load")
                page.screenshot(path=shots(f"{sheet.name} {sheet.who} {language}"), full_page=True)
                found = [*inspection.faults(page), *layout.faults(page), *layout.zoomed(page)]
                for width, theme in ways:
                    with layout.as_wide_as(page, width), inspection.unrolled(page), inspection.looking(page, theme):
                        found += [f"{theme}, {width} pixels: {one}" for one in inspection.violations(page)]
                wrong += [f"{sheet}, {language}: {one}" for one in found]
    assert not wrong, f"{len(wrong)} faults:\n" + "\n".join(wrong)
