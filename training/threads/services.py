"""Writing to the other sides of a record, changing and taking back what one wrote, and noting what was read."""

from collections.abc import Collection, Sequence

from sqlalchemy import delete, select, update

from training.audit.models import Happening, HappeningDetail
from training.audit.services import record
from training.files import media, storage
from training.files.queries import of_subject
from training.files.services import keep_received, let_go
from training.files.storage import Readable, Received
from training.jobs.services import insert_once
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, System, authorise, require
from training.kernel.wiring import Person
from training.notices.models import Recipient
from training.notices.services import notify, read_about
from training.threads import policies, queries, words
from training.threads.models import Message, ThreadReading
from training.threads.queries import Place
from training.threads.workflow import Event, Notice

KINDS = media.DOCUMENTS | {media.XLSX, media.TEXT, media.WEBP}
"""What goes with a message, by content."""
LARGEST = 10_000_000
"""Bytes of one file."""


def write(
    actor: Actor, place: Place, *, text: str, mentions: Collection[int] = (), files: Sequence[tuple[Readable | bytes, str]] = ()
) -> Message:
    """A message to the other sides, with files as (content, name); the bytes are written away before the transaction."""
    authorise(policies.can_write, actor, place)
    text = words.clean(text)
    require(policies.why_not_say(text, files=len(files)))
    received = [storage.receive(source, name=name, kinds=KINDS, limit=LARGEST) for source, name in files]
    return _write(actor, place.kind, subject_id=place.record.id, text=text, mentions=mentions, received=received)


@transaction()
def _write(actor: Actor, kind: str, *, subject_id: int, text: str, mentions: Collection[int], received: Sequence[Received]) -> Message:
    place = queries.place(actor, kind, subject_id)  # with the rights of now: they may have gone since the page was shown
    sides = place.sides()
    named = _named(actor, place, text, mentions, [person for side in sides for person in side.people])
    message = Message(
        subject_kind=kind,
        subject_id=subject_id,
        text=text,
        mentions={"accounts": [person.account_id for person in named]},
        written_at=clock.now(),
        **_author(actor),
    )
    db.session.add(message)
    db.session.flush()  # the files and the event refer to the message's key
    for file in received:
        keep_received(actor, file, subject=message)
    record(actor, Event.WRITTEN, message, files=len(received), mentions=[person.account_id for person in named])
    _note(actor, place, message.id)
    _tell(message, named, queries.others(actor, sides))
    return message


@transaction()
def edit(actor: Actor, message: Message, *, text: str) -> None:
    """The author puts it otherwise; what it said before stays in its history, and whoever is newly named is told."""
    authorise(policies.can_edit, actor, message)
    require(policies.why_not_change(message))
    text = words.clean(text)
    require(policies.why_not_say(text, files=len(of_subject(message))))
    if text == message.text:
        return
    place = queries.place(actor, message.subject_kind, message.subject_id)
    before = set(message.mentioned)
    held = [person for side in place.sides() for person in side.people]
    known = [*held, *queries.writers(place), *queries.colleagues(actor)]
    typed = {person.account_id for one in words.mentions(message.text, known) for person in one.people}
    named = _named(actor, place, text, before - typed, held)
    record(actor, Event.EDITED, message, detail={"text": message.text or "–"})
    message.text, message.edited_at = text, clock.now()
    message.mentions = {"accounts": [person.account_id for person in named]}
    _tell(message, [person for person in named if person.account_id not in before], [])


@transaction()
def withdraw(actor: Actor, message: Message) -> None:
    """The author takes it back: its place stays, its words go into the history that only the author sees."""
    authorise(policies.can_withdraw, actor, message)
    require(policies.why_not_change(message))
    record(actor, Event.WITHDRAWN, message, detail={"text": message.text or "–"})
    message.text, message.withdrawn_at = "", clock.now()


