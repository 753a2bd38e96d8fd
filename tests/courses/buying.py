"""An employer that has bought seats of a cohort, its people, and whom it names."""

import itertools
from typing import Any, cast

from sqlalchemy import select

from tests.courses.factories import SYSTEM, make_cohort, make_version
from tests.factories import actor_of, make_account, make_employer, make_trainee
from training.courses.allocations import queries as allocations
from training.courses.allocations import services as naming
from training.courses.allocations.models import Nominee
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import SeatPool
from training.courses.cohorts.workflow import Funding
from training.courses.programmes.models import ProgrammeVersion
from training.courses.purchases import queries as purchases
from training.courses.purchases import services as buying
from training.kernel.db import db
from training.kernel.policy import Role
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee

_count = itertools.count(1)


def nominee(**given: Any) -> Nominee:
    """Somebody whom an employer names."""
    number = next(_count)
    values: Any = {
        "family_name": f"Worker{number}",
        "given_name": "Ivan",
        "patronymic": None,
        "email": f"worker{number}@plant.example",
        "personnel_number": None,
        **given,
    }
    return cast("Nominee", values)


def make_worker(email: str, **given: Any) -> Trainee:
    """A trainee whose account has that address."""
    return make_trainee(account=make_account(email=email), **given)


class Bought:
    """Seats that an employer has asked for, and the school agreed to unless told otherwise."""

    def __init__(
        self,
        seats: int = 3,
        *,
        agreed: bool = True,
        there: int = 10,
        employer: Organisation | None = None,
        version: ProgrammeVersion | None = None,
        **cohort: Any,
    ) -> None:
        version = version or make_version()
        self.employer, self.school = employer or make_employer(), version.programme.school
        made = make_cohort(version, seats={Funding.STATE: 5, Funding.EMPLOYER: there}, **cohort)
        self.cohort_id = made.id
        self.manager, self.recruiter = actor_of(self.employer, Role.MANAGER), actor_of(self.employer, Role.RECRUITER)
        self.head = actor_of(self.school, Role.MANAGER)
        self.key = self.ask(seats)
        if agreed:
            buying.agree(self.head, self.purchase)

    def ask(self, seats: int) -> int:
        return buying.ask(self.manager, self.cohort, employer=self.employer, seats=seats, terms="Contract 7").id

    @property
    def cohort(self):
        db.session.rollback()
        db.session.expire_all()
        return cohorts.cohort(SYSTEM, self.cohort_id)

    @property
    def purchase(self):
        db.session.rollback()
        db.session.expire_all()
        return purchases.purchase(SYSTEM, self.key)

    @property
    def figures(self) -> tuple[int, int, int]:
        """Seats of the purchase: all, taken, kept for somebody."""
        pool = self.purchase.pool
        return (pool.seats, pool.held, pool.promised)

    @property
    def open_seats(self) -> tuple[int, int]:
        """Seats that any employer may pay for: all, taken."""
        query = select(SeatPool).where(
            SeatPool.cohort_id == self.cohort_id, SeatPool.funding == Funding.EMPLOYER, SeatPool.employer_id.is_(None)
        )
        pool = db.session.scalars(query, execution_options={"populate_existing": True}).one()
        return (pool.seats, pool.held)

    def name(self, *people: Nominee, actor: Any = None) -> list[int]:
        """Names people, as the manager unless told otherwise; their keys."""
        made = naming.nominate(actor or self.manager, self.purchase, people=people or [nominee()], language="en")
        return [one.id for one in made]

    def allocation(self, key: int):
        db.session.rollback()
        db.session.expire_all()
        return allocations.allocation(SYSTEM, key)
