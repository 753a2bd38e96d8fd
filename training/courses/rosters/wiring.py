"""What rosters hand down: the bundle that the list of trainees can be taken as, and what of one comes in beside trainees."""

from training.courses.rosters import queries
from training.courses.rosters.classes import CLASSES
from training.courses.rosters.places import PLACES
from training.kernel.wiring import Wiring

WIRING = Wiring(tells={"trainees.bundle": queries.bundle}, parts={part.name: part for part in (CLASSES, PLACES)})
