"""What is checked on every page that a journey looks at: axe-core, errors tied to their fields, one heading, no scrolling sideways."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROWEST = 320
"""CSS pixels at which a page still reads without scrolling sideways (WCAG 1.4.10)."""

FORM = """() => {
  const wrong = [];
  const shown = (one) => one.checkVisibility({ visibilityProperty: true });
  const headings = [...document.querySelectorAll("h1")].filter(shown).length;
  if (headings !== 1) wrong.push(`${headings} headings h1 instead of one`);
  const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) wrong.push(`the id “${id}” stands twice`);
  for (const error of document.querySelectorAll(".form-error")) {
    if (!shown(error)) continue;
    const field = document.querySelector(`[aria-describedby~="${CSS.escape(error.id)}"]`);
    if (!error.id || !field) wrong.push(`the error “${error.innerText}” is not tied to its field`);
    else if (!field.matches("fieldset") && field.getAttribute("aria-invalid") !== "true") wrong.push(`“${field.name}” does not say that it is invalid`);
    if (!document.querySelector(".error-summary")) wrong.push(`the error “${error.innerText}” is missing at the top of the form`);
  }
  for (const link of document.querySelectorAll(".error-summary a")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!target) wrong.push(`“${link.innerText}” leads nowhere`);
  }
  for (const field of document.querySelectorAll("main :is(input:not([type=hidden]), select, textarea)")) {
    const named = field.labels?.length || field.getAttribute("aria-label") || field.getAttribute("aria-labelledby");
    if (shown(field) && !named) wrong.push(`the field “${field.name}” has no label`);
  }
  return wrong;
}"""
HEIGHT = "() => document.scrollingElement.scrollHeight"
SIDEWAYS = "() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
WIDE = """() => [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(
  ".table-responsive, .board, .tabs, .visually-hidden, [hidden]")).slice(0, 3).map((one) => one.outerHTML.slice(0, 120))"""
TEXTS = """() => {
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.data.replace(/\\s+/g, " ").trim();
    if (text && !walk.currentNode.parentElement.closest("script, style, [lang]:not(html)")) found.push(text);
  }
  return found;
}"""


@cache
def axe() -> str:
    """The source of axe-core."""
    return AXE.read_text(encoding="utf-8")


@contextmanager
def unrolled(page: Page) -> Iterator[None]:
    """Within the block the window is as high as the page, so that bars that stick to its edges cover nothing."""
    usual = page.viewport_size
    assert usual is not None
    page.set_viewport_size({"width": usual["width"], "height": max(usual["height"], page.evaluate(HEIGHT))})
    yield
    page.set_viewport_size(usual)


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page, a line each with the first elements it means."""
    page.evaluate(axe())
    found: list[dict[str, Any]] = page.evaluate(
        f"async () => (await axe.run(document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ['violations'],"
        " elementRef: false})).violations.map((one) => ({id: one.id, help: one.help, nodes: one.nodes.slice(0, 4).map((node) => node.html)}))"
    )
    return [f"axe {one['id']}: {one['help']}\n    " + "\n    ".join(one["nodes"]) for one in found]


def every_way(page: Page, language: str) -> list[str]:
    """What axe-core finds in both looks and widths: of the page as it stands, and of a second window with it in the other language."""
    found = four_ways(page, language)
    address, other = page.url, "en" if language == "ru" else "ru"
    second = page.context.new_page()
    try:
        second.goto(f"/language/{other}?next=/", wait_until="load")
        answer = second.goto(address, wait_until="load")
        if answer is not None and answer.ok and second.url == address:  # else it is what a form was answered with
            found += four_ways(second, other)
        second.goto(f"/language/{language}?next=/", wait_until="load")
    finally:
        second.close()
    return found


def four_ways(page: Page, language: str) -> list[str]:
    """What axe-core finds in both looks, on a desk and on a phone."""
    usual, look = page.viewport_size, page.evaluate("document.documentElement.dataset.bsTheme")
    assert usual is not None
    found = []
    for theme in ("light", "dark"):
        page.evaluate("(theme) => { document.documentElement.dataset.bsTheme = theme }", theme)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": usual["height"]})
            found += [f"{theme}, {width} pixels, {language}: {one}" for one in violations(page)]
    page.set_viewport_size(usual)
    page.evaluate("(theme) => { document.documentElement.dataset.bsTheme = theme }", look)
    return found


def faults(page: Page, *, narrow: bool) -> list[str]:
    """What is wrong with the page itself; `narrow` looks at it at 320 pixels too."""
    found: list[str] = page.evaluate(FORM)
    found += sideways(page)
    if narrow and page.viewport_size is not None:
        usual = page.viewport_size
        page.set_viewport_size({"width": NARROWEST, "height": usual["height"]})
        found += sideways(page)
        page.set_viewport_size(usual)
    return found


def sideways(page: Page) -> list[str]:
    """Whether the page scrolls sideways, and because of what."""
    beyond: int = page.evaluate(SIDEWAYS)
    if beyond <= 0:
        return []
    width = page.evaluate("innerWidth")
    return [f"scrolls sideways by {beyond} pixels at {width}: " + " | ".join(page.evaluate(WIDE))]
