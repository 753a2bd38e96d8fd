"""Consents, and the guardians who give them for minors."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Line, Word
from training.kernel.register import Keep, Register
from training.kernel.register import Purpose as Why
from training.kernel.workflow import Party
from training.organisations.models import Organisation
from training.trainees.consents.workflow import How, Purpose, State
from training.trainees.profiles.models import Trainee

TEXT_VERSION = "2026-09"
"""Which wording of the consent texts is in force."""


class Guardian(Record):
    """Somebody who decides for a minor; has no account, acts by signed link."""

    __tablename__ = "guardian"

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    name: Mapped[Line]
    email: Mapped[Line | None]
    """None for one who is reached on paper."""
    email_key: Mapped[Key | None] = mapped_column(index=True)
    language: Mapped[Word]
    trainee: Mapped[Trainee] = relationship()

    __register__ = Register("guardian", purpose=Why.TRAINING, keep=Keep.STUDY, personal=("name", "email", "email_key"))

    def __str__(self) -> str:
        """The guardian's name."""
        return self.name


class Consent(Record):
    """What was agreed to, in which wording, by whom, from when to when."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "uq_consent_open",
            "trainee_id",
            "purpose",
            unique=True,
            sqlite_where=text("state IN ('asked', 'given')"),
            postgresql_where=text("state IN ('asked', 'given')"),
        ),
    )

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    purpose: Mapped[Purpose]
    text_version: Mapped[Word]
    state: Mapped[State] = mapped_column(default=State.ASKED)
    asked_at: Mapped[datetime | None]
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The school that asked; None when the trainee did."""
    how: Mapped[How | None]
    """How the present answer came."""
    given_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    trainee: Mapped[Trainee] = relationship()
    guardian: Mapped[Guardian | None] = relationship()
    asker: Mapped[Organisation | None] = relationship()

    __register__ = Register("consent", purpose=Why.TRAINING, keep=Keep.STUDY, files=False)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The trainee, and the guardian who decides."""
        own = {Party.TRAINEE: ("trainee", self.trainee_id)}
        return own | ({Party.GUARDIAN: ("guardian", self.guardian_id)} if self.guardian_id else {})
