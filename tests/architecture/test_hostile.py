"""Safety 4: no input breaks a page. Hostile values in every form and every address, by everybody who may come there."""

import csv
import io
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from flask import Flask
from markupsafe import escape
from sqlalchemy import Enum, String, Table, func, select, update
from sqlalchemy.exc import DBAPIError

from tests.architecture.hostile import ATTRIBUTE, BOUNDARY, HTML, LIVE, TEMPLATE, TEXTS, multipart, some, urlencoded, variants
from tests.architecture.mistakes import Answered
from tests.architecture.test_matrix import World, address, signed
from tests.architecture.visits import Answer, Stage, Visit, asked, bearers, browser, invite, look, mistaken, visits
from tests.conftest import joined, undone
from training.kernel.db import Record, db
from training.kernel.limits import limiter
from training.kernel.pages import Door, registered
from training.kernel.policy import Actor
from training.kernel.web import HEADERS as ALWAYS_SENT
from training.organisations.models import Organisation

SLOW, AGAIN = 2.0, 4
"""Seconds that no answer takes; a slow one is asked again so many times, because this machine may have had other work."""
FEW, FEW_ADDRESSES = 3, 2
"""Of the values in single fields, and in addresses, so many are tried with each form and page; --full tries all."""
ALWAYS = ("q", "sort", "page", "view", "next", "of", "as", "before", "group", "chosen", "vacancy", "parent", "employer", "kind", "key")
MISTAKES, MANY = (b"", b"?"), 40
"""What is sent in every field of a form to be told what is wrong, and how many forms tell it at least."""
NOT_TYPED = {"stored_file.media_type", "stored_file.place", "account.password", "account.email", "receipt.answer", "notice.name"}
"""Texts that only the product itself writes."""
HEADERS = ("User-Agent", "Accept-Language", "If-None-Match", "Range", "Referer", "HX-Request", "X-Forwarded-For")
OPENS = {
    "confirm": {"accounts.confirm"},
    "reset": {"accounts.reset"},
    "invitation": {"accounts.invitations.accept"},
    "consent": {"trainees.consents.answer"},
    "signing": {"internships.agreements.sign_by_link", "internships.agreements.pdf_by_link"},
    "claim": {"trainees.claims.accept"},
    "card": {"trainees.cards.use"},
}
"""By a link's purpose: the pages that it opens."""
KEYS = (
    "0",
    "-1",
    "2147483648",
    "9223372036854775808",
    "9" * 30,
    "9" * 5_000,
    "%00",
    "%ED%A0%80",
    "%FF",
    "1%0D%0AX-Evil:1",
    "{{7*7}}",
    "x" * 5_000,
)

pytestmark = pytest.mark.xdist_group("hostile")
"""One process opens every page first, for all of these."""


@pytest.fixture(scope="module")
def stage(request, small_region, tmp_path_factory) -> Iterator[Stage]:
    app = small_region(tmp_path_factory.mktemp("hostile"))
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    limiter.enabled = False
    with joined(app) as connection:
        made = Stage(World(app, connection), [], [], {})
        with app.app_context():
            invite()
            made.visits = list(visits(made.world, everybody=request.config.getoption("--full")))
        look(made)
        yield made
    limiter.enabled = True
    with app.app_context():
        db.engine.dispose()


def faults(answer: Answer) -> list[str]:
    """What is wrong with an answer, the time it took aside."""
    found = [f"answers {answer.status}"] if answer.status >= 500 else []
    if answer.kind in ("text/html", "image/svg+xml") and (alive := LIVE.search(answer.text)):
        around = answer.text[max(0, alive.start() - 100) : alive.end() + 60]
        found.append(f"a live payload: …{around}…")
    if answer.location and not re.match(r"(/(?![/\\])|http://localhost/|\?)", answer.location):
        found.append(f"leads away: {answer.location[:80]}")
    lacking = {name: value for name, value in ALWAYS_SENT.items() if value.partition(";")[0] not in answer.headers.get(name, "")}
    if lacking:
        found.append(f"lacks {lacking}")
    if any("evil" in name.lower() for name in answer.headers):
        found.append("a header from outside")
    return found


