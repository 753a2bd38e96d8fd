"""Numbers that states give to people and organisations, with their check digits; all of them are text with leading zeros."""

import re
from collections.abc import Sequence

_INN_10 = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_11 = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_INN_12 = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_FIRST_CHECKED_SNILS = 1_001_998


def _digits(text: str) -> str:
    """The number without blanks and hyphens; nothing when other marks stand in it."""
    bare = re.sub(r"[\s-]", "", text)
    return bare if bare.isascii() and bare.isdigit() else ""


def _weighted(number: str, weights: Sequence[int]) -> str:
    """The check digit of an INN: the weighted sum modulo 11, modulo 10."""
    return str(sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11 % 10)


def inn(text: str) -> str | None:
    """A Russian taxpayer number of 10 (organisation) or 12 digits (person), or None.

    Check digits: order of the Federal Tax Service of 29.06.2012 N ММВ-7-6/435@.
    """
    number = _digits(text)
    if len(number) == 10:
        return number if number[9] == _weighted(number, _INN_10) else None
    if len(number) == 12:
        return number if number[10:] == _weighted(number, _INN_11) + _weighted(number, _INN_12) else None
    return None


def kpp(text: str) -> str | None:
    """The code of the reason for tax registration, 9 characters without a check digit, or None.

    Form: order of the Federal Tax Service of 29.06.2012 N ММВ-7-6/435@: NNNNPPXXX, where PP is 0-9 or A-Z.
    """
    number = re.sub(r"[\s-]", "", text).upper()
    return number if re.fullmatch(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}", number) else None


def ogrn(text: str) -> str | None:
    """The state registration number of an organisation, 13 digits, or None.

    Check digit: the first 12 digits modulo 11, modulo 10 (order of the Ministry of Finance of 18.02.2015 N 25н, later N 165н).
    """
    number = _digits(text)
    return number if len(number) == 13 and int(number[:12]) % 11 % 10 == int(number[12]) else None


def ogrnip(text: str) -> str | None:
    """The state registration number of a sole trader, 15 digits, or None.

    Check digit: the first 14 digits modulo 13, modulo 10 (the same orders as for the OGRN).
    """
    number = _digits(text)
    return number if len(number) == 15 and int(number[:14]) % 13 % 10 == int(number[14]) else None


def snils(text: str) -> str | None:
    """The number of a pension account, 11 digits, or None.

    Check: the sum of each of the 9 digits times its place from the right, modulo 101, where 100 counts as 00; numbers up to
    001-001-998 carry none (Pension Fund of Russia, resolution of 31.07.2006 N 192п, annex 2).
    """
    number = _digits(text)
    if len(number) != 11:
        return None
    if int(number[:9]) < _FIRST_CHECKED_SNILS:
        return number
    total = sum(int(digit) * (9 - place) for place, digit in enumerate(number[:9]))
    return number if total % 101 % 100 == int(number[9:]) else None
