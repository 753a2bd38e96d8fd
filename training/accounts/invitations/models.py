"""Invitations."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.invitations.workflow import State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Line, Word
from training.kernel.policy import Role
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation


class Invitation(Record):
    """An e-mail address asked to take a role."""

    __tablename__ = "invitation"
    __table_args__ = (
        Index(
            "uq_invitation_open",
            "organisation_id",
            "email_key",
            "role",
            unique=True,
            sqlite_where=text("state = 'sent'"),
            postgresql_where=text("state = 'sent'"),
        ),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    email: Mapped[Line]
    email_key: Mapped[Key]
    role: Mapped[Role]
    language: Mapped[Word]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(default=State.SENT)
    organisation: Mapped[Organisation] = relationship()

    __register__ = Register("invitation", purpose=Purpose.ACCESS, keep=Keep.MOMENT, personal=("email", "email_key"))

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The inviting organisation."""
        return {}
