"""Editions of mark scales and their bands."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.courses.scales.workflow import ScaleKind
from training.kernel.db import Record, relationship
from training.kernel.db.types import Line, Word
from training.kernel.i18n import LazyString, _l
from training.kernel.register import Keep, Purpose, Register

WHOLE = 10_000
"""All points there are: shares are kept in hundredths of a percent."""
PASSED, FAILED = "pass", "fail"
"""The labels of the two bands of a scale that gives no marks."""
_WORDS = {PASSED: _l("Pass"), FAILED: _l("Fail")}
RECOMMENDED = "recommended"
"""The source of the editions that every school begins with."""
RECOMMENDED_WORDS = _l("Recommended conversion of demonstration exam points (Ministry of Education of Russia; ConsultantPlus, LAW_350984)")


class ScaleEdition(Record):
    """How points become marks from a day on; once an assessment has used it, it never changes (the database refuses).

    Those of no school are what every school begins with, until it has an edition of its own.
    """

    __tablename__ = "scale_edition"
    __table_args__ = (
        UniqueConstraint("school_id", "kind", "valid_from_on"),
        Index(
            "uq_scale_edition_shared",
            "kind",
            "valid_from_on",
            unique=True,
            sqlite_where=text("school_id IS NULL"),
            postgresql_where=text("school_id IS NULL"),
        ),
    )

    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[ScaleKind]
    valid_from_on: Mapped[date]
    source: Mapped[Line]
    """The local act or the recommendation that it follows."""
    used: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()
    bands: Mapped[list["ScaleBand"]] = relationship(order_by="ScaleBand.from_share", viewonly=True)

    __register__ = Register("scale_edition", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)
    __mapper_args__ = {"version_id_col": version}

    @property
    def shared(self) -> bool:
        """Whether it is what every school begins with."""
        return self.school_id is None

    @property
    def source_words(self) -> str | LazyString:
        """What it follows, in the reader's words."""
        return RECOMMENDED_WORDS if self.source == RECOMMENDED else self.source


class ScaleBand(Record):
    """One mark of an edition, and the share of all points from which it is given."""

    __tablename__ = "scale_band"
    __table_args__ = (
        UniqueConstraint("edition_id", "from_share"),
        UniqueConstraint("edition_id", "label"),
        CheckConstraint("from_share BETWEEN 0 AND 10000", name="share_in_range"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("scale_edition.id"))
    label: Mapped[Word]
    from_share: Mapped[int]
    """Hundredths of a percent."""
    passes: Mapped[bool]

    __register__ = Register("scale_band", purpose=Purpose.PUBLIC, keep=Keep.PUBLISHED)

    @property
    def words(self) -> str | LazyString:
        """The mark in the reader's words."""
        return _WORDS.get(self.label, self.label)

    @property
    def percent(self) -> str:
        """From how many percent it is given, without zeros at the end."""
        return f"{self.from_share / 100:.2f}".rstrip("0").rstrip(".")
