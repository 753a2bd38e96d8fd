"""Agreements, their annex of placements, their parties in order, and the signatures."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.memberships.models import Membership
from training.files.models import StoredFile
from training.internships.agreements.workflow import AgreementKind, How, State
from training.internships.placements.models import Placement
from training.kernel.db import Record, relationship
from training.kernel.db.types import Digest, Facts, Line, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation
from training.trainees.consents.models import Guardian


class Agreement(Record):
    """A text that a school, an employer and whoever else must sign before placements begin."""

    __tablename__ = "agreement"
    __table_args__ = (
        UniqueConstraint("school_id", "number"),
        CheckConstraint("state NOT IN ('signing', 'in_force') OR digest IS NOT NULL", name="text_fixed"),
        Index("ix_agreement_school", "school_id", "state", "id"),
        Index("ix_agreement_employer", "employer_id", "state", "id"),
    )

    kind: Mapped[AgreementKind]
    number: Mapped[Word]
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    language: Mapped[Word]
    terms: Mapped[Facts]
    """The text: title, opening words, figures, sections with clauses; the page and the PDF show the same."""
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    digest: Mapped[Digest | None]
    """SHA-256 of the PDF: what each signature is under."""
    fixed_at: Mapped[datetime | None]
    state: Mapped[State] = mapped_column(default=State.DRAFT)
    version: Mapped[int] = mapped_column()
    school: Mapped[Organisation] = relationship(foreign_keys=[school_id])
    employer: Mapped[Organisation] = relationship(foreign_keys=[employer_id])
    file: Mapped[StoredFile | None] = relationship()
    sides: Mapped[list["AgreementParty"]] = relationship(back_populates="agreement", order_by="AgreementParty.place")
    annex: Mapped[list["AgreementPlacement"]] = relationship(back_populates="agreement", order_by="AgreementPlacement.id")

    __register__ = Register("agreement", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("terms",), through="agreement_placement")
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """School, employer and, where one signs, the guardian."""
        return {side.party: side.who for side in self.sides}

    @property
    def next_side(self) -> "AgreementParty | None":
        """Whose signature is the next, if any is missing."""
        return next((side for side in self.sides if side.signature is None), None)

    @property
    def placement(self) -> Placement:
        """The first placement of the annex."""
        return self.annex[0].placement

    @property
    def fingerprint(self) -> str:
        """The first half of the digest in groups of four, as people compare it."""
        return " ".join((self.digest or "")[start : start + 4] for start in range(0, 32, 4)).strip()

    def __str__(self) -> str:
        """The number."""
        return self.number


class AgreementPlacement(Record):
    """A placement in an agreement's annex."""

    __tablename__ = "agreement_placement"
    __table_args__ = (UniqueConstraint("agreement_id", "placement_id"),)

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    placement_id: Mapped[int] = mapped_column(ForeignKey("placement.id"), index=True)
    agreement: Mapped[Agreement] = relationship(back_populates="annex")
    placement: Mapped[Placement] = relationship()

    __register__ = Register("agreement_placement", purpose=Purpose.TRAINING, keep=Keep.STUDY)


class AgreementParty(Record):
    """Somebody who must sign, in their place of the order."""

    __tablename__ = "agreement_party"
    __table_args__ = (
        UniqueConstraint("agreement_id", "place"),
        CheckConstraint("(organisation_id IS NULL) <> (guardian_id IS NULL)", name="one_of_both"),
    )

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"))
    place: Mapped[int]
    party: Mapped[Party]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    agreement: Mapped[Agreement] = relationship(back_populates="sides")
    organisation: Mapped[Organisation | None] = relationship()
    guardian: Mapped[Guardian | None] = relationship()
    signature: Mapped["Signature | None"] = relationship(back_populates="side")

    __register__ = Register("agreement_party", purpose=Purpose.TRAINING, keep=Keep.STUDY)

    @property
    def who(self) -> tuple[str, int]:
        """The party as turns name it."""
        if self.guardian_id is not None:
            return ("guardian", self.guardian_id)
        assert self.organisation_id is not None
        return ("organisation", self.organisation_id)

    @property
    def name(self) -> str:
        """The organisation's short name or the guardian's name."""
        return str(self.organisation or self.guardian)


class Signature(Record):
    """Who signed for a party, when, how, and which text."""

    __tablename__ = "signature"
    __table_args__ = (
        CheckConstraint(
            "(how = 'paper' AND membership_id IS NULL)"
            " OR (how <> 'paper' AND signer IS NULL AND (membership_id IS NULL) <> (guardian_id IS NULL))",
            name="one_of_both",
        ),
    )

    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    agreement_party_id: Mapped[int] = mapped_column(ForeignKey("agreement_party.id"), unique=True)
    membership_id: Mapped[int | None] = mapped_column(ForeignKey("membership.id"), index=True)
    guardian_id: Mapped[int | None] = mapped_column(ForeignKey("guardian.id"), index=True)
    signer: Mapped[Line | None]
    """Whose name stands on the paper, where it was signed there."""
    signed_at: Mapped[datetime]
    """When it was given here; of a paper, when a second person had compared it."""
    how: Mapped[How]
    digest: Mapped[Digest]
    side: Mapped[AgreementParty] = relationship(back_populates="signature")
    membership: Mapped[Membership | None] = relationship()
    guardian: Mapped[Guardian | None] = relationship()

    __register__ = Register("signature", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("signer",))

    @property
    def name(self) -> str:
        """Who held the pen."""
        if self.membership is not None:
            return self.membership.name
        return self.signer or str(self.guardian or "–")
