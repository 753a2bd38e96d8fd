"""The notices, and whom and where they reach."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from training.kernel.db import Record
from training.kernel.db.types import Facts, Line, Word
from training.kernel.policy import Actor
from training.kernel.register import Keep, Purpose, Register

ACCOUNT = "account"
"""The kind of recipient that reads notices in the product too."""


@dataclass(frozen=True)
class Recipient:
    """Who is told: an `account` (acting for an organisation, or for oneself), or whoever a link is for (`invitation`, `guardian`, `reset`)."""

    kind: str
    id: int
    organisation_id: int | None = None


@dataclass(frozen=True)
class Address:
    """Where a recipient is reached and as whom they read; what `wired().addresses[kind](id, organisation_id)` gives, or None (or NotFound) when they are gone.

    It is asked only when the letter is written, outside any transaction: a link with a token is minted there and stands in no job and no notice.
    """

    email: str | None
    name: str
    language: str
    actor: Actor | None
    """Whose rights decide whether the subject may be told of; None for a link's recipient, whose right is the link."""
    link: str | None = None
    """Where the letter leads instead of the subject's own page: a path beginning with `/`, or a whole address."""


class Dropped(StrEnum):
    """Why a notice went out by no mail."""

    NO_EMAIL = "no e-mail"
    RECIPIENT_GONE = "recipient gone"
    NO_LONGER_THEIRS = "no longer theirs"
    REFUSED = "refused"


class Notification(Record):
    """One notice to one recipient about one record; ids, enum values, numbers and dates only."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_inbox", "to_kind", "to_id", "id"),
        Index(
            "ix_notice_unread",
            "to_kind",
            "to_id",
            "organisation_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index("ix_notice_subject", "subject_kind", "subject_id"),
    )

    name: Mapped[Line]
    subject_kind: Mapped[Word]
    subject_id: Mapped[int]
    to_kind: Mapped[Word]
    to_id: Mapped[int]
    organisation_id: Mapped[int | None]
    """As whose member the recipient is told; None when for themselves."""
    facts: Mapped[Facts]
    made_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    dropped: Mapped[Dropped | None]

    __register__ = Register("notice", purpose=Purpose.OPERATION, keep=Keep.ACCOUNT)
