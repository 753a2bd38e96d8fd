"""Login names made of people's names, in Latin letters that every keyboard has."""

import re
from collections.abc import Collection, Iterable, Sequence

LETTERS = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "",
            "y",
            "",
            "e",
            "iu",
            "ia",
        ],
        strict=True,
    )
)
"""As in the machine-readable zone of Russian passports (ICAO Doc 9303), without the sign for ъ."""


def latin(text: str) -> str:
    """The letters and digits of a text in Latin, everything else left out."""
    return re.sub(r"[^a-z0-9]", "", "".join(LETTERS.get(sign, sign) for sign in text.casefold()))


def stem(family_name: str, given_name: str) -> str:
    """What a login name begins with: `orlova.nina`, at most 40 characters."""
    return ".".join(part for part in (latin(family_name)[:24], latin(given_name)[:15]) if part) or "trainee"


def free(stems: Iterable[str], taken: Collection[str]) -> Sequence[str]:
    """A login name for each stem, with a number where it is taken; all different."""
    used, found = set(taken), []
    for one in stems:
        number, name = 2, one
        while name in used:
            name, number = f"{one}{number}", number + 1
        used.add(name)
        found.append(name)
    return found
