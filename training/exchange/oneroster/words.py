"""How single values of a bundle are written; each reader gives what is wrong, and whether the row stays out for it."""

import re
from collections.abc import Callable
from datetime import date

from training.exchange import cells
from training.kernel.i18n import LazyString, _l

Wrong = tuple[LazyString, bool] | None

_IDENTIFIER = re.compile(r"[^\s,;{}\"<>]{1,255}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)")
_PAIRS = re.compile(r"\{[^{}:]+:[^{}]+\}(,\s*\{[^{}:]+:[^{}]+\})*")
_LONGEST = 60


def identifier(value: str) -> Wrong:
    """A sourcedId: one word without blanks and commas."""
    if _IDENTIFIER.fullmatch(value):
        return None
    return _l("A sourcedId is one word of at most 255 signs, without blanks, commas, quotation marks and brackets."), True


def day(value: str) -> Wrong:
    """A day as ISO 8601 has it; which of two numbers is the month is never guessed."""
    try:
        date.fromisoformat(value if _DAY.fullmatch(value) else "")
    except ValueError:
        return _l("“%(value)s” is no day as the standard writes it: year, month and day, such as 2026-12-31.", value=value[:40]), True
    return None


def moment(value: str) -> Wrong:
    """A moment as ISO 8601 has it; nothing here depends on it."""
    if _MOMENT.fullmatch(value):
        return None
    return _l("“%(value)s” is no moment as the standard writes it, such as 2026-12-31T18:25:43.511Z.", value=value[:40]), False


def year(value: str) -> Wrong:
    """A year in four figures."""
    return None if re.fullmatch(r"\d{4}", value) else (_l("A year has four figures."), True)


def flag(value: str) -> Wrong:
    """True or false, in small letters."""
    return one_of("true", "false")(value)


def one_of(*choices: str) -> Callable[[str], Wrong]:
    """One of these words, written in just this way; other case is understood and told. Own words begin with ext: (1.2)."""
    known = {choice.casefold(): choice for choice in choices}

    def read(value: str) -> Wrong:
        if value in choices or value.startswith("ext:"):
            return None
        if (meant := known.get(value.casefold())) is not None:
            return _l("“%(value)s” is written “%(meant)s”.", value=value[:40], meant=meant), False
        return _l("“%(value)s” is not among the words of the standard: %(words)s.", value=value[:40], words=", ".join(choices)), True

    return read


def name(value: str) -> Wrong:
    """A part of a name, or a telephone number: one line."""
    if len(value) > _LONGEST:
        return _l("At most %(most)d characters fit here; these are %(found)d.", most=_LONGEST, found=len(value)), True
    return None


def email(value: str) -> Wrong:
    """An e-mail address."""
    try:
        cells.email(value)
    except cells.BadCell:
        return _l("This is not an e-mail address. Write one such as name@example.org."), True
    return None


def pairs(value: str) -> Wrong:
    """Further keys as {type:key}; nothing here depends on them."""
    if _PAIRS.fullmatch(value):
        return None
    return _l("Further keys are written as {type:key}, with commas between them."), False
