"""Ready-made readers for the columns of importers: each gives a value or says in a sentence what to do."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TypeVar

from training.exchange import codes
from training.kernel import identifiers
from training.kernel.i18n import LANGUAGES, LazyString, _l, force_locale
from training.kernel.keys import email_key, sort_key
from training.kernel.workflow import State

T = TypeVar("T")

_NUMBER = re.compile(r"[-−]?\d+(?:[.,]\d+)?")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")


class BadCell(Exception):
    """A cell cannot be understood; the sentence says what to do."""

    def __init__(self, sentence: str | LazyString) -> None:
        """The sentence to show beside the cell."""
        super().__init__(sentence)
        self.sentence = sentence


def shown(cell: object) -> str:
    """A cell as people see it: whole numbers without a fraction, dates day first, one line of at most 1,000 characters."""
    if isinstance(cell, str) and cell.isprintable():
        return cell.strip()[:1000]
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, date):
        timed = isinstance(cell, datetime) and (cell.hour, cell.minute, cell.second) != (0, 0, 0)
        return f"{cell:%d.%m.%Y %H:%M}" if timed else f"{cell:%d.%m.%Y}"
    readable = "".join(sign if sign.isprintable() or sign in "\n\t" else " " * sign.isspace() for sign in str(cell))
    return readable.strip()[:1000]


def text(cell: object) -> str:
    """One line of text, at most 200 characters."""
    return line(200)(cell)


def line(most: int) -> Callable[[object], str]:
    """A reader of one line of at most `most` characters."""

    def read(cell: object) -> str:
        found = " ".join(shown(cell).split())
        if len(found) > most:
            raise BadCell(_l("At most %(most)d characters fit here; these are %(found)d.", most=most, found=len(found)))
        return found

    return read


def prose(cell: object) -> str:
    """Paragraphs, at most 4,000 characters."""
    found = str(cell).strip().replace("\r\n", "\n").replace("\0", "").encode("utf-8", "ignore").decode()
    if len(found) > 4000:
        raise BadCell(_l("At most %(most)d characters fit here; these are %(found)d.", most=4000, found=len(found)))
    return found


def code(cell: object) -> str:
    """A code such as 15.01.05, also where a spreadsheet has made a date of it."""
    return line(60)(codes.as_code(cell))


def day(cell: object) -> date:
    """A day of the calendar between 1900 and 2199."""
    try:
        found = codes.as_date(cell)
    except ValueError as error:
        raise BadCell(_l("There is no day %(written)s. Correct the date.", written=shown(cell))) from error
    if found is None or not 1900 <= found.year <= 2199:
        raise BadCell(_l("Write the date as day, month and year: 31.12.2026."))
    return found


def whole(least: int, most: int) -> Callable[[object], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(cell: object) -> int:
        number = decimal(cell)
        if number != number.to_integral_value() or not least <= number <= most:
            raise BadCell(_l("Write a whole number from %(least)d to %(most)d.", least=least, most=most))
        return int(number)

    return read


def decimal(cell: object) -> Decimal:
    """A number, with a point or a comma, blanks between thousands left aside; below 10 to the power of 12."""
    written = re.sub(r"[\s\u00a0\u202f]", "", shown(cell))
    try:
        number = Decimal(written.replace(",", ".").replace("−", "-")) if _NUMBER.fullmatch(written) else None
    except InvalidOperation:
        number = None
    if number is None or abs(number) >= 10**12:
        raise BadCell(_l("Write a number, for example 1250 or 12.5."))
    return number


def choice(meanings: Mapping[str, T]) -> Callable[[object], T]:
    """A reader of a few words, each with its meaning; case and ё do not matter."""
    known = {sort_key(word): meaning for word, meaning in meanings.items()}
    listed = ", ".join(list(meanings)[:8])

    def read(cell: object) -> T:
        try:
            return known[sort_key(shown(cell))]
        except KeyError as error:
            raise BadCell(_l("Write one of: %(words)s.", words=listed)) from error

    return read


def member(kinds: Iterable[State], words: Mapping[str, str] | None = None) -> Callable[[object], str]:
    """A reader of an enumeration: its values, its labels in every language, and further `words`; gives the value."""
    members = list(kinds)

    @cache
    def reader() -> Callable[[object], str]:
        known = {one.value: one.value for one in members}
        for language in LANGUAGES:
            with force_locale(language):
                known = {str(one.label): one.value for one in members} | known
        return choice(known | dict(words or {}))

    def read(cell: object) -> str:
        return reader()(cell)

    return read


def email(cell: object) -> str:
    """An e-mail address as it is compared."""
    address = email_key(shown(cell))
    if not _EMAIL.fullmatch(address):
        raise BadCell(_l("This is not an e-mail address. Write one such as name@example.org."))
    return address


def _checked(check: Callable[[str], str | None], width: int, sentence: LazyString) -> Callable[[object], str]:
    """A reader of numbers with check digits; a number cell has lost its leading zeros, up to two, which come back."""

    def read(cell: object) -> str:
        written = shown(cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool) and width - 2 <= len(written) < width:
            written = written.zfill(width)
        found = check(written)
        if found is None:
            raise BadCell(sentence)
        return found

    return read


inn = _checked(identifiers.inn, 10, _l("The check digits of this INN do not fit. Compare it with the document."))
ogrn = _checked(identifiers.ogrn, 13, _l("The check digit of this OGRN does not fit. Compare it with the document."))
kpp = _checked(identifiers.kpp, 9, _l("A KPP has 9 characters. Compare it with the document."))
snils = _checked(identifiers.snils, 11, _l("The check digits of this SNILS do not fit. Compare it with the card."))
