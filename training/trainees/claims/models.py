"""Claims."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation
from training.trainees.claims.workflow import State
from training.trainees.profiles.models import Trainee


class Claim(Record):
    """An address to which a school wrote that the record of one of its trainees can be taken over."""

    __tablename__ = "claim"
    __table_args__ = (
        Index("uq_claim_open", "trainee_id", unique=True, sqlite_where=text("state = 'sent'"), postgresql_where=text("state = 'sent'")),
        Index("ix_claim_state_expires", "state", "expires_at"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    email: Mapped[Line]
    """As the roster had it when the letter was asked for: a later change of the roster does not hand the record to another mailbox."""
    language: Mapped[Word]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(default=State.SENT)
    school: Mapped[Organisation] = relationship()
    trainee: Mapped[Trainee] = relationship()

    __register__ = Register("claim", purpose=Purpose.ACCESS, keep=Keep.MOMENT, personal=("email",))

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """A claim is nobody's turn: people may take their time."""
        return {}
