"""A version in review: a second person and an employer make remarks on it, one of them is answered, one settled."""

from collections.abc import Iterator
from datetime import datetime

from seeds.places import Region
from seeds.programmes import Versions
from seeds.story import Life
from training.courses.endorsements import queries as endorsements
from training.courses.endorsements import services as endorsing
from training.courses.programmes import queries as programmes
from training.courses.remarks import queries, services
from training.kernel.policy import Role

SCHOOL, CODE, EMPLOYER, OCCUPATION = "dtk", "15.01.35", "avtosvet", "toolmaker"


def remarks(region: Region, versions: Versions) -> Iterator[Life]:
    """On the next version of the fitters' programme."""
    yield reviewing(region, versions)


def reviewing(region: Region, versions: Versions) -> Life:
    """What is said of it from the day on which it was handed in."""
    author, second = region.acting(SCHOOL, Role.TEACHER, 1), region.acting(SCHOOL, Role.MANAGER)
    employer = region.acting(EMPLOYER, Role.MANAGER)
    yield at(region, 13)
    unfinished = programmes.unfinished(versions[SCHOOL, CODE].programme_id)
    if unfinished is None:
        return
    key = unfinished.id
    asked = endorsing.ask(
        author, programmes.version(author, key), employer=region.employers[EMPLOYER], occupation_id=region.occupations[OCCUPATION]
    )
    yield at(region, 14)
    module = programmes.version(second, key).modules[0]
    place = f"outcome-{module.outcomes[0].id}" if module.outcomes else f"module-{module.id}"
    first = services.add(
        second, programmes.version(second, key), place=place, words="По какому стандарту? Назовите ГОСТ, иначе это не проверить."
    )
    hours = services.add(
        second, programmes.version(second, key), place="details", words="Срок тот же, а часов практики больше: сверьте с учебным планом."
    )
    yield at(region, 15)
    endorsing.remark(
        employer,
        endorsements.endorsement(employer, asked.id),
        place=place,
        words="Нам нужны и сборочные чертежи: без них на участке не начать.",
    )
    services.answer(author, queries.remark(author, first.id), answer="Добавлю ГОСТ 2.109 в следующей правке.")
    services.answer(author, queries.remark(author, hours.id), answer="Сверено: часы учтены в плане второго курса.")
    yield at(region, 16)
    services.settle(second, queries.remark(second, hours.id))


def at(region: Region, hour: int) -> datetime:
    """That hour of the day on which it was handed in."""
    return region.story.at(region.story.workday(-4), hour)
