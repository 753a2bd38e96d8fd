"""What gradebooks hand down: nothing; they only read."""

from training.kernel.wiring import Wiring

WIRING = Wiring()