def tried(
    stage: Stage, visit: Visit, url: str, body: bytes | None = None, kind: str = "", foreign: int | None = None
) -> tuple[int, list[str]]:
    """One request, and the page it leads to, undone afterwards: its status and what is wrong.

    Nothing that is `foreign`'s, an organisation's, may change.
    """
    status, seconds, wrong = answered(stage, visit, url, body, kind, foreign)
    for _again in range(AGAIN):
        if seconds >= SLOW:
            status, seconds, wrong = answered(stage, visit, url, body, kind, foreign)
    return status, [*wrong, *([f"took {seconds:.1f} s"] if seconds >= SLOW else [])]


def answered(stage: Stage, visit: Visit, url: str, body: bytes | None, kind: str, foreign: int | None) -> tuple[int, float, list[str]]:
    """The status, the seconds of the slower of the two requests, and what is wrong."""
    with undone(stage.world.connection):
        before = belongings(stage, foreign) if foreign else None
        client = browser(stage, visit)
        answer = asked(stage, visit, url, body, kind, client)
        wrong, seconds = faults(answer), answer.seconds
        if foreign and belongings(stage, foreign) != before:
            wrong.append("wrote for somebody else")
        if answer.location and not wrong:
            after = asked(stage, visit, answer.location, client=client)
            wrong += [f"then {one}" for one in faults(after)]
            seconds = max(seconds, after.seconds)
        return answer.status, seconds, wrong


def test_no_form_breaks(stage: Stage, figure, request):
    full = request.config.getoption("--full")
    statuses: Counter[int] = Counter()
    values: Counter[str] = Counter()
    wrong: list[str] = []
    for visit, form, place in stage.forms:
        with stage.world.app.app_context():
            foreign = stranger(visit.actor)
            db.session.rollback()
        for words, fields, files in variants(form, foreign, place, None if full else FEW):
            tokens = [("csrf_token", signed(stage.world.app).encode()), ("receipt_key", secrets.token_urlsafe(8).encode())]
            sent = [*(one for one in fields if one[0] not in ("csrf_token", "receipt_key")), *tokens]
            body, kind = (urlencoded(sent), "application/x-www-form-urlencoded")
            if form.files:
                body, kind = multipart(sent, files), f"multipart/form-data; boundary={BOUNDARY.decode()}"
            before = belongings(stage, foreign) if words == "too many fields" else None
            status, found = tried(stage, visit, form.action, body, kind)
            if before is not None and belongings(stage, foreign) != before:
                found.append("wrote for somebody else")
            statuses[status] += 1
            values[words.split(" in ")[0]] += 1
            wrong += [f"{form.action} as {visit.who}, {words}: {one}" for one in found]
    told = f"{sum(statuses.values()):,} requests to {len(stage.forms)} forms"
    figure("4 no input breaks a page", told, f"{len(wrong)} faults", promised="0")
    assert not wrong, "\n".join(wrong)
    assert {*TEXTS} <= set(values)
    assert statuses[302] > len(stage.forms) / 10, f"too few forms got as far as acting: {statuses}"


def test_mistakes_are_told_at_their_fields(stage: Stage):
    told: Counter[str] = Counter()
    wrong: list[str] = []
    for visit, form, _place in stage.forms:
        for value in MISTAKES if set(form.kinds.values()) - {"hidden", "submit"} else ():
            answer = mistaken(stage, visit, form, value)
            if answer.kind == "text/html" and answer.status in (200, 422):
                told[visit.page.endpoint] += 1
                wrong += [f"{form.action} as {visit.who}, {value!r}: {one}" for one in Answered(answer.text).faults()]
    assert not wrong, "\n".join(wrong)
    assert len(told) > MANY, f"only {len(told)} forms were told of a mistake"


def test_no_address_breaks(stage: Stage, figure, request):
    few = None if request.config.getoption("--full") else FEW_ADDRESSES
    asks = 0
    wrong: list[str] = []
    for place, visit in enumerate(one for one in stage.visits if "GET" in one.page.methods):
        for words, url in addresses(stage, visit, place, few):
            _status, found = tried(stage, visit, url)
            asks += 1
            wrong += [f"{visit.page.endpoint} as {visit.who}, {words}: {one}" for one in found]
    figure("4 no input breaks a page", f"{asks:,} addresses", f"{len(wrong)} faults", promised="0")
    assert not wrong, "\n".join(wrong)


