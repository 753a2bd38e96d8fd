"""Offers."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.candidates.applications.models import Application
from training.candidates.offers.workflow import Refusal, State
from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Prose, Word
from training.kernel.money import Money
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.models import Organisation


class Offer(Record):
    """What an employer proposes to a candidate, until when."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("pay > 0", name="paid"),
        CheckConstraint("(refusal IS NOT NULL) = (state = 'declined')", name="declined_for_a_reason"),
        Index(
            "uq_offer_live",
            "application_id",
            unique=True,
            sqlite_where=text("state = 'sent'"),
            postgresql_where=text("state = 'sent'"),
        ),
        Index("ix_offer_application", "application_id", "id"),
        Index("ix_offer_employer_state", "employer_id", "state", "id"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"))
    employer_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    position: Mapped[Line]
    pay: Mapped[int]
    """Minor units a month."""
    currency: Mapped[Word] = mapped_column(default="RUB")
    starts_on: Mapped[date]
    conditions: Mapped[Prose | None]
    expires_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(default=State.SENT)
    refusal: Mapped[Refusal | None]
    words: Mapped[Prose | None]
    """What whoever ended it wrote; the other side reads it."""
    version: Mapped[int] = mapped_column()
    application: Mapped[Application] = relationship()
    employer: Mapped[Organisation] = relationship()

    __register__ = Register("offer", purpose=Purpose.RECRUITING, keep=Keep.RECRUITING, personal=("conditions", "words"))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The candidate and the employer."""
        return {Party.TRAINEE: ("trainee", self.trainee_id), Party.EMPLOYER: ("organisation", self.employer_id)}

    @property
    def monthly(self) -> Money:
        """The pay a month."""
        return Money(self.pay, self.currency)
