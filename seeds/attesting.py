"""Credentials after they were issued: one was wrong, is revoked and proposed anew; another is to be revoked, and waits for a second person."""

from collections.abc import Iterator

from seeds.places import Region
from seeds.story import Life
from seeds.studying import Class
from training.courses.awards import services as awards
from training.courses.credentials import queries
from training.courses.credentials.models import Credential
from training.courses.enrolments import queries as enrolments
from training.courses.revocations import services
from training.kernel.policy import Role

SHOWN = "ЧПУ-В-2"
"""The group whose credentials it happens to."""


def second_looks(region: Region, classes: list[Class]) -> Iterator[Life]:
    """All of it, at one school."""
    done = next(one for one in classes if one.group.name == SHOWN)
    yield replaced(region, done, 3)
    yield doubted(region, done, 5)


def replaced(region: Region, done: Class, number: int) -> Life:
    """A credential turns out to be wrong and is revoked; the next one waits to be confirmed."""
    story, school = region.story, done.group.school
    teacher, manager = region.acting(school, Role.TEACHER), region.acting(school, Role.MANAGER)
    yield story.at(story.workday(-40), 12)
    revocation = services.propose(teacher, held(done, number), reason="Ошибка в часах программы; будет выдан новый документ.")
    yield story.at(story.workday(-39), 9)
    services.confirm(manager, revocation)
    yield story.at(story.workday(-1), 15)
    assert done.cohort is not None
    awards.propose(teacher, enrolments.completed(done.cohort.id)[number])


def doubted(region: Region, done: Class, number: int) -> Life:
    """Somebody proposes to revoke a credential; the manager has not answered yet."""
    story = region.story
    yield story.at(story.workday(-1), 16)
    services.propose(region.acting(done.group.school, Role.TEACHER), held(done, number), reason="Опечатка в отчестве держателя.")


def held(done: Class, number: int) -> Credential:
    """The credential of the person of that number among those who completed."""
    assert done.cohort is not None
    finished = enrolments.completed(done.cohort.id)
    return queries.of_enrolments([finished[number].id])[finished[number].id]
