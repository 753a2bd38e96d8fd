"""Requests to be erased."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record, relationship
from training.kernel.db.types import Facts
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation
from training.trainees.erasures.workflow import DAYS, State
from training.trainees.profiles.models import Trainee


class ErasureRequest(Record):
    """A trainee wants to be erased; when it is done, the row says what the law held."""

    __tablename__ = "erasure_request"
    __table_args__ = (
        Index(
            "uq_erasure_request_open",
            "trainee_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
        Index("ix_erasure_request_school", "school_id", "id"),
    )

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Whose move it is."""
    asked_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    held: Mapped[Facts | None]
    """`holds`: kind, id and until when of every record that the law held."""
    state: Mapped[State] = mapped_column(default=State.ASKED)
    version: Mapped[int] = mapped_column()
    trainee: Mapped[Trainee] = relationship()
    school: Mapped[Organisation | None] = relationship(foreign_keys=[school_id])

    __register__ = Register("erasure_request", purpose=Purpose.ACCESS, keep=Keep.STUDY)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The person, and the operator who carries it out."""
        own = {Party.TRAINEE: ("trainee", self.trainee_id)}
        return own | ({Party.OPERATOR: ("organisation", self.operator_id)} if self.operator_id is not None else {})

    @property
    def due_at(self) -> datetime:
        """By when it is to be answered."""
        return self.asked_at + timedelta(days=DAYS)

    @property
    def holds(self) -> int:
        """How many records the law held."""
        return len((self.held or {}).get("holds", []))
