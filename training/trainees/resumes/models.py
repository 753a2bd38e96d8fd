"""What is read in a résumé; nothing of it is a table: what is taken becomes part of the profile and the passport, the rest is not kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from training.kernel.i18n import LazyString

PHONE, TOWN, ABOUT, LINE = 60, 200, 4000, 200
"""Characters for which the profile has room."""


@dataclass(frozen=True)
class Line:
    """Something that was studied, or a certificate."""

    place: str
    what: str
    from_year: int | None
    until_year: int | None
    path: str


@dataclass(frozen=True)
class Ability:
    """A skill as the file calls it, with the level that its word means."""

    name: str
    level: int
    path: str


@dataclass(frozen=True)
class Left:
    """What is not taken: where it stands, how often, what it says in short, and why."""

    path: str
    number: int
    said: str
    why: str | LazyString


@dataclass(frozen=True)
class Resume:
    """What the product can take from a résumé, and what it leaves."""

    phone: str | None = None
    town: str | None = None
    about: str | None = None
    educations: Sequence[Line] = ()
    certificates: Sequence[Line] = ()
    abilities: Sequence[Ability] = ()
    left: Sequence[Left] = field(default=())
