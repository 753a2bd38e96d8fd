"""Credentials, and the count of each issuer's numbers."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.credentials.workflow import State
from training.courses.enrolments.models import Enrolment
from training.files.models import StoredFile
from training.kernel.db import Record, relationship
from training.kernel.db.types import Digest, Key, Line, Slug, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee


class Credential(Record):
    """What a school attests to somebody who completed a programme; anyone who has its address or number can check it."""

    __tablename__ = "credential"
    __table_args__ = (
        ForeignKeyConstraint(["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"]),
        UniqueConstraint("school_id", "number"),
        UniqueConstraint("enrolment_id"),
        CheckConstraint("(file_id IS NULL) = (pdf_digest IS NULL)", name="document_with_digest"),
        Index("ix_credential_school_issued", "school_id", "issued_on", "id"),
        Index("ix_credential_school_holder", "school_id", "holder_key", "id"),
        Index("ix_credential_trainee", "trainee_id", "issued_on"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    """The issuer."""
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    enrolment_id: Mapped[int] = mapped_column()
    number: Mapped[Word]
    """Unique per issuer: 2026-0001."""
    slug: Mapped[Slug] = mapped_column(unique=True)
    holder: Mapped[Line]
    """The holder's full name on the day of issue."""
    holder_key: Mapped[Key]
    title: Mapped[Line]
    qualification: Mapped[Line | None]
    hours: Mapped[int]
    issued_on: Mapped[date]
    state: Mapped[State] = mapped_column(default=State.ISSUED)
    revoked_on: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    """The document, once it has been made."""
    pdf_digest: Mapped[Digest | None]
    version: Mapped[int] = mapped_column()
    school: Mapped[Organisation] = relationship()
    trainee: Mapped[Trainee] = relationship()
    enrolment: Mapped[Enrolment] = relationship(
        foreign_keys=[enrolment_id], primaryjoin="foreign(Credential.enrolment_id) == Enrolment.id", viewonly=True
    )
    file: Mapped[StoredFile | None] = relationship()

    __register__ = Register("credential", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("holder", "holder_key"))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The holder and the issuer."""
        return {Party.TRAINEE: ("trainee", self.trainee_id), Party.SCHOOL: ("organisation", self.school_id)}

    def __str__(self) -> str:
        """Its number."""
        return self.number


class CredentialSeries(Record):
    """The last number that a school gave in a year; unversioned, moved by its own update."""

    __tablename__ = "credential_series"
    __table_args__ = (UniqueConstraint("school_id", "year"),)

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)

    __register__ = Register("credential_series", purpose=Purpose.OPERATION, keep=Keep.STUDY)
