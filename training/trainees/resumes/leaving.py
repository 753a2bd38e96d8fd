"""What of a résumé nobody reads: each field once, with how often it stands there, what it says in short, and why it is left."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from training.kernel.i18n import LazyString, _l
from training.trainees.resumes.models import Left
from training.trainees.resumes.parsing import short

_NO_PLACE = _l("The profile has no place for it.")
_LINKS = _l("Addresses are never opened, and the profile has no place for links and pictures.")
_OWN = _l("Your name and e-mail address here stay as they are.")
_REASONS: dict[str, LazyString] = {
    "$schema": _l("It is about the file itself."),
    "meta": _l("It is about the file itself."),
    "work": _l("The profile keeps no work from before you came here. Tell of it in “About you”."),
    "basics.name": _OWN,
    "basics.email": _OWN,
    "basics.image": _LINKS,
    "basics.url": _LINKS,
    "basics.profiles": _LINKS,
    "education[].url": _LINKS,
    "certificates[].url": _LINKS,
}
READ = frozenset(
    {"basics", "basics.location", "education", "education[]", "certificates", "certificates[]", "skills", "skills[]", "skills[].keywords"}
)
"""Inside these single fields are read; what else the file holds is left as one."""


def left_out(document: dict[str, Any], used: Collection[str]) -> list[Left]:
    """The fields that were not read, in the order of the file; blank ones say nothing and are not named."""
    found: dict[str, list[Any]] = {}
    for path, value in _fields("", document):
        if path not in used and value not in (None, "", [], {}):
            found.setdefault(re.sub(r"\[[0-9]+\]", "[]", path), []).append(value)
    return [Left(path, _number(values), _said(values), _REASONS.get(path, _NO_PLACE)) for path, values in found.items()]


def _fields(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    plain = re.sub(r"\[[0-9]+\]", "[]", path)
    if isinstance(value, dict) and (not path or plain in READ):
        for name, inner in value.items():
            yield from _fields(f"{path}.{short(name)}" if path else short(name), inner)
    elif isinstance(value, list) and plain in READ:
        for place, inner in enumerate(value):
            yield from _fields(f"{path}[{place}]", inner)
    else:
        yield path, value


def _number(values: list[Any]) -> int:
    return sum(len(one) if isinstance(one, list) else 1 for one in values)


def _said(values: list[Any]) -> str:
    """The first words of each, for its writer to recognise it."""
    each = [inner for one in values for inner in (one if isinstance(one, list) else [one])]
    return short(", ".join(filter(None, (_words(one) for one in each))), 120)


def _words(value: Any) -> str:
    if isinstance(value, dict):
        return next((one for one in value.values() if isinstance(one, str) and one.strip()), "")
    return value if isinstance(value, str) else "" if isinstance(value, list) else str(value)
