"""Finding waivers, and people for whom one can be granted."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.waivers.models import Waiver, WaiverRevocation
from training.courses.waivers.policies import standing, visible_to
from training.kernel.db import by_id, db
from training.kernel.keys import sort_key
from training.kernel.policy import Actor
from training.kernel.prepared import by_key
from training.trainees.disclosures.policies import visible_to as trainees_visible_to
from training.trainees.profiles.models import Trainee

FOUND, MOST = 10, 200
"""People who are offered at once, and waivers on one page."""
_WHOLE = (
    joinedload(Waiver.programme).joinedload(Programme.school),
    joinedload(Waiver.trainee),
    joinedload(Waiver.by),
    joinedload(Waiver.revocation).joinedload(WaiverRevocation.by),
)
_BY_ID = by_key(visible_to, Waiver.id, *_WHOLE)


def waiver(actor: Actor, waiver_id: int) -> Waiver:
    """One waiver with its programme, school, trainee, author and revocation: one statement."""
    return _BY_ID.one(actor, key=waiver_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Waiver]:
    """Those waivers of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Waiver.id.in_(ids)).options(*_WHOLE))


def of_programme(actor: Actor, programme_id: int) -> Sequence[Waiver]:
    """The waivers of a programme, revoked ones too, the newest first, at most 200: one statement."""
    query = visible_to(actor).where(Waiver.programme_id == programme_id).options(*_WHOLE)
    return db.session.scalars(query.order_by(Waiver.id.desc()).limit(MOST)).all()


def of_person(actor: Actor, version: ProgrammeVersion, trainee_id: int) -> Waiver | None:
    """By which waiver somebody may begin that version's programme: one statement, none where it asks for nothing."""
    if version.needs is None:
        return None
    theirs = (Waiver.programme_id == version.programme_id, Waiver.trainee_id == trainee_id, standing())
    query = visible_to(actor).where(*theirs).options(*_WHOLE)
    return db.session.scalars(query.order_by(Waiver.id).limit(1)).one_or_none()


def is_revoked(waiver_id: int) -> bool:
    """Whether a waiver does not count any more."""
    return db.session.scalar(select(WaiverRevocation.id).where(WaiverRevocation.waiver_id == waiver_id)) is not None


def waived(programme_id: int, trainee_ids: Collection[int]) -> set[int]:
    """Who of these people is let into a programme without its prerequisites: one statement, none for nobody."""
    if not trainee_ids:
        return set()
    query = select(Waiver.trainee_id).where(Waiver.programme_id == programme_id, Waiver.trainee_id.in_(trainee_ids), standing())
    return set(db.session.scalars(query))


def people(actor: Actor, words: str) -> Sequence[Trainee]:
    """People whom the school knows, by parts of their names, at most 10: one statement."""
    query = trainees_visible_to(actor)
    for word in sort_key(words).split():
        query = query.where(Trainee.name_key.contains(word, autoescape=True))
    return db.session.scalars(query.order_by(Trainee.name_key, Trainee.id).limit(FOUND)).all()


def person(actor: Actor, trainee_id: int) -> Trainee | None:
    """That person, if the school knows them."""
    return db.session.scalars(trainees_visible_to(actor).where(Trainee.id == trainee_id)).one_or_none()
