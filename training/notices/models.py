"""The notices, and whom and where they reach."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel import workflow as kernel
from training.kernel.db import Record
from training.kernel.db.types import Facts, Line, Word
from training.kernel.i18n import _l
from training.kernel.policy import Actor
from training.kernel.register import Keep, Purpose, Register
from training.notices.workflow import Fate, Way

ACCOUNT = "account"
"""The kind of recipient that reads notices in the product too."""
MORNING = 8 * 60
"""When the morning's letter comes unless somebody chose otherwise, in minutes after midnight."""


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
    zone: str | None = None
    """Where their morning and their night are; the installation's zone when it is not known."""


class Dropped(kernel.State):
    """Why a notice went out by no mail."""

    NO_EMAIL = "no e-mail", _l("No e-mail address"), "secondary"
    RECIPIENT_GONE = "recipient gone", _l("The account or link is gone"), "secondary"
    NO_LONGER_THEIRS = "no longer theirs", _l("Not theirs to see any more"), "secondary"
    REFUSED = "refused", _l("Refused by the mail server"), "danger"
    BOUNCED = "bounced", _l("Came back"), "danger"
    HERE = "here", _l("Only here, as chosen"), "secondary"
    OFF = "off", _l("Not at all, as chosen"), "secondary"
    READ = "read", _l("Read here before it was sent"), "secondary"


class Notification(Record):
    """One notice to one recipient about one record; ids, enum values, numbers and dates only."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_inbox", "to_kind", "to_id", "made_at", "id"),
        Index(
            "ix_notice_unread",
            "to_kind",
            "to_id",
            "organisation_id",
            sqlite_where=text("read_at IS NULL"),
            postgresql_where=text("read_at IS NULL"),
        ),
        Index("ix_notice_subject", "subject_kind", "subject_id"),
        Index(
            "ix_notice_digest_due",
            "digest_at",
            "to_id",
            sqlite_where=text("digest_at IS NOT NULL AND digest_id IS NULL"),
            postgresql_where=text("digest_at IS NOT NULL AND digest_id IS NULL"),
        ),
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
    held_until_at: Mapped[datetime | None]
    """Until when somebody's quiet hours held the letter back."""
    digest_at: Mapped[datetime | None]
    """The morning whose one letter tells of it."""
    digest_id: Mapped[int | None] = mapped_column(ForeignKey("notice_digest.id"), index=True)
    answer: Mapped[Word | None]
    """What a mail server said: its code, never its words."""

    __register__ = Register("notice", purpose=Purpose.OPERATION, keep=Keep.ACCOUNT)

    @property
    def fate(self) -> kernel.State:
        """What has become of the letter."""
        if self.dropped is not None:
            return self.dropped
        if self.sent_at is not None:
            return Fate.SENT
        if self.digest_at is not None:
            return Fate.MORNING
        return Fate.HELD if self.held_until_at is not None else Fate.QUEUED


class NoticeDigest(Record):
    """One person's letter of one morning."""

    __tablename__ = "notice_digest"
    __table_args__ = (UniqueConstraint("account_id", "morning_at"),)

    account_id: Mapped[int]
    morning_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    dropped: Mapped[Dropped | None]
    answer: Mapped[Word | None]

    __register__ = Register("notice_digest", purpose=Purpose.OPERATION, keep=Keep.ACCOUNT)


class NoticeChoice(Record):
    """How the letters of one topic come to one account; without a row they come at once."""

    __tablename__ = "notice_choice"
    __table_args__ = (UniqueConstraint("account_id", "topic"),)

    account_id: Mapped[int]
    topic: Mapped[Word]
    way: Mapped[Way]

    __register__ = Register("notice_choice", purpose=Purpose.OPERATION, keep=Keep.ACCOUNT)


class NoticeHours(Record):
    """When letters may come to one account: its quiet hours, its morning, its own zone."""

    __tablename__ = "notice_hours"
    __table_args__ = (
        CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="from_and_until"),
        CheckConstraint("quiet_from IS NULL OR quiet_from <> quiet_until", name="not_always_quiet"),
        CheckConstraint("morning BETWEEN 0 AND 1439", name="morning_in_a_day"),
        CheckConstraint("quiet_from IS NULL OR (quiet_from BETWEEN 0 AND 1439 AND quiet_until BETWEEN 0 AND 1439)", name="quiet_in_a_day"),
    )

    account_id: Mapped[int] = mapped_column(unique=True)
    quiet_from: Mapped[int | None]
    """Minutes after midnight, like the others."""
    quiet_until: Mapped[int | None]
    morning: Mapped[int] = mapped_column(default=MORNING)
    zone: Mapped[Word | None]
    """The person's own zone; None for that of the organisation they are told for."""

    __register__ = Register("notice_hours", purpose=Purpose.OPERATION, keep=Keep.ACCOUNT)
