"""Everybody's ways to every page, with a record that each of them may see: strangers and holders of links too."""

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.architecture.hostile import BOUNDARY, Form, multipart, read, urlencoded
from tests.architecture.test_matrix import World, actors, address, arguments, expected, signed
from tests.conftest import undone
from tests.factories import save
from training.accounts.invitations import services as invitations
from training.accounts.invitations.models import Invitation
from training.accounts.memberships.queries import current, member
from training.accounts.models import Account
from training.accounts.queries import by_way_in
from training.accounts.services import exchange, link
from training.accounts.workflow import Purpose
from training.internships.agreements.models import Agreement
from training.kernel import clock, keys
from training.kernel.db import Record, db, transaction
from training.kernel.pages import Door, Page, registered
from training.kernel.policy import Actor, Bearer, Member, Role, System, Visitor
from training.organisations.models import Organisation
from training.trainees.claims import services as claims
from training.trainees.claims.models import Claim
from training.trainees.consents.models import Consent
from training.trainees.profiles.models import Trainee

OPENED_BY: dict[Purpose, type[Record]] = {
    Purpose.CONFIRM: Account,
    Purpose.RESET: Account,
    Purpose.INVITATION: Invitation,
    Purpose.CONSENT: Consent,
    Purpose.SIGNING: Agreement,
    Purpose.CLAIM: Claim,
}
SAMPLES = "operations.parts"
"""The gallery of parts: its forms lead nowhere."""
BY_HAND = ("stage", "from", "until", "of", "as")
"""Fields that scripts send to pages without a form of their own."""


@dataclass(frozen=True)
class Visit:
    """A page that somebody may open: where, as whom, and with which cookies."""

    page: Page
    door: Door
    who: str
    side: str
    url: str
    cookies: tuple[tuple[str, str], ...]
    actor: Actor
    args: tuple[tuple[str, Any], ...]


def visits(world: World, *, everybody: bool) -> Iterator[Visit]:
    """The pages by door and person, each with a record that the person may see; of people of one side the first, unless everybody."""
    people = actors()
    holders = bearers()
    for _name, page in sorted(registered(world.app).items()):
        wanted = arguments(page)
        seen: set[tuple[Door, str]] = set()
        for door in page.doors:
            found: Sequence[tuple[str, Actor, str | None, tuple[tuple[str, str], ...]]]
            if door is Door.BEARER:
                found = [(f"{actor.purpose} link", actor, str(actor.link_id), (("link", cookie),)) for actor, cookie in holders]
            else:
                found = [(one.name, acting, one.slug, one.cookies) for one in people if (acting := one.through(door)) is not None]
                found += [("a stranger", Visitor(None), None, ())] if door is Door.PUBLIC else []
            for name, acting, slug, cookies in found:
                side = side_of(name, acting)
                for args in wanted:
                    if (door, side) in seen and not everybody:
                        break
                    if expected(page, acting, args)[0] == 200:
                        seen.add((door, side))
                        url = address(page, door, slug, args).replace("<link>", slug or "")
                        yield Visit(page, door, name, side, url, cookies, acting, tuple(args.items()))
                        break
    db.session.rollback()


def side_of(name: str, actor: Actor) -> str:
    """Those who see alike: a kind of organisation, trainees, strangers, holders of a link."""
    return str(actor.kind) if isinstance(actor, Member) else name if isinstance(actor, Bearer) else str(type(actor))


def invite() -> None:
    """Somebody who is invited to the school, and somebody of its roster who is: the region has neither."""
    account = by_way_in("manager@dtk.example")
    assert account is not None
    acting = member(current(account.id), "dtk")
    assert acting is not None
    school = db.session.get_one(Organisation, acting.organisation_id)
    invitations.send(acting, school, email="new@hostile.example", role=Role.TEACHER, language="en")
    trainee = Trainee(slug=keys.slug(), school=school, email="roster@hostile.example")
    trainee.call(family_name="Hostile", given_name="Ann", patronymic=None, born_on=clock.today() - timedelta(days=19 * 366))
    save(trainee)
    claims.send_all(acting, school, language="en")


