"""Evidence of skills."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record, relationship
from training.kernel.db.types import Word
from training.kernel.i18n import _l
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import State
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
        UniqueConstraint("trainee_id", "skill_id", "kind", "subject_kind", "subject_id"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level_in_range"),
        Index("ix_evidence_skill_level", "skill_id", "level", "trainee_id"),
    )

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"))
    level: Mapped[int]
    kind: Mapped[EvidenceKind]
    subject_kind: Mapped[Word]
    subject_id: Mapped[int]
    attested_at: Mapped[datetime]
    skill: Mapped[Skill] = relationship()

    __register__ = Register("evidence", purpose=Purpose.TRAINING, keep=Keep.STUDY)
