"""The academic years of the schools: two terms and summer courses, with the days on which the whole country is off."""

from collections.abc import Iterator
from datetime import date

from seeds.places import FURTHER_SCHOOLS, SCHOOLS, Region
from seeds.size import Size
from seeds.story import Life
from training.courses.calendar import services
from training.courses.calendar.workflow import PeriodKind
from training.kernel.policy import Role

TERMS = [
    ("Осенний семестр", (9, 1), (12, 29)),
    ("Весенний семестр", (1, 9), (6, 30)),
    ("Летние курсы", (7, 1), (8, 31)),
]
OFF = [
    ("День народного единства", (11, 4), (11, 4)),
    ("День защитника Отечества", (2, 23), (2, 23)),
    ("Международный женский день", (3, 8), (3, 8)),
    ("Праздник Весны и Труда", (5, 1), (5, 3)),
    ("День Победы", (5, 9), (5, 9)),
    ("День России", (6, 12), (6, 12)),
]


def years(region: Region) -> Iterator[Life]:
    """Those of every school."""
    for place in [*SCHOOLS, *FURTHER_SCHOOLS] if region.size is Size.FULL else SCHOOLS:
        yield planning(region, place.slug)


def planning(region: Region, school: str) -> Life:
    """The first year is written down when the school comes; each further one begins from the last in June."""
    story, manager = region.story, region.acting(school, Role.MANAGER)
    began = story.day(region.size.since + 18)
    first = began.year if began.month >= 9 else began.year - 1
    yield story.at(region.size.since + 18, 10)
    year = services.plan(manager, region.schools[school], starts_on=date(first, 9, 1), ends_on=date(first + 1, 8, 31))
    for kind, parts in ((PeriodKind.TERM, TERMS), (PeriodKind.HOLIDAY, OFF)):
        for name, (month, day), (last_month, last_day) in parts:
            services.add_period(
                manager,
                year,
                kind=kind,
                name=name,
                starts_on=date(first + (month < 9), month, day),
                ends_on=date(first + (last_month < 9), last_month, last_day),
            )
    while (planned := story.offset(date(year.ends_on.year, 6, 2))) < 0:
        yield story.at(max(planned, region.size.since + 19), 10)
        year = services.plan_next(manager, year)
