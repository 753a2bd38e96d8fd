"""Materials of cohorts."""

from datetime import date, datetime
from urllib.parse import urlsplit

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.cohorts.models import Cohort
from training.courses.materials.workflow import State
from training.courses.programmes.models import Module
from training.files.models import StoredFile
from training.kernel import clock
from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Prose
from training.kernel.register import Keep, Purpose, Register

_UNTOLD = text("told_on IS NULL AND state = 'shown'")


class Material(Record):
    """What a cohort learns a module with: a file that is kept here, or a link that is never opened by us."""

    __tablename__ = "material"
    __table_args__ = (
        ForeignKeyConstraint(["cohort_id", "school_id"], ["cohort.id", "cohort.school_id"]),
        UniqueConstraint("file_id"),
        CheckConstraint("(file_id IS NULL) <> (url IS NULL)", name="file_or_link"),
        Index("ix_material_cohort", "cohort_id", "module_id", "position", "id"),
        Index("ix_material_school", "school_id", "id"),
        Index("ix_material_told", "cohort_id", "told_on"),
        Index("ix_material_untold", "shown_at", sqlite_where=_UNTOLD, postgresql_where=_UNTOLD),
    )

    school_id: Mapped[int] = mapped_column()
    cohort_id: Mapped[int] = mapped_column()
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    position: Mapped[int]
    """Its place among the materials of the module."""
    title: Mapped[Line]
    description: Mapped[Prose | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))
    url: Mapped[Prose | None]
    """An https address on somebody else's site."""
    shown_from_on: Mapped[date | None]
    """The day at the school before which the cohort does not see it."""
    shown_at: Mapped[datetime]
    """The moment that comes of it: when that day begins, or when the material was added."""
    told_on: Mapped[date | None]
    """The region's day on which the cohort was told of it."""
    state: Mapped[State] = mapped_column(default=State.SHOWN)
    version: Mapped[int] = mapped_column()
    cohort: Mapped[Cohort] = relationship(foreign_keys=[cohort_id, school_id])
    module: Mapped[Module] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    __register__ = Register("material", purpose=Purpose.TRAINING, keep=Keep.STUDY)
    __mapper_args__ = {"version_id_col": version}

    @property
    def host(self) -> str | None:
        """Whose site a link leads to."""
        return urlsplit(self.url).hostname if self.url else None

    @property
    def is_to_come(self) -> bool:
        """Whether its day has not come yet."""
        return self.shown_at > clock.now()

    def __str__(self) -> str:
        """Its title."""
        return self.title
