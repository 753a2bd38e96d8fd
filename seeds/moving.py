"""Trainees who move from one school to another: some have only asked, some wait for their own school, one has moved."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from seeds import consenting
from seeds.places import Region
from seeds.story import Life
from seeds.studying import Class
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries as enrolments
from training.courses.transfers import queries, services
from training.kernel.policy import Learner, Role, System

ACTOR = System("seeds")


class Move(NamedTuple):
    """From which school's running group, counted from its end, into which school's coming one; when, why, and what both answered.

    `begins` is the first day there, relative to today; with none it is the first day of training.
    """

    school: str
    code: str
    person: int
    aim: str
    aim_code: str
    asked: int
    words: str
    accepted: int | None = None
    begins: int | None = None
    confirmed: int | None = None
    declined: tuple[int, str] | None = None
    refused: tuple[int, str] | None = None
    named: bool = True
    """Whether a minor has named the guardian who is asked."""


MOVES = [
    Move("dtpt", "15.01.05", -2, "dtk", "15.02.18", -3, "Сварка не идёт из-за зрения, а с роботами получается: ходил в кружок."),
    Move("dtpt", "15.01.05", -3, "dtk", "15.01.38", -9, "Брат работает на станках в ДААЗ, хочу туда же.", accepted=-7),
    Move("dtk", "15.01.38", -2, "uac", "15.02.16", -8, "Семья переезжает в Ульяновск.", accepted=-6),
    Move("dtk", "15.01.38", -3, "dmtt", "09.02.11", -9, "Хочу программировать станки.", accepted=-7, refused=(-5, "Не сданы два зачёта.")),
    Move("dtk", "15.01.38", -4, "dtpt", "23.01.17", -9, "Техникум рядом с домом.", accepted=-7, confirmed=-5),
    Move("dtk", "13.01.10", -2, "dtpt", "23.01.17", -10, "Больше тянет к машинам.", accepted=-8, begins=-6, confirmed=-6),
    Move(
        "dtpt", "15.01.05", -4, "dtk", "15.02.16", -6, "Хочу быть технологом.", declined=(-4, "Разница в учебных планах больше 400 часов.")
    ),
]


def moves(region: Region, classes: Sequence[Class]) -> Iterator[Life]:
    """All of them, where both groups are there."""
    for move in MOVES:
        here = next((one for one in classes if is_of(one, move.school, move.code) and goes_on(one)), None)
        there = next((one for one in classes if is_of(one, move.aim, move.aim_code) and one.group.starts > 0), None)
        if here is not None and there is not None:
            yield moving(region, here, there, move)


def is_of(one: Class, school: str, code: str) -> bool:
    """Whether a group of both sizes of the region learns that there."""
    return one.group.school == school and one.group.code == code and one.group.core and not one.group.cancelled


def goes_on(one: Class) -> bool:
    """Whether a group studies now."""
    return one.group.starts < -20 and one.group.starts + one.group.days > 0


def moving(region: Region, here: Class, there: Class, move: Move) -> Life:
    """One wish, and the answers of both schools as far as they are given."""
    story = region.story
    yield story.at(story.workday(move.asked), 18)
    assert here.cohort is not None
    assert there.cohort is not None
    mine = enrolments.studying(here.cohort.id)[move.person]
    if mine.trainee.account_id is None:
        return
    me = Learner(mine.trainee.account_id, mine.trainee_id)
    aim = cohorts.cohort(me, there.cohort.id)
    key = services.ask(me, enrolments.enrolment(me, mine.id), cohort=aim, words=move.words).id
    if move.named:
        consenting.names(region, "transfer", key)
    receiver, sender = region.acting(move.aim, Role.MANAGER), region.acting(move.school, Role.MANAGER)
    if move.declined is not None:
        day, reason = move.declined
        yield story.at(story.workday(day), 10)
        services.decline(receiver, queries.transfer(ACTOR, key), reason=reason)
    if move.accepted is None:
        return
    yield story.at(story.workday(move.accepted), 11)
    begins = aim.starts_on if move.begins is None else story.day(story.workday(move.begins))
    consenting.answers("transfer", key, agrees=True)
    services.accept(receiver, queries.transfer(ACTOR, key), from_on=begins, funding=Funding.STATE)
    if move.refused is not None:
        day, reason = move.refused
        yield story.at(story.workday(day), 12)
        services.refuse(sender, queries.transfer(ACTOR, key), reason=reason)
    elif move.confirmed is not None:
        yield story.at(story.workday(move.confirmed), 12)
        services.confirm(sender, queries.transfer(ACTOR, key))
