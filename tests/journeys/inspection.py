"""What is checked on every page that is looked at: axe-core, errors tied to their fields, one heading."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
THEMES = ("light", "dark")

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
HEIGHT = "() => document.querySelector('.bottom-nav, .action-bar') ? document.scrollingElement.scrollHeight : 0"
"""How high a page is that has bars which stick to an edge of the window."""
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
    height = page.evaluate(HEIGHT)
    if height > usual["height"]:
        page.set_viewport_size({"width": usual["width"], "height": height})
    yield
    if height > usual["height"]:
        page.set_viewport_size(usual)


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page, a line each with the first elements it means."""
    if page.evaluate("() => !window.axe"):
        page.evaluate(axe())
    found: list[dict[str, Any]] = page.evaluate(
        f"async () => (await axe.run(document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ['violations'],"
        " elementRef: false})).violations.map((one) => ({id: one.id, help: one.help, nodes: one.nodes.slice(0, 4).map((node) => node.html)}))"
    )
    return [f"axe {one['id']}: {one['help']}\n    " + "\n    ".join(one["nodes"]) for one in found]


@contextmanager
def looking(page: Page, theme: str) -> Iterator[None]:
    """Within the block the page is light or dark."""
    usual = page.evaluate("document.documentElement.dataset.bsTheme")
    page.evaluate("(theme) => { document.documentElement.dataset.bsTheme = theme }", theme)
    yield
    page.evaluate("(theme) => { document.documentElement.dataset.bsTheme = theme }", usual)


def faults(page: Page) -> list[str]:
    """What is wrong with the page itself: its forms, headings and identifiers."""
    found: list[str] = page.evaluate(FORM)
    return found
