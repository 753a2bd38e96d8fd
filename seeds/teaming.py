"""People who come together or not at all: a team that has its seats, one that waits in a queue, one that forms still."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from seeds.names import Names
from seeds.people import account
from seeds.places import Region
from seeds.story import Life
from seeds.studying import Class
from training.courses.cohorts.workflow import Funding
from training.courses.teams import queries, services
from training.kernel.policy import Learner, Visitor
from training.trainees.profiles import services as profiles


class Crew(NamedTuple):
    """For which group to come (school and code), how many, when they meet (relative to today), and whether they are sent in."""

    school: str
    code: str
    size: int
    met: int
    sent: bool = True


CREWS = [
    Crew("dtpt", "23.01.17", 3, -6),
    Crew("dtk", "15.01.05", 3, -3),
    Crew("dtk", "15.02.18", 2, -2, sent=False),
]


def teams(region: Region, classes: Sequence[Class]) -> Iterator[Life]:
    """All of them."""
    names = Names(Random("Teams"))
    for crew in CREWS:
        one = next(one for one in classes if (one.group.school, one.group.code) == (crew.school, crew.code) and one.group.starts > 0)
        yield coming(region, one, crew, names)


def coming(region: Region, one: Class, crew: Crew, names: Names) -> Life:
    """One starts a team, the others join by its link a day later, and the first sends it in."""
    story = region.story
    yield story.at(crew.met, 19)
    assert one.cohort is not None
    people = [newcomer(region, names, number) for number in range(crew.size)]
    team = services.start(people[0], one.cohort, funding=Funding.STATE)
    yield story.at(crew.met + 1, 12)
    for person in people[1:]:
        services.join(person, queries.by_slug(person, team.slug))
    if crew.sent:
        yield story.at(crew.met + 1, 20)
        services.send_in(people[0], queries.team(people[0], team.id))


def newcomer(region: Region, names: Names, number: int) -> Learner:
    """Somebody with an account and a profile."""
    name = names.another()
    person = account(name, email=f"{name.latin}@team.example")
    called = {"family_name": name.family, "given_name": name.given, "patronymic": name.patronymic}
    trainee = profiles.make(Visitor(person.id), person, born_on=region.story.day(-365 * 19 - 40 * number), town="Димитровград", **called)
    return Learner(person.id, trainee.id)
