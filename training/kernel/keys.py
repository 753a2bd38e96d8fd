"""Stored keys for sorting and finding, and random names for public addresses."""

import re
import secrets
import unicodedata

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def sort_key(text: str) -> str:
    """Text as lists are ordered and compared: NFKC, casefold, ё as е, single blanks; at most 240 characters."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join(folded.split())[:240]


def email_key(address: str) -> str:
    """An e-mail address as it is compared: NFKC, without blanks around it, casefolded."""
    return unicodedata.normalize("NFKC", address).strip().casefold()[:240]


def _random(length: int) -> str:
    """So many signs of the alphabet, each as likely as any other: the digits of one random number."""
    number, signs = secrets.randbelow(len(_ALPHABET) ** length), []
    for _ in range(length):
        number, place = divmod(number, len(_ALPHABET))
        signs.append(_ALPHABET[place])
    return "".join(signs)


def slug() -> str:
    """A random public name of 12 characters (59 bits); it identifies, it is not a secret."""
    return _random(12)


def initials(name: str) -> str:
    """Up to two initials of a person's or organisation's name, leaving legal forms and marks aside."""
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word.casefold() not in {"ооо", "ао", "пао", "ltd", "llc", "the", "of"}]
    if not words:
        return "–"
    first: str = words[0][:2] if len(words) == 1 else words[0][0] + words[1][0]
    return first.upper()


def code() -> str:
    """A random secret that people can type, of 28 characters (138 bits); `typed_code` reads it back."""
    return _random(28)


def in_fours(text: str) -> str:
    """A code as it is printed: groups of four."""
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4)).upper()


def typed_code(text: str) -> str:
    """A printed code as it was typed, without what stands between its groups."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).casefold()[:60]


def row_key(text: str) -> int:
    """The key of a row that a text names in digits; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 10 else 0
