"""Reading threads: on a record's page, on their own page, and what letters say of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, func, select

from training.files.models import StoredFile
from training.kernel.db import NotFound, Record, db, rows
from training.kernel.policy import Actor, Learner, Member
from training.kernel.wiring import Kind, Person, Side, wired
from training.kernel.workflow import Party
from training.threads import policies, words
from training.threads.models import Message, ThreadReading
from training.threads.words import Piece

SHOWN = 10
"""Messages on a record's page; the thread's own page has more."""
MORE = 50
"""Messages on the thread's own page."""


@dataclass(frozen=True)
class Place:
    """The record that a thread belongs to, as the actor may see it."""

    kind: str
    record: Any

    @property
    def title(self) -> str:
        """What the record is called."""
        return wired().kinds[self.kind].title(self.record)

    def url(self, actor: Actor) -> str:
        """The record's page."""
        return wired().kinds[self.kind].url(actor, self.record)

    def sides(self) -> Sequence[Side]:
        """The parties and their people: one statement."""
        return _sides(wired().kinds[self.kind], self.record)


@dataclass(frozen=True)
class Entry:
    """A message as its reader sees it."""

    message: Message
    author: str
    side: str
    party: Party
    paragraphs: Sequence[Sequence[Sequence[Piece]]]
    files: Sequence[StoredFile]
    mentioned: Sequence[str]
    """The names of those mentioned, who may not stand in the text."""
    is_new: bool
    is_own: bool
    is_open: bool
    """Whether the reader can change it or take it back."""


@dataclass(frozen=True)
class Thread:
    """The newest messages on a record, oldest of them first, and who takes part."""

    kind: str
    subject_id: int
    entries: Sequence[Entry]
    total: int
    unread: int
    reached: Sequence[str]
    """The people of the other sides, who are told of a new message."""
    people: Sequence[Person]
    """Those who can be mentioned by choosing them: everybody who holds the record, and whoever has written."""

    @property
    def newest_id(self) -> int:
        """The newest message shown; 0 when there is none."""
        return self.entries[-1].message.id if self.entries else 0

    @property
    def oldest_id(self) -> int:
        """The oldest message shown; 0 when there is none."""
        return self.entries[0].message.id if self.entries else 0


@dataclass(frozen=True)
class Said:
    """A message with its record and author, as notices tell of it."""

    message: Message
    place: Place
    author: str

    @property
    def record(self) -> Any:
        """What it is about."""
        return self.place.record


def place(actor: Actor, kind: str, subject_id: int) -> Place:
    """The record of that kind and id, if it has a thread and the actor may see it; NotFound otherwise."""
    found = wired().kinds.get(kind)
    if found is None or found.sides is None:
        raise NotFound
    return Place(kind, found.find(actor, subject_id))


def thread(actor: Actor, record: Record, *, before: int | None = None, limit: int = SHOWN) -> Thread:
    """The thread of a record that the actor was let through to: at most four statements, however long it is; two where nobody has written."""
    kind, reader = record.__tablename__, getattr(actor, "account_id", 0)
    place = {"kind": kind, "subject": record.id}
    total, unread, until = rows(_STANDING, place | {"reader": reader}).one()
    pairs = _newest(place, before, limit) if total else []
    sides = _sides(wired().kinds[kind], record)
    people = {person.account_id: person for side in sides for person in side.people}
    messages = [(message, [row[1] for row in group if row[1] is not None]) for message, group in groupby(pairs, key=itemgetter(0))]
    named = {account for message, _files in messages for account in (message.account_id, *message.mentioned)}
    names = {key: person.name for key, person in people.items()} | _names(named - people.keys())
    entries = [_entry(actor, message, files, sides, names, until or 0) for message, files in messages]
    writers = [Person(one.account_id, names.get(one.account_id, ""), one.organisation_id) for one, _files in messages]
    known = people | {one.account_id: one for one in writers if one.account_id not in people and one.name}
    return Thread(
        kind,
        record.id,
        entries,
        total,
        unread,
        [person.name for side in sides if not _is_mine(side, actor) for person in side.people if person.account_id != reader],
        [person for person in known.values() if person.account_id != reader],
    )


def _standing() -> Select[int, int, int | None]:
    """How many messages there are, how many the reader has not seen, and how far the reader is."""
    mine = (Message.subject_kind == bindparam("kind"), Message.subject_id == bindparam("subject"))
    place = (ThreadReading.subject_kind == bindparam("kind"), ThreadReading.subject_id == bindparam("subject"))
    read = select(ThreadReading.until_id).where(*place, ThreadReading.account_id == bindparam("reader")).scalar_subquery()
    fresh = and_(Message.id > func.coalesce(read, 0), Message.account_id != bindparam("reader"), Message.withdrawn_at.is_(None))
    count = select(func.count()).select_from(Message).where(*mine)
    return select(count.scalar_subquery(), count.where(fresh).scalar_subquery(), read)


def _messages(older: bool) -> Select[Message, StoredFile]:
    """The newest messages with their files; `older` takes those before one."""
    mine = (Message.subject_kind == bindparam("kind"), Message.subject_id == bindparam("subject"))
    newest = select(Message.id).where(*mine).order_by(Message.id.desc()).limit(bindparam("limit", type_=Integer()))
    if older:
        newest = newest.where(Message.id < bindparam("before"))
    files = and_(StoredFile.subject_kind == Message.__tablename__, StoredFile.subject_id == Message.id)
    return select(Message, StoredFile).outerjoin(StoredFile, files).where(Message.id.in_(newest)).order_by(Message.id, StoredFile.id)


