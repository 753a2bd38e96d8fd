"""The long public texts: markdown beside the templates, one file for each name and language."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from training.kernel.config import ROOT

FOLDER = ROOT / "templates" / "insights" / "help"
ROLES = (
    "everybody",
    "trainee",
    "guardian",
    "school-manager",
    "teacher",
    "placement-officer",
    "employer-manager",
    "recruiter",
    "mentor",
    "authority",
    "operator",
)
"""Help for everybody and for each role, in the order of the index."""
RULES = ("privacy", "terms", "accessibility")
"""What holds for everybody."""
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {"h2", "h3", "p", "ul", "ol", "li", "a", "b", "em", "strong", "code", "table", "thead", "tbody", "tr", "th", "td"}
_ATTRIBUTES = {"a": {"href"}, "h2": {"id"}}


@dataclass(frozen=True)
class Text:
    """One text: its name in addresses, title, opening sentence, sections as (id, title), and the rest as safe HTML."""

    name: str
    title: str
    lead: str
    sections: Sequence[tuple[str, str]]
    html: str


def path(name: str, language: str) -> Path:
    """Where a text stands."""
    return FOLDER / f"{name}.{language}.md"


@cache
def text(name: str, language: str) -> Text:
    """A text in a language: a first-level title, one opening paragraph, then sections; read once."""
    title, lead, rest = path(name, language).read_text(encoding="utf-8").split("\n\n", 2)
    tokens = _MARKDOWN.parse(rest)
    sections = _numbered(tokens)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return Text(
        name,
        title.removeprefix("# ").strip(),
        " ".join(lead.split()),
        sections,
        nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes={"https", "mailto"}, link_rel=None),
    )


def _numbered(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """Gives each second-level title an id to be led to, and lists them."""
    found: list[tuple[str, str]] = []
    for place, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2":
            key = f"section-{len(found) + 1}"
            token.attrSet("id", key)
            found.append((key, tokens[place + 1].content))
    return found
