"""The demonstration region: built through the services, with dates relative to the day it is loaded.

What happens is told in chapters. Each looks at the region, and gives the lives that the story tells among all others; a further
chapter (photos, awards …) is a function like these and a line in `chapters`.
"""

import time
from collections.abc import Iterator

import click

from seeds import (
    attesting,
    building_on,
    bundling,
    buying,
    doubling,
    endorsing,
    guardians,
    handing_out,
    hiring,
    law_rules,
    marking,
    moving,
    openings,
    places,
    placing,
    programmes,
    quotas,
    recognising,
    reviewing,
    rosters,
    ruling,
    selecting,
    studying,
    talk,
    taxonomy,
    teaming,
    timetables,
    vacancies,
    visiting,
    years,
)
from seeds.counts import lines
from seeds.places import Region
from seeds.size import Size
from seeds.story import Life, Story
from training.accounts import queries as account_queries
from training.accounts import services as accounts
from training.courses.badges import services as badges
from training.insights.home import services as home
from training.kernel.db.statistics import refresh
from training.kernel.policy import System
from training.notices import services as notices
from training.organisations import queries
from training.taxonomy import services as reference
from training.taxonomy.models import LawRule

ACTOR = System("seeds")
STEPS = 20
"""How often a terminal hears how far it is."""


def is_missing() -> bool:
    """Whether there is no region yet."""
    return queries.authority() is None


def load(size: Size = Size.FULL) -> None:
    """Builds the region, says how far it is meanwhile, and then what is there and how long it took."""
    began = time.monotonic()
    taxonomy.load()
    reference.load(ACTOR, LawRule, rows=law_rules.RULES)
    story = Story()
    region = places.build(story, size)
    for life in chapters(region):
        story.begin(life)
    story.tell(Progress(size))
    with story.on(0, 0):
        for login_name, actor in region.personas.items():
            account = account_queries.by_id(actor.account_id)
            assert account is not None
            accounts.give_login(ACTOR, account, login_name=login_name)
    badges.ensure_keys(ACTOR)
    notices.settle(ACTOR)
    home.finish_steps(ACTOR)
    refresh()
    for line in [*story.refused, *lines()]:
        click.echo(line)
    click.echo(f"The demonstration region is there ({time.monotonic() - began:.1f} s).")


def chapters(region: Region) -> Iterator[Life]:
    """All that happens in the region."""
    versions = programmes.build(region)
    yield from places.arrivals(region)
    yield from years.years(region)
    yield from programmes.later(region, versions)
    yield from endorsing.pleas(region, versions)
    yield from reviewing.remarks(region, versions)
    classes, lives = studying.courses(region, versions)
    yield from lives
    yield from ruling.rulings(region, classes)
    yield from building_on.builders(region, versions, classes)
    yield from selecting.selections(region, versions)
    yield from marking.marks(region, classes)
    yield from recognising.wishes(region, classes)
    yield from moving.moves(region, classes)
    yield from timetables.plans(region, classes)
    yield from handing_out.materials(region, classes)
    yield from attesting.second_looks(region, classes)
    yield from buying.buyers(region, classes)
    yield from teaming.teams(region, classes)
    yield quotas.quotas(region)
    yield from rosters.rosters(region)
    yield bundling.bundle(region)
    yield from doubling.doubles(region)
    yield from guardians.families(region, classes)
    offered = openings.offers(region, classes)
    yield from (openings.offering(region, one) for one in offered)
    yield from placing.stays(region, classes, offered)
    yield from visiting.visits(region)
    posts = vacancies.posts(region)
    yield from (vacancies.recruiting(region, one) for one in posts)
    yield from hiring.market(region, classes, posts)
    yield somebody_waits(region, classes)
    yield from talk.conversations(region)


def somebody_waits(region: Region, classes: list[studying.Class]) -> Life:
    """Whoever a seat is held for in the full group can be met at one press."""
    yield region.story.at(-1, 17)
    full = next(one for one in classes if one.group.name.startswith("СВ") and one.group.starts > 0)
    person = studying.moved_up(full)
    if person is not None:
        region.personas["applicant"] = person.actor


class Progress:
    """Says on a terminal how much of the story is told."""

    def __init__(self, size: Size) -> None:
        """Nothing yet."""
        self._first, self._said = size.since, 0

    def __call__(self, day: int) -> None:
        """A day has been told."""
        share = min(STEPS * (day + 1 - self._first) // -self._first, STEPS)
        if share > self._said:
            self._said = share
            click.echo(f"  {100 * share // STEPS:3d} %")
