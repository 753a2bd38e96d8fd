"""Remarks."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.courses.programmes.models import ProgrammeVersion
from training.courses.remarks.workflow import Section, State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation


class Remark(Record):
    """What somebody says of one section of a version, for the school or for an employer, and the answer to it."""

    __tablename__ = "remark"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "school_id"], ["programme_version.id", "programme_version.school_id"]),
        CheckConstraint("section IN ('details', 'modules') OR about IS NOT NULL", name="part_named"),
        CheckConstraint("state <> 'answered' OR answer IS NOT NULL", name="answered_in_words"),
        Index("ix_remark_version_state", "version_id", "state", "id"),
        Index("ix_remark_organisation", "organisation_id", "version_id", "id"),
    )

    version_id: Mapped[int]
    school_id: Mapped[int] = mapped_column(index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    """As whose member the author speaks: the school's own, or an employer's."""
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    section: Mapped[Section]
    module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id", ondelete="SET NULL"), index=True)
    outcome_id: Mapped[int | None] = mapped_column(ForeignKey("module_outcome.id", ondelete="SET NULL"), index=True)
    about: Mapped[Line | None]
    """The module's title or the outcome's words as they stood: what is written anew is another one, the remark stays."""
    words: Mapped[Prose]
    answer: Mapped[Prose | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    made_on: Mapped[date]
    state: Mapped[State] = mapped_column(default=State.OPEN)
    version: Mapped[int] = mapped_column()
    programme_version: Mapped[ProgrammeVersion] = relationship(primaryjoin="Remark.version_id == ProgrammeVersion.id")
    organisation: Mapped[Organisation] = relationship()
    author: Mapped[Account] = relationship(foreign_keys="Remark.author_id")

    __register__ = Register("remark", purpose=Purpose.TRAINING, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school that answers, and the employer where one made it."""
        outside = {} if self.organisation_id == self.school_id else {Party.EMPLOYER: ("organisation", self.organisation_id)}
        return {Party.SCHOOL: ("organisation", self.school_id), **outside}
