"""What every response carries: safe headers, the reader's language, the filters that templates use."""

import logging
import re
import secrets
from collections.abc import Callable, Collection, Iterable, MutableMapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, flash, g, has_request_context, request, session, url_for
from flask.templating import Environment
from flask_babel import Babel
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from jinja2 import StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

from training.kernel import clock, i18n
from training.kernel.config import Config
from training.kernel.keys import initials
from training.kernel.lists import Wanted
from training.kernel.pages import Door
from training.kernel.wiring import wired

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
csrf = CSRFProtect()
_SECRET = re.compile(r"(/l/|/letters/stop/|/calendar/)[^/?\s]+")


def masked(line: logging.LogRecord) -> bool:
    """Takes the tokens of letters out of what is logged, and what could begin another line."""
    line.msg = "".join(sign if sign.isprintable() else " " for sign in _SECRET.sub(r"\1…", line.getMessage()))
    line.args = ()
    return True


class Templates(Environment):
    """Flask's templates with the same names in all of them: Jinja otherwise copies its names through a chain of two for every page."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that a template knows."""
        return {**self.globals, **d} if d else self.globals


def set_up(app: Flask) -> None:
    """Headers on every response, two languages, form tokens, strict templates."""
    config: Config = app.config["CADRE"]
    clock.settle(config.zone)
    app.jinja_environment = Templates
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    csrf.init_app(app)
    Babel(app, locale_selector=chosen_language, timezone_selector=lambda: config.zone)
    app.jinja_env.filters.update(
        initials=initials,
        day=_day,
        moment=lambda value, zone=config.zone: i18n.format_moment(value, zone=zone),
        number=i18n.format_number,
        inside=i18n.inside,
    )
    app.jinja_env.globals.update(
        receipt_key=receipt_key,
        format_range=_range,
        format_zone=i18n.format_zone,
        language=i18n.language,
        event_words=event_words,
        page_url=page_url,
        url_for=address,
        _=said,
        gettext=said,
        ngettext=counted,
        choices=choices,
        today=clock.today,
        csrf_token=form_token,
    )
    app.after_request(dress)
    app.logger.addFilter(masked)


BOUND_FOR = "bound_for"


def form_token() -> str:
    """The token that the forms of this page carry; looked up once a page, which may have a hundred forms."""
    token: str | None = g.get("csrf_token")
    return token or str(generate_csrf())


def receipt_key() -> str:
    """A key under which a form acts once, however often it is sent."""
    return secrets.token_urlsafe(18)


@pass_eval_context
def said(context: EvalContext, string: str, /, **variables: Any) -> str:
    """A sentence of a template in the reader's language; what is put into it is escaped."""
    text = i18n.gettext(string)
    if context.autoescape:
        text = Markup(text)  # noqa: S704 -- a sentence of ours
    return i18n.fill(text, variables) if variables or "%" in text else text


@pass_eval_context
def counted(context: EvalContext, singular: str, plural: str, num: int, /, **variables: Any) -> str:
    """A sentence of a template for that number."""
    text = i18n.plural(singular, plural, num)
    if context.autoescape:
        text = Markup(text)  # noqa: S704 -- a sentence of ours
    return i18n.fill(text, {"num": i18n.Many(num), **variables})


def _range(first: date, last: date) -> str:
    """Two days on a page: a line breaks between them, not within one."""
    return i18n.format_range(first, last).replace(" ", i18n.NBSP).replace(f"–{i18n.NBSP}", "– ")


def _day(value: date | datetime, **how: Any) -> str:
    return i18n.format_date(i18n.day_meant(value, zone=how.get("zone")) if isinstance(value, datetime) else value, **how)


_static: dict[tuple[str, str], str] = {}


def address(endpoint: str, **values: Any) -> str:
    """Flask's `url_for` for templates; those of static files, of which a page has dozens, are made once."""
    if endpoint != "static" or len(values) > 1:
        return url_for(endpoint, **values)
    place = request.script_root, values["filename"]
    made = _static.get(place)
    if made is None:
        made = _static[place] = url_for(endpoint, **values)
    return made


def done(words: str, undo: str, **hidden: str | int) -> None:
    """Says above the next page what was just done, with a button that takes it back: what the form at `undo` is posted with."""
    flash((words, undo, hidden), "success")  # type: ignore[arg-type]  # any JSON; the skeleton tells them apart


def page_url(wanted: Wanted) -> Callable[[int], str]:
    """The address of any page of the present list."""
    arguments = dict(request.view_args or {})
    return lambda number: url_for(request.endpoint or "", **arguments, **wanted.query(page=number))


@dataclass(frozen=True)
class Choice:
    """One option of a filter."""

    value: str
    label: object
    checked: bool
    count: int | None = None


def choices(options: Iterable[Any], chosen: Collection[str]) -> list[Choice]:
    """The members of an enumeration as the options of a filter."""
    return [Choice(option.value, option.label, option.value in chosen) for option in options]


def event_words(name: str) -> str:
    """The words of a history line."""
    event = wired().events.get(name)
    return str(event.words) if event is not None else name


def chosen_language() -> str:
    """The account's language, else the one chosen on this device, else what the browser asks for."""
    if not has_request_context():
        return "en"
    account = g.get("account")
    if account is not None and account.language in i18n.LANGUAGES:
        return str(account.language)
    chosen = request.cookies.get("language")
    if chosen in i18n.LANGUAGES:
        return chosen
    return request.accept_languages.best_match(list(i18n.LANGUAGES)) or "en"


def dress(response: Response) -> Response:
    """Adds the headers; what is not said to be public is not stored anywhere."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def inside(address: str | None) -> str | None:
    """A `next=` address when it stays on this site (a path of ours, nothing a browser could read as a host), else None."""
    if not address or not address.startswith("/") or len(address) > 500:
        return None
    if any(ord(sign) < 33 or sign == "\\" for sign in address) or address.startswith("//"):
        return None
    parts = urlsplit(address)
    return address if not parts.scheme and not parts.netloc else None


def remember(going: str | None) -> bool:
    """Keeps where somebody wants to go as a trainee until they are one, be it by way of signing up; whether it was such an address."""
    if going is None or not going.startswith(f"{Door.LEARNER.value}/"):
        return False
    session[BOUND_FOR] = going
    return True


def bound_for() -> str | None:
    """Where somebody wanted to go before they were asked who they are; told once."""
    going: str | None = session.pop(BOUND_FOR, None)
    return going


def tag(*parts: object) -> str:
    """A validator for a public page, from what the page depends on."""
    return sha256("\x1f".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()[:24]
