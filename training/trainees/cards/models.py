"""Login cards and the sheets they are printed on."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.files.models import StoredFile
from training.kernel import clock
from training.kernel.db import Record, relationship
from training.kernel.db.types import Word
from training.kernel.register import Keep, Purpose, Register
from training.organisations.models import Organisation
from training.trainees.cards.workflow import State
from training.trainees.profiles.models import Trainee


class CardSheet(Record):
    """The cards that a school had made at once, and the document to print them from, while it is kept."""

    __tablename__ = "card_sheet"
    __table_args__ = (Index("ix_card_sheet_school", "school_id", "id"),)

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    """Who had them made."""
    language: Mapped[Word]
    made_at: Mapped[datetime]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    printed_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    """When the document was let go: it holds the codes."""
    version: Mapped[int] = mapped_column()
    school: Mapped[Organisation] = relationship()
    account: Mapped[Account] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    cards: Mapped[list["LoginCard"]] = relationship(back_populates="sheet", order_by="LoginCard.id")

    __register__ = Register("card_sheet", purpose=Purpose.ACCESS, keep=Keep.MOMENT, of_person=False, files=False)
    __mapper_args__ = {"version_id_col": version}


class LoginCard(Record):
    """One card: whose, until when; its code stands on the paper alone, hashed in the card's link."""

    __tablename__ = "login_card"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("card_sheet.id"), index=True)
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]
    sheet: Mapped[CardSheet] = relationship(back_populates="cards")
    trainee: Mapped[Trainee] = relationship()
    account: Mapped[Account] = relationship()

    __register__ = Register("login_card", purpose=Purpose.ACCESS, keep=Keep.MOMENT)

    @property
    def state(self) -> State:
        """Where it stands now."""
        if self.used_at is not None:
            return State.USED
        if self.replaced_at is not None:
            return State.REPLACED
        return State.EXPIRED if self.expires_at <= clock.now() else State.OPEN
