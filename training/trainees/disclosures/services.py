"""Opening a trainee's profile to an organisation, and closing it, inside the transactions that call for it."""

from datetime import datetime

from sqlalchemy import insert, or_, select, update

from training.audit.services import record
from training.kernel import clock, receipts
from training.kernel.db import Record, db, transaction, writing
from training.kernel.policy import Actor, Member, System
from training.trainees.disclosures.models import Disclosure
from training.trainees.disclosures.workflow import Because, Event
from training.trainees.profiles import services as profiles
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import by_id
from training.trainees.profiles.workflow import Event as ProfileEvent
from training.trainees.profiles.workflow import Visibility

_OPEN = insert(Record.metadata.tables[Disclosure.__tablename__])


def disclose(
    actor: Actor, trainee: Trainee, because: Because, subject: Record, *, to: int | None, until: datetime | None = None, first: bool = False
) -> None:
    """Organisation `to` (or, with None, every verified employer) may see the trainee because of `subject`; again renews it.

    `first` when `subject` is new and so has opened nothing yet.
    """
    known = None if first else _known(trainee, because, subject, to)
    if known is not None:
        known.until_at = until
    else:
        opened = {"trainee_id": trainee.id, "organisation_id": to, "because": because, "since_at": clock.now(), "until_at": until}
        db.session.connection().execute(_OPEN, opened | {"subject_kind": subject.__tablename__, "subject_id": subject.id})
    record(actor, Event.OPENED, trainee, organisation=to, because=because)


def _known(trainee: Trainee, because: Because, subject: Record, to: int | None) -> Disclosure | None:
    """What the subject has opened to an organisation, or to all."""
    same = (
        (Disclosure.trainee_id == trainee.id)
        & (Disclosure.organisation_id.is_(None) if to is None else Disclosure.organisation_id == to)
        & (Disclosure.because == because)
        & (Disclosure.subject_kind == subject.__tablename__)
        & (Disclosure.subject_id == subject.id)
    )
    return db.session.scalars(select(Disclosure).where(same)).one_or_none()


def withdraw(actor: Actor, trainee: Trainee, because: Because, subject: Record, *, at: datetime | None = None) -> None:
    """What `subject` opened is closed now, or at a coming moment."""
    mine = (Disclosure.because == because) & (Disclosure.subject_kind == subject.__tablename__) & (Disclosure.subject_id == subject.id)
    until = at or clock.now()
    longer = or_(Disclosure.until_at.is_(None), Disclosure.until_at > until)
    db.session.execute(update(Disclosure).where(mine, Disclosure.trainee_id == trainee.id, longer).values(until_at=until))
    record(actor, Event.ENDED, trainee, because=because, until=at)


def note_look(actor: Actor, trainee: Trainee) -> None:
    """A member of another organisation looks at a card: one row a viewer, card and day, in a transaction of its own."""
    if not isinstance(actor, Member) or actor.organisation_id == trainee.school_id:
        return
    key = f"look:{actor.account_id}:{actor.organisation_id}:{trainee.id}:{clock.today()}"
    if receipts.find(key) is None:
        with writing() as session:
            if receipts.first_time(session, key):
                record(actor, ProfileEvent.VIEWED, trainee)


@transaction()
def close_search(actor: System, *, trainee_id: int) -> None:
    """The guardian no longer agrees: whoever was found by all verified employers is found by none, until they choose so again."""
    trainee = by_id(trainee_id)
    if trainee.visibility is Visibility.EMPLOYERS:
        trainee.visibility = Visibility.SCHOOL
        withdraw(actor, trainee, Because.TALENT, trainee)
        record(actor, ProfileEvent.VISIBILITY, trainee, visibility=Visibility.SCHOOL)


@transaction()
def choose_visibility(actor: Actor, trainee: Trainee, *, visibility: Visibility) -> None:
    """The trainee decides who may find them; verified employers only while the choice says so."""
    before = trainee.visibility
    profiles.show_to(actor, trainee, visibility=visibility)
    if visibility is Visibility.EMPLOYERS:
        disclose(actor, trainee, Because.TALENT, trainee, to=None)
    elif before is Visibility.EMPLOYERS:
        withdraw(actor, trainee, Because.TALENT, trainee)
