"""Events, the erasable details beside them, and the seals that chain them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Digest, Facts, Line, Word
from training.kernel.register import Keep, Purpose, Register


class Happening(Record):
    """One event: who, on whose behalf, what, to which record; ids, enum values, numbers and dates only."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject", "subject_kind", "subject_id", "id"), Index("ix_event_name_at", "name", "at"))

    at: Mapped[datetime]
    name: Mapped[Line]
    subject_kind: Mapped[Word]
    subject_id: Mapped[int]
    acting: Mapped[Word]
    account_id: Mapped[int | None] = mapped_column(index=True)
    organisation_id: Mapped[int | None] = mapped_column(index=True)
    facts: Mapped[Facts]
    detail_digest: Mapped[Digest | None]

    __register__ = Register("event", purpose=Purpose.OPERATION, keep=Keep.AUDIT)


class HappeningDetail(Record):
    """A person's words or data that belong to an event; can be erased, the event keeps only a salted hash."""

    __tablename__ = "event_detail"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), unique=True)
    salt: Mapped[Digest]
    text: Mapped[Facts]

    __register__ = Register("event_detail", purpose=Purpose.OPERATION, keep=Keep.STUDY, personal=("text",))


class Seal(Record):
    """A batch of events, hashed together with the seal before it."""

    __tablename__ = "event_seal"

    first_id: Mapped[int]
    last_id: Mapped[int] = mapped_column(unique=True)
    count: Mapped[int]
    digest: Mapped[Digest]
    sealed_at: Mapped[datetime]

    __register__ = Register("event_seal", purpose=Purpose.OPERATION, keep=Keep.AUDIT)
