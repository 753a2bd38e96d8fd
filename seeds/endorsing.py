"""Employers who shape what schools teach: asked about a programme, they endorse it, decline, or still owe an answer."""

from collections.abc import Iterator
from typing import NamedTuple

from seeds.places import Region
from seeds.programmes import Versions
from seeds.story import Life
from training.courses.endorsements import queries, services
from training.courses.programmes import queries as programmes
from training.kernel.policy import Role


class Plea(NamedTuple):
    """Which school asks whom about which programme, when (relative to today), and what became of it."""

    school: str
    code: str
    employer: str
    occupation: str
    asked: int
    answered: int | None = None
    words: str | None = None
    given: bool = True


PLEAS = [
    Plea("dtk", "15.01.38", "daaz", "cnc-operator", -120, -104, "Берём после практики без доучивания: чертёж, замеры, поправки."),
    Plea("dtk", "15.01.38", "dzpm", "cnc-operator", -90, -80, "Участок корпусных деталей ждёт именно таких."),
    Plea("dtk", "15.01.05", "torsion", "welder", -200, -188, "Проверили программу с нашим технологом по сварке."),
    Plea("dtk", "27.02.07", "prizma", "quality-technician", -70, -58, "Карты контроля разбираем вместе со студентами."),
    Plea("dtk", "15.02.18", "robotech", "robot-controller", -60, -41, "Не хватает часов на поиск неисправностей ячейки.", given=False),
    Plea("dtk", "15.01.35", "avtosvet", "toolmaker", -5),
    Plea("dtk", "15.02.16", "daaz", "process-technician", -4),
    Plea("dtpt", "15.01.05", "torsion", "welder", -150, -139, "Полуавтомат и контроль шва: то, с чем приходят к нам."),
    Plea("dtpt", "18460", "harness", "automotive-electrician", -45, -38, "Короткий курс под наши жгуты, преподаёт наш мастер."),
]


def pleas(region: Region, versions: Versions) -> Iterator[Life]:
    """All of them."""
    for plea in PLEAS:
        if plea.asked > region.size.since + 20:
            yield asking(region, versions, plea)


def asking(region: Region, versions: Versions, plea: Plea) -> Life:
    """One request and its answer; whoever has not answered is asked still."""
    story = region.story
    yield story.at(story.workday(plea.asked), 11)
    version = programmes.version(region.acting(plea.school, Role.TEACHER), versions[plea.school, plea.code].id)
    made = services.ask(
        region.acting(plea.school, Role.TEACHER),
        version,
        employer=region.employers[plea.employer],
        occupation_id=region.occupations[plea.occupation],
    )
    if plea.answered is None:
        return
    yield story.at(story.workday(plea.answered), 15)
    manager = region.acting(plea.employer, Role.MANAGER)
    endorsement = queries.endorsement(manager, made.id)
    if plea.given:
        services.give(manager, endorsement, until=services.valid(3, story.day(plea.answered)), words=plea.words)
    else:
        services.decline(manager, endorsement, reason=plea.words or "")
