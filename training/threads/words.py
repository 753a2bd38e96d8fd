"""The words of a message: who is named with an @, and what a page may make clickable."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from training.kernel.keys import sort_key
from training.kernel.wiring import Person

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_AT = re.compile(r"(?<![\w@./])@(?=[^\W\d_])")
_RUN = re.compile(r"[^\W\d_][\w'’-]*(?:[ \u00a0][^\W\d_][\w'’-]*){0,4}")
_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]»]")


@dataclass(frozen=True)
class Mention:
    """A place in a text where somebody is named: from the @ to the end of the name, and whom it can mean."""

    start: int
    end: int
    words: str
    people: Sequence[Person]


@dataclass(frozen=True)
class Piece:
    """A stretch of a line: plain, or a `link`, or a `mention`."""

    words: str
    kind: str = ""


def clean(text: str) -> str:
    """The text without control, direction and half characters, with single line ends and no blanks around it."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def mentions(text: str, people: Sequence[Person]) -> list[Mention]:
    """Everybody named with an @ in the text; a capitalised name that is nobody's stands there without people."""
    found = []
    for at in _AT.finditer(text):
        run = _RUN.match(text, at.end())
        assert run is not None  # the @ stands before a letter
        named = _named(run, people)
        if named.people or named.words[:1].isupper():
            found.append(named)
    return found


def _named(run: re.Match[str], people: Sequence[Person]) -> Mention:
    """Whom the words after an @ name: the whole name in either order, or one part of it where only one person has that."""
    words = re.split(r"[ \u00a0]", run.group())
    keys = [sort_key(word) for word in words]
    by_length: dict[int, list[Person]] = {}
    for person in people:
        name = _parts(person.name)
        if name and (keys[: len(name)] == name or keys[: len(name)] == name[::-1]):
            by_length.setdefault(len(name), []).append(person)
    if by_length:
        longest = max(by_length)
        return _mention(run, words[:longest], by_length[longest])
    more = len(words) > 1 and words[1][:1].isupper()
    alone = [] if more else [person for person in people if keys[0] in _parts(person.name)]
    if len({person.account_id for person in alone}) == 1:
        return _mention(run, words[:1], alone)
    return _mention(run, words[: 2 if more else 1], [])


def _mention(run: re.Match[str], words: Sequence[str], people: Sequence[Person]) -> Mention:
    return Mention(run.start() - 1, run.start() + len(" ".join(words)), " ".join(words), people)


def _parts(name: str) -> list[str]:
    return re.findall(r"[\w'’-]+", sort_key(name))


def paragraphs(text: str, people: Sequence[Person]) -> list[list[list[Piece]]]:
    """The text as paragraphs of lines of pieces; `people` are those whose names are marked."""
    blocks = re.split(r"\n\s*\n", text.strip())
    return [[list(_pieces(line, people)) for line in block.split("\n")] for block in blocks if block.strip()]


def _pieces(line: str, people: Sequence[Person]) -> Iterator[Piece]:
    links = [(link.start(), link.end(), "link") for link in _LINK.finditer(line)]
    names = [(one.start, one.end, "mention") for one in mentions(line, people) if one.people] if people else []
    outside = [name for name in names if not any(start <= name[0] < end for start, end, _kind in links)]
    here = 0
    for start, end, kind in sorted([*links, *outside]):
        if start > here:
            yield Piece(line[here:start])
        yield Piece(line[start:end], kind)
        here = end
    if here < len(line):
        yield Piece(line[here:])
