"""Requests that a module be recognised, and the decisions on them, which are only ever added."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import Module
from training.courses.recognitions.workflow import State, Verdict
from training.files.models import StoredFile
from training.kernel.db import Record, relationship
from training.kernel.db.types import Prose
from training.kernel.register import Keep, Purpose, Register
from training.kernel.workflow import Party

_STANDING = text("state IN ('asked', 'sent_back', 'accepted')")


class Recognition(Record):
    """That a trainee need not study a module, because they learnt it before: their words, and what they show.

    They show a file, or one thing that a school has marked here (a credential that they hold, or a module that they passed), or both.
    """

    __tablename__ = "recognition"
    __table_args__ = (
        ForeignKeyConstraint(["enrolment_id", "school_id"], ["enrolment.id", "enrolment.school_id"]),
        CheckConstraint("file_id IS NOT NULL OR credential_id IS NOT NULL OR passed_module_id IS NOT NULL", name="some_evidence"),
        CheckConstraint("credential_id IS NULL OR passed_module_id IS NULL", name="one_of_what_is_marked"),
        CheckConstraint("(passed_module_id IS NULL) = (passed_in_id IS NULL)", name="passed_somewhere"),
        Index(
            "uq_recognition_standing",
            "enrolment_id",
            "module_id",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
        Index("ix_recognition_enrolment", "enrolment_id", "id"),
        Index("ix_recognition_school", "school_id", "state", "id"),
    )

    school_id: Mapped[int] = mapped_column()
    enrolment_id: Mapped[int] = mapped_column()
    module_id: Mapped[int] = mapped_column(ForeignKey("module.id"), index=True)
    words: Mapped[Prose]
    """Where and how it was learnt, as the trainee says it."""
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    """The evidence, where it is a file."""
    credential_id: Mapped[int | None] = mapped_column(ForeignKey("credential.id"), index=True)
    """The credential that the trainee shows of those they were given here; credentials stand above this noun."""
    passed_in_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    """The study, at whatever school, in which they passed the module that they show."""
    passed_module_id: Mapped[int | None] = mapped_column(ForeignKey("module.id"), index=True)
    """The module that they passed there; its mark is read in the passport, as it is now."""
    asked_on: Mapped[date]
    state: Mapped[State] = mapped_column(default=State.ASKED)
    version: Mapped[int] = mapped_column()
    enrolment: Mapped[Enrolment] = relationship(foreign_keys=[enrolment_id, school_id])
    module: Mapped[Module] = relationship(foreign_keys=[module_id])
    file: Mapped[StoredFile | None] = relationship()
    decisions: Mapped[list["RecognitionDecision"]] = relationship(order_by="RecognitionDecision.id")

    __register__ = Register("recognition", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("words",))
    __mapper_args__ = {"version_id_col": version}

    @property
    def parties(self) -> Mapping[Party, tuple[str, int]]:
        """The trainee and the school."""
        return {Party.TRAINEE: ("trainee", self.enrolment.trainee_id), Party.SCHOOL: ("organisation", self.school_id)}

    @property
    def chosen(self) -> bool:
        """Whether the trainee shows something that a school has marked here."""
        return self.credential_id is not None or self.passed_module_id is not None

    @property
    def decision(self) -> "RecognitionDecision | None":
        """The last one."""
        return self.decisions[-1] if self.decisions else None


class RecognitionDecision(Record):
    """What one person of the school decided on a day, in their own name; a later decision is a further row.

    Rows neither change nor go (the database refuses); only the words can be erased.
    """

    __tablename__ = "recognition_decision"
    __table_args__ = (Index("ix_recognition_decision_recognition", "recognition_id", "id"),)

    recognition_id: Mapped[int] = mapped_column(ForeignKey("recognition.id"))
    verdict: Mapped[Verdict]
    words: Mapped[Prose]
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    decided_on: Mapped[date]
    by: Mapped[Account] = relationship()

    __register__ = Register("recognition_decision", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("words",))
