"""The keys that badges are signed with."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.badges.workflow import Algorithm
from training.kernel.db import Record
from training.kernel.db.types import Facts, Prose, Word
from training.kernel.register import Keep, Purpose, Register


class SigningKey(Record):
    """A pair of keys; the public half is published for good, the private half is kept sealed until it is retired, then forgotten."""

    __tablename__ = "signing_key"
    __table_args__ = (
        CheckConstraint("(retired_at IS NULL) = (sealed IS NOT NULL)", name="sealed_until_retired"),
        Index(
            "uq_signing_key_current",
            "algorithm",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
    )

    name: Mapped[Word] = mapped_column(unique=True)
    """Its thumbprint (RFC 7638), by which badges name it."""
    algorithm: Mapped[Algorithm]
    public: Mapped[Facts]
    """The public half as a JWK."""
    sealed: Mapped[Prose | None]
    """The private half, encrypted with the installation's secret."""
    made_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]

    __register__ = Register("signing_key", purpose=Purpose.OPERATION, keep=Keep.PUBLISHED)
