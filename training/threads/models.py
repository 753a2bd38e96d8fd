"""Messages on shared records, and how far each reader has read."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Facts, Prose, Word
from training.kernel.register import Keep, Purpose, Register


class Message(Record):
    """What one person wrote to the others about a record; a withdrawn or erased one keeps its place without its words."""

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_subject", "subject_kind", "subject_id", "id"),)

    subject_kind: Mapped[Word]
    subject_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int | None]
    """As whose member the author wrote; None when as the trainee."""
    text: Mapped[Prose]
    mentions: Mapped[Facts]
    """`accounts`: the ids of those who are mentioned."""
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()

    __register__ = Register("message", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("text",))
    __mapper_args__ = {"version_id_col": version}

    @property
    def mentioned(self) -> list[int]:
        """The accounts that the message names."""
        return list(self.mentions.get("accounts", []))


class ThreadReading(Record):
    """How far an account has read the thread of a record."""

    __tablename__ = "thread_reading"
    __table_args__ = (UniqueConstraint("subject_kind", "subject_id", "account_id"),)

    subject_kind: Mapped[Word]
    subject_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(index=True)
    until_id: Mapped[int]
    """The newest message that was seen."""

    __register__ = Register("thread_reading", purpose=Purpose.OPERATION, keep=Keep.ACCOUNT)
