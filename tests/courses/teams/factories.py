"""Teams for tests, valid by default."""

from collections.abc import Sequence

from tests.courses.factories import SYSTEM
from tests.factories import learner, make_trainee
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as studying
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import Leaving
from training.courses.teams import queries, services
from training.courses.teams.models import Team
from training.kernel.db import db
from training.kernel.policy import Learner


def make_team(cohort: Cohort, number: int = 3, *, sent: bool = False, funding: Funding = Funding.STATE) -> "Crew":
    """A team of so many new trainees, sent in if asked for."""
    people = [learner(make_trainee()) for _ in range(number)]
    team = services.start(people[0], cohort, funding=funding)
    crew = Crew(team.id, people)
    for person in people[1:]:
        services.join(person, queries.by_slug(person, team.slug))
    if sent:
        crew.send_in()
    return crew


class Crew:
    """A team and its people as actors, the leader first."""

    def __init__(self, key: int, people: Sequence[Learner]) -> None:
        self.key, self.people = key, list(people)

    @property
    def team(self) -> Team:
        db.session.rollback()
        db.session.expire_all()
        return queries.team(SYSTEM, self.key)

    def send_in(self) -> bool:
        return services.send_in(self.people[0], self.team)

    def send_again(self, number: int = 0) -> None:
        services.send_again(self.people[number], self.team)

    def enrolment(self, number: int) -> Enrolment:
        db.session.rollback()
        db.session.expire_all()
        (mine,) = [one for one in queries.members(self.key) if one.trainee_id == self.people[number].trainee_id]
        assert mine.enrolment_id is not None, "sent in"
        return enrolments.enrolment(SYSTEM, mine.enrolment_id)

    def claim(self, number: int) -> None:
        studying.claim(self.people[number], self.enrolment(number))

    def decline(self, number: int) -> None:
        studying.decline(self.people[number], self.enrolment(number))

    @property
    def states(self) -> list[str]:
        """How everybody stands, in the order in which they joined."""
        db.session.rollback()
        db.session.expire_all()
        return [one.enrolment.state.value if one.enrolment else "" for one in queries.members(self.key)]

    def ranks(self, cohort_id: int) -> list[int]:
        """Their places in the queue."""
        found = enrolments.ranks([cohort_id])
        return [min(found[one.enrolment_id].values()) for one in queries.members(self.key) if one.enrolment_id in found]


def leave(key: int) -> None:
    """Whoever has that enrolment leaves it."""
    db.session.rollback()
    db.session.expire_all()
    actor = learner(enrolments.enrolment(SYSTEM, key).trainee)
    studying.withdraw(actor, enrolments.enrolment(actor, key), because=Leaving.WORK)


def again(cohort: Cohort) -> Cohort:
    """The cohort as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return cohorts.cohort(SYSTEM, cohort.id)
