"""From text to the terms of the index: the same way for documents and for what people type."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from threading import local

import Stemmer

LONGEST = 40
"""Characters of a term; what is longer is cut on both sides."""
TERMS = 8
"""Terms of a query; further ones are left aside."""
QUERY = 400
"""Characters of a query that are looked at."""
_PREFIX_FROM = 3

_WORD = re.compile(r"\d[^\W_]*(?:[./-]\d[^\W_]*)+|[^\W_]+")
_CYRILLIC = re.compile(r"[а-я]")
_LATIN = re.compile(r"[a-z]")
_STEMMERS = local()


@dataclass(frozen=True)
class Term:
    """One word to look for: its stem, and what words may begin with instead, if they may."""

    stem: str
    prefix: str | None


def raw(text: str) -> Iterator[str]:
    """The words of a text: NFKC, casefolded, ё as е; a code such as 15.01.05 is one word."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return (found.group()[:LONGEST] for found in _WORD.finditer(folded))


def stem(word: str) -> str:
    """The stem by the word's script: Russian or English; anything with a digit or in other scripts stays whole."""
    if any(sign.isdigit() for sign in word):
        return word
    if _CYRILLIC.search(word):
        return _stemmer("russian").stemWord(word)
    return _stemmer("english").stemWord(word) if _LATIN.search(word) else word


def stems(text: str, most: int) -> str:
    """The stems of a text, in its order, blanks between, at most `most` characters."""
    line = " ".join(stem(word) for word in raw(text[: most * 4]))
    return line if len(line) <= most else line[: most + 1].rpartition(" ")[0]


def terms(words: str) -> list[Term]:
    """The distinct terms of a query; the last word and every code may be the beginning of a longer one."""
    found = list(dict.fromkeys(raw(words[:QUERY])))[:TERMS]
    return [Term(stem(word), word if _open(word, last=place == len(found) - 1) else None) for place, word in enumerate(found)]


def roots(words: str) -> list[str]:
    """What every form of each typed word begins with, for looking into keys that are not indexed; as many words as a query has terms."""
    found = dict.fromkeys(raw(words[:QUERY]))
    return [_common(word, stem(word)) or word for word in list(found)[:TERMS]]


def scope_words(kind: str, scopes: Iterable[str]) -> str:
    """The terms that stand for a kind within scopes, such as `_programme_public _programme_o7`."""
    return " ".join(scope_terms(kind, scopes))


def scope_terms(kind: str, scopes: Iterable[str]) -> Sequence[str]:
    """One term a scope; the leading underscore keeps them apart from any word."""
    return [f"_{_plain(kind)}_{_plain(scope)}" for scope in sorted(set(scopes))]


def _common(one: str, other: str) -> str:
    """What both words begin with."""
    return "".join(sign for sign, _same in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _plain(name: str) -> str:
    if not re.fullmatch(r"[a-z0-9_]{1,40}", name):
        raise ValueError(f"a kind or a scope is written in a-z, 0-9 and _: {name!r}")
    return name


def _open(word: str, *, last: bool) -> bool:
    return (last and len(word) >= _PREFIX_FROM) or (word[0].isdigit() and len(word) > 1)


def _stemmer(language: str) -> Stemmer.Stemmer:
    """A stemmer of this thread: they keep a cache and are not shared."""
    if not hasattr(_STEMMERS, language):
        setattr(_STEMMERS, language, Stemmer.Stemmer(language))
    found: Stemmer.Stemmer = getattr(_STEMMERS, language)
    return found
