"""Versions that ask for something beforehand, and people who have completed it."""

from typing import Any

from sqlalchemy import update

from tests.courses.factories import SYSTEM, make_cohort, make_enrolment, make_programme, make_version
from tests.factories import make_school, save
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.programmes import queries
from training.courses.programmes.models import Prerequisite, Programme, ProgrammeVersion
from training.courses.programmes.workflow import Needs, State
from training.kernel.db import db
from training.trainees.profiles.models import Trainee


def again(version: ProgrammeVersion) -> ProgrammeVersion:
    """The version as it is stored now."""
    key = version.id
    db.session.rollback()
    db.session.expire_all()
    return queries.version(SYSTEM, key)


def make_taught(**given: Any) -> Programme:
    """A programme that a verified school teaches, found by its title."""
    return make_version(make_programme(**given), found=True).programme


def make_asking(
    *needed: Programme,
    needs: Needs = Needs.ALL,
    least: int | None = None,
    points: tuple[int, ...] = (),
    state: State = State.PUBLISHED,
    programme: Programme | None = None,
) -> ProgrammeVersion:
    """A version that asks for those programmes beforehand."""
    made = make_version(programme or make_programme(make_school()), state=State.DRAFT)
    for place, one in enumerate(needed):
        worth = points[place] if points else 1
        save(Prerequisite(version_id=made.id, programme_id=made.programme_id, needed_id=one.id, points=worth))
    said = {"needs": needs if needed else None, "needs_least": least, "state": state}
    digest = "0" * 64 if state in (State.PUBLISHED, State.RETIRED) else None
    rows = update(ProgrammeVersion).where(ProgrammeVersion.id == made.id).values(**said, content_digest=digest)
    db.session.execute(rows.execution_options(synchronize_session=False))
    db.session.commit()
    return again(made)


def completes(trainee: Trainee, *programmes: Programme) -> None:
    """Somebody has completed each of them, in whichever version is taught."""
    for one in programmes:
        version = queries.published_of(one.id)
        assert version is not None
        make_enrolment(make_cohort(queries.version(SYSTEM, version.id)), trainee, state=EnrolmentState.COMPLETED)


def as_a_page_loads(cohort: Cohort) -> Cohort:
    """The cohort as a page's subject."""
    key = cohort.id
    db.session.rollback()
    db.session.expire_all()
    return cohorts.cohort(SYSTEM, key)
