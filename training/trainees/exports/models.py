"""Copies of a person's data."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from training.files.models import StoredFile
from training.kernel import clock
from training.kernel.db import Record, relationship
from training.kernel.register import Keep, Purpose, Register
from training.trainees.profiles.models import Trainee


class DataExport(Record):
    """One copy: asked for, made by a job, and removed when its days are over."""

    __tablename__ = "data_export"

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    asked_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    trainee: Mapped[Trainee] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    __register__ = Register("data_export", purpose=Purpose.ACCESS, keep=Keep.MOMENT, files=False)

    @property
    def ready(self) -> bool:
        """Whether it can be fetched now."""
        return self.file_id is not None and self.expires_at is not None and self.expires_at > clock.now()
