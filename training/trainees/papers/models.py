"""Papers signed by guardians."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.files.models import StoredFile
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party
from training.trainees.consents.models import Consent
from training.trainees.papers.workflow import Says, State


class ConsentPaper(Record):
    """A guardian's answer on paper: the scan, who brought it, and what a second person found."""

    __tablename__ = "consent_paper"
    __table_args__ = (
        Index(
            "uq_consent_paper_open",
            "consent_id",
            unique=True,
            sqlite_where=text("state = 'brought'"),
            postgresql_where=text("state = 'brought'"),
        ),
    )

    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    says: Mapped[Says]
    brought_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    brought_at: Mapped[datetime]
    state: Mapped[State] = mapped_column(default=State.BROUGHT)
    reason: Mapped[Prose | None]
    """Why it was not taken."""
    version: Mapped[int] = mapped_column()
    consent: Mapped[Consent] = relationship()
    file: Mapped[StoredFile] = relationship()
    brought_by: Mapped[Account] = relationship()

    __register__ = Register("consent_paper", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("reason",))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The school."""
        return {Party.SCHOOL: ("organisation", self.school_id)}
