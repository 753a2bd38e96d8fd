"""The open moves."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Word
from training.kernel.register import Keep, Purpose, Register


class OpenTurn(Record):
    """An open move: of which record, by whom, what, until when, and what silence does."""

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "party_kind", "party_id"),
        Index("ix_turn_party_due", "party_kind", "party_id", "due_at"),
    )

    subject_kind: Mapped[Word]
    subject_id: Mapped[int]
    party: Mapped[Word]
    party_kind: Mapped[Word]
    party_id: Mapped[int]
    roles: Mapped[int]
    """The roles it concerns as bits (see Role.bit); 0 when it concerns everybody of the party."""
    but_account_id: Mapped[int | None]
    """Whom it does not concern though they are of the party: whoever a second person is to follow."""
    verb: Mapped[Word]
    since_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    silence: Mapped[Word | None]

    __register__ = Register("turn", purpose=Purpose.OPERATION, keep=Keep.MOMENT)
