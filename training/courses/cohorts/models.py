"""Cohorts and their seats."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.cohorts.workflow import Admission, EntryBase, Funding, State, StudyForm
from training.courses.programmes.models import ProgrammeVersion
from training.kernel import keys
from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Site

_OPEN = text("employer_id IS NULL")


class Cohort(Record):
    """People who begin one version of a programme together."""

    __tablename__ = "cohort"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "school_id"], ["programme_version.id", "programme_version.school_id"]),
        UniqueConstraint("school_id", "code_key"),
        UniqueConstraint("id", "school_id"),
        CheckConstraint("starts_on < ends_on", name="study_in_order"),
        CheckConstraint("opens_on <= closes_on", name="window_in_order"),
        CheckConstraint("joins_until_on < ends_on", name="joining_before_end"),
        CheckConstraint("minimum >= 0", name="minimum_not_negative"),
        Index("ix_cohort_version_state", "version_id", "state"),
        Index("ix_cohort_school_starts", "school_id", "starts_on", "id"),
        Index("ix_cohort_state_opens", "state", "opens_on"),
    )

    school_id: Mapped[int]
    version_id: Mapped[int]
    code: Mapped[Word]
    code_key: Mapped[Key]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    study_form: Mapped[StudyForm]
    entry_base: Mapped[EntryBase] = mapped_column(default=EntryBase.ANY)
    admission: Mapped[Admission] = mapped_column(default=Admission.ORDER_OF_ARRIVAL)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    """The last day of applications."""
    joins_until_on: Mapped[date]
    """The last day on which a freed seat goes to the next in the queue."""
    minimum: Mapped[int] = mapped_column(default=0)
    state: Mapped[State] = mapped_column(default=State.PLANNED)
    version: Mapped[int] = mapped_column()
    programme_version: Mapped[ProgrammeVersion] = relationship()
    site: Mapped[Site | None] = relationship()
    all_pools: Mapped[list["SeatPool"]] = relationship(order_by="SeatPool.id", viewonly=True)
    """Its seats with those that are kept for employers."""

    __register__ = Register("cohort", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    def call(self, code: str) -> None:
        """Sets its name and the key by which it is found."""
        self.code, self.code_key = code, keys.sort_key(code)

    @property
    def pools(self) -> Sequence["SeatPool"]:
        """The seats that anybody can apply for."""
        return [pool for pool in self.all_pools if pool.employer_id is None]

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school whose cohort it is."""
        return {Party.SCHOOL: ("organisation", self.school_id)}

    def __str__(self) -> str:
        """The school's own name for it."""
        return self.code


class SeatPool(Record):
    """The seats of a cohort that one purse pays for, and how many of them are held; an employer may have its own. Moved by conditional updates only."""

    __tablename__ = "seat_pool"
    __table_args__ = (
        UniqueConstraint("id", "cohort_id"),
        CheckConstraint("held + promised <= seats AND held >= 0 AND promised >= 0", name="never_oversold"),
        Index("uq_seat_pool_open", "cohort_id", "funding", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_seat_pool_cohort", "cohort_id"),
    )

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    funding: Mapped[Funding]
    employer_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The employer that has bought these seats and says who may take them; nobody's are open to all."""
    seats: Mapped[int]
    held: Mapped[int] = mapped_column(default=0)
    promised: Mapped[int] = mapped_column(default=0)
    """Seats that are kept for people who have not taken them yet: by the employer for whom it names, else for a team until they suffice for all of it."""

    __register__ = Register("seat_pool", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    @property
    def free(self) -> int:
        """Seats that nobody holds and that are promised to nobody."""
        return self.seats - self.held - self.promised
