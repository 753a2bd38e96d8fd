"""How much of the region is told: one story, in two sizes."""

from enum import StrEnum


class Size(StrEnum):
    """`full` is the demonstration; `small` has every state and is for tests. CADRE_DEMO chooses; without it, `full`."""

    SMALL = "small"
    FULL = "full"

    def pick(self, small: int, full: int) -> int:
        """The number for this size."""
        return full if self is Size.FULL else small

    @property
    def since(self) -> int:
        """The day on which the region begins, counted from today."""
        return self.pick(-230, -790)
