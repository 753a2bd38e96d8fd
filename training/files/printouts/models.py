"""Documents made for one person."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from training.files.models import StoredFile
from training.files.printouts.workflow import State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Facts, Line, Slug, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party

KEPT = timedelta(days=1)
"""How long a document can be downloaded."""
OWN = 0
"""Stands for the organisation of somebody who acts for themselves."""


class Printout(Record):
    """One document as one person asked for it; what it says is read when it is made, with their rights of that moment."""

    __tablename__ = "printout"
    __table_args__ = (
        CheckConstraint("(file_id IS NOT NULL) = (state = 'made')", name="made_with_file"),
        Index("ix_printout_state", "state", "asked_at"),
        Index("ix_printout_owner", "account_id", "organisation_id"),
    )

    slug: Mapped[Slug] = mapped_column(unique=True)
    account_id: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(default=OWN)
    document: Mapped[Word]
    """What kind of document, as `Wiring.documents` names it."""
    args: Mapped[Facts]
    """Of what: keys and days."""
    title: Mapped[Line]
    language: Mapped[Word]
    state: Mapped[State] = mapped_column(default=State.MAKING)
    asked_at: Mapped[datetime]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    version: Mapped[int] = mapped_column()
    file: Mapped[StoredFile | None] = relationship()

    __register__ = Register("printout", purpose=Purpose.OPERATION, keep=Keep.AUDIT, personal=("title",))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """A document is nobody's move."""
        return {}

    @property
    def until(self) -> datetime:
        """Until when it can be downloaded."""
        return self.asked_at + KEPT
