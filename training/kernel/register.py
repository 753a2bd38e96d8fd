"""The data register: every table says what it holds of whom, why and for how long."""

from dataclasses import dataclass, field
from enum import StrEnum


class Purpose(StrEnum):
    """Why the data are processed."""

    ACCESS = "access"
    TRAINING = "training"
    RECRUITING = "recruiting"
    FUNDING = "funding"
    OPERATION = "operation"
    PUBLIC = "public"


class Keep(StrEnum):
    """How long rows are kept."""

    MOMENT = "moment"
    """Days: counters, receipts, finished jobs."""
    ACCOUNT = "account"
    """As long as the account lives."""
    STUDY = "study"
    """As long as the law asks schools to keep records of study."""
    RECRUITING = "recruiting"
    """Until the recruiting is over and its claims are time-barred."""
    AUDIT = "audit"
    """The audit trail: as long as the installation lives."""
    PUBLISHED = "published"
    """Public or organisational facts, not about a person."""


@dataclass(frozen=True)
class Register:
    """What one table holds: the kind of thing, why, how long, and which columns are about a person."""

    kind: str
    purpose: Purpose
    keep: Keep
    personal: tuple[str, ...] = field(default=())
    of_person: bool = field(default=True, kw_only=True)
    """Whether an account that stands in a row makes it that person's; a membership or an import is its organisation's."""
    through: str | None = field(default=None, kw_only=True)
    """The table that says whose the rows are, where they have no column of their own for it: an agreement's annex."""
    files: bool = field(default=True, kw_only=True)
    """Whether files of the rows go into the person's own copy; a letter to somebody else does not."""
    withheld: tuple[str, tuple[str, ...]] | None = field(default=None, kw_only=True)
    """A column with a moment, and the columns that the person does not know of before it."""