def addresses(stage: Stage, visit: Visit, place: int, few: int | None) -> Iterator[tuple[str, str]]:
    """Hostile query strings of a page, all its parameters at once and doubled, and hostile values in its path."""
    names = sorted({*ALWAYS, *stage.parameters.get(visit.page.endpoint, ())} - {"csrf_token", "receipt_key"})
    wished = [name for name, value in TEXTS.items() if len(value) <= 5_000]
    for value in some(wished, place, few):
        yield f"{value} asked for", f"{visit.url}?{urlencoded([(name, TEXTS[value]) for name in names]).decode()}"
    for name in names if few is None else names[place % len(names) :][:1]:
        for value in some(wished, place * 3, few and 1):
            yield f"{value} as {name}", f"{visit.url}?{urlencoded([(name, TEXTS[value]), (name, HTML.encode())]).decode()}"
    for key, given in visit.args:
        for value in some(KEYS, place, few and 1):
            yield f"{value[:20]} for {key}", visit.url.replace(f"/{given}", f"/{value}", 1)
    if visit.door in (Door.MEMBER, Door.BEARER):
        for value in some(KEYS, place * 5, few and 1):
            yield f"{value[:20]} at the door", re.sub(r"^/(o|l)/[^/]+", rf"/\1/{value}", visit.url)


def test_what_was_stored_comes_back_as_text(stage: Stage, figure):
    with undone(stage.world.connection):
        planted = sum(plant(stage, table) for table in Record.metadata.sorted_tables)
        shown, wrong = 0, []
        for visit in stage.visits:
            if "GET" in visit.page.methods:
                answer = asked(stage, visit, visit.url)
                shown += "alert(7)" in answer.text or "7*7" in answer.text
                wrong += [f"{visit.page.endpoint} as {visit.who}: {one}" for one in faults(answer)]
    figure("4 no input breaks a page", f"{planted} columns full of it, {len(stage.visits)} pages", f"{len(wrong)} faults", promised="0")
    assert not wrong, "\n".join(wrong)
    assert shown > 100, "hardly any page showed what was planted"


def plant(stage: Stage, table: Table, payloads: Sequence[str] = (HTML + TEMPLATE, TEMPLATE + ATTRIBUTE, ATTRIBUTE + HTML)) -> int:
    """Fills the texts that people write with payloads; the database may refuse what is kept for good."""
    texts = [
        column
        for column in table.c
        if isinstance(column.type, String) and not isinstance(column.type, Enum) and column.type.length in (200, 4000)
        and f"{table.name}.{column.name}" not in NOT_TYPED
    ]  # fmt: skip
    done = 0
    for number, column in enumerate(texts):
        payload = payloads[number % len(payloads)]
        savepoint = stage.world.connection.begin_nested()
        try:
            stage.world.connection.execute(update(table).where(column.is_not(None)).values({column.name: payload}))
            savepoint.commit()
            done += 1
        except DBAPIError:
            savepoint.rollback()
    return done


def stranger(actor: Actor) -> int:
    """An organisation that the actor has nothing to do with."""
    query = select(Organisation.id).order_by(Organisation.id.desc()).limit(2)
    return next(key for key in db.session.scalars(query).all() if key != getattr(actor, "organisation_id", None))


def belongings(stage: Stage, organisation_id: int) -> list[Any]:
    """How many rows of every kind an organisation has, and what it is now."""
    columns = [
        column
        for table in Record.metadata.sorted_tables
        for name in ("organisation_id", "school_id", "employer_id")
        if (column := table.c.get(name)) is not None
    ]
    counts = [select(func.count()).select_from(column.table).where(column == organisation_id).scalar_subquery() for column in columns]
    organisation = Organisation.__table__
    own = select(*counts, organisation.c.version).where(organisation.c.id == organisation_id)
    return [*stage.world.connection.execute(own).one()]


