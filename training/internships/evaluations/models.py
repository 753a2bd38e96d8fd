"""Evaluations of placements, with a rating for each skill."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.memberships.models import Membership
from training.internships.evaluations.workflow import By, Recommendation
from training.internships.placements.models import Placement
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.taxonomy.models import Skill


class Evaluation(Record):
    """What one side says of a placement at its end; one a side."""

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("placement_id", "by"),
        CheckConstraint("(membership_id IS NULL) = (by = 'trainee')", name="author_known"),
    )

    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"))
    by: Mapped[By]
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"), index=True)
    """Who wrote it; the trainee's own has none."""
    comment: Mapped[Prose]
    recommendation: Mapped[Recommendation | None]
    disagreement: Mapped[Prose | None]
    """What the trainee answers."""
    version: Mapped[int] = mapped_column()
    placement: Mapped[Placement] = relationship()
    membership: Mapped[Membership | None] = relationship()
    ratings: Mapped[list["EvaluationRating"]] = relationship(back_populates="evaluation", order_by="EvaluationRating.id")

    __register__ = Register("evaluation", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("comment", "disagreement"))
    __mapper_args__ = {"version_id_col": version}


class EvaluationRating(Record):
    """A level of 1 to 4 for one skill."""

    __tablename__ = "evaluation_rating"
    __table_args__ = (
        UniqueConstraint("evaluation_id", "skill_id"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level_in_range"),
    )

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), index=True)
    level: Mapped[int]
    evaluation: Mapped[Evaluation] = relationship(back_populates="ratings")
    skill: Mapped[Skill] = relationship()

    __register__ = Register("evaluation_rating", purpose=Purpose.TRAINING, keep=Keep.STUDY)
