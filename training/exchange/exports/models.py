"""Lists that somebody took as a file."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from training.exchange.exports.workflow import Form, Shape, State
from training.files.models import StoredFile
from training.kernel import clock
from training.kernel.db import Record, relationship
from training.kernel.db.types import Facts, Line, Slug, Word
from training.kernel.i18n import LazyString
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party

KEPT = {State.DIRECT: timedelta(hours=1), State.MADE: timedelta(days=3)}
"""How long a file can be downloaded."""
OWN = 0
"""Stands for the organisation of somebody who acts for themselves."""


class Export(Record):
    """One list as one person asked for it: narrowed, ordered, in one form."""

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint("(file_id IS NOT NULL) = (state = 'made')", name="made_with_file"),
        Index("ix_export_owner", "account_id", "organisation_id", "id"),
        Index("ix_export_state", "state", "asked_at"),
    )

    slug: Mapped[Slug] = mapped_column(unique=True)
    account_id: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(default=OWN)
    organisation: Mapped[Slug | None]
    """What the organisation is called in addresses."""
    listing: Mapped[Word]
    """The name of the list."""
    title: Mapped[Line]
    """What the file is called, without its ending."""
    args: Mapped[Facts]
    """Of which record it is the list: the path arguments of its page."""
    query: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Words, filters and order, as they stand in the address."""
    form: Mapped[Form]
    shape: Mapped[Shape] = mapped_column(default=Shape.LISTED)
    language: Mapped[Word]
    state: Mapped[State]
    rows: Mapped[int]
    """How many there were when it was asked for."""
    done: Mapped[int] = mapped_column(default=0)
    """Rows written so far."""
    asked_at: Mapped[datetime]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    version: Mapped[int] = mapped_column()
    file: Mapped[StoredFile | None] = relationship()

    __register__ = Register("export", purpose=Purpose.OPERATION, keep=Keep.AUDIT, personal=("query",))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """A file is nobody's move."""
        return {}

    @property
    def called(self) -> LazyString:
        """What kind of file it is."""
        return self.shape.label if self.shape.bundle else self.form.label

    @property
    def until(self) -> datetime:
        """Until when it can be downloaded."""
        return self.asked_at + KEPT.get(self.state, timedelta())

    @property
    def ready(self) -> bool:
        """Whether it can be downloaded now."""
        return clock.now() < self.until
