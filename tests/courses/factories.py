"""Programmes, cohorts and enrolments for tests, valid by default."""

import itertools
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from tests.factories import actor_of, make_school, make_trainee, save
from training.courses.awards import services as awards
from training.courses.cohorts import queries
from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Funding, StudyForm
from training.courses.cohorts.workflow import State as CohortState
from training.courses.credentials import queries as credentials
from training.courses.credentials.models import Credential
from training.courses.enrolments.models import Enrolment, EnrolmentChoice
from training.courses.enrolments.workflow import SEATED
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.programmes import content
from training.courses.programmes.models import Module, ModuleSkill, Programme, ProgrammeVersion
from training.courses.programmes.queries import modules_of, version
from training.courses.programmes.workflow import Kind, State
from training.courses.quotas import services as quotas
from training.kernel import clock, keys
from training.kernel.db import db, writing
from training.kernel.policy import Role, System
from training.organisations.models import Organisation
from training.search import services as search
from training.taxonomy.models import Occupation, Skill
from training.trainees.profiles.models import Trainee

_count = itertools.count(1)
SYSTEM = System("test")


def make_skill(**given: Any) -> Skill:
    """A skill of the list."""
    number = next(_count)
    return save(Skill(**{"slug": f"skill-{number}", "title_en": f"Skill {number}", "title_ru": f"Умение {number}", **given}))


def make_occupation(**given: Any) -> Occupation:
    """An occupation of the list."""
    number = next(_count)
    values = {"slug": f"occupation-{number}", "isco": "7212", "title_en": f"Welder {number}", "title_ru": f"Сварщик {number}", **given}
    return save(Occupation(**values))


def make_programme(school: Organisation | None = None, **given: Any) -> Programme:
    """A programme without a version."""
    number = next(_count)
    title = given.pop("title", f"Welding {number}")
    values = {"slug": keys.slug(), "code": f"15.01.{number:02}", "code_system": "fgos", "kind": Kind.PROFESSION, **given}
    programme = Programme(school=school or make_school(), **values)
    programme.rename(title)
    return save(programme)


def make_version(
    programme: Programme | None = None,
    *,
    state: State = State.PUBLISHED,
    modules: Mapping[str, int] | None = None,
    skills: Mapping[int, int] | None = None,
    found: bool = False,
    **given: Any,
) -> ProgrammeVersion:
    """A version whose modules add up, with the skills taught in the first; `found` puts it into the index."""
    programme = programme or make_programme()
    hours = dict(modules if modules is not None else {"PM.01": 60, "PM.02": 40})
    made = save(
        ProgrammeVersion(
            **{
                "programme": programme,
                "programme_id": programme.id,
                "school_id": programme.school_id,
                "number": 1,
                "state": State.DRAFT,
                "hours_total": sum(hours.values()),
                "months": 10,
                **given,
            }
        )
    )
    for place, (code, number) in enumerate(hours.items(), 1):
        module = save(Module(version_id=made.id, code=code, title=f"Module {code}", hours=number, position=place))
        if place == 1:
            for skill_id, level in (skills or {}).items():
                save(ModuleSkill(module_id=module.id, skill_id=skill_id, level=level))
    if state is not State.DRAFT:
        digest = "0" * 64 if state in (State.PUBLISHED, State.RETIRED) else None
        rows = update(ProgrammeVersion).where(ProgrammeVersion.id == made.id).values(state=state, content_digest=digest)
        db.session.execute(rows.execution_options(synchronize_session=False))
        db.session.commit()
        db.session.refresh(made)
    loaded = version(SYSTEM, made.id)
    if found:
        with writing():
            search.put(content.document(loaded.programme, loaded, modules_of(made.id), None))
    return loaded


def make_cohort(
    version: ProgrammeVersion | None = None,
    *,
    seats: Mapping[Funding, int] | int = 20,
    state: CohortState = CohortState.OPEN,
    **given: Any,
) -> Cohort:
    """An open cohort, with its seats by who pays (a number means state seats)."""
    version = version or make_version()
    today = clock.today("Europe/Samara")
    code = given.pop("code", f"C-{next(_count)}")
    cohort = save(
        Cohort(
            **{
                "code": code,
                "code_key": keys.sort_key(code),
                "programme_version": version,
                "version_id": version.id,
                "school_id": version.school_id,
                "study_form": StudyForm.FULL_TIME,
                "opens_on": today - timedelta(days=10),
                "closes_on": today + timedelta(days=20),
                "starts_on": today + timedelta(days=30),
                "ends_on": today + timedelta(days=330),
                "joins_until_on": today + timedelta(days=29),
                "state": state,
                **given,
            }
        )
    )
    pools = {Funding.STATE: seats} if isinstance(seats, int) else seats
    for funding, number in pools.items():
        save(SeatPool(cohort_id=cohort.id, funding=funding, seats=number, held=0))
    if state is not CohortState.CANCELLED:
        code, year = queries.planned_from_the_state(cohort)[0], cohort.starts_on.year
        with writing():
            quotas.plan(cohort.school_id, {(code, year): pools.get(Funding.STATE, 0)})
    return cohort


def pool_of(cohort: Cohort, funding: Funding = Funding.STATE) -> SeatPool:
    """The seats of a cohort that one purse pays for, as they are now."""
    query = select(SeatPool).where(SeatPool.cohort_id == cohort.id, SeatPool.funding == funding, SeatPool.employer_id.is_(None))
    return db.session.scalars(query, execution_options={"populate_existing": True}).one()


def make_enrolment(
    cohort: Cohort | None = None,
    trainee: Trainee | None = None,
    *,
    state: EnrolmentState = EnrolmentState.ENROLLED,
    funding: Funding = Funding.STATE,
    **given: Any,
) -> Enrolment:
    """Somebody in a cohort; who is seated holds one of its seats."""
    cohort = cohort or make_cohort()
    trainee = trainee or make_trainee()
    pool = pool_of(cohort, funding)
    seated = state in SEATED
    values = {
        "cohort": cohort,
        "cohort_id": cohort.id,
        "school_id": cohort.school_id,
        "trainee": trainee,
        "applied_at": clock.now(),
        "state": state,
        "pool_id": pool.id if seated else None,
        "claim_until_at": clock.now() + timedelta(days=2) if state is EnrolmentState.OFFERED else None,
        "enrolled_on": clock.today() if seated and state is not EnrolmentState.OFFERED else None,
        "ended_on": clock.today() if state is EnrolmentState.COMPLETED else None,
        **given,
    }
    enrolment = save(Enrolment(**values))
    save(EnrolmentChoice(enrolment_id=enrolment.id, pool_id=pool.id, place=1))
    if seated:
        db.session.execute(update(SeatPool).where(SeatPool.id == pool.id).values(held=SeatPool.held + 1))
        db.session.commit()
    return enrolment


def make_credential(
    enrolment: Enrolment | None = None, trainee: Trainee | None = None, version: ProgrammeVersion | None = None
) -> Credential:
    """A credential that a teacher proposed and a manager confirmed, for somebody who completed."""
    enrolment = enrolment or make_enrolment(make_cohort(version, state=CohortState.COMPLETED), trainee, state=EnrolmentState.COMPLETED)
    school = enrolment.cohort.programme_version.programme.school
    manager = actor_of(school, Role.MANAGER)
    award = awards.propose(actor_of(school, Role.TEACHER), enrolment)
    awards.confirm(manager, award)
    return credentials.credential(SYSTEM, credentials.of_enrolments([enrolment.id])[enrolment.id].id)
