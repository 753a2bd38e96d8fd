"""How long something takes beside a floor of the same moment, because seconds by themselves tell how busy the machine is."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

STEPS = 1_000_000


@dataclass
class Pace:
    """What the block has taken, once it has ended."""

    floors: float = 0.0
    """Its processor time in floors: a million steps of a loop, about a thirtieth of a second on an idle machine."""


def floor() -> float:
    """The seconds of processor time that a million steps of a loop take now."""
    begun = time.process_time()
    for _step in range(STEPS):
        pass
    return time.process_time() - begun


@contextmanager
def paced() -> Iterator[Pace]:
    """Times the block in floors, measured before it and after it."""
    found, before = Pace(), floor()
    begun = time.process_time()
    yield found
    seconds = time.process_time() - begun
    found.floors = seconds / ((before + floor()) / 2)
