"""What was perhaps meant: words that nothing is called by, put right by the words of what the reader may see."""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from training.search.words import QUERY, TERMS, raw, stem

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
_CYRILLIC = "ёйцукенгшщзхъфывапролджэячсмитьбю"
_LAYOUTS = str.maketrans(_LATIN + _CYRILLIC, _CYRILLIC + _LATIN)
"""Each key of the Russian keyboard beside the English sign on it, and the reverse."""
_SHORTEST = 4


def corrected(words: str, titles: Iterable[str]) -> str | None:
    """The query with each unknown word replaced by the nearest one of the titles; None when there is nothing to put right.

    Near is one slip in a word of up to five letters, two in a longer one, three from nine on; two letters in each other's place are one
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
    return any(one.startswith(root) for one in known)


def _nearest(word: str, known: list[str], *, last: bool) -> str:
    """The word itself when it is known or short, else the known one at the smallest distance within reach."""
    if len(word) < _SHORTEST or word[0].isdigit() or _is_known(word, known):
        return word
    reach = 1 if len(word) < 6 else 2 if len(word) < 9 else 3
    best = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=reach)
    if best is None and last:
        beginnings = {one[: len(word)]: one for one in reversed(known)}
        begun = process.extractOne(word, list(beginnings), scorer=OSA.distance, score_cutoff=min(reach, 2))
        return beginnings[begun[0]] if begun else word
    return best[0] if best else word
