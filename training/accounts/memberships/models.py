"""Memberships: person × organisation × role, from and to."""

from datetime import date

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.kernel.db import Record, relationship
from training.kernel.policy import Role
from training.kernel.register import Keep, Purpose, Register
from training.organisations.models import Organisation


class Membership(Record):
    """A role that a person has in an organisation."""

    __tablename__ = "membership"
    __table_args__ = (
        Index(
            "uq_membership_current",
            "account_id",
            "organisation_id",
            "role",
            unique=True,
            sqlite_where=text("ended_on IS NULL"),
            postgresql_where=text("ended_on IS NULL"),
        ),
        Index("ix_membership_organisation_role", "organisation_id", "role", "ended_on"),
        Index("ix_membership_organisation_began", "organisation_id", "began_on", "id"),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[Role]
    began_on: Mapped[date]
    ended_on: Mapped[date | None]
    account: Mapped[Account] = relationship()
    organisation: Mapped[Organisation] = relationship()

    __register__ = Register("membership", purpose=Purpose.ACCESS, keep=Keep.STUDY, of_person=False)

    @property
    def name(self) -> str:
        """The member's name."""
        return self.account.name
