"""Trainees, what they studied before, and their photographs."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from training.accounts.models import Account
from training.files.models import StoredFile
from training.kernel import clock, keys
from training.kernel.db import Record, relationship
from training.kernel.db.types import Key, Line, Prose, Slug, Word
from training.kernel.register import Keep, Purpose, Register
from training.organisations.models import Organisation
from training.trainees.profiles.workflow import Schooling, Visibility

OF_AGE = 18


def age_on(born_on: date, day: date) -> int:
    """Full years on a day; somebody born on 29 February has a birthday on 1 March in other years."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def whole_name(family_name: str, given_name: str, patronymic: str | None) -> str:
    """Family name, given name and patronymic, as documents have them."""
    return " ".join(part for part in (family_name, given_name, patronymic) if part)


def identity_key(family_name: str, given_name: str, patronymic: str | None, born_on: date) -> str:
    """By what a school's roster tells people apart: the names and the birth date."""
    return keys.sort_key(f"{family_name} {given_name} {patronymic or ''} {born_on.isoformat()}")


def called(family_name: str, given_name: str, patronymic: str | None, born_on: date) -> dict[str, Any]:
    """The columns that tell who somebody is: names, birth date, and the keys made of them."""
    return {
        "family_name": family_name,
        "given_name": given_name,
        "patronymic": patronymic,
        "born_on": born_on,
        "name_key": keys.sort_key(whole_name(family_name, given_name, patronymic)),
        "identity_key": identity_key(family_name, given_name, patronymic, born_on),
    }


class Trainee(Record):
    """A person who studies, is placed, or looks for work; has an account or will claim one."""

    __tablename__ = "trainee"
    __table_args__ = (
        UniqueConstraint("school_id", "identity_key"),
        CheckConstraint("length(family_name) > 0 AND length(given_name) > 0", name="named"),
        CheckConstraint("merged_into_id <> id", name="merged_into_another"),
        Index("ix_trainee_school_name", "school_id", "name_key", "id"),
        Index("ix_trainee_school_group", "school_id", "group_code", "name_key"),
        Index("ix_trainee_school_born", "school_id", "born_on", "id"),
        Index("ix_trainee_school_email", "school_id", "email"),
        Index("ix_trainee_school_phone", "school_id", "phone"),
    )

    slug: Mapped[Slug] = mapped_column(unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), unique=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    """The school that studies with them or brought them here."""
    family_name: Mapped[Word]
    given_name: Mapped[Word]
    patronymic: Mapped[Word | None]
    name_key: Mapped[Key]
    identity_key: Mapped[Key]
    born_on: Mapped[date]
    email: Mapped[Line | None]
    phone: Mapped[Word | None]
    town: Mapped[Line | None]
    schooling: Mapped[Schooling | None]
    about: Mapped[Prose | None]
    group_code: Mapped[Word | None]
    """The school's own group, as its roster has it."""
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.SCHOOL)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("trainee.id"), index=True)
    """The record of the same person that is kept instead of this one."""
    version: Mapped[int] = mapped_column()
    account: Mapped[Account | None] = relationship()
    school: Mapped[Organisation | None] = relationship()

    __register__ = Register(
        "trainee",
        purpose=Purpose.TRAINING,
        keep=Keep.STUDY,
        personal=("family_name", "given_name", "patronymic", "name_key", "identity_key", "born_on", "email", "phone", "town", "about"),
    )
    __mapper_args__ = {"version_id_col": version}

    @property
    def name(self) -> str:
        """Family name first, as lists have it; the patronymic stays in documents."""
        return f"{self.family_name} {self.given_name}"

    @property
    def full_name(self) -> str:
        """The whole name, as documents have it."""
        return whole_name(self.family_name, self.given_name, self.patronymic)

    def age(self, day: date | None = None) -> int:
        """Full years, today unless a day is given."""
        return age_on(self.born_on, day or clock.today())

    def is_minor(self, day: date | None = None) -> bool:
        """Under 18, today unless a day is given."""
        return self.age(day) < OF_AGE

    def call(self, *, family_name: str, given_name: str, patronymic: str | None, born_on: date) -> None:
        """Sets the names, the birth date and the keys made of them."""
        for name, value in called(family_name, given_name, patronymic, born_on).items():
            setattr(self, name, value)

    def __str__(self) -> str:
        """The name as lists have it."""
        return self.name


class Education(Record):
    """What a trainee studied elsewhere, as they say it themselves."""

    __tablename__ = "education"
    __table_args__ = (CheckConstraint("from_year IS NULL OR until_year IS NULL OR from_year <= until_year", name="years_in_order"),)

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    place: Mapped[Line]
    """The school, as it is called."""
    what: Mapped[Line]
    """What was studied there, or the qualification."""
    from_year: Mapped[int | None]
    until_year: Mapped[int | None]

    __register__ = Register("education", purpose=Purpose.TRAINING, keep=Keep.STUDY, personal=("place", "what", "from_year", "until_year"))

    @property
    def years(self) -> str:
        """From when to when, as far as it is known."""
        return "–".join(str(year) for year in dict.fromkeys((self.from_year, self.until_year)) if year is not None)


class Photo(Record):
    """The photograph on a trainee's card."""

    __tablename__ = "photo"

    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), unique=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    file: Mapped[StoredFile] = relationship()

    __register__ = Register("photo", purpose=Purpose.TRAINING, keep=Keep.ACCOUNT)
