"""What people of the demonstration region have written to each other."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from seeds.places import Region
from seeds.story import Life
from training.accounts.memberships.queries import acting
from training.candidates.applications import queries as applications
from training.courses.enrolments import queries as enrolments
from training.internships.placements import queries as placements
from training.kernel.db import Record
from training.kernel.policy import Actor
from training.kernel.workflow import Party
from training.threads import queries, services

PLAN = "План практики\n\n1-я неделя: техника безопасности, знакомство со станком.\n2-я неделя: наладка под присмотром.\n"


class Line(NamedTuple):
    """A message: how many days ago, at which hour, from whose side, what; and what goes with it."""

    days: int
    hour: int
    by: Party
    text: str
    file: str | None = None


PLACEMENT = [
    Line(16, 11, Party.TRAINEE, "Здравствуйте. К какой проходной приходить в первый день и нужна ли своя спецодежда?"),
    Line(16, 14, Party.EMPLOYER, "Проходная № 2, к 7:45, с паспортом. Спецодежду выдадим, обувь возьмите закрытую."),
    Line(15, 9, Party.SCHOOL, "Прикладываю план практики, по нему потом заполняется дневник.", file="План практики.txt"),
    Line(1, 16, Party.EMPLOYER, "Завтра начинаем с наладки под новую деталь, приходите в цех сразу."),
]
APPLICATION = [
    Line(6, 10, Party.EMPLOYER, "Добрый день. Подскажите, с какого числа вы готовы выйти?"),
    Line(6, 12, Party.TRAINEE, "Добрый день. После получения диплома, с первого числа следующего месяца."),
]
ENROLMENT = [
    Line(1, 18, Party.SCHOOL, "За вами держат место. Если остались вопросы по документам, спросите здесь."),
]


def conversations(region: Region) -> Iterator[Life]:
    """What is said on the records of the people one can be at one press."""
    yield conversation(region, "trainee", placements.mine, PLACEMENT)
    yield conversation(region, "graduate", applications.mine, APPLICATION)
    yield conversation(region, "applicant", enrolments.mine, ENROLMENT)


def conversation(region: Region, name: str, found: Callable[[Actor], Sequence[Record]], lines: Sequence[Line]) -> Life:
    """The lines on one person's newest record, each by the first who holds it on that side."""
    for line in lines:
        yield region.story.at(-line.days, line.hour)
        me = region.personas.get(name)
        records = found(me) if me is not None else ()
        if me is not None and records:
            say(me, records[0], line)


def say(me: Actor, record: Record, line: Line) -> None:
    """Has a line written on a record."""
    place = queries.place(me, record.__tablename__, record.id)
    person = next(side.people[0] for side in place.sides() if side.party is line.by and side.people)
    actor = me if person.organisation_id is None else acting(person.account_id, person.organisation_id)
    assert actor is not None
    files = [(PLAN.encode(), line.file)] if line.file else []
    services.write(actor, place, text=line.text, files=files)