_STANDING, _NEWEST, _OLDER = _standing(), _messages(older=False), _messages(older=True)
"""Asked on every record's page, so they are built once."""


def _newest(place: Mapping[str, str | int], before: int | None, limit: int) -> Sequence[Any]:
    """The messages of a thread's page, each beside its files: one statement."""
    asked = {**place, "limit": limit}
    return db.session.execute(*((_NEWEST, asked) if before is None else (_OLDER, asked | {"before": before}))).all()


def _entry(actor: Actor, message: Message, files: Sequence[StoredFile], sides: Sequence[Side], names: dict[int, str], until: int) -> Entry:
    own = policies.is_author(actor, message)
    side = _side_of(message, sides)
    marked = [Person(account, names[account]) for account in message.mentioned if account in names]
    said = {person.account_id for one in words.mentions(message.text, marked) for person in one.people}
    return Entry(
        message,
        names.get(message.account_id, ""),
        side.name if side else "",
        side.party if side else Party.TRAINEE,
        words.paragraphs(message.text, marked),
        files if message.withdrawn_at is None else [],
        [person.name for person in marked if person.account_id not in said],
        message.id > until and not own and message.withdrawn_at is None,
        own,
        own and policies.is_open(message),
    )


def _sides(kind: Kind, record: Any) -> Sequence[Side]:
    return kind.sides(record) if kind.sides is not None else []


def _side_of(message: Message, sides: Sequence[Side]) -> Side | None:
    """The side that the author wrote for."""
    own = [side for side in sides if side.organisation_id == message.organisation_id]
    return next((side for side in own if any(one.account_id == message.account_id for one in side.people)), own[0] if own else None)


def _is_mine(side: Side, actor: Actor) -> bool:
    match actor:
        case Member(organisation_id=here):
            return side.organisation_id == here
        case Learner(account_id=me):
            return any(person.account_id == me for person in side.people)
        case _:
            return False


def others(actor: Actor, sides: Sequence[Side]) -> list[Person]:
    """The people of the sides that the actor is not on."""
    me = getattr(actor, "account_id", 0)
    return [person for side in sides if not _is_mine(side, actor) for person in side.people if person.account_id != me]


def writers(place: Place) -> list[Person]:
    """Whoever has written on a record, by name."""
    query = select(Message.account_id, Message.organisation_id).where(
        Message.subject_kind == place.kind, Message.subject_id == place.record.id
    )
    pairs = rows(query.distinct().order_by(Message.account_id, Message.organisation_id)).all()
    names = _names({account for account, _organisation in pairs})
    return [Person(account, names[account], organisation) for account, organisation in pairs if account in names]


def colleagues(actor: Actor) -> Sequence[Person]:
    """The people of the actor's own organisation, who may or may not see the record; nobody for a trainee."""
    if not isinstance(actor, Member):
        return []
    found: Sequence[Person] = wired().addresses["colleagues"](actor.organisation_id)
    return found


def may_see(place: Place, person: Person) -> bool:
    """Whether somebody may see the record, by its own rules and in the capacity they hold."""
    address = wired().addresses["account"](person.account_id, person.organisation_id)
    if address is None or address.actor is None:
        return False
    try:
        wired().kinds[place.kind].find(address.actor, place.record.id)
    except NotFound:
        return False
    return True


def message(actor: Actor, message_id: int) -> Message:
    """A message on a record that the actor may see; NotFound otherwise."""
    found = db.session.get(Message, message_id)
    if found is None:
        raise NotFound
    place(actor, found.subject_kind, found.subject_id)
    return found


def said(actor: Actor, message_id: int) -> Said:
    """A message with its record, for notices; one that was taken back is not there any more."""
    found = db.session.get(Message, message_id)
    if found is None or found.withdrawn_at is not None:
        raise NotFound
    return Said(found, place(actor, found.subject_kind, found.subject_id), _names({found.account_id}).get(found.account_id, ""))


def each(actor: Actor, ids: Collection[int]) -> dict[int, Said]:
    """Those messages of the ids that the actor may read, each with its record: a statement for each kind of record."""
    rows = db.session.scalars(select(Message).where(Message.id.in_(ids), Message.withdrawn_at.is_(None)).order_by(Message.id)).all()
    names = _names({one.account_id for one in rows})
    found: dict[int, Said] = {}
    for name in dict.fromkeys(one.subject_kind for one in rows):
        kind, here = wired().kinds[name], [one for one in rows if one.subject_kind == name]
        records = kind.each(actor, {one.subject_id for one in here}) if kind.each is not None else {}
        found |= {
            one.id: Said(one, Place(name, records[one.subject_id]), names.get(one.account_id, ""))
            for one in here
            if one.subject_id in records
        }
    return found


def attachment(actor: Actor, message_id: int, slug: str) -> StoredFile:
    """A file of a message that the actor may read; NotFound otherwise."""
    found = message(actor, message_id)
    query = select(StoredFile).where(
        StoredFile.slug == slug, StoredFile.subject_kind == Message.__tablename__, StoredFile.subject_id == found.id
    )
    file = db.session.scalars(query).one_or_none()
    if file is None or found.withdrawn_at is not None:
        raise NotFound
    return file


def of_account(account_id: int) -> Sequence[Message]:
    """Everything an account has written, oldest first."""
    return db.session.scalars(select(Message).where(Message.account_id == account_id).order_by(Message.id)).all()


def _names(ids: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = wired().addresses["names"](ids) if ids else {}
    return found
