"""Rooms of schools."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel import keys
from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Word
from training.kernel.register import Keep, Purpose, Register
from training.organisations.models import Site


class Room(Record):
    """A room, a workshop or a hall where one lesson at a time is given."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("school_id", "name_key"), UniqueConstraint("id", "school_id"))

    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id"), index=True)
    name: Mapped[Word]
    name_key: Mapped[Key]
    version: Mapped[int] = mapped_column()
    site: Mapped[Site | None] = relationship()

    __register__ = Register("room", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    def call(self, name: str) -> None:
        """Sets its name and the key by which it is sorted and told from others."""
        self.name, self.name_key = name, keys.sort_key(name)

    def __str__(self) -> str:
        """The name on its door."""
        return self.name
