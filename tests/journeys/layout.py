"""How a page lies: nothing sideways, nothing cut off when text grows, targets that a finger finds (WCAG 2.2: 1.4.4, 1.4.10, 1.4.12, 2.5.8)."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page

NARROWEST = 320
"""CSS pixels at which a page still reads without scrolling sideways (WCAG 1.4.10)."""
PHONE = 390
ZOOMED = 640
"""What 1,280 pixels are at 200 % (WCAG 1.4.4)."""
DESK = 1280
DOUBLED = "html { font-size: 200% !important; }"
"""Letters twice as large in a window that stays as it is: who enlarges text alone (WCAG 1.4.4)."""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
"""The spaces that a reader may set (WCAG 1.4.12)."""

SIDEWAYS = """() => {
  const beyond = document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth;
  if (beyond <= 0) return [];
  const framed = (one) => one && one !== document.body && (getComputedStyle(one).overflowX !== "visible" || framed(one.parentElement));
  const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > document.scrollingElement.clientWidth + 1 && !framed(one.parentElement));
  return [`scrolls sideways by ${beyond} pixels: ` + wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120)).join(" | ")];
}"""

LOST = """() => {
  const found = [];
  const lines = [];
  const styles = new Map();
  const styleOf = (one) => styles.get(one) ?? styles.set(one, getComputedStyle(one)).get(one);
  const small = (box) => box.width <= 1 || box.height <= 1;
  const hides = (value) => value === "hidden" || value === "clip";
  const cut = (box, one) => {
    let [across, down] = [true, true];
    for (let frame = one; frame && frame !== document.body && (across || down); frame = frame.parentElement) {
      const style = styleOf(frame);
      if (style.position === "fixed" || frame instanceof SVGElement) return null;
      const edge = frame.getBoundingClientRect();
      if (small(edge)) return "unseen";
      if (style.display !== "inline") {
        if (across && hides(style.overflowX) && (box.left < edge.left - 2 || box.right > edge.right + 2)) return frame;
        if (down && hides(style.overflowY) && (box.top < edge.top - 2 || box.bottom > edge.bottom + 2)) return frame;
      }
      if (["auto", "scroll"].includes(style.overflowX)) across = false;
      if (["auto", "scroll"].includes(style.overflowY)) down = false;
      if (!across && !down) return "scrolls";
    }
    return across && down ? null : "scrolls";
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walk.nextNode()) {
    const [text, holder] = [walk.currentNode, walk.currentNode.parentElement];
    if (!text.data.trim() || !holder.checkVisibility({ visibilityProperty: true, opacityProperty: true }) || holder.closest("script, style, option, .skip")) continue;
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (small(box)) continue;
      const frame = cut(box, holder);
      if (frame === "unseen") break;
      if (frame && frame !== "scrolls") {
        found.push(`“${text.data.trim().slice(0, 40)}” is cut off in ${frame.outerHTML.slice(0, 100)}`);
        break;
      }
      if (!frame && !holder.closest("svg, .bottom-nav, .action-bar, .dropdown-menu")) lines.push({ text, holder, left: box.left, right: box.right, top: box.top + box.height / 4, bottom: box.bottom - box.height / 4 });
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((one, place) => {
    for (let next = place + 1; next < lines.length && lines[next].top < one.bottom - 1; next++) {
      const other = lines[next];
      if (other.text !== one.text && Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2) {
        found.push(`“${one.text.data.trim().slice(0, 40)}” lies over “${other.text.data.trim().slice(0, 40)}”: ${one.holder.outerHTML.slice(0, 100)}`);
      }
    }
  });
  for (const button of document.querySelectorAll(".btn:not(:has(> .count)), .badge, .chip, .count")) {
    if (button.checkVisibility() && button.scrollWidth > button.clientWidth + 2 && button.clientWidth > 1) found.push(`wider than its frame: ${button.outerHTML.slice(0, 140)}`);
  }
  return found.slice(0, 6);
}"""

SMALL = """() => {
  const LEAST = 24;
  const SELECTOR = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=option], [role=tab], [role=menuitem], [role=checkbox]";
  const sizeable = (box) => box.width >= LEAST - 0.5 && box.height >= LEAST - 0.5;
  const all = [...document.querySelectorAll(SELECTOR)].filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]") && getComputedStyle(one).pointerEvents !== "none");
  const targets = [];
  for (const one of all) {
    const boxes = [one, ...(one.labels ?? [])].map((part) => part.getBoundingClientRect()).filter((box) => box.width > 1 && box.height > 1);
    const box = boxes.find(sizeable) ?? boxes[0];
    if (!box || box.right <= 0 || box.bottom + scrollY <= 0) continue;
    targets.push({ one, box, bar: one.closest(".bottom-nav, .action-bar"), large: sizeable(box), x: box.left + box.width / 2, y: box.top + box.height / 2 });
  }
  const inSentence = (one) => {
    if (getComputedStyle(one).display !== "inline") return false;
    let block = one.parentElement;
    while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
    const walk = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const text = walk.currentNode;
      if (/[\\p{L}\\p{N}]/u.test(text.data) && !text.parentElement.closest(SELECTOR) && !text.parentElement.closest(".visually-hidden")) return true;
    }
    return false;
  };
  const far = (one, other) => {
    const [x, y] = [Math.max(other.box.left - one.x, 0, one.x - other.box.right), Math.max(other.box.top - one.y, 0, one.y - other.box.bottom)];
    return other.large ? Math.hypot(x, y) >= LEAST / 2 : Math.hypot(one.x - other.x, one.y - other.y) >= LEAST && Math.hypot(x, y) >= LEAST / 2;
  };
  return targets.filter((one) => !one.large && !inSentence(one.one)).flatMap((one) => {
    const near = targets.find((other) => other !== one && other.bar === one.bar && !other.one.contains(one.one) && !one.one.contains(other.one) && !far(one, other));
    if (!near) return [];
    const size = `${Math.round(one.box.width)} × ${Math.round(one.box.height)}`;
    return [`a target of ${size} pixels, too near to another: ${one.one.outerHTML.slice(0, 140)} | ${near.one.outerHTML.slice(0, 80)}`];
  }).slice(0, 6);
}"""


@contextmanager
def as_wide_as(page: Page, width: int) -> Iterator[None]:
    """Within the block the window has this width."""
    usual = page.viewport_size
    assert usual is not None
    if usual["width"] != width:
        page.set_viewport_size({"width": width, "height": usual["height"]})
    yield
    if usual["width"] != width:
        page.set_viewport_size(usual)


@contextmanager
def styled(page: Page, rules: str) -> Iterator[None]:
    """Within the block the page has these rules too, as if a reader's own style sheet said so."""
    page.evaluate(
        "(rules) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rules); document.adoptedStyleSheets = [sheet]; }", rules
    )
    yield
    page.evaluate("() => { document.adoptedStyleSheets = []; }")


