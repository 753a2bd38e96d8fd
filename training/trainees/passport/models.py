"""Evidence of skills."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Word
from training.kernel.i18n import _l
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import State
from training.organisations.models import Organisation
from training.taxonomy.models import Skill


class EvidenceKind(State):
    """What shows a skill."""

    MODULE = "module", _l("Module completed"), "success"
    HOURS = "hours", _l("Countersigned hours"), "success"
    RATING = "rating", _l("Mentor's rating"), "success"
    CREDENTIAL = "credential", _l("Credential"), "success"
    OWN = "own", _l("Own statement"), "secondary"


class Evidence(Record):
    """One thing that shows a skill at a level of 1 to 4."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("trainee_id", "skill_id", "kind", "subject_kind", "subject_id", "part_id", name="uq_evidence_shown"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="some_minutes"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level_in_range"),
        Index("ix_evidence_skill_level", "skill_id", "level", "trainee_id"),
    )

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"))
    level: Mapped[int]
    kind: Mapped[EvidenceKind]
    subject_kind: Mapped[Word]
    subject_id: Mapped[int]
    part_id: Mapped[int] = mapped_column(default=0)
    """Which part of the subject shows it, where it has several: the module of a course of study."""
    title: Mapped[Line | None]
    """What it is called: the module, the programme; none for what stands under its kind alone."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Who confirms it: the school, the employer."""
    mark: Mapped[Word | None]
    """The mark of a module, as it is printed."""
    minutes: Mapped[int | None]
    """The countersigned time."""
    attested_at: Mapped[datetime]
    skill: Mapped[Skill] = relationship()
    organisation: Mapped[Organisation | None] = relationship()

    __register__ = Register("evidence", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("title",))

    @property
    def hours(self) -> float | None:
        """The countersigned time in hours, in quarters."""
        return None if self.minutes is None else self.minutes / 60

    @property
    def confirmed(self) -> bool:
        """Whether somebody else than the holder says so."""
        return self.kind is not EvidenceKind.OWN


@dataclass(frozen=True)
class Shown:
    """One skill that a part of a subject shows, with the words and figures that the passport keeps of it."""

    skill_id: int
    level: int
    part_id: int = 0
    title: str | None = None
    organisation_id: int | None = None
    mark: str | None = None
    minutes: int | None = None
