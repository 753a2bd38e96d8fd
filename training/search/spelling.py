"""What was perhaps meant: words that nothing is called by, put right by the words of what the reader may see: of the same family, or near."""

import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from training.search.words import QUERY, TERMS, raw, stem

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_LAYOUTS = str.maketrans(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN)
"""Each key of the Russian keyboard beside the English sign on it, and the reverse."""
_SHORTEST = 4
_MADE = {
    "russian": re.compile(
        "(.{4,}?)(?:изирован|изирова|изац|ирован|ирова|ическ|очник|овщик|евщик|льщик|щик|чик|ник|ниц|щиц|чиц|ик|тель|тел|ист|ств"
        "|ован|еван|ван|ск|овк|евк|очк|оч|еч|ок|ек|к|овн|очн|ов|ев|ен|н|ер|аж)"
    ),
    "english": re.compile("(.{4,}?)(?:er|or|ist|ing|ment|ion|ian|ical|ic)"),
}
"""What makes a word of another one of its family, at the end of stems: сварка, сварочный, сварщик; weld, welder. Four letters stay."""
_TURNS = str.maketrans("чцжш", "ккгх")
"""Consonants that take each other's place at the end of a root: рука, ручной; кузнец, кузнечный."""


def corrected(words: str, titles: Iterable[str]) -> str | None:
    """The query with each unknown word replaced by the nearest one of the titles; None when there is nothing to put right.

    The nearest is a word of the same family (станочник, станков), else one that looks alike: one slip in a word of up to five letters, two in a longer one, three from nine on; two letters in each other's place are one
    slip (optimal string alignment). The last word may still be unfinished. A word typed in the other keyboard layout counts as its letters.
    """
    known = [word for word in dict.fromkeys(raw("\n".join(titles))) if len(word) >= _SHORTEST]
    typed = list(dict.fromkeys(raw(words[:QUERY])))[:TERMS]
    if not known or not typed:
        return None
    swapped = list(raw(words[:QUERY].casefold().translate(_LAYOUTS)))
    right = [_nearest(word, known, last=place == len(typed) - 1) for place, word in enumerate(typed)]
    if right != typed:
        return " ".join(right)
    other = [_nearest(word, known, last=place == len(swapped) - 1) for place, word in enumerate(swapped[:TERMS])]
    return " ".join(other) if other and all(_is_known(word, known) for word in other) else None


def _is_known(word: str, known: list[str]) -> bool:
    root = stem(word)
    return any(one.startswith(word) or (one.startswith(root) and stem(one) == root) for one in known)


def _nearest(word: str, known: list[str], *, last: bool) -> str:
    """The word itself when it is known or short, else the known one at the smallest distance within reach."""
    if len(word) < _SHORTEST or word[0].isdigit() or _is_known(word, known):
        return word
    related = _related(word, known)
    if related:
        return related
    reach = 1 if len(word) < 6 else 2 if len(word) < 9 else 3
    best = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=reach)
    if best is None and last:
        beginnings = {one[: len(word)]: one for one in reversed(known)}
        begun = process.extractOne(word, list(beginnings), scorer=OSA.distance, score_cutoff=min(reach, 2))
        return beginnings[begun[0]] if begun else word
    return best[0] if best else word


def _related(word: str, known: list[str]) -> str | None:
    """The known word of the same family that is nearest."""
    root = _root(word)
    family = [one for one in known if one.startswith(root[:3]) and _root(one) == root]
    return min(family, key=lambda one: (OSA.distance(word, one), one)) if family else None


def _root(word: str) -> str:
    """What is left of a word's stem without what makes it a word of its own, four letters at least."""
    root = stem(word)
    made = _MADE["english" if root.isascii() else "russian"]
    while cut := made.fullmatch(root):
        root = cut[1]
    return root[:-1] + root[-1:].translate(_TURNS)
