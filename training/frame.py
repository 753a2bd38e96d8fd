"""The frame of a page: rendered once for all readers who see the same, then filled with what is one reader's own."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from flask import current_app, request
from markupsafe import Markup, escape

MOST_FRAMES = 500
"""Frames kept ready, one for each place, kind of actor and what waits; some ten kilobytes each."""


class Reader(NamedTuple):
    """What the frame prints of this one reader and visit; everything else is the same for many."""

    name: str = "𐀀 𐀁"
    initials: str = "𐀀𐀁"
    back: str = "𐀂"
    """The query by which a change of look or language leads back here."""
    here: str = "𐀃"
    """The query by which a report of a problem names this page; empty where an address is a secret."""
    token: str = "𐀄"  # noqa: S105 -- a mark
    receipt: str = "𐀅"
    """Token and receipt key of the form that signs out."""
    page: str = "𐀆"
    """The class of the page's column."""


ANYBODY = Reader()
"""Marks in the places of a reader: letters of a script that nobody writes here, so that initials can be made of them."""
_MARK = re.compile(f"({'|'.join(ANYBODY)})")
_PLACES = {mark: place for place, mark in enumerate(ANYBODY)}


@dataclass(frozen=True)
class Frame:
    """What stands before, above and below a page."""

    head: Markup
    masthead: Markup
    foot: Markup


PARTS = "frame/head.html", "frame/masthead.html", "frame/foot.html"


@dataclass(frozen=True)
class Blank:
    """A part of the frame for anybody: text, and between the pieces of it the places of what is a reader's own."""

    text: str
    pieces: list[str | int] = field(init=False)

    def __post_init__(self) -> None:
        """Cut at its marks."""
        found = [_PLACES.get(piece, piece) for piece in _MARK.split(self.text)]
        object.__setattr__(self, "pieces", found)

    def filled(self, values: Sequence[str]) -> Markup:
        """The part with a reader's own in its places."""
        return Markup("".join([piece if isinstance(piece, str) else values[piece] for piece in self.pieces]))  # noqa: S704 -- escaped when it was rendered


def framed(key: Hashable, shell: Callable[[], object], reader: Reader) -> Frame:
    """The frame of a shell that is made for `ANYBODY`, filled for one reader; readers with the same key share it."""
    frames: dict[Hashable, list[Blank]] = current_app.extensions.setdefault("frames", {})
    blanks = frames.get(key)
    if blanks is None:
        if len(frames) >= MOST_FRAMES:
            frames.clear()
        named = {"shell": shell(), "request": request}
        blanks = frames[key] = [Blank(current_app.jinja_env.get_template(part).render(named)) for part in PARTS]
    values = [str(escape(value)) for value in reader]
    return Frame(*(blank.filled(values) for blank in blanks))
