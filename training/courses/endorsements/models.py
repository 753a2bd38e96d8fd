"""Endorsements."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.endorsements.workflow import State
from training.courses.programmes.models import ProgrammeVersion
from training.kernel.db import Record, relationship
from training.kernel.db.types import Digest, Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation
from training.taxonomy.models import Occupation


class Endorsement(Record):
    """What an employer says of one version of a programme, for one occupation: one who learnt this can do that work here."""

    __tablename__ = "endorsement"
    __table_args__ = (
        ForeignKeyConstraint(["version_id", "school_id"], ["programme_version.id", "programme_version.school_id"]),
        CheckConstraint(
            "state <> 'given' OR (content_digest IS NOT NULL AND given_on IS NOT NULL AND valid_until IS NOT NULL)",
            name="given_with_digest_and_term",
        ),
        CheckConstraint("valid_until > given_on", name="valid_for_some_time"),
        Index(
            "uq_endorsement_asked",
            "version_id",
            "employer_id",
            "occupation_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
        Index("ix_endorsement_version_state", "version_id", "state", "id"),
        Index("ix_endorsement_employer_state", "employer_id", "state", "id"),
        Index("ix_endorsement_valid", "state", "valid_until"),
    )

    version_id: Mapped[int]
    school_id: Mapped[int] = mapped_column(index=True)
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupation.id"), index=True)
    state: Mapped[State] = mapped_column(default=State.ASKED)
    asked_on: Mapped[date]
    content_digest: Mapped[Digest | None]
    """SHA-256 of the content that was endorsed (see `programmes.content.digest`); other content is not endorsed by it."""
    given_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    """The last day on which it counts."""
    words: Mapped[Prose | None]
    """What the employer says to it, in public once given; the reason where it was declined or withdrawn."""
    version: Mapped[int] = mapped_column()
    programme_version: Mapped[ProgrammeVersion] = relationship(primaryjoin="Endorsement.version_id == ProgrammeVersion.id")
    employer: Mapped[Organisation] = relationship()
    occupation: Mapped[Occupation] = relationship()

    __register__ = Register("endorsement", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school that asks and the employer that answers."""
        return {Party.SCHOOL: ("organisation", self.school_id), Party.EMPLOYER: ("organisation", self.employer_id)}
