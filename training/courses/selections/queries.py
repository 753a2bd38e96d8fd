"""Finding candidacies, what a cohort asks, the list as it stands and as it was published."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment, EnrolmentChoice
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.selections.models import (
    Answer,
    Asked,
    Candidacy,
    Criterion,
    Document,
    PriorityGroup,
)
from training.courses.selections.policies import documents_visible_to, groups_visible_to, visible_to
from training.courses.selections.workflow import State
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor
from training.kernel.prepared import Prepared, by_key

_ENROLMENT = joinedload(Candidacy.enrolment)
_COHORT = _ENROLMENT.joinedload(Enrolment.cohort)
_SCHOOL = _COHORT.joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme).joinedload(Programme.school)
_WHOLE = (
    _SCHOOL,
    _COHORT.joinedload(Cohort.site),
    _ENROLMENT.joinedload(Enrolment.trainee),
    _ENROLMENT.joinedload(Enrolment.pool),
    _ENROLMENT.selectinload(Enrolment.choices).joinedload(EnrolmentChoice.pool),
    joinedload(Candidacy.group),
    selectinload(Candidacy.documents).options(joinedload(Document.asked), joinedload(Document.file)),
    selectinload(Candidacy.answers).joinedload(Answer.criterion),
)
_BY_ENROLMENT = by_key(visible_to, Candidacy.enrolment_id, *_WHOLE)
_BY_ID = by_key(visible_to, Candidacy.id, *_WHOLE)
_ABOVE = joinedload(Document.candidacy).joinedload(Candidacy.enrolment)
_OF_DOCUMENT = (
    joinedload(Document.asked),
    joinedload(Document.file),
    _ABOVE.joinedload(Enrolment.trainee),
    _ABOVE.joinedload(Enrolment.cohort)
    .joinedload(Cohort.programme_version)
    .joinedload(ProgrammeVersion.programme)
    .joinedload(Programme.school),
)
_DOCUMENT = by_key(documents_visible_to, Document.id, *_OF_DOCUMENT)


def of_enrolment(actor: Actor, enrolment_id: int) -> Candidacy:
    """What somebody applied with, by the enrolment: with trainee, cohort, seats named, documents and answers."""
    return _BY_ENROLMENT.one(actor, key=enrolment_id)


def candidacy(actor: Actor, candidacy_id: int) -> Candidacy:
    """The same by its own key."""
    return _BY_ID.one(actor, key=candidacy_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Candidacy]:
    """Those of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Candidacy.id.in_(ids)).options(*_WHOLE))


def document(actor: Actor, document_id: int) -> Document:
    """One document with its file, the applicant, the cohort and the school."""
    return _DOCUMENT.one(actor, key=document_id)


def brought(actor: Actor, document_id: int) -> Document:
    """One document that has a file; NotFound while nothing has been brought."""
    found = document(actor, document_id)
    if found.file is None:
        raise NotFound
    return found


def each_document(actor: Actor, ids: Collection[int]) -> dict[int, Document]:
    """Those documents of the ids that the actor may see."""
    return by_id(documents_visible_to(actor).where(Document.id.in_(ids)).options(*_OF_DOCUMENT))


def papers(candidacy_id: int) -> Sequence[Document]:
    """The documents of an applicant as they are now."""
    return db.session.scalars(select(Document).where(Document.candidacy_id == candidacy_id).order_by(Document.place)).all()


def group(actor: Actor, group_id: int) -> PriorityGroup:
    """One priority group of the actor's school."""
    found = db.session.scalars(groups_visible_to(actor).where(PriorityGroup.id == group_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def groups(actor: Actor) -> Sequence[PriorityGroup]:
    """The priority groups of the actor's school, those that have ended last."""
    query = groups_visible_to(actor).order_by(PriorityGroup.ended_on.is_not(None), PriorityGroup.id)
    return db.session.scalars(query).all()


def groups_of(school_id: int) -> Sequence[PriorityGroup]:
    """The priority groups that can be claimed at a school."""
    query = select(PriorityGroup).where(PriorityGroup.school_id == school_id, PriorityGroup.ended_on.is_(None))
    return db.session.scalars(query.order_by(PriorityGroup.id)).all()


def criteria(cohort_id: int) -> Sequence[Criterion]:
    """What a cohort gives points for, in the school's order."""
    return db.session.scalars(select(Criterion).where(Criterion.cohort_id == cohort_id).order_by(Criterion.place)).all()


def asked(cohort_id: int) -> Sequence[Asked]:
    """The documents that a cohort asks for, in the school's order."""
    return db.session.scalars(select(Asked).where(Asked.cohort_id == cohort_id).order_by(Asked.place)).all()


_MINE = Prepared(
    lambda actor: (
        visible_to(actor)
        .options(_SCHOOL, _ENROLMENT.joinedload(Enrolment.pool), selectinload(Candidacy.documents).joinedload(Document.asked))
        .order_by(Candidacy.id.desc())
        .limit(100)
    )
)


def mine(actor: Actor) -> Sequence[Candidacy]:
    """The actor's own applications by selection, newest first, with what they bring."""
    return _MINE.some(actor).all()


def applied(cohort_id: int) -> int:
    """How many have ever applied for a cohort by selection."""
    query = select(func.count()).select_from(Candidacy).join(Enrolment, Enrolment.id == Candidacy.enrolment_id)
    return db.session.scalar(query.where(Enrolment.cohort_id == cohort_id)) or 0


def incomplete() -> ColumnElement[bool]:
    """As a condition on Candidacy: a required document is not accepted."""
    return exists().where(Document.candidacy_id == Candidacy.id, Document.required, Document.state != State.ACCEPTED)


def to_check() -> ColumnElement[bool]:
    """As a condition on Candidacy: a document waits to be checked."""
    return exists().where(Document.candidacy_id == Candidacy.id, Document.state == State.BROUGHT)


def conditional(enrolment_ids: Collection[int]) -> Sequence[Candidacy]:
    """Those of some enrolments to whom yes was said on a condition that is still open, with their cohorts."""
    query = select(Candidacy).where(
        Candidacy.enrolment_id.in_(enrolment_ids), Candidacy.condition.is_not(None), Candidacy.condition_met.is_(None)
    )
    return db.session.scalars(query.options(_COHORT).order_by(Candidacy.id)).all() if enrolment_ids else []
