"""How a team stands as the school reads it: how many places it asks for, who of it has answered, and what it waits for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import SEATED, State
from training.courses.teams.models import Team, TeamMember
from training.courses.teams.workflow import Standing
from training.kernel.i18n import _, ngettext

SITS = tuple(state for state in SEATED if state is not State.OFFERED)
"""Those whose seat is theirs."""


@dataclass(frozen=True)
class Line:
    """One team that was sent in, with its people in the order in which they joined."""

    team: Team
    members: Sequence[TeamMember]
    waits: bool
    """Whether it is called when it is its turn; not while its people think again."""
    rank: int | None
    """The place of its first one in the queue."""

    @property
    def id(self) -> int:
        """The team's key."""
        return self.team.id

    def _in(self, *states: State) -> list[Enrolment]:
        return [one.enrolment for one in self.members if one.enrolment is not None and one.enrolment.state in states]

    @property
    def left(self) -> int:
        """How many still wait for a seat or have one."""
        return len(self._in(State.WAITLISTED, *SEATED))

    @property
    def standing(self) -> Standing:
        """Where it stands."""
        if self._in(State.OFFERED):
            return Standing.CALLED
        if self._in(State.WAITLISTED):
            return Standing.WAITING if self.waits else Standing.AGAIN
        return Standing.SEATED if self._in(*SITS) else Standing.GONE

    @property
    def called(self) -> int:
        """For how many a seat is held."""
        return len(self._in(State.OFFERED))

    @property
    def agreed(self) -> Sequence[str]:
        """Who of those has said yes, by name."""
        return self._called(agreed=True)

    @property
    def silent(self) -> Sequence[str]:
        """Who of those has not answered, by name."""
        return self._called(agreed=False)

    def _called(self, *, agreed: bool) -> list[str]:
        held = [(one, one.enrolment) for one in self.members if one.enrolment is not None and one.enrolment.state is State.OFFERED]
        return [one.trainee.name for one, enrolment in held if (enrolment.agreed_at is not None) is agreed]

    @property
    def until_at(self) -> datetime | None:
        """Until when those who are called can answer."""
        return next((one.claim_until_at for one in self._in(State.OFFERED)), None)

    @property
    def waits_for(self) -> str:
        """What has to happen next, in words."""
        match self.standing:
            case Standing.CALLED:
                return ngettext("The answer of %(names)s", "The answers of %(names)s", len(self.silent), names=", ".join(self.silent))
            case Standing.WAITING:
                number = len(self._in(State.WAITLISTED))
                words = ngettext("%(num)s free seat", "%(num)s free seats at once", number)
                return f"{words}; {_('number %(rank)s in the queue', rank=self.rank)}" if self.rank is not None else words
            case Standing.AGAIN:
                return _("That one of them sends the rest in again")
            case Standing.SEATED:
                return _("Nothing: those who are left have seats")
            case Standing.GONE:
                return _("Nothing: nobody is left")