def faults(page: Page) -> list[str]:
    """What is wrong with how the page lies on small windows, and with letters doubled."""
    return [*narrowed(page), *doubled(page)]


def narrowed(page: Page) -> list[str]:
    """What is wrong with how the page lies in the narrowest window, on a phone, and there with a reader's own spaces."""
    with as_wide_as(page, NARROWEST):
        found = said(page, f"at {NARROWEST} pixels", SIDEWAYS)
    with as_wide_as(page, PHONE):
        found += said(page, f"at {PHONE} pixels", SIDEWAYS, LOST, SMALL)
        with styled(page, SPACED):
            found += said(page, f"at {PHONE} pixels, spaced", SIDEWAYS, LOST)
    return found


def doubled(page: Page) -> list[str]:
    """What is wrong with how the page lies on a desk with letters doubled."""
    with as_wide_as(page, DESK), styled(page, DOUBLED):
        return said(page, f"at {DESK} pixels, letters doubled", SIDEWAYS, LOST)


def zoomed(page: Page) -> list[str]:
    """What is wrong with how the page lies at 200 %."""
    with as_wide_as(page, ZOOMED):
        return said(page, f"at {ZOOMED} pixels", SIDEWAYS, LOST)


def as_seen_at(page: Page, width: int) -> list[str]:
    """What is wrong with how the page lies for those who have windows of this width."""
    return narrowed(page) if width == PHONE else [*doubled(page), *zoomed(page)]


def said(page: Page, when: str, *checks: str) -> list[str]:
    """What these checks find now."""
    return [f"{when}: {one}" for check in checks for one in page.evaluate(check)]
