"""Who takes part in the main job, and what they share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from tests.journeys.person import Person
from tests.journeys.site import today

TITLE = "Шлифовка и доводка прецизионных деталей"
STEM = "шлифовкой"
"""Another form of a word of the title: the catalogue finds it by its stem."""
RUSLAN, RUSLAN_MAIL = "Хайруллин Руслан", "ruslan@trainees.example"
DANIEL, DANIEL_MAIL = "Whitford Daniel", "daniel@trainees.example"
LEILA, LEILA_MAIL = "Сафина Лейла", "leila@trainees.example"


@dataclass
class Cast:
    """Everybody of the main job, each coming when first asked for."""

    come: Callable[..., Person]
    day: date = field(default_factory=lambda: today().date())
    places: dict[str, str] = field(default_factory=dict)
    """Addresses that a later scene goes back to."""

    @property
    def tomorrow(self) -> date:
        """The day after the journey's."""
        return self.day + timedelta(days=1)

    @cached_property
    def teacher(self) -> Person:
        """Writes the programme, and evaluates for the school."""
        return self.come(language="ru").become("school-teacher")

    @cached_property
    def manager(self) -> Person:
        """Leads the school: publishes, admits, issues."""
        return self.come(language="ru").become("school-manager")

    @cached_property
    def officer(self) -> Person:
        """Places the school's trainees."""
        return self.come(language="ru").become("school-placement_officer")

    @cached_property
    def employer(self) -> Person:
        """Leads the employer."""
        return self.come(language="en").become("employer-manager")

    @cached_property
    def mentor(self) -> Person:
        """Looks after the trainee at the plant, with a phone in hand."""
        return self.come(language="en", phone=True).become("employer-mentor")

    @cached_property
    def recruiter(self) -> Person:
        """Hires for the employer."""
        return self.come(language="en").become("employer-recruiter")

    @cached_property
    def ruslan(self) -> Person:
        """The trainee whom all of it is about, on a phone, in Russian."""
        return self.come(language="ru", phone=True)

    @cached_property
    def daniel(self) -> Person:
        """The trainee who waits in the queue, on a phone, in English."""
        return self.come(language="en", phone=True)

    @cached_property
    def leila(self) -> Person:
        """The trainee who gives the seat back."""
        return self.come(language="ru")

    @cached_property
    def stranger(self) -> Person:
        """Somebody without an account, who is shown a certificate."""
        return self.come(language="en")
