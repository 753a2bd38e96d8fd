"""Row 6: people send the same form at once, and exactly as many get a seat as there are seats."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from tests.bench.people import Person
from tests.bench.rows import Line
from tests.bench.serving import Server
from tests.bench.stage import open_cohorts
from training.courses.cohorts.models import SeatPool
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.workflow import State as VersionState
from training.kernel import keys
from training.kernel.db import db
from training.kernel.db.engine import WRITING


@dataclass
class Outcome:
    """What came of the rounds for one number of seats."""

    seats: int
    rounds: int = 0
    sold: list[int] = field(default_factory=list)
    odd: int = 0
    """Rounds in which something did not add up: seats sold, seats counted, the queue, an answer that was none."""
    posts: int = 0
    seconds: float = 0.0


def run(app: Flask, server: Server, people: list[Person], seats: int, rounds: int) -> Outcome:
    """So many rounds, each with a new cohort of `seats` seats and all people at once, each on a connection of their own."""
    outcome = Outcome(seats)
    for _ in range(rounds):
        cohort_id = open_cohort(app, seats)
        forms = []
        for one in people:
            fields = {"csrf_token": one.token, "receipt_key": keys.slug(), "funding": "state"}
            forms.append((f"/me/cohorts/{cohort_id}/apply", one.cookie, urlencode(fields)))
        found = server.load(forms=forms, expected=[302], seconds=60, warm=0)
        sold_now, held, waiting = sold(app, cohort_id)
        outcome.rounds += 1
        outcome.sold.append(sold_now)
        outcome.posts += found["requests"]
        outcome.seconds += found["seconds"]
        fine = sold_now == held == min(seats, len(people)) and waiting == len(people) - sold_now and not found["failures"]
        outcome.odd += not fine
    return outcome


def open_cohort(app: Flask, seats: int) -> int:
    """A further cohort with so many seats of one kind; its key."""
    with app.app_context(), db.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        published = select(ProgrammeVersion.id, ProgrammeVersion.school_id).where(ProgrammeVersion.state == VersionState.PUBLISHED)
        version_id, school_id = connection.execute(published.order_by(ProgrammeVersion.id).limit(1)).one()
        return open_cohorts(connection, [(version_id, school_id)], seats)[0]


def sold(app: Flask, cohort_id: int) -> tuple[int, int, int]:
    """Enrolled people, seats held, people in the queue."""
    with app.app_context():
        by_state = select(Enrolment.state, func.count()).where(Enrolment.cohort_id == cohort_id).group_by(Enrolment.state)
        states = {state: count for state, count in db.session.execute(by_state)}  # noqa: C416 -- rows are no pairs to mypy
        held = db.session.scalar(select(SeatPool.held).where(SeatPool.cohort_id == cohort_id)) or 0
    return states.get(State.ENROLLED, 0), held, states.get(State.WAITLISTED, 0)


def line(outcome: Outcome, clients: int) -> Line:
    """The outcome as a row of the table."""
    what = f"{outcome.rounds} rounds × {clients} clients × {outcome.seats} seats: sold {min(outcome.sold)}–{max(outcome.sold)}"
    notes = [f"{outcome.odd} rounds that do not add up", "by HTTP posts", f"{outcome.posts} posts"]
    rate = outcome.posts / outcome.seconds if outcome.seconds else None
    return Line("6", what, rate, must="exactly N sold", passed=outcome.odd == 0, notes=notes)
