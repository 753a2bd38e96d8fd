"""The words on the pages: a journey names them in English and finds them in the reader's language."""

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

RUSSIAN = Path(__file__).resolve().parents[2] / "training" / "translations" / "ru" / "LC_MESSAGES" / "messages.po"
BLANKS = re.compile(r"(?:\\?\s)+")
"""Blanks of any kind: a page may hold a word together with its number, and its accessible name not."""
PLACEHOLDER = re.compile(r"%\\?\(\w+\\?\)[sd]")


@cache
def catalogue() -> dict[str, list[str]]:
    """Every Russian form of each English text; empty where nothing is translated yet."""
    if not RUSSIAN.exists():
        return {}
    found: dict[str, list[str]] = {}
    with RUSSIAN.open("rb") as file:
        for message in read_po(file, locale="ru"):
            forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
            for text in [message.id] if isinstance(message.id, str) else list(message.id):
                found.setdefault(text, []).extend(form for form in forms if form)
    return found


def shown(text: str, language: str) -> re.Pattern[str]:
    """How a text of the product looks on a page in that language, placeholders standing for anything."""
    forms = (catalogue().get(text) if language == "ru" else None) or [text]
    return re.compile("|".join(BLANKS.sub(r"\\s+", PLACEHOLDER.sub(".+", re.escape(form))) for form in forms))


def untranslated(texts: list[str]) -> list[str]:
    """Which of a Russian page's texts are the product's own English ones, although their Russian is known."""
    known = catalogue()
    return sorted({text for text in texts if len(text) > 2 and text in known and text not in known[text]})


def is_russian(text: str) -> bool:
    """Whether a text has Russian letters and no others."""
    return re.search("[а-яё]", text, re.IGNORECASE) is not None and re.search("[a-z]", text, re.IGNORECASE) is None
