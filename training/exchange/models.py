"""Imports and their rows, staged until somebody confirms them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from training.exchange.workflow import Outcome, State
from training.files.models import StoredFile
from training.kernel.db import Record, relationship
from training.kernel.db.types import Digest, Facts, Line, Prose, Slug, Word
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party

_OF_BUNDLE = text("part IS NOT NULL")


class ImportBatch(Record):
    """One file that an organisation imports."""

    __tablename__ = "import_batch"
    __table_args__ = (
        Index("ix_import_batch_organisation", "organisation_id", "kind", "id"),
        Index("ix_import_batch_newest", "organisation_id", "id"),
    )

    slug: Mapped[Slug] = mapped_column(unique=True)
    organisation_id: Mapped[int]
    account_id: Mapped[int] = mapped_column(index=True)
    """Who uploaded it."""
    holder_id: Mapped[int] = mapped_column(index=True)
    """For which account background work acts, with the rights of the moment: who uploaded it, until somebody else goes on with it or takes it over."""
    kind: Mapped[Word]
    """Which importer reads it."""
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    language: Mapped[Word]
    """Of the sentences about its rows."""
    state: Mapped[State] = mapped_column(default=State.UPLOADED)
    sentence: Mapped[Prose | None]
    """Why it failed, or was not taken back."""
    layout: Mapped[Facts]
    """What was found in the file: `names` of the columns, `sheets` (name, letter and heading of each column), `notes`, `unread` headings."""
    staged: Mapped[int] = mapped_column(default=0)
    ready: Mapped[int] = mapped_column(default=0)
    bad: Mapped[int] = mapped_column(default=0)
    same: Mapped[int] = mapped_column(default=0)
    applied: Mapped[int] = mapped_column(default=0)
    undone: Mapped[int] = mapped_column(default=0)
    """Of those that were imported, how many are taken back."""
    kept: Mapped[int] = mapped_column(default=0)
    """How many were in the way when somebody last wanted it taken back."""
    version: Mapped[int] = mapped_column()
    file: Mapped[StoredFile] = relationship()

    __register__ = Register("import_batch", purpose=Purpose.OPERATION, keep=Keep.STUDY, of_person=False)

    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """An import is nobody's move but its own organisation's."""
        return {}

    @property
    def is_bundle(self) -> bool:
        """Whether rows of several parts came in one file."""
        return "bundle" in self.layout

    @property
    def names(self) -> list[str]:
        """The columns that the file has, in the importer's order."""
        return list(self.layout.get("names", []))

    @property
    def unread(self) -> list[str]:
        """The headings of the file that no column has, as they stand there."""
        return list(self.layout.get("unread", []))


class ImportRow(Record):
    """One row of a file, as it was written there, as it was understood, and what became of it."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("batch_id", "sheet", "number"),
        Index("ix_import_row_outcome", "batch_id", "outcome", "id"),
        Index("ix_import_row_part", "batch_id", "part", "outcome", sqlite_where=_OF_BUNDLE, postgresql_where=_OF_BUNDLE),
    )

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    sheet: Mapped[int]
    number: Mapped[int]
    """The row's number in the file, as spreadsheet programs show it."""
    part: Mapped[Word | None]
    """Of a bundle: what its noun takes it as; nothing where it is only there for what is wrong with it."""
    outcome: Mapped[Outcome]
    key: Mapped[Digest | None]
    """What tells the row from others in the file."""
    cells: Mapped[list[str]] = mapped_column(JSON)
    """The texts of the columns `layout.names`."""
    values: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    errors: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON)
    """`column`, `sentence`, `cell` (its address) of everything that is wrong."""
    made_id: Mapped[int | None]
    """Of the record that the row made or changed."""
    made_version: Mapped[int | None]
    """Of that record, after that."""
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """What a changed record said before, where the row says something else."""

    __register__ = Register("import_row", purpose=Purpose.OPERATION, keep=Keep.MOMENT, personal=("cells", "values", "errors", "before"))


class HeadingTie(Record):
    """A heading of an organisation's own tables that somebody tied to a column by hand; the next files are read by it."""

    __tablename__ = "heading_tie"
    __table_args__ = (UniqueConstraint("organisation_id", "kind", "heading"),)

    organisation_id: Mapped[int]
    kind: Mapped[Word]
    """In whose lists it stands: which importer reads them."""
    heading: Mapped[Line]
    """As headings are compared."""
    label: Mapped[Line]
    """As it stood in the file."""
    means: Mapped[Word]
    """The importer's column that is read from it."""

    __register__ = Register("heading_tie", purpose=Purpose.OPERATION, keep=Keep.PUBLISHED, of_person=False)
