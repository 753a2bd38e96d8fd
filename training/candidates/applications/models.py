"""Applications."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.candidates.applications.workflow import SILENCE, Rejection, State, Withdrawal
from training.candidates.vacancies.models import Stage, Vacancy
from training.kernel import clock
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.trainees.profiles.models import Trainee

GRACE = timedelta(minutes=30)
"""How long a rejection can be undone before the candidate learns of it."""


class Application(Record):
    """A person's application for a vacancy."""

    __tablename__ = "application"
    __table_args__ = (
        ForeignKeyConstraint(["vacancy_id", "employer_id"], ["vacancy.id", "vacancy.employer_id"]),
        ForeignKeyConstraint(["stage_id", "vacancy_id"], ["stage.id", "stage.vacancy_id"]),
        CheckConstraint("(rejection IS NOT NULL) = (state = 'rejected')", name="rejected_for_a_reason"),
        CheckConstraint("(withdrawal IS NOT NULL) = (state = 'withdrawn')", name="withdrawn_for_a_reason"),
        Index(
            "uq_application_live",
            "vacancy_id",
            "trainee_id",
            unique=True,
            sqlite_where=text("state IN ('open', 'offered', 'hired')"),
            postgresql_where=text("state IN ('open', 'offered', 'hired')"),
        ),
        Index("ix_application_board", "vacancy_id", "state", "stage_id", "moved_at", "id"),
        Index("ix_application_vacancy_applied", "vacancy_id", "applied_at", "id"),
        Index("ix_application_vacancy_employer", "vacancy_id", "employer_id"),
        Index("ix_application_stage_vacancy", "stage_id", "vacancy_id"),
        Index("ix_application_employer_state", "employer_id", "state", "id"),
        Index("ix_application_trainee", "trainee_id", "applied_at", "id"),
    )

    vacancy_id: Mapped[int] = mapped_column()
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    stage_id: Mapped[int] = mapped_column()
    letter: Mapped[Prose | None]
    applied_at: Mapped[datetime]
    moved_at: Mapped[datetime]
    """When it came to its stage."""
    state: Mapped[State] = mapped_column(default=State.OPEN)
    rejection: Mapped[Rejection | None]
    withdrawal: Mapped[Withdrawal | None]
    words: Mapped[Prose | None]
    """What whoever ended it wrote beside the reason; the other side reads it."""
    told_at: Mapped[datetime | None]
    """When the candidate learns of a rejection; until then it can be undone and nobody has heard of it."""
    interview_at: Mapped[datetime | None]
    """The next interview, kept here by `interviews` so that boards can say it."""
    answer_by_at: Mapped[datetime | None]
    """Until when the live offer can be answered, kept here by `offers`."""
    version: Mapped[int] = mapped_column()
    vacancy: Mapped[Vacancy] = relationship(foreign_keys=[vacancy_id], primaryjoin="Application.vacancy_id == Vacancy.id")
    stage: Mapped[Stage] = relationship(foreign_keys=[stage_id], primaryjoin="Application.stage_id == Stage.id")
    trainee: Mapped[Trainee] = relationship()

    __register__ = Register(
        "application",
        purpose=Purpose.RECRUITING,
        keep=Keep.RECRUITING,
        personal=("letter", "words"),
        withheld=("told_at", ("state", "rejection", "words", "told_at", "moved_at")),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The candidate and the employer."""
        return {Party.TRAINEE: ("trainee", self.trainee_id), Party.EMPLOYER: ("organisation", self.employer_id)}

    @property
    def undoable(self) -> bool:
        """Whether it was rejected so recently that the candidate has not been told."""
        return self.state is State.REJECTED and self.told_at is not None and self.told_at > clock.now()

    @property
    def known_state(self) -> State:
        """Where it stands as far as the candidate knows."""
        return State.OPEN if self.undoable else self.state

    @property
    def lapses_at(self) -> datetime:
        """When silence in its present stage ends it."""
        return self.moved_at + timedelta(days=SILENCE)
