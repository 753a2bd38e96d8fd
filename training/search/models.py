"""What can be found; the index itself is made by the twins, beside these rows."""

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.kernel.db import Record
from training.kernel.db.types import Digest, Key, Line, Word
from training.kernel.register import Keep, Purpose, Register

TITLE, BODY, SCOPES = 400, 20_000, 4_000
"""Characters of stemmed text that are kept."""


class SearchDocument(Record):
    """One record that can be found: its title, and its stemmed words as the index holds them."""

    __tablename__ = "search_document"
    __table_args__ = (UniqueConstraint("kind", "subject_id"),)

    kind: Mapped[Word]
    subject_id: Mapped[int]
    language: Mapped[Word | None]
    title: Mapped[Line]
    title_key: Mapped[Key]
    scope_words: Mapped[str] = mapped_column(String(SCOPES))
    title_words: Mapped[str] = mapped_column(String(TITLE))
    body_words: Mapped[str] = mapped_column(String(BODY))
    digest: Mapped[Digest]
    """Of all the above: a document that says the same again is not written again."""

    __register__ = Register(
        "search_document", purpose=Purpose.OPERATION, keep=Keep.ACCOUNT, personal=("title", "title_key", "title_words", "body_words")
    )
