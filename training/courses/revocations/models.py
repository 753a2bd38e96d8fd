"""Proposals to revoke credentials."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.courses.credentials.models import Credential
from training.courses.revocations.workflow import State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party


class Revocation(Record):
    """That a credential be revoked, as one person of a school proposes it, until a second person has decided."""

    __tablename__ = "revocation"
    __table_args__ = (
        CheckConstraint("confirmed_by_id IS NULL OR confirmed_by_id <> proposed_by_id", name="second_person"),
        CheckConstraint("(state = 'confirmed') = (confirmed_by_id IS NOT NULL)", name="confirmed_by_somebody"),
        Index(
            "uq_revocation_open",
            "credential_id",
            unique=True,
            sqlite_where=text("state IN ('proposed', 'confirmed')"),
            postgresql_where=text("state IN ('proposed', 'confirmed')"),
        ),
        Index("ix_revocation_credential", "credential_id", "id"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    credential_id: Mapped[int] = mapped_column(ForeignKey("credential.id"))
    state: Mapped[State] = mapped_column(default=State.PROPOSED)
    reason: Mapped[Prose]
    """Why it is to be revoked; its holder reads it then."""
    answer: Mapped[Prose | None]
    """Why it was turned down."""
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    proposed_at: Mapped[datetime]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    version: Mapped[int] = mapped_column()
    credential: Mapped[Credential] = relationship()
    proposed_by: Mapped[Account] = relationship(foreign_keys=[proposed_by_id])
    confirmed_by: Mapped[Account | None] = relationship(foreign_keys=[confirmed_by_id])

    __register__ = Register("revocation", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("reason", "answer"))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school."""
        return {Party.SCHOOL: ("organisation", self.school_id)}
