"""What signing a ruling would do, line by line: who, from where to where, and why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.rulings import policies, queries
from training.courses.rulings.models import Ruling, RulingLine
from training.courses.rulings.workflow import BECOMES
from training.kernel.i18n import LazyString


@dataclass(frozen=True)
class Prospect:
    """One person of a draft: what would become of them, or what stands against it."""

    line: RulingLine
    becomes: EnrolmentState
    to: Cohort | None
    """The cohort they would be in."""
    seat: SeatPool | None
    against: Sequence[str | LazyString]

    @property
    def was(self) -> EnrolmentState:
        """Where they stand, or stood when it was signed."""
        return self.line.was or self.line.enrolment.state


def prospects(ruling: Ruling, today: date) -> list[Prospect]:
    """Of everybody whom a ruling names, by name: as many statements for a thousand as for one."""
    lines = queries.lines(ruling)
    facts = queries.facts(ruling, lines, today)
    return [_prospect(ruling, line, policies.seat_of(line, facts), policies.why_not_carry_out(ruling, line, facts)) for line in lines]


def decided(ruling: Ruling) -> list[Prospect]:
    """The same of a ruling that is signed or dropped, where nothing is asked any more."""
    return [_prospect(ruling, line, None, ()) for line in queries.lines(ruling)]


def _prospect(ruling: Ruling, line: RulingLine, seat: SeatPool | None, against: Sequence[str | LazyString]) -> Prospect:
    back = line.reverses
    becomes = (back.was or line.enrolment.state) if back is not None else BECOMES[ruling.kind]
    return Prospect(line, becomes, line.enrolment.cohort if back is not None else line.to_cohort, seat, against)
