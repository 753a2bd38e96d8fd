"""Organisations, their sites, and the industrial parks those stand in."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Index, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel import clock, keys
from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Line, Prose, Slug, Word
from training.kernel.i18n import language
from training.kernel.policy import OrganisationKind
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.organisations.workflow import State


class Park(Record):
    """An industrial park: a place where several employers share a site."""

    __tablename__ = "park"

    slug: Mapped[Slug] = mapped_column(unique=True)
    name: Mapped[Line]
    town: Mapped[Line]

    __register__ = Register("park", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    def __str__(self) -> str:
        """The park's name."""
        return self.name


class Organisation(Record):
    """A school, an employer, an authority or the operator."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("ix_organisation_kind_state_name", "kind", "state", "name_key", "id"),
        Index("ix_organisation_name", "name_key", "id"),
        Index("ix_organisation_town_name", "town", "name_key", "id"),
    )

    slug: Mapped[Slug] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind]
    legal_name: Mapped[Line]
    native_name: Mapped[Line]
    latin_name: Mapped[Line | None]
    """The short name for readers of English, where it has one."""
    name_key: Mapped[Key]
    country: Mapped[Word] = mapped_column(default="RU")
    inn: Mapped[Word | None] = mapped_column(unique=True)
    kpp: Mapped[Word | None]
    ogrn: Mapped[Word | None] = mapped_column(unique=True)
    town: Mapped[Line]
    address: Mapped[Line | None]
    about: Mapped[Prose | None]
    zone: Mapped[Word] = mapped_column(default=clock.region)
    state: Mapped[State] = mapped_column(default=State.PENDING)
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Who verifies it."""
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    first_steps_over_at: Mapped[datetime | None]
    """Since when its leaders are not shown the first steps any more: all taken, or put away."""
    version: Mapped[int] = mapped_column()

    __register__ = Register("organisation", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The organisation itself and the authority that verifies it."""
        own = {Party(self.kind.value): ("organisation", self.id)}
        return own | ({Party.AUTHORITY: ("organisation", self.authority_id)} if self.authority_id else {})

    @property
    def active(self) -> bool:
        """Whether it may show itself and take part."""
        return self.state is State.VERIFIED

    @hybrid_property
    def short_name(self) -> str:
        """The name by which people know it, in the reader's language where it has one."""
        return self.latin_name if self.latin_name and language() == "en" else self.native_name

    @short_name.inplace.expression
    @classmethod
    def _short_name(cls) -> ColumnElement[str]:
        return func.coalesce(cls.latin_name, cls.native_name) if language() == "en" else cls.native_name.expression

    def rename(self, legal_name: str, short_name: str, latin_name: str | None = None) -> None:
        """Sets the names and the key they are sorted and found by."""
        self.legal_name, self.native_name, self.latin_name = legal_name, short_name, latin_name
        self.name_key = keys.sort_key(f"{short_name} {latin_name or ''}")

    def __str__(self) -> str:
        """The short name, by which people know it."""
        return self.short_name


class Site(Record):
    """A place where an organisation works or teaches."""

    __tablename__ = "site"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    park_id: Mapped[int | None] = mapped_column(ForeignKey("park.id"), index=True)
    name: Mapped[Line]
    town: Mapped[Line]
    address: Mapped[Line]
    park: Mapped[Park | None] = relationship()
    organisation: Mapped[Organisation] = relationship()

    __register__ = Register("site", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    def __str__(self) -> str:
        """The site's name and town."""
        return f"{self.name}, {self.town}"
