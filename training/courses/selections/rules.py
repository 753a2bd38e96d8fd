"""What a cohort asks of its applicants, as a school writes it."""

from typing import NamedTuple


class Rule(NamedTuple):
    """A criterion as a school writes it."""

    name: str
    weight: int
    maximum: int


class Wish(NamedTuple):
    """A document as a school asks for it."""

    name: str
    required: bool
