"""The opening day: thousands of people for a few seats, hundreds at a time, beside the bare transaction of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from tests.bench import race
from tests.bench.people import Person
from tests.bench.rows import Line
from tests.bench.serving import Server
from training.kernel import keys
from training.kernel.db import db
from training.trainees.profiles.models import Trainee

SEATS, AT_ONCE = 20, 200


@dataclass(frozen=True)
class Outcome:
    """What came of the day, and of the same number of bare transactions; the loads as they were measured."""

    people: int
    sold: int
    waiting: int
    day: dict[str, Any]
    bare: dict[str, Any]
    bare_sold: int


def run(app: Flask, server: Server, floor: Server, people: Sequence[Person]) -> Outcome:
    """All people apply for one cohort, then for another by bare transactions."""
    cohort_id = race.open_cohort(app, SEATS)
    forms = []
    for one in people:
        fields = {"csrf_token": one.token, "receipt_key": keys.slug(), "funding": "state"}
        forms.append((f"/me/cohorts/{cohort_id}/apply", one.cookie, urlencode(fields)))
    day = server.load(forms=forms, readers=AT_ONCE, expected=[302], seconds=170, warm=0)
    sold, held, waiting = race.sold(app, cohort_id)
    other = race.open_cohort(app, SEATS)
    with app.app_context():
        first = db.session.scalar(select(func.min(Trainee.id)).where(Trainee.account_id.is_not(None))) or 0
    plain = [(f"/enrol/{other}/{first + place}", "", "") for place in range(len(people))]
    bare = floor.load(forms=plain, readers=AT_ONCE, expected=[200], seconds=170, warm=0)
    return Outcome(len(people), sold if sold == held else -1, waiting, day, bare, race.sold(app, other)[0])


def line(found: Outcome) -> Line:
    """The outcome as a row of the table."""
    day, bare = found.day, found.bare
    what = f"opening day: {found.people:,} people, {AT_ONCE} at a time, {SEATS} seats: sold {found.sold}, {found.waiting:,} wait"
    fine = found.sold == found.bare_sold == SEATS and found.waiting == found.people - SEATS and not (day["failures"] or bare["failures"])
    notes = [f"p95 {day['p95'].get('post', 0):.0f} ms", f"bare {bare['rate']:,.0f}/s, p95 {bare['p95'].get('post', 0):.0f} ms"]
    return Line("6b", what, day["rate"], "bare transaction", day["rate"] / bare["rate"], must="exactly N sold", passed=fine, notes=notes)
