"""What tests of rulings do again and again."""

from datetime import date, timedelta

from sqlalchemy import select

from tests.courses.factories import SYSTEM, make_cohort, make_enrolment, make_version
from tests.factories import actor_of
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.rulings import queries, services
from training.courses.rulings.models import Ruling, RulingLine
from training.courses.rulings.workflow import NOTHING, Kind, What
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Actor, Member, Role

GROUND = "Minutes of the council of 4 May."


def running(version=None, **given):
    """A cohort whose training has begun."""
    today = clock.today("Europe/Samara")
    days = {"opens_on": today - timedelta(days=90), "closes_on": today - timedelta(days=60), "starts_on": today - timedelta(days=30)}
    rest = {"ends_on": today + timedelta(days=300), "joins_until_on": today - timedelta(days=20), "state": CohortState.RUNNING}
    return make_cohort(version or make_version(), **{**days, **rest, **given})


def manager(cohort) -> Member:
    """A manager of the cohort's school, signed in as such."""
    actor = actor_of(school_of(cohort), Role.MANAGER)
    assert isinstance(actor, Member)
    return actor


def school_of(cohort):
    """The cohort's school, as it is stored now."""
    return cohorts.cohort(SYSTEM, cohort.id).programme_version.programme.school


def studying(cohort, number: int) -> list[Enrolment]:
    """So many people who study in the cohort."""
    return [make_enrolment(cohort) for _ in range(number)]


def drafted(actor: Actor, people: list[Enrolment], kind: Kind, what: What | None = None) -> Ruling:
    """The draft of a ruling over these people of one cohort, as a page loads it."""
    made = services.draft(
        actor,
        cohorts.cohort(SYSTEM, people[0].cohort_id),
        kind=kind,
        ground=GROUND,
        chosen=[one.id for one in people],
        what=what or NOTHING,
    )
    return loaded(made)


def signed(actor: Actor, people: list[Enrolment], kind: Kind, what: What | None = None) -> Ruling:
    """A ruling over these people of one cohort, signed."""
    ruling = drafted(actor, people, kind, what)
    services.sign(actor, ruling)
    return loaded(ruling)


def loaded(ruling: Ruling) -> Ruling:
    """The ruling as it is stored now."""
    key = ruling.id
    db.session.rollback()
    db.session.expire_all()
    return queries.ruling(SYSTEM, key)


def fresh(enrolment: Enrolment) -> Enrolment:
    """The enrolment as it is stored now."""
    key = enrolment.id
    db.session.rollback()
    db.session.expire_all()
    return enrolments.enrolment(SYSTEM, key)


def line_of(ruling: Ruling, enrolment: Enrolment) -> RulingLine:
    """What a ruling says of somebody."""
    return db.session.scalars(select(RulingLine).where(RulingLine.ruling_id == ruling.id, RulingLine.enrolment_id == enrolment.id)).one()


def leave_until(days: int = 60) -> What:
    """A leave from today."""
    today: date = clock.today("Europe/Samara")
    return What(from_on=today, until_on=today + timedelta(days=days))