@transaction()
def read(actor: Actor, place: Place, *, until: int) -> None:
    """The reader has seen the thread up to the message of id `until`, and so has no use for notices of it."""
    authorise(policies.can_read, actor, place)
    _note(actor, place, until)


@transaction()
def erase(actor: System, *, account_id: int) -> int:
    """Takes the words and files out of everything that an account has written, and out of its history; returns how many messages."""
    written = queries.of_account(account_id)
    keys = [message.id for message in written]
    for message in written:
        message.text, message.mentions = "", {}
        message.withdrawn_at = message.withdrawn_at or clock.now()
        for file in of_subject(message):
            file.name = "–"
            let_go(file)
        record(actor, Event.ERASED, message)
    told = select(Happening.id).where(Happening.subject_kind == Message.__tablename__, Happening.subject_id.in_(keys))
    db.session.execute(delete(HappeningDetail).where(HappeningDetail.event_id.in_(told)).execution_options(synchronize_session=False))
    db.session.execute(delete(ThreadReading).where(ThreadReading.account_id == account_id).execution_options(synchronize_session=False))
    return len(written)


def _author(actor: Actor) -> dict[str, int | None]:
    return {"account_id": getattr(actor, "account_id", None), "organisation_id": getattr(actor, "organisation_id", None)}


def _named(actor: Actor, place: Place, text: str, chosen: Collection[int], held: Sequence[Person]) -> list[Person]:
    """Who is mentioned, by choice and by name, each once; NotNow when one of them may not see the record."""
    if not chosen and not words.mentions(text, held):
        return []
    known = [*held, *queries.writers(place)]
    at = words.mentions(text, known)
    if any(not one.people for one in at):
        at = words.mentions(text, [*known, *queries.colleagues(actor)])
    for one in at:
        if not one.people:
            raise NotNow(_unknown(one.words), field="text")
    picked = [person for person in known if person.account_id in chosen]
    if len({person.account_id for person in picked}) < len(set(chosen)):
        raise NotNow(_l("Somebody you chose does not take part here any more. Choose again."), field="mentions")
    found = {person.account_id: person for person in [*picked, *(person for one in at for person in one.people)]}
    for person in found.values():
        if not queries.may_see(place, person):
            raise NotNow(_unknown(person.name), field="text")
    return list(found.values())


def _unknown(name: str) -> str:
    return str(
        _l(
            "“@%(name)s” is nobody who may see this, so a mention would not reach them. Choose from the list, or leave out the @.",
            name=name,
        )
    )


def _tell(message: Message, named: Sequence[Person], others: Sequence[Person]) -> None:
    """Those mentioned, and the people of the other sides; nobody twice, and not the author."""
    mentioned = {person.account_id for person in named}
    notify(Notice.MENTIONED, message, to=[_recipient(one) for one in named if one.account_id != message.account_id])
    notify(Notice.WRITTEN, message, to=[_recipient(one) for one in others if one.account_id not in mentioned])


def _recipient(person: Person) -> Recipient:
    return Recipient("account", person.account_id, person.organisation_id)


def _note(actor: Actor, place: Place, until: int) -> None:
    """How far the actor has read, never backwards and never past the end."""
    me = getattr(actor, "account_id", 0)
    mine = (Message.subject_kind == place.kind, Message.subject_id == place.record.id)
    seen = select(Message.id).where(*mine, Message.id <= until)
    newest = db.session.scalar(seen.order_by(Message.id.desc()).limit(1))
    if newest is None:
        return
    where = {"subject_kind": place.kind, "subject_id": place.record.id, "account_id": me}
    own = (ThreadReading.subject_kind == place.kind, ThreadReading.subject_id == place.record.id, ThreadReading.account_id == me)
    insert_once(ThreadReading, where | {"until_id": 0}, *where)
    further = update(ThreadReading).where(*own, ThreadReading.until_id < newest).values(until_id=newest)
    db.session.execute(further.execution_options(synchronize_session=False))
    read_about(actor, Message.__tablename__, seen)
