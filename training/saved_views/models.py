"""Saved views of lists."""

from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Key, Line, Word
from training.kernel.keys import sort_key
from training.kernel.register import Keep, Purpose, Register

OWN = 0
"""Stands for the organisation where a person keeps a view for themselves."""


class SavedView(Record):
    """Words, filters and order of one list, kept by one person, as a member of one organisation or for themselves."""

    __tablename__ = "saved_view"
    __table_args__ = (
        UniqueConstraint("account_id", "organisation_id", "listing", "name_key"),
        Index(
            "uq_saved_view_preferred",
            "account_id",
            "organisation_id",
            "listing",
            unique=True,
            sqlite_where=text("preferred"),
            postgresql_where=text("preferred"),
        ),
        Index("ix_saved_view_shared", "organisation_id", "listing", sqlite_where=text("shared"), postgresql_where=text("shared")),
    )

    account_id: Mapped[int]
    organisation_id: Mapped[int] = mapped_column(default=OWN)
    listing: Mapped[Word]
    """The name of the list."""
    name: Mapped[Line]
    name_key: Mapped[Key]
    query: Mapped[dict[str, Any]] = mapped_column(JSON)
    """What stands in the address: `q`, `sort`, and the list's filters."""
    preferred: Mapped[bool] = mapped_column(default=False)
    """Whether the list opens with it."""
    shared: Mapped[bool] = mapped_column(default=False)
    """Whether everybody in the organisation who sees the list finds it there."""
    version: Mapped[int] = mapped_column()

    __register__ = Register("saved_view", purpose=Purpose.OPERATION, keep=Keep.ACCOUNT, personal=("name", "name_key", "query"))
    __mapper_args__ = {"version_id_col": version}

    def call(self, name: str) -> None:
        """Sets the name, and the key by which names are compared."""
        self.name, self.name_key = name, sort_key(name)
