"""Pages that the application makes in this process, shown to Chromium one after the other: any page, as anybody, in any language."""

import itertools
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from threading import Thread
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

from sqlalchemy import or_, select, update
from werkzeug.serving import make_server
from whitenoise import WhiteNoise

from tests.architecture.hostile import Form
from tests.architecture.test_matrix import KINDS, World, actors, address, expected
from tests.architecture.visits import Stage, Visit, asked, browser, invite, look, mistaken, side_of, visits
from tests.conftest import configured, joined, undone
from tests.journeys.site import Site
from training.accounts.models import Account
from training.app import create_app
from training.kernel.config import ROOT
from training.kernel.db import db
from training.kernel.limits import limiter
from training.kernel.pages import Door, registered
from training.kernel.policy import Actor, Learner, Member, Visitor
from training.organisations.models import Organisation

KEPT = 3600
"""Seconds for which Chromium uses a static file without asking."""
RECORDS = 20
"""Of somebody's own records so many are tried."""
MISTAKES = (b"", b"?")
"""What is sent in every field to be told what is wrong with it."""


@dataclass(frozen=True)
class Sheet:
    """A page as it was sent: what it is, whose, where it stands, and its text."""

    name: str
    who: str
    url: str
    text: str

    def __str__(self) -> str:
        """How a fault names it."""
        return f"{self.name} as {self.who}, {self.url}"


@contextmanager
def staged(site: Site, folder: Path) -> Iterator[Stage]:
    """The running site's region, copied, with everybody's way to every page."""
    copy = folder / "copy.sqlite3"
    with sqlite3.connect(site.folder / "cadre.sqlite3") as live, sqlite3.connect(copy) as own:
        live.backup(own)
    app = create_app(configured(f"sqlite:///{copy}", folder))
    limiter.enabled = False
    with joined(app) as connection:
        stage = Stage(World(app, connection), [], [], {})
        with app.app_context():
            invite()
            stage.visits = list(visits(stage.world, everybody=False))
            stage.visits += list(further(stage))
        look(stage)
        yield stage
    limiter.enabled = True
    with app.app_context():
        db.engine.dispose()


def further(stage: Stage) -> Iterator[Visit]:
    """The ways to pages that nobody's first records lead to: each person's own records, newest first."""
    led = {visit.page.endpoint for visit in stage.visits}
    people = actors()
    for endpoint, page in sorted(registered(stage.world.app).items()):
        if endpoint in led or len(page.arguments) != 1 or page.arguments[0] not in KINDS:
            continue
        seen: set[tuple[Door, str]] = set()
        for door, one in itertools.product(page.doors, people):
            acting = one.through(door)
            if acting is None or (door, side_of(one.name, acting)) in seen:
                continue
            for key in own(acting, KINDS[page.arguments[0]]):
                args = {page.arguments[0]: key}
                if expected(page, acting, args)[0] == HTTPStatus.OK:
                    side = side_of(one.name, acting)
                    seen.add((door, side))
                    url = address(page, door, one.slug, args)
                    yield Visit(page, door, one.name, side, url, one.cookies, acting, tuple(args.items()))
                    break
    db.session.rollback()


def own(actor: Actor, kind: type[Any]) -> list[int]:
    """The keys of somebody's newest records of a kind."""
    mine: dict[str, int | None] = {}
    match actor:
        case Member(account_id=account, organisation_id=organisation):
            mine |= dict.fromkeys(("school_id", "employer_id", "organisation_id"), organisation) | {"account_id": account}
            mine |= {"id": organisation} if kind is Organisation else {}
        case Learner(account_id=account, trainee_id=trainee):
            mine |= {"account_id": account, "trainee_id": trainee}
        case Visitor(account_id=account):
            mine["account_id"] = account
        case _:
            pass
    columns = kind.__table__.c
    narrowed = [columns[name] == value for name, value in mine.items() if name in columns and value is not None]
    if not narrowed:
        return []
    return list(db.session.scalars(select(kind.id).where(or_(*narrowed)).order_by(kind.id.desc()).limit(RECORDS)))


@contextmanager
def reading(stage: Stage, language: str) -> Iterator[None]:
    """Within the block everybody with an account reads in this language."""
    with undone(stage.world.connection):
        stage.world.connection.execute(update(Account).values(language=language))
        yield


def sheets(stage: Stage, area: str, *, mistakes: bool) -> list[Callable[[str], Sheet | None]]:
    """The pages of an area, each for those who see alike, and each of its forms as it comes back with mistakes: made for a language."""
    seen: set[tuple[str, str]] = set()
    pages = [visit for visit in stage.visits if within(area, visit) and "GET" in visit.page.methods]
    forms = [(visit, form) for visit, form, _place in stage.forms if mistakes and within(area, visit) and form.typed]
    return [
        *(partial(opened, stage, visit) for visit in pages if new(seen, visit, visit.page.endpoint)),
        *(
            partial(sent_wrongly, stage, visit, form)
            for visit, form in forms
            if new(seen, visit, f"{visit.page.endpoint} {sorted(form.kinds)}")
        ),
    ]


def within(area: str, visit: Visit) -> bool:
    """Whether the page belongs to the area."""
    return visit.page.endpoint.split(".")[0] == area


def opened(stage: Stage, visit: Visit, language: str) -> Sheet | None:
    """The page that somebody opens; None when it leads elsewhere or is a file."""
    client = browser(stage, visit)
    client.set_cookie("language", language)
    answer = asked(stage, visit, visit.url, client=client)
    shows = answer.status == HTTPStatus.OK and "<main" in answer.text
    return Sheet(visit.page.endpoint, visit.who, visit.url, answer.text) if shows else None


def sent_wrongly(stage: Stage, visit: Visit, form: Form, language: str) -> Sheet | None:
    """The form as it comes back to somebody who sent it with mistakes; None when nothing can be wrong with it."""
    for value in MISTAKES:
        answer = mistaken(stage, visit, form, value, language)
        if 'class="error-summary"' in answer.text:
            return Sheet(f"{visit.page.endpoint} with mistakes", visit.who, form.action, answer.text)
    return None


def new(seen: set[tuple[str, str]], visit: Visit, what: str) -> bool:
    """Whether this is met for the first time by people who see alike: members by the kind of their organisation, all others by the door."""
    whose = visit.side if visit.door is Door.MEMBER else f"{visit.door.name}, {'a stranger' if visit.who == 'a stranger' else 'known'}"
    if (what, whose) in seen:
        return False
    seen.add((what, whose))
    return True


class Screen:
    """Where a page is shown: an address of this machine that gives out one page at a time, and the product's static files."""

    def __init__(self) -> None:
        """Begins to serve, on a port that is free."""
        self.text = ""
        files = WhiteNoise(self.give, root=ROOT / "training" / "static", prefix="static/", max_age=KEPT)
        self.server = make_server("127.0.0.1", 0, files, threaded=True)
        Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server.server_port}"

    def give(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """The page that is shown now, whatever its address; nothing to what its scripts ask for."""
        if environ.get("HTTP_SEC_FETCH_DEST") != "document":
            start_response("204 No Content", [])
            return []
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-store")])
        return [self.text.encode()]