def bearers() -> list[tuple[Bearer, str]]:
    """Holders of links of every purpose that has something to open."""
    found = []
    for purpose, kind in OPENED_BY.items():
        for key in db.session.scalars(select(kind.id).order_by(kind.id.desc()).limit(3)).all():
            made = opened(System("tests"), purpose, key)
            found.append((Bearer(made[0], purpose.value, key), made[1]))
    return found


@transaction()
def opened(actor: System, purpose: Purpose, key: int) -> tuple[int, str]:
    """A link that was followed, and its cookie."""
    new = link(purpose, key, once=False)
    return new.id, exchange(Visitor(None), new)


@dataclass
class Stage:
    """The demonstration region and everybody's way to every page."""

    world: World
    visits: list[Visit]
    forms: list[tuple[Visit, Form, int]]
    parameters: dict[str, set[str]]


@dataclass
class Answer:
    """What came back, with the seconds that it took."""

    status: int
    text: str
    location: str | None
    seconds: float
    kind: str
    headers: Mapping[str, str]


def browser(stage: Stage, visit: Visit) -> FlaskClient:
    """Somebody's browser."""
    client = stage.world.app.test_client()
    for name, value in visit.cookies:
        if name == "link":
            client.set_cookie("link", value, path="/")
    with client.session_transaction() as session:
        session["csrf_token"] = "0" * 40
        session.update({name: value for name, value in visit.cookies if name != "link"})
        session["_fresh"] = True
    return client


def asked(stage: Stage, visit: Visit, url: str, body: bytes | None = None, kind: str = "", client: FlaskClient | None = None) -> Answer:
    """The answer to one request."""
    client = client or browser(stage, visit)
    begun = time.perf_counter()
    with stage.world.app.app_context():
        sent = client.get(url) if body is None else client.post(url, data=body, content_type=kind)
        readable = (sent.mimetype or "").startswith(("text/", "application/json"))
        text = sent.get_data(as_text=True) if readable else str(len(sent.get_data()))
        sent.close()
    return Answer(sent.status_code, text, sent.location, time.perf_counter() - begun, sent.mimetype or "", dict(sent.headers))


def look(stage: Stage) -> None:
    """Opens every page once and keeps its forms, each of them once for those who see alike."""
    seen: set[tuple[str, tuple[str, ...], str, str]] = set()
    adapter = stage.world.app.url_map.bind("localhost")
    for visit in stage.visits:
        if "GET" not in visit.page.methods:
            stage.forms.append((visit, Form(visit.url, "post", [], dict.fromkeys(BY_HAND, "hidden")), len(stage.forms)))
            continue
        answer = asked(stage, visit, visit.url)
        found = read(answer.text)
        stage.parameters.setdefault(visit.page.endpoint, set()).update(found.parameters)
        for form in found.forms if visit.page.endpoint != SAMPLES else ():
            form.action = form.action or visit.url
            if form.method != "post":
                stage.parameters[visit.page.endpoint].update(form.kinds)
                continue
            if form.action == visit.url and not visit.page.writes:
                continue  # a script says where it leads: that page is among those without a page of their own
            leads, _args = adapter.match(form.action.split("?")[0], method="POST")
            mark = (str(leads), tuple(sorted(form.kinds)), visit.door.name, visit.side)
            if mark not in seen:
                seen.add(mark)
                stage.forms.append((visit, form, len(stage.forms)))


def mistaken(stage: Stage, visit: Visit, form: Form, value: bytes, language: str = "en") -> Answer:
    """The answer, in this language, to a form with this value in each field that people fill in; what it changes is undone."""
    given = {"csrf_token": signed(stage.world.app), "receipt_key": secrets.token_urlsafe(8)}
    typed = {name for name in form.typed if form.kinds[name] != "hidden"}
    kept = [(name, words.encode()) for name, words in (dict(form.fields) | given).items() if name not in typed]
    sent = [*kept, *((name, value) for name in sorted(typed))]
    body, kind = urlencoded(sent), "application/x-www-form-urlencoded"
    if form.files:
        body, kind = multipart(sent, []), f"multipart/form-data; boundary={BOUNDARY.decode()}"
    with undone(stage.world.connection):
        client = browser(stage, visit)
        client.set_cookie("language", language)
        return asked(stage, visit, form.action, body, kind, client)
