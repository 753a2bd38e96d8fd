"""A version in review, with remarks on it; and one that was published while people applied: their cohort moves to it."""

from collections.abc import Iterator
from datetime import datetime

from seeds.places import Region
from seeds.programmes import Versions, next_version
from seeds.story import Life
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.policies import why_not_renew
from training.courses.endorsements import queries as endorsements
from training.courses.endorsements import services as endorsing
from training.courses.enrolments import renewing
from training.courses.programmes import queries as programmes
from training.courses.programmes.models import ProgrammeVersion
from training.courses.remarks import queries, services
from training.kernel.policy import Role

SCHOOL, CODE, EMPLOYER, OCCUPATION = "dtk", "15.01.35", "avtosvet", "toolmaker"
TAUGHT = ("dtpt", "23.01.17")


def remarks(region: Region, versions: Versions) -> Iterator[Life]:
    """On the next version of the fitters' programme; and what became of the mechanics' next version."""
    yield reviewing(region, versions)
    yield next_version(region, versions, TAUGHT, begins=-24, hands_in=-18, publishes=-15)
    yield moving(region, versions[TAUGHT])


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


def moving(region: Region, before: ProgrammeVersion) -> Life:
    """The cohort that people apply for moves from the version that it was planned with to the next one."""
    manager = region.acting(TAUGHT[0], Role.MANAGER)
    yield region.story.at(region.story.workday(-12), 10)
    newest = programmes.published_of(before.programme_id)
    for cohort in cohorts.offered_for(manager, [before.id]):
        if newest is not None and not why_not_renew(cohort, now=before, to=newest):
            renewing.renew(manager, cohort, version=cohort.version, to=newest)


def at(region: Region, hour: int) -> datetime:
    """That hour of the day on which it was handed in."""
    return region.story.at(region.story.workday(-4), hour)
