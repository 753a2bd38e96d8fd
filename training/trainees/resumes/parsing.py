"""Reading a file as JSON that is safe to work with: small, shallow, of text that every database keeps."""

import json
from typing import Any, NoReturn

from training.kernel.i18n import _l
from training.kernel.policy import NotNow

LIMIT = 200_000
"""Bytes of a résumé."""
DEEPEST, MOST_VALUES = 12, 5_000


def parsed(content: bytes) -> dict[str, Any]:
    """The object that a file holds; NotNow, with the place in it, when it cannot be read."""
    if len(content) > LIMIT:
        refuse(_l("The file is larger than %(most)d kB. A résumé is a small text; choose another file.", most=LIMIT // 1000))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        refuse(_l("The file is not text in UTF-8: byte %(place)d cannot be read. Save it as JSON in UTF-8.", place=error.start + 1))
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        refuse(_l("This is not JSON: line %(line)d, sign %(column)d cannot be read.", line=error.lineno, column=error.colno))
    except RecursionError:
        refuse(_l("The file is nested too deeply: %(most)d levels at most.", most=DEEPEST))
    except ValueError:
        refuse(_l("The file holds a number that nobody can read. Check it and send it again."))
    if not isinstance(found, dict):
        refuse(_l("A JSON Resume is an object with “basics”, “education”, “skills” and so on; this file holds something else."))
    _look_through(found)
    return found


def refuse(*sentences: Any) -> NoReturn:
    """Says beside the file what is wrong with it."""
    raise NotNow(*sentences, field="file")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        refuse(_l("“%(name)s” stands twice in one object; one of them would be lost. Take one away.", name=short(twice)))
    return found


def _no_number(word: str) -> NoReturn:
    refuse(_l("“%(word)s” is no number in JSON. Check it and send the file again.", word=word))


def _look_through(root: dict[str, Any]) -> None:
    """Every value once, without recursion."""
    waiting: list[tuple[str, Any, int]] = [("", root, 1)]
    seen = 0
    while waiting:
        path, value, depth = waiting.pop()
        seen += 1
        if seen > MOST_VALUES:
            refuse(_l("The file holds more than %(most)d values. A résumé is shorter; choose another file.", most=MOST_VALUES))
        if depth > DEEPEST:
            refuse(_l("The file is nested too deeply: %(most)d levels at most.", most=DEEPEST))
        if isinstance(value, dict):
            for name, inner in value.items():
                _keepable(path or short(name), name)
                waiting.append((f"{path}.{short(name)}" if path else short(name), inner, depth + 1))
        elif isinstance(value, list):
            waiting.extend((f"{path}[{place}]", inner, depth + 1) for place, inner in enumerate(value))
        elif isinstance(value, str):
            _keepable(path, value)


def _keepable(path: str, text: str) -> None:
    """Neither a NUL nor half a sign, which no database keeps."""
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        refuse(_l("%(path)s: it holds a sign that cannot be kept. Type it again.", path=shown(path)))


def shown(text: str) -> str:
    """Text that can be shown, whatever it holds."""
    return text.replace("\0", "�").encode("utf-8", "replace").decode("utf-8")


def short(text: str, most: int = 60) -> str:
    """The beginning of a text, for people to recognise it, on one line."""
    line = shown(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"
