"""Two languages: translatable sentences, dates and numbers as the reader writes them."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_time as babel_time
from babel.dates import get_day_names, get_timezone_location
from babel.numbers import format_currency, format_decimal
from babel.support import NullTranslations
from flask import g, has_app_context
from flask_babel import LazyString as BabelsLazyString
from flask_babel import force_locale as forced_locale
from flask_babel import get_locale, get_timezone, get_translations
from markupsafe import Markup, escape

from training.kernel import clock

LANGUAGES = {"en": "English", "ru": "Русский"}
NBSP = "\N{NO-BREAK SPACE}"

__all__ = [
    "LANGUAGES",
    "LazyString",
    "_",
    "_l",
    "current_zone",
    "day_meant",
    "fill",
    "force_locale",
    "format_date",
    "format_moment",
    "format_money",
    "format_month",
    "format_number",
    "format_range",
    "format_zone",
    "inside",
    "language",
    "lazy_ngettext",
    "ngettext",
    "plural",
]


def _reader() -> tuple[str, NullTranslations]:
    """The reader's language and its sentences, looked up once for a request, a job, or a block in another language: a page asks 50 times."""
    if not has_app_context():
        return "en", NullTranslations()
    found: tuple[str, NullTranslations] | None = g.get("reader")
    if found is None:
        locale = get_locale()
        found = g.reader = (locale.language if locale and locale.language in LANGUAGES else "en", get_translations())
    return found


@contextmanager
def force_locale(code: str) -> Iterator[None]:
    """Within the block the reader's language is `code`."""
    before = g.pop("reader", None) if has_app_context() else None
    with forced_locale(code):
        try:
            yield
        finally:
            if has_app_context():
                g.reader = before


def language() -> str:
    """The reader's language: `en` or `ru`."""
    return _reader()[0]


class Near(str):
    """A day named by its nearness: `Today` by itself, `today` inside a sentence."""

    __slots__ = ()


class Many(int):
    """A number that a sentence counts: it is read in groups of three."""

    def __str__(self) -> str:
        """With the reader's separators."""
        return format_number(int(self))


def inside(words: str) -> str:
    """Words as they stand inside a sentence."""
    return words[:1].lower() + words[1:] if isinstance(words, Near) else words


def fill(sentence: str, variables: Mapping[str, Any]) -> str:
    """The sentence with its values; a near day begins small unless the sentence begins with it."""
    return sentence % {
        name: inside(value) if isinstance(value, Near) and not sentence.startswith(f"%({name})s") else value
        for name, value in variables.items()
    }


def gettext(string: str, /, **variables: Any) -> str:
    """The sentence in the reader's language."""
    said = _reader()[1].gettext(string)
    return fill(said, variables) if variables else said


def plural(one: str, many: str, num: int) -> str:
    """The sentence for that number in the reader's language, nothing put into it yet."""
    return _reader()[1].ngettext(one, many, num)


def ngettext(singular: str, several: str, num: int, /, **variables: Any) -> str:
    """The sentence for that number in the reader's language."""
    return fill(plural(singular, several, num), {"num": Many(num), **variables})


class LazyString(BabelsLazyString):
    """A sentence that is told in the language of whoever reads it, and is text on a page: Babel's own calls itself HTML, with all that was put into it."""

    def __html__(self) -> Markup:
        """The sentence as it stands on a page."""
        return escape(str(self))


def lazy_gettext(string: str, /, **variables: Any) -> LazyString:
    """The sentence in the language of whoever reads it, whenever that is."""
    return LazyString(gettext, string, **variables)


def lazy_ngettext(singular: str, several: str, num: int, /, **variables: Any) -> LazyString:
    """The sentence for that number, in the language of whoever reads it."""
    return LazyString(ngettext, singular, several, num, **variables)


_ = gettext
_l = lazy_gettext


def current_zone() -> str:
    """The zone in which the reader's moments are told."""
    return str(get_timezone() or "UTC")


def _locale() -> Locale:
    return Locale.parse("ru_RU" if language() == "ru" else "en_GB")


def format_date(day: date, *, zone: str | None = None, relative: bool = True, weekday: bool = True) -> str:
    """Today, Tomorrow, then `Friday, 19 June`; the year only when it is not this one."""
    today = clock.today(zone)
    if relative and day == today:
        return Near(_("Today"))
    if relative and (day - today).days == 1:
        return Near(_("Tomorrow"))
    near = day.year == today.year
    pattern = ("EEEE, d MMMM" if weekday else "d MMMM") if near else "d MMMM y"
    return babel_date(day, pattern, locale=_locale())


def format_range(first: date, last: date) -> str:
    """`1 September 2026 – 30 June 2029`; what both days share is said once."""
    locale = _locale()
    end = babel_date(last, "d MMMM y", locale=locale)
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{babel_date(first, 'd MMMM' if first.year == last.year else 'd MMMM y', locale=locale)} – {end}"


def format_zone(zone: str, moment: datetime) -> str:
    """A time zone by its town and what it is ahead of UTC at a moment: `Samara, UTC+4`."""
    away = moment.astimezone(ZoneInfo(zone)).strftime("%z")
    hours, minutes = int(away[:3]), away[3:5]
    return f"{get_timezone_location(zone, locale=_locale(), return_city=True)}, UTC{hours:+d}{'' if minutes == '00' else ':' + minutes}"


def format_month(day: date) -> str:
    """The month of a day by its name: `June 2026`."""
    return babel_date(day, "LLLL y", locale=_locale())


def format_time(moment: datetime) -> str:
    """The time of a moment, as 24 hours at its own zone: `14:30`."""
    return babel_time(moment, "HH:mm", locale=_locale())


def weekdays() -> list[tuple[str, str]]:
    """The days of a week from Monday, each short and in full."""
    short, long = (get_day_names(width, "stand-alone", _locale()) for width in ("abbreviated", "wide"))
    return [(short[number], long[number]) for number in range(7)]


def day_meant(moment: datetime, *, zone: str | None = None) -> date:
    """The calendar day of a moment at `zone`, the region's if none is said; midnight is the end of the day before, as deadlines are meant."""
    return clock.day_of(moment - timedelta(microseconds=1), zone)


def format_moment(moment: datetime, *, zone: str | None = None) -> str:
    """The day as `format_date` says it, and the time of 24 hours at `zone`, the region's if none is said; the end of a day is its 24:00, as deadlines are meant."""
    there = moment.astimezone(ZoneInfo(zone or clock.region()))
    day = format_date(day_meant(moment, zone=zone), zone=zone)
    words = f"{day}, {'24:00' if there.time() == time() else babel_time(there, 'HH:mm', locale=_locale())}"
    return Near(words) if isinstance(day, Near) else words


def format_number(number: int | Decimal | float) -> str:
    """Digits in groups of three, with the reader's separators."""
    return format_decimal(number, locale=_locale()).replace("-", "−")


def format_money(amount: Decimal, currency: str) -> str:
    """The amount and its unit: `61,400 ₽`; kopecks only when there are any."""
    symbol = {"RUB": "₽", "EUR": "€", "USD": "$"}.get(currency, currency)
    pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00"
    return f"{format_currency(amount, currency, pattern, locale=_locale(), currency_digits=False)}{NBSP}{symbol}".replace("-", "−")
