"""Row 10, nominees: an employer's list of thousands comes in against seats that it has bought, one row of a hundred without a name."""

import csv
import io

import psutil
from flask import Flask
from sqlalchemy import func, insert, select

from tests.bench.imports import brought_in
from tests.bench.rows import Line
from tests.bench.stage import Stage, open_cohorts
from tests.bench.words import FAMILY, GIVEN
from training.accounts.memberships.models import Membership
from training.courses.allocations.models import Allocation
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Funding
from training.courses.purchases.models import SeatPurchase
from training.courses.purchases.workflow import State
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import Member, OrganisationKind, Role
from training.organisations.models import Organisation

HEADINGS = ("Номер покупки", "Фамилия", "Имя", "Почта", "Табельный номер")


def nominees(purchase_id: int, rows: int) -> bytes:
    """A table of so many workers."""
    page = io.StringIO()
    out = csv.writer(page)
    out.writerow(HEADINGS)
    for number in range(rows):
        family = "" if number % 100 == 99 else f"{FAMILY[number % len(FAMILY)]}-{number}"
        given = GIVEN[number // len(FAMILY) % len(GIVEN)]
        out.writerow([purchase_id, family, given, f"worker{number}@plant.example", f"{number:06}"])
    return page.getvalue().encode()


def bought(stage: Stage, employer_id: int, seats: int) -> int:
    """The key of a purchase of so many seats."""
    cohort = db.session.get_one(Cohort, stage.cohorts[0])
    with writing() as session:
        cohort_id = open_cohorts(session.connection(), [(cohort.version_id, cohort.school_id)], 1)[0]
        pool = {"cohort_id": cohort_id, "funding": Funding.EMPLOYER, "employer_id": employer_id, "seats": seats, "held": 0, "promised": 0}
        pool_id = session.scalars(insert(SeatPool).returning(SeatPool.id), [pool]).one()
        asked = {"school_id": cohort.school_id, "cohort_id": cohort_id, "employer_id": employer_id, "seats": seats}
        agreed = {"asked_on": clock.today(), "pool_id": pool_id, "state": State.AGREED, "version": 1}
        return session.scalars(insert(SeatPurchase).returning(SeatPurchase.id), [asked | agreed]).one()


def line(app: Flask, stage: Stage, rows: int, roster: float) -> Line:
    """The import of so many nominees, beside the rows a second of a `roster`."""
    with app.app_context():
        employer = db.session.scalars(select(Organisation).where(Organisation.slug == stage.employer)).one()
        who = select(Membership.account_id).where(Membership.organisation_id == employer.id, Membership.role == Role.MANAGER)
        actor = Member(db.session.scalars(who).one(), employer.id, OrganisationKind.EMPLOYER, frozenset({Role.MANAGER}))
        purchase_id = bought(stage, employer.id, rows)
        file = nominees(purchase_id, rows)
        seconds, checking, batch = brought_in(actor, file, "nominations")
        db.session.rollback()
        named = db.session.scalar(select(func.count()).where(Allocation.purchase_id == purchase_id))
        kept = db.session.scalar(
            select(SeatPool.promised).join(SeatPurchase, SeatPurchase.pool_id == SeatPool.id).where(SeatPurchase.id == purchase_id)
        )
    fine = named == kept == rows - rows // 100
    memory = psutil.Process().memory_info().rss
    notes = [
        f"{seconds:.1f} s, {checking:.1f} s of it checking",
        f"{batch.bad:,} bad rows",
        f"{memory / 2**20:.0f} MB",
        f"{named:,} nominated",
    ]
    rate = rows / seconds
    return Line(
        "10b", f"import of {rows:,} nominees", rate, "the roster", rate / roster, must="seats kept for each", passed=fine, notes=notes
    )
