"""Credentials, and the count of each issuer's numbers."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.credentials.workflow import GIVEN, SOON, State, Term
from training.courses.enrolments.models import Enrolment
from training.files.models import StoredFile
from training.kernel.db import Record, relationship
from training.kernel.db.types import Digest, Key, Line, Slug, Word
from training.kernel.i18n import _
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee


class Credential(Record):
    """What a school attests to somebody who completed a programme; once issued, anyone who has its address or number can check it."""

    __tablename__ = "credential"
    __table_args__ = (
        ForeignKeyConstraint(["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"]),
        UniqueConstraint("school_id", "number"),
        Index(
            "uq_credential_standing",
            "enrolment_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'issued') AND renews_id IS NULL"),
            postgresql_where=text("state IN ('draft', 'issued') AND renews_id IS NULL"),
        ),
        Index(
            "uq_credential_renewal",
            "renews_id",
            unique=True,
            sqlite_where=text("state IN ('draft', 'issued')"),
            postgresql_where=text("state IN ('draft', 'issued')"),
        ),
        ForeignKeyConstraint(["renews_id", "school_id"], ["credential.id", "credential.school_id"]),
        UniqueConstraint("id", "school_id"),
        CheckConstraint("renewable_on IS NULL OR renewable_on <= valid_until", name="renewed_while_valid"),
        Index("ix_credential_renews", "renews_id"),
        Index("ix_credential_valid", "state", "valid_until", "id"),
        CheckConstraint("(state IN ('draft', 'dropped')) = (number IS NULL)", name="numbered_when_issued"),
        Index("ix_credential_enrolment", "enrolment_id", "id"),
        Index("ix_credential_school_state", "school_id", "state", "id"),
        CheckConstraint("(file_id IS NULL) = (pdf_digest IS NULL)", name="document_with_digest"),
        Index("ix_credential_school_issued", "school_id", "issued_on", "id"),
        Index("ix_credential_school_holder", "school_id", "holder_key", "id"),
        Index("ix_credential_trainee", "trainee_id", "issued_on"),
    )

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    """The issuer."""
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"))
    enrolment_id: Mapped[int] = mapped_column()
    number: Mapped[Word | None]
    """Unique per issuer: 2026-0001; a draft has none, so that none is left out."""
    slug: Mapped[Slug] = mapped_column(unique=True)
    holder: Mapped[Line]
    """The holder's full name on the day of issue."""
    holder_key: Mapped[Key]
    title: Mapped[Line]
    qualification: Mapped[Line | None]
    hours: Mapped[int]
    issued_on: Mapped[date]
    """The day of issue; of a draft, the day on which it was proposed."""
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    revoked_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    """The last day on which it counts; for good where there is none."""
    renewable_on: Mapped[date | None]
    """The first day on which it can be renewed, where it can be."""
    renews_id: Mapped[int | None] = mapped_column()
    """The credential whose place it takes."""
    reminded: Mapped[int | None]
    """How many days before the end its holder was reminded last."""
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

    @property
    def given(self) -> bool:
        """Whether its holder has been given it."""
        return self.state in GIVEN

    def expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.valid_until is not None and self.valid_until < today

    def standing(self, today: date) -> State | Term:
        """Where it stands, as its holder and whoever checks it are told."""
        if self.state is not State.ISSUED or self.valid_until is None:
            return self.state
        if self.expired(today):
            return Term.EXPIRED
        return Term.EXPIRING if self.valid_until <= today + timedelta(days=SOON) else self.state

    @property
    def name(self) -> str:
        """Its number; that it is a draft while it has none."""
        return _("Credential %(number)s", number=self.number) if self.number else _("Credential without a number yet")

    def __str__(self) -> str:
        """Its number."""
        return self.number or "–"


class CredentialSeries(Record):
    """The last number that a school gave in a year; unversioned, moved by its own update."""

    __tablename__ = "credential_series"
    __table_args__ = (UniqueConstraint("school_id", "year"),)

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    year: Mapped[int]
    last: Mapped[int] = mapped_column(default=0)

    __register__ = Register("credential_series", purpose=Purpose.OPERATION, keep=Keep.STUDY)
