"""What people of the demonstration region have written to each other."""

from collections.abc import Sequence
from typing import NamedTuple

from seeds.places import Region
from seeds.story import Story
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
    Line(1, 15, Party.SCHOOL, "За вами держат место. Если остались вопросы по документам, спросите здесь."),
]


def build(region: Region) -> None:
    """The threads of the people one can be at one click."""
    for name, found, lines in (
        ("trainee", placements.mine, PLACEMENT),
        ("graduate", applications.mine, APPLICATION),
        ("applicant", enrolments.mine, ENROLMENT),
    ):
        actor = region.personas[name]
        records: Sequence[Record] = found(actor)
        talk(region.story, actor, records[0], lines)


def talk(story: Story, me: Actor, record: Record, lines: Sequence[Line]) -> None:
    """Has the lines written on a record, each by the first who holds it on that side."""
    place = queries.place(me, record.__tablename__, record.id)
    by = {side.party: side.people[0] for side in place.sides() if side.people}
    for line in lines:
        person = by[line.by]
        actor = me if person.organisation_id is None else acting(person.account_id, person.organisation_id)
        assert actor is not None
        with story.on(-line.days, line.hour):
            files = [(PLAN.encode(), line.file)] if line.file else []
            services.write(actor, place, text=line.text, files=files)
