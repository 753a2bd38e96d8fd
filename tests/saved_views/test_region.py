"""Every list on the demonstration region: each order is full and stable, each filter and saved view leads somewhere, each file is the list."""

import csv
import io
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask

from tests.client import Browser
from tests.conftest import joined
from training.accounts.memberships.queries import current, member
from training.accounts.queries import by_way_in
from training.candidates.vacancies.queries import live
from training.courses.cohorts.lists import COHORTS
from training.kernel.db import db
from training.kernel.limits import limiter
from training.kernel.listings import Listing
from training.kernel.lists import Wanted
from training.kernel.policy import Actor, Visitor

WHO = {
    "members": "manager@dtk.example",
    "applications": "recruiter@daaz.example",
    "talent": "recruiter@daaz.example",
    "vacancies": "recruiter@daaz.example",
    "cards": "manager@dtk.example",
    "claims": "manager@dtk.example",
    "cohorts": "manager@dtk.example",
    "roster": "manager@dtk.example",
    "credentials": "manager@dtk.example",
    "rulings": "manager@dtk.example",
    "deliveries": "operator@operator.example",
    "problems": "operator@operator.example",
    "programmes": "manager@dtk.example",
    "imports": "manager@dtk.example",
    "openings": "manager@daaz.example",
    "placements": "manager@dtk.example",
    "jobs": "operator@operator.example",
    "organisations": "coordinator@region.example",
    "trainees": "manager@dtk.example",
    "catalogue": "",
    "internships": "",
    "erasures": "operator@operator.example",
    "work": "",
}
"""Who looks at which list; the public ones are looked at by somebody signed in."""


@pytest.fixture(scope="module")
def world(small_region, tmp_path_factory) -> Iterator[Flask]:
    app = small_region(tmp_path_factory.mktemp("lists"))
    limiter.enabled = False
    with joined(app), app.app_context():
        yield app
    limiter.enabled = True
    with app.app_context():
        db.engine.dispose()


def stand(app: Flask, name: str) -> tuple[Listing, Browser, str, Actor, object]:
    """The list, a browser, the list's address, who looks, and the record that the list belongs to."""
    listing: Listing = app.extensions["wiring"].lists[name]
    account = by_way_in(WHO[name] or "manager@dtk.example")
    assert account is not None
    account.language = "en"
    db.session.commit()
    slug = WHO[name].partition("@")[2].removesuffix(".example")
    actor: Actor = (member(current(account.id), slug) if slug else None) or Visitor(account.id)
    args = {}
    if name == "roster":
        args = {"cohort_id": COHORTS.page(actor, Wanted()).rows[-1].id}
    if name == "applications":
        args = {
            "vacancy_id": max(live(actor), key=lambda one: app.extensions["wiring"].lists["applications"].total(actor, Wanted(), one)).id
        }
    with app.test_request_context():
        address = app.url_map.bind("localhost").build(listing.endpoint, args | ({"organisation": slug} if slug else {}))
    return listing, Browser(app).sign_in(account), str(address), actor, listing.owner(actor, args)


@pytest.mark.parametrize("name", sorted(WHO))
def test_every_order_is_full_and_each_row_stands_on_one_page(world: Flask, name: str):
    listing, _browser, _address, actor, subject = stand(world, name)
    total = listing.total(actor, Wanted(), subject)

    for sort in listing.sorts:
        for order in (sort.name, f"-{sort.name}"):
            keys = [key_of(row, listing) for row in listing.walk(actor, Wanted(sort=order), subject)]
            pages = -(-total // listing.size)
            paged = [
                key_of(row, listing)
                for number in range(1, pages + 1)
                for row in listing.page(actor, Wanted(sort=order, page=number), subject).rows
            ]
            assert len(set(keys)) == total
            assert paged == keys


def key_of(row, listing: Listing):
    match listing.name:
        case "applications":
            return row.card.row.id
        case "talent":
            return row.trainee.id
        case "catalogue":
            return row.slug
        case _:
            return row.id


@pytest.mark.parametrize("name", sorted(WHO))
def test_every_order_filter_and_search_answers(world: Flask, name: str):
    listing, browser, address, actor, subject = stand(world, name)
    queries = [[("sort", sign + sort.name)] for sort in listing.sorts for sign in ("", "-")]
    queries += [[(one.name, str(value))] for one in listing.filters for value, *_rest in list(one.options(actor, subject))[:4]]
    queries += [
        [("q", "ва")],
        [("q", "zzzz%_\\")],
        [(one.name, "nonsense") for one in listing.filters],
        [("sort", "nonsense"), ("page", "99")],
    ]

    for query in queries:
        page = browser.get(f"{address}?{urlencode(query)}")
        assert page.status == 200, query
        if query == [("q", "zzzz%_\\")]:
            assert "Nothing fits" in page.words or "Nobody here fits" in page.words


@pytest.mark.parametrize("name", sorted(WHO))
def test_the_file_is_the_list(world: Flask, name: str):
    listing, browser, address, actor, subject = stand(world, name)
    shown = browser.get(f"{address}?view=all")
    total = listing.total(actor, Wanted(), subject)
    if not total:
        assert "/exports/new" not in shown.text
        return

    sent = browser.post(exports_of(address), shown.form(action="/exports/new") | {"as": "csv"})
    rows = list(csv.reader(io.StringIO(browser.get(sent.location).content.decode("utf-8-sig"), newline="")))

    assert rows[0] == [str(column.label) for column in listing.columns]
    assert len(rows) == total + 1
    assert {len(row) for row in rows} == {len(listing.columns)}


def exports_of(address: str) -> str:
    return f"{address[: address.index('/', 3)]}/exports/new" if address.startswith("/o/") else "/account/exports/new"


@pytest.mark.parametrize("name", sorted(WHO))
def test_what_is_narrowed_can_be_kept(world: Flask, name: str):
    listing, browser, address, _actor, _subject = stand(world, name)
    order = next(sign + one.name for one in listing.sorts for sign in ("", "-") if sign + one.name != listing.first)
    of = f"{address}?sort={order}"
    base = exports_of(address).replace("/exports/new", "/views/new")

    kept = browser.submit(f"{base}?{urlencode({'of': of})}", name=f"View of {name}")

    assert kept.location == of
    assert f"View of {name}" in browser.get(of).words
    assert "Change this view" in browser.get(of).words
