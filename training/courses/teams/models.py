"""Teams and their people."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.enrolments.models import Enrolment
from training.courses.teams.workflow import State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Slug
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.trainees.profiles.models import Trainee

_FORMING = text("forming")


class Team(Record):
    """People who want seats of one kind in a cohort together: all of them or none."""

    __tablename__ = "team"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        ForeignKeyConstraint(["pool_id", "cohort_id"], ["seat_pool.id", "seat_pool.cohort_id"]),
        UniqueConstraint("id", "cohort_id"),
        CheckConstraint("size BETWEEN 0 AND 10", name="ten_at_most"),
        CheckConstraint("size >= 2 OR state <> 'sent'", name="sent_in_by_two"),
        Index("ix_team_cohort_state", "cohort_id", "state"),
        Index("ix_team_pool", "pool_id"),
        Index("ix_team_school", "school_id", "state"),
    )

    slug: Mapped[Slug] = mapped_column(unique=True)
    """What stands in the link by which others join."""
    school_id: Mapped[int] = mapped_column()
    cohort_id: Mapped[int] = mapped_column()
    pool_id: Mapped[int] = mapped_column()
    leader_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    """Who started it, and sends it in."""
    size: Mapped[int] = mapped_column(default=0)
    state: Mapped[State] = mapped_column(default=State.FORMING)
    version: Mapped[int] = mapped_column()
    cohort: Mapped[Cohort] = relationship(foreign_keys=[cohort_id, school_id])
    pool: Mapped[SeatPool] = relationship(foreign_keys=[pool_id], primaryjoin="foreign(Team.pool_id) == SeatPool.id", viewonly=True)
    leader: Mapped[Trainee] = relationship()
    members: Mapped[list["TeamMember"]] = relationship(
        primaryjoin="foreign(TeamMember.team_id) == Team.id", order_by="TeamMember.id", viewonly=True
    )

    __register__ = Register("team", purpose=Purpose.TRAINING, keep=Keep.STUDY)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """Whoever leads it, and the school."""
        return {Party.TRAINEE: ("trainee", self.leader_id), Party.SCHOOL: ("organisation", self.school_id)}

    def __str__(self) -> str:
        """By whoever leads it."""
        return self.leader.name


class TeamMember(Record):
    """Somebody of a team."""

    __tablename__ = "team_member"
    __table_args__ = (
        ForeignKeyConstraint(["team_id", "cohort_id"], ["team.id", "team.cohort_id"]),
        UniqueConstraint("team_id", "trainee_id"),
        Index("uq_team_member_forming", "trainee_id", "cohort_id", unique=True, sqlite_where=_FORMING, postgresql_where=_FORMING),
        Index("ix_team_member_cohort", "cohort_id"),
        Index("ix_team_member_trainee", "trainee_id"),
    )

    team_id: Mapped[int]
    cohort_id: Mapped[int]
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    joined_at: Mapped[datetime]
    forming: Mapped[bool] = mapped_column(default=True)
    """While the team forms: nobody is in two of a cohort then."""
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    """What came of it, once the team was sent in."""
    trainee: Mapped[Trainee] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()

    __register__ = Register("team_member", purpose=Purpose.TRAINING, keep=Keep.STUDY)
