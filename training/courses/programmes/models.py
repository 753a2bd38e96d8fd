"""Programmes, their versions, the modules of a version and the skills that those teach."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.programmes.workflow import HourKind, Kind, Needs, State
from training.kernel import keys
from training.kernel.db import Record, relationship
from training.kernel.db.types import Digest, Key, Line, Prose, Slug, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation
from training.taxonomy.models import Occupation, Skill


class Programme(Record):
    """What a school teaches under one code and title; its content stands in versions."""

    __tablename__ = "programme"
    __table_args__ = (
        UniqueConstraint("school_id", "code_system", "code", "title_key"),
        UniqueConstraint("id", "school_id"),
        Index("ix_programme_school_title", "school_id", "title_key", "id"),
        Index("ix_programme_school_code", "school_id", "code", "id"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    slug: Mapped[Slug] = mapped_column(unique=True)
    code: Mapped[Word]
    code_system: Mapped[Word]
    """Whose list the code stands in: `fgos`, `own`."""
    kind: Mapped[Kind]
    title: Mapped[Line]
    title_key: Mapped[Key] = mapped_column(index=True)
    qualification: Mapped[Line | None]
    occupation_id: Mapped[int | None] = mapped_column(ForeignKey("occupation.id"), index=True)
    version: Mapped[int] = mapped_column()
    school: Mapped[Organisation] = relationship()
    occupation: Mapped[Occupation | None] = relationship()

    __register__ = Register("programme", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    def rename(self, title: str) -> None:
        """Sets the title and the key it is sorted by."""
        self.title, self.title_key = title, keys.sort_key(title)

    def __str__(self) -> str:
        """Code and title, as people name it."""
        return f"{self.code} {self.title}"


class ProgrammeVersion(Record):
    """One edition of a programme's content; once published it never changes."""

    __tablename__ = "programme_version"
    __table_args__ = (
        ForeignKeyConstraint(["programme_id", "school_id"], ["programme.id", "programme.school_id"]),
        UniqueConstraint("programme_id", "number"),
        UniqueConstraint("id", "school_id"),
        CheckConstraint("hours_total >= 0", name="hours_not_negative"),
        CheckConstraint("valid_months > 0", name="valid_for_some_time"),
        CheckConstraint("renewal_months IS NULL OR (renewal_months > 0 AND renewal_months <= valid_months)", name="renewed_while_valid"),
        CheckConstraint("state IN ('draft', 'in_review') OR content_digest IS NOT NULL", name="published_with_digest"),
        CheckConstraint(
            "CASE WHEN needs IN ('any', 'points') THEN needs_least IS NOT NULL AND needs_least > 0 ELSE needs_least IS NULL END",
            name="least_where_needed",
        ),
        Index("uq_programme_version_programme", "id", "programme_id", unique=True),
        Index(
            "uq_programme_version_published",
            "programme_id",
            unique=True,
            sqlite_where=text("state = 'published'"),
            postgresql_where=text("state = 'published'"),
        ),
        Index("ix_programme_version_state", "state", "programme_id"),
        Index("ix_programme_version_school_state", "school_id", "state"),
        Index("ix_programme_version_school_hours", "school_id", "hours_total", "id"),
    )

    programme_id: Mapped[int]
    school_id: Mapped[int]
    number: Mapped[int]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    hours_total: Mapped[int] = mapped_column(default=0)
    months: Mapped[int | None]
    """How long it takes, in whole months."""
    valid_months: Mapped[int | None]
    """How long its credential is valid; for good where nothing is said."""
    renewal_months: Mapped[int | None]
    """From how long before that on it can be renewed; it is not renewed where nothing is said."""
    summary: Mapped[Prose | None]
    """What one learns, for people who choose."""
    needs: Mapped[Needs | None]
    """How much of its prerequisites must have been completed; nothing where there are none."""
    needs_least: Mapped[int | None]
    """So many of them, or so many points."""
    content_digest: Mapped[Digest | None]
    """SHA-256 of the published content; employers endorse by it."""
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    """Whoever handed it in: somebody else publishes."""
    published_on: Mapped[date | None]
    version: Mapped[int] = mapped_column()
    programme: Mapped[Programme] = relationship()
    modules: Mapped[list["Module"]] = relationship(
        order_by="Module.position, Module.id", primaryjoin="ProgrammeVersion.id == Module.version_id", viewonly=True
    )
    prerequisites: Mapped[list["Prerequisite"]] = relationship(
        order_by="Prerequisite.id", primaryjoin="ProgrammeVersion.id == Prerequisite.version_id", viewonly=True
    )

    __register__ = Register("programme_version", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school whose programme it is."""
        return {Party.SCHOOL: ("organisation", self.school_id)}

    @property
    def open(self) -> bool:
        """Whether its content may still change."""
        return self.state is State.DRAFT


class Prerequisite(Record):
    """A programme that somebody completed, in any of its versions, before they begin this version."""

    __tablename__ = "prerequisite"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "programme_id"], ["programme_version.id", "programme_version.programme_id"]),
        UniqueConstraint("version_id", "needed_id"),
        CheckConstraint("points > 0", name="some_points"),
        CheckConstraint("needed_id <> programme_id", name="never_itself"),
        Index("ix_prerequisite_version", "version_id", "programme_id"),
    )

    version_id: Mapped[int]
    programme_id: Mapped[int] = mapped_column(index=True)
    """Whose version asks for it."""
    needed_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    points: Mapped[int] = mapped_column(default=1)
    """What it counts for where points are needed."""
    needed: Mapped[Programme] = relationship(foreign_keys=[needed_id])

    __register__ = Register("prerequisite", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    def __str__(self) -> str:
        """The programme with its school: several teach under one title."""
        return f"{self.needed.title} ({self.needed.school.short_name})"


class Module(Record):
    """A part of a version with its hours; parts of it are modules again."""

    __tablename__ = "module"
    __table_args__ = (
        ForeignKeyConstraint(["parent_id", "version_id"], ["module.id", "module.version_id"]),
        UniqueConstraint("id", "version_id"),
        CheckConstraint("hours > 0", name="some_hours"),
        *(CheckConstraint(f"{kind.value}_hours >= 0", name=f"{kind.value}_hours_not_negative") for kind in HourKind),
        CheckConstraint(" + ".join(f"{kind.value}_hours" for kind in HourKind) + " <= hours", name="kinds_within_hours"),
        Index("ix_module_version_position", "version_id", "position", "id"),
    )

    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"))
    parent_id: Mapped[int | None] = mapped_column(index=True)
    code: Mapped[Word]
    title: Mapped[Line]
    hours: Mapped[int]
    theory_hours: Mapped[int] = mapped_column(default=0)
    practical_hours: Mapped[int] = mapped_column(default=0)
    plant_hours: Mapped[int] = mapped_column(default=0)
    """Of these, spent at an employer."""
    self_study_hours: Mapped[int] = mapped_column(default=0)
    assessment_hours: Mapped[int] = mapped_column(default=0)
    position: Mapped[int]
    of: Mapped[ProgrammeVersion] = relationship(viewonly=True, foreign_keys="Module.version_id")
    skills: Mapped[list["ModuleSkill"]] = relationship(order_by="ModuleSkill.id", viewonly=True)
    outcomes: Mapped[list["ModuleOutcome"]] = relationship(order_by="ModuleOutcome.position, ModuleOutcome.id", viewonly=True)

    __register__ = Register("module", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    @property
    def spread(self) -> dict[HourKind, int]:
        """Its hours by kind, of those kinds that it has; what is missing to its hours has not been divided."""
        return {kind: hours for kind in HourKind if (hours := getattr(self, f"{kind.value}_hours"))}

    def spend(self, spread: Mapping[HourKind, int]) -> None:
        """Sets the hours of every kind; a kind that is not named has none."""
        for kind in HourKind:
            setattr(self, f"{kind.value}_hours", spread.get(kind, 0))

    def __str__(self) -> str:
        """Code and title."""
        return f"{self.code} {self.title}"


class ModuleOutcome(Record):
    """What one is able to do after a module, in one sentence."""

    __tablename__ = "module_outcome"
    __table_args__ = (Index("ix_module_outcome_place", "module_id", "position", "id"),)

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    position: Mapped[int]
    words: Mapped[Line]

    __register__ = Register("module_outcome", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)


class ModuleSkill(Record):
    """A skill that a module teaches, up to a level of 1 to 4."""

    __tablename__ = "module_skill"
    __table_args__ = (UniqueConstraint("module_id", "skill_id"), CheckConstraint("level BETWEEN 1 AND 4", name="level_in_range"))

    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skill.id"), index=True)
    level: Mapped[int]
    skill: Mapped[Skill] = relationship()

    __register__ = Register("module_skill", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
