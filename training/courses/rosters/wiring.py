"""What rosters hand down: the bundle that the list of trainees can be taken as."""

from training.courses.rosters import queries
from training.kernel.wiring import Wiring

WIRING = Wiring(tells={"trainees.bundle": queries.bundle})
