"""Consents, and the guardians who give them for minors."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Line, Prose, Word
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


_OPEN = text("state IN ('asked', 'given') AND subject_id IS NULL")
_STEP = text("subject_id IS NOT NULL")


class Consent(Record):
    """What was agreed to, in which wording, by whom, from when to when."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(
            "uq_consent_open",
            "trainee_id",
            "purpose",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("uq_consent_subject", "subject_kind", "subject_id", unique=True, sqlite_where=_STEP, postgresql_where=_STEP),
        CheckConstraint("(subject_id IS NULL) = (purpose = 'employers')", name="about_a_step_or_employers"),
        CheckConstraint("subject_id IS NULL OR (subject_kind IS NOT NULL AND school_id IS NOT NULL)", name="step_at_a_school"),
    )

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    purpose: Mapped[Purpose]
    text_version: Mapped[Word]
    state: Mapped[State] = mapped_column(default=State.ASKED)
    asked_at: Mapped[datetime | None]
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The school that asked; None when the trainee did."""
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The school whose step waits for the answer; none for what is agreed to for good."""
    subject_kind: Mapped[Word | None]
    subject_id: Mapped[int | None]
    """The step itself."""
    about: Mapped[Line | None]
    """The step in words, as the guardian is asked: which programme, which group."""
    until_at: Mapped[datetime | None]
    """By when the step needs the answer."""
    reason: Mapped[Prose | None]
    """Why not, in the guardian's words."""
    how: Mapped[How | None]
    """How the present answer came."""
    given_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column()
    trainee: Mapped[Trainee] = relationship()
    guardian: Mapped[Guardian | None] = relationship()
    asker: Mapped[Organisation | None] = relationship(foreign_keys=[asker_id])
    school: Mapped[Organisation | None] = relationship(foreign_keys=[school_id])

    __register__ = Register("consent", purpose=Why.TRAINING, keep=Keep.STUDY, personal=("about", "reason"), files=False)
    __mapper_args__ = {"version_id_col": version}

    @property
    def asked_by_post(self) -> bool:
        """Whether a guardian who is written to has not answered yet."""
        return self.state is State.ASKED and self.guardian is not None and self.guardian.email is not None

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The trainee, and the guardian who decides."""
        own = {Party.TRAINEE: ("trainee", self.trainee_id)}
        return own | ({Party.GUARDIAN: ("guardian", self.guardian_id)} if self.guardian_id else {})
