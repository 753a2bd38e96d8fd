"""Materials for tests, given through the services."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from tests.courses.assessments.factories import Class
from tests.courses.factories import make_enrolment
from tests.factories import learner
from training.courses.cohorts.models import SeatPool
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State
from training.courses.materials import queries, services
from training.courses.materials.models import Material
from training.courses.programmes.queries import modules_of
from training.kernel.db import db
from training.kernel.policy import Learner, System

SYSTEM = System("test")
PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def add_file(group: Class, *, module: int = 0, actor: Any = None, **given: Any) -> Material:
    """A PDF for a cohort, by its teacher."""
    db.session.rollback()
    cohort = group.cohort
    values = {"source": PDF, "name": "threads.pdf", "title": "Table of threads", **given}
    return whole(services.add_file(actor or group.teacher, cohort, module=modules_of(cohort.version_id)[module], **values).id)


def add_link(group: Class, *, module: int = 0, actor: Any = None, **given: Any) -> Material:
    """A link for a cohort, by its teacher."""
    db.session.rollback()
    cohort = group.cohort
    values = {"url": "https://lathes.example/safety", "title": "Safety at a lathe", **given}
    return whole(services.add_link(actor or group.teacher, cohort, module=modules_of(cohort.version_id)[module], **values).id)


def whole(key: int) -> Material:
    """A material as a page loads it."""
    db.session.rollback()
    db.session.expire_all()
    found = queries.material(SYSTEM, key)
    db.session.commit()  # what a page writes next is not inside this reading
    return found


def titles(group: Class) -> list[str]:
    """What the cohort has, in the order of its page."""
    db.session.rollback()
    db.session.expire_all()
    found = [one.title for one in queries.of_cohort(SYSTEM, group.cohort_id)]
    db.session.commit()
    return found


def all_of(group: Class) -> list[Material]:
    """Every material of a cohort, as they came."""
    db.session.rollback()
    query = select(Material).where(Material.cohort_id == group.cohort_id).order_by(Material.id)
    found = list(db.session.scalars(query, execution_options={"populate_existing": True}))
    db.session.commit()
    return found


def newcomer(group: Class, state: State) -> Learner:
    """A further person of a cohort, who stands there like that."""
    db.session.execute(update(SeatPool).where(SeatPool.cohort_id == group.cohort_id).values(seats=20))
    db.session.commit()
    return learner(make_enrolment(group.cohort, state=state).trainee)


def trainee_of(group: Class) -> Learner:
    """The first of a cohort."""
    query = select(Enrolment).where(Enrolment.id == group.enrolments[0]).options(joinedload(Enrolment.trainee))
    return learner(db.session.scalars(query).one().trainee)
