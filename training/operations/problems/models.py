"""Reports of problems."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.kernel import keys
from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Line, Prose, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.operations.problems.workflow import State


class Problem(Record):
    """Something that did not work, in the words of whoever met it, and what the operator answered."""

    __tablename__ = "problem"
    __table_args__ = (
        CheckConstraint("(answer IS NOT NULL) = (state <> 'reported')", name="over_with_an_answer"),
        Index("ix_problem_state", "state", "id"),
    )

    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    """Who reported it, when they were signed in."""
    email: Mapped[Line | None]
    """Where a stranger wants to be answered."""
    operator_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    language: Mapped[Word]
    page: Mapped[Line | None]
    """The address at which it was met."""
    words: Mapped[Prose]
    words_key: Mapped[Key] = mapped_column(default=lambda new: keys.sort_key(new.get_current_parameters()["words"]))
    """How it begins, as it is searched."""
    answer: Mapped[Prose | None]
    reported_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(default=State.REPORTED)
    version: Mapped[int] = mapped_column()
    account: Mapped[Account | None] = relationship()

    __register__ = Register(
        "problem", purpose=Purpose.OPERATION, keep=Keep.ACCOUNT, personal=("email", "page", "words", "words_key", "answer")
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The operator, who answers."""
        return {Party.OPERATOR: ("organisation", self.operator_id)} if self.operator_id is not None else {}

    @property
    def reachable(self) -> bool:
        """Whether whoever reported it can be answered."""
        return self.account_id is not None or self.email is not None

    def __str__(self) -> str:
        """Its first words."""
        return self.words if len(self.words) <= 80 else f"{self.words[:80].rsplit(maxsplit=1)[0]} …"