@pytest.mark.parametrize("live", [HTML, ATTRIBUTE, "x49:yz", '<a href="javascript:alert(7)//">', "49y"])
def test_a_live_payload_would_be_seen(live: str):
    assert bool(LIVE.search(f"<p>{live}</p>")) is (live != "49y")
    assert not LIVE.search(f"<p>{escape(live if '<a' not in live and '49' not in live else '')}</p>")


def test_no_header_cookie_token_or_name_that_is_counted_breaks(committing_app: Flask):
    committing_app.testing, committing_app.config["PROPAGATE_EXCEPTIONS"] = False, False
    client = committing_app.test_client()
    wrong = []
    for words, value in TEXTS.items():
        text = value.decode("latin-1").replace("\r", "").replace("\n", "")[:8_000]
        cookies = "; ".join(f"{name}={text}" for name in ("cadre", "link", "theme", "language"))
        headers = {"Cookie": cookies, **dict.fromkeys(HEADERS, text)}
        seen = [client.get(url, headers=headers) for url in ("/", "/programmes", "/l/1/consent", "/static/css/theme.css")]
        with client.session_transaction() as session:
            session["csrf_token"] = "0" * 40
        whole = [("way_in", value), ("password", value), ("receipt_key", value), ("csrf_token", signed(committing_app).encode())]
        form = "application/x-www-form-urlencoded"
        seen += [client.post(url, data=urlencoded(whole), content_type=form) for url in ("/sign-in", "/forgotten", "/problems/new")]
        seen.append(client.post("/sign-in", data=urlencoded([("csrf_token", value)]), content_type=form))
        seen.append(client.post("/sign-in", data=value, content_type="multipart/form-data; boundary=" + text[:40]))
        wrong += [f"{words}: {one.request.path} answers {one.status_code}" for one in seen if one.status_code >= 500]
        for one in seen:
            one.close()
    assert not wrong, "\n".join(wrong)


def test_a_link_opens_what_it_was_made_for_and_nothing_else(stage: Stage):
    with stage.world.app.app_context():
        holders = bearers()
        db.session.rollback()
    assert {holder.purpose for holder, _cookie in holders} == {*OPENS} - {"card"}, "cards have tests of their own"
    for holder, cookie in holders:
        for page in registered(stage.world.app).values():
            if page.doors == (Door.BEARER,) and "GET" in page.methods and page.endpoint not in OPENS[holder.purpose]:
                url = address(page, Door.BEARER, None, {}).replace("<link>", str(holder.link_id))
                visit = Visit(page, Door.BEARER, holder.purpose, holder.purpose, url, (("link", cookie),), holder, ())
                assert asked(stage, visit, url).status in (403, 404), f"a {holder.purpose} link opens {page.endpoint}"


def test_no_list_takes_a_formula_out(stage: Stage):
    with undone(stage.world.connection):
        for table in Record.metadata.sorted_tables:
            plant(stage, table, ("=1+cmd|' /C calc'!A1", "@SUM(1)", "\t-2+3"))
        cells: list[str] = []
        seen = set()
        for visit in stage.visits:
            if visit.page.endpoint in {one.endpoint for one in stage.world.app.extensions["wiring"].lists.values()}:
                of = [
                    ("of", visit.url.encode()),
                    ("as", b"csv"),
                    ("csrf_token", signed(stage.world.app).encode()),
                    ("receipt_key", secrets.token_bytes(9).hex().encode()),
                ]
                at = re.sub(r"^(/o/[^/]+)?.*", lambda found: found[1] or "/account", visit.url) + "/exports/new"
                client = browser(stage, visit)
                answer = asked(stage, visit, at, urlencoded(of), "application/x-www-form-urlencoded", client)
                if answer.location:
                    text = asked(stage, visit, answer.location, client=client).text
                    cells += [
                        cell
                        for row in csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";" if ";" in text[:200] else ",")
                        for cell in row
                    ]
                    seen.add(visit.page.endpoint)
    assert len(seen) > 10, seen
    assert [cell for cell in cells if cell[:1] in {*"=+-@\t\r"} and not re.fullmatch(r"-?[\d.,]*", cell)] == []
    assert [cell for cell in cells if cell.startswith("'=1+cmd")] != []
