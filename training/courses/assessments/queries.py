"""Finding assessments and results; reading a cohort's gradebook; the transcript of somebody's study."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from training.accounts.memberships.models import Membership
from training.accounts.memberships.queries import of_role
from training.courses.assessments.book import Book
from training.courses.assessments.forming import Formed
from training.courses.assessments.models import Assessment, Examiner, Result
from training.courses.assessments.policies import MARKERS, visible_to
from training.courses.assessments.workflow import State
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.queries import zone_of
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import STUDYING
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.programmes.models import Module, Programme, ProgrammeVersion
from training.courses.recognitions.queries import recognised
from training.courses.scales.models import ScaleEdition
from training.kernel import clock
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import by_key
from training.trainees.profiles.models import Trainee

SHOWN = (*STUDYING, EnrolmentState.COMPLETED)
"""Whose results a gradebook shows."""


def _whole(query: Select[Assessment]) -> Select[Assessment]:
    version = joinedload(Assessment.cohort).joinedload(Cohort.programme_version)
    return query.options(
        version.joinedload(ProgrammeVersion.programme).joinedload(Programme.school),
        joinedload(Assessment.module),
        joinedload(Assessment.edition).selectinload(ScaleEdition.bands),
        joinedload(Assessment.teacher).joinedload(Membership.account),
        joinedload(Assessment.demonstration),
        selectinload(Assessment.examiners).joinedload(Examiner.membership).joinedload(Membership.account),
    )


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), Assessment.id)


def assessment(actor: Actor, assessment_id: int) -> Assessment:
    """One assessment with its cohort, module, scale, teacher and commission."""
    return _BY_ID.one(actor, key=assessment_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Assessment]:
    """Those assessments of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Assessment.id.in_(ids)))


def result(actor: Actor, result_id: int) -> Result:
    """One result with its assessment and trainee."""
    seen = visible_to(actor).with_only_columns(Assessment.id)
    query = select(Result).where(Result.id == result_id, Result.assessment_id.in_(seen))
    query = query.options(joinedload(Result.enrolment).joinedload(Enrolment.trainee), joinedload(Result.band))
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    set_committed_value(found, "assessment", assessment(actor, found.assessment_id))
    return found


def markers(school_id: int) -> Sequence[Membership]:
    """Whom a school can name as teacher or examiner: each person once, by name."""
    found: dict[int, Membership] = {}
    for one in of_role(school_id, *MARKERS):
        found.setdefault(one.account_id, one)
    return list(found.values())


def given_in(assessment_id: int) -> Sequence[Result]:
    """Every result of an assessment, corrected ones too, in the order they were given, with marks and who gave them."""
    query = select(Result).where(Result.assessment_id == assessment_id)
    query = query.options(joinedload(Result.band), joinedload(Result.given_by).joinedload(Membership.account))
    return db.session.scalars(query.order_by(Result.id).execution_options(populate_existing=True)).all()


def is_marked(assessment_id: int) -> bool:
    """Whether a result was given."""
    return bool(db.session.scalar(select(exists().where(Result.assessment_id == assessment_id))))


def is_replaced(result_id: int) -> bool:
    """Whether a correction of the result was given."""
    return bool(db.session.scalar(select(exists().where(Result.replaces_id == result_id))))


def newest(assessment_id: int) -> int:
    """The key of the last result that was given."""
    return db.session.scalar(select(func.max(Result.id)).where(Result.assessment_id == assessment_id)) or 0


def gave(account_id: int, assessment_id: int, *, after: int) -> bool:
    """Whether somebody gave a result of the assessment that is not confirmed yet."""
    by = Result.given_by_id.in_(select(Membership.id).where(Membership.account_id == account_id))
    return bool(db.session.scalar(select(exists().where(Result.assessment_id == assessment_id, Result.id > after, by))))


def people(cohort_id: int) -> Sequence[Enrolment]:
    """Those whose results a cohort's gradebook shows, by name, with their trainees."""
    query = select(Enrolment).join(Enrolment.trainee).options(contains_eager(Enrolment.trainee))
    query = query.where(Enrolment.cohort_id == cohort_id, Enrolment.state.in_(SHOWN))
    return db.session.scalars(query.order_by(Trainee.name_key, Enrolment.id)).all()


def book(cohort: Cohort, enrolment_ids: Collection[int] | None = None) -> Book:
    """The gradebook of a cohort, of all or of these people: as many statements, however many there are."""
    modules = select(Module).where(Module.version_id == cohort.version_id).order_by(Module.position, Module.id)
    assessments = select(Assessment).where(Assessment.cohort_id == cohort.id, Assessment.state != State.CANCELLED)
    whole = (
        joinedload(Assessment.edition).selectinload(ScaleEdition.bands),
        joinedload(Assessment.teacher).joinedload(Membership.account),
    )
    found = db.session.scalars(assessments.options(*whole).order_by(Assessment.held_on, Assessment.id)).all()
    results = _results([one.id for one in found], enrolment_ids)
    return Book(db.session.scalars(modules).all(), found, results, recognised(cohort.id, enrolment_ids))


def _results(assessment_ids: Collection[int], enrolment_ids: Collection[int] | None) -> Sequence[Result]:
    query = select(Result).where(Result.assessment_id.in_(assessment_ids)).options(joinedload(Result.band))
    query = query.options(joinedload(Result.given_by).joinedload(Membership.account))
    if enrolment_ids is not None:
        query = query.where(Result.enrolment_id.in_(enrolment_ids))
    return db.session.scalars(query.order_by(Result.id)).all()


@dataclass(frozen=True)
class Line:
    """A line of a transcript: a module (none: the whole programme), its hours, and the mark with how it was formed."""

    module: Module | None
    title: str
    hours: int | None
    formed: Formed

    @property
    def mark(self) -> str:
        """The mark as it is printed; a dash for none."""
        return self.formed.label


def transcript(enrolment: Enrolment) -> list[Line]:
    """What somebody achieved in every module, in order, then at the end of the programme; the enrolment's cohort is loaded."""
    read = book(enrolment.cohort, [enrolment.id])
    found = []
    for column in read.columns:
        formed = read.formed(column, enrolment.id)
        if column.module is not None:
            found.append(Line(column.module, column.module.title, column.module.hours, formed))
        else:
            found.extend(Line(None, one.title, None, read.alone(one, enrolment.id)) for one in column.assessments)
    return found


def passed(enrolment: Enrolment) -> set[int]:
    """The modules that somebody has passed or that are recognised; the enrolment's cohort is loaded."""
    return {line.module.id for line in transcript(enrolment) if line.module is not None and line.formed.done}


def marked_on(enrolment: Enrolment, module_id: int) -> date | None:
    """The day of the last result that somebody was given in a module, as the school counts days; the cohort and its school are loaded."""
    query = select(func.max(Result.given_at)).join(Assessment, Assessment.id == Result.assessment_id)
    last = db.session.scalar(query.where(Result.enrolment_id == enrolment.id, Assessment.module_id == module_id))
    return clock.day_of(last, zone_of(enrolment.cohort)) if last is not None else None


def outcome(enrolment: Enrolment, module: Module) -> Formed | None:
    """Somebody's mark of one module; None when it is not marked."""
    return next((line.formed for line in transcript(enrolment) if line.module is not None and line.module.id == module.id), None)
