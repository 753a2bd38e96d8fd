"""The addresses of people's calendars."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.kernel.db import Record, relationship
from training.kernel.db.types import Digest
from training.kernel.register import Keep, Purpose, Register


class CalendarFeed(Record):
    """The address at which somebody's calendar fetches their lessons, one a person; only its digest is kept."""

    __tablename__ = "calendar_feed"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), unique=True)
    token: Mapped[Digest] = mapped_column(unique=True)
    """SHA-256 of what stands in the address."""
    made_at: Mapped[datetime]
    account: Mapped[Account] = relationship()

    __register__ = Register("calendar_feed", purpose=Purpose.ACCESS, keep=Keep.STUDY)
