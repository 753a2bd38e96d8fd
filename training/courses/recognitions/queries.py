"""Finding requests for recognition, and what is recognised."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import Module, ModuleSkill, Programme, ProgrammeVersion
from training.courses.recognitions.models import Recognition, RecognitionDecision
from training.courses.recognitions.policies import visible_to
from training.courses.recognitions.workflow import STANDING, State
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import Prepared, by_key
from training.trainees.passport.models import Evidence
from training.trainees.passport.queries import modules as passed_modules

_DECISIONS = selectinload(Recognition.decisions).joinedload(RecognitionDecision.by)
_ENROLMENT = joinedload(Recognition.enrolment)
_WHOLE = (
    joinedload(Recognition.module),
    joinedload(Recognition.file),
    _ENROLMENT.joinedload(Enrolment.trainee),
    _ENROLMENT.joinedload(Enrolment.cohort)
    .joinedload(Cohort.programme_version)
    .joinedload(ProgrammeVersion.programme)
    .joinedload(Programme.school),
    _DECISIONS,
)
_BY_ID = by_key(visible_to, Recognition.id, *_WHOLE)
_OF_ENROLMENT = Prepared(
    lambda actor: visible_to(actor).where(Recognition.enrolment_id == bindparam("enrolment")).order_by(Recognition.id.desc()),
    joinedload(Recognition.module),
    _DECISIONS,
)
AT_MOST = 500
"""Requests that a page of a cohort shows."""


def recognition(actor: Actor, recognition_id: int) -> Recognition:
    """One request with its module, evidence, trainee, programme, school and decisions."""
    return _BY_ID.one(actor, key=recognition_id)


def with_file(actor: Actor, recognition_id: int) -> Recognition:
    """One request that shows a file, the same way; one that shows none has no file to open."""
    found = recognition(actor, recognition_id)
    if found.file is None:
        raise NotFound
    return found


def each(actor: Actor, ids: Collection[int]) -> dict[int, Recognition]:
    """Those requests of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Recognition.id.in_(ids)).options(*_WHOLE))


@dataclass(frozen=True)
class Passed:
    """A module that a trainee shows as passed: with its school and programme, the skills it teaches, and how it stands in the passport now."""

    module: Module
    enrolment: Enrolment
    programme: Programme
    evidence: Evidence | None


def passed(recognition: Recognition) -> Passed | None:
    """The module that is shown as passed, if it is one: three statements, none where it is something else."""
    if recognition.passed_in_id is None or recognition.passed_module_id is None:
        return None
    programme = joinedload(Enrolment.cohort).joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)
    study = select(Enrolment).where(Enrolment.id == recognition.passed_in_id).options(programme.joinedload(Programme.school))
    enrolment = db.session.scalars(study).one()
    module = db.session.get_one(Module, recognition.passed_module_id)
    where = (recognition.passed_in_id, recognition.passed_module_id)
    standing = (one for one in passed_modules(enrolment.trainee_id) if (one.subject_id, one.part_id) == where)
    return Passed(module, enrolment, enrolment.cohort.programme_version.programme, next(standing, None))


def taught(module_ids: Collection[int]) -> Mapping[int, Sequence[ModuleSkill]]:
    """The skills that modules teach, by module: one statement."""
    query = select(ModuleSkill).where(ModuleSkill.module_id.in_(module_ids)).options(joinedload(ModuleSkill.skill))
    found: dict[int, list[ModuleSkill]] = {key: [] for key in module_ids}
    for one in db.session.scalars(query.order_by(ModuleSkill.id)):
        found[one.module_id].append(one)
    return found


def of_enrolment(actor: Actor, enrolment_id: int) -> Sequence[Recognition]:
    """What was asked for in one enrolment, the newest first, with modules and decisions."""
    return _OF_ENROLMENT.seldom(actor, enrolment=enrolment_id)


def of_cohort(actor: Actor, cohort_id: int) -> Sequence[Recognition]:
    """What the people of a cohort asked for, the newest first, with modules, trainees and decisions."""
    query = visible_to(actor).join(Recognition.enrolment).where(Enrolment.cohort_id == cohort_id)
    query = query.options(joinedload(Recognition.module), _ENROLMENT.joinedload(Enrolment.trainee), _DECISIONS)
    return db.session.scalars(query.order_by(Recognition.id.desc()).limit(AT_MOST)).all()


def standing(enrolment_id: int, module_id: int) -> Recognition | None:
    """The request for that module that is open or accepted."""
    query = select(Recognition).where(Recognition.enrolment_id == enrolment_id, Recognition.module_id == module_id)
    return db.session.scalars(query.where(Recognition.state.in_(STANDING))).one_or_none()


def taken(enrolment_id: int) -> set[int]:
    """The modules for which something is open or accepted."""
    query = select(Recognition.module_id).where(Recognition.enrolment_id == enrolment_id, Recognition.state.in_(STANDING))
    return set(db.session.scalars(query.order_by(Recognition.module_id)))


def recognised(cohort_id: int, enrolment_ids: Collection[int] | None = None) -> Mapping[tuple[int, int], Recognition]:
    """What is recognised in a cohort, for all or these people, by module and enrolment, with the decisions: two statements."""
    query = select(Recognition).join(Recognition.enrolment).where(Enrolment.cohort_id == cohort_id, Recognition.state == State.ACCEPTED)
    if enrolment_ids is not None:
        query = query.where(Recognition.enrolment_id.in_(enrolment_ids))
    return {(one.module_id, one.enrolment_id): one for one in db.session.scalars(query.options(_DECISIONS).order_by(Recognition.id))}
