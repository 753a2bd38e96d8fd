"""What is known of a kept file; its bytes lie in the installation's folder."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Digest, Line, Slug, Word
from training.kernel.register import Keep, Purpose, Register


class StoredFile(Record):
    """A kept file; one that belongs to no subject is swept after a day."""

    __tablename__ = "stored_file"
    __table_args__ = (Index("ix_stored_file_subject", "subject_kind", "subject_id"),)

    slug: Mapped[Slug] = mapped_column(unique=True)
    place: Mapped[Line] = mapped_column(unique=True)
    """Where its bytes lie under the folder of files: `ab/<random>`."""
    name: Mapped[Line]
    """As uploaded, made harmless; shown and sent, never used as a path."""
    media_type: Mapped[Line]
    """By content, not by name."""
    size: Mapped[int]
    """Bytes."""
    sha256: Mapped[Digest]
    kept_at: Mapped[datetime] = mapped_column(index=True)
    subject_kind: Mapped[Word | None]
    subject_id: Mapped[int | None]
    account_id: Mapped[int | None] = mapped_column(index=True)

    __register__ = Register("stored_file", purpose=Purpose.OPERATION, keep=Keep.STUDY, personal=("name",))
