"""Visits of the demonstration region: the schools look in on their trainees, and those and their mentors answer."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random

from sqlalchemy import exists, select

from seeds.people import ACTOR
from seeds.places import Region
from seeds.size import Size
from seeds.story import Life
from training.accounts.memberships.models import Membership
from training.internships.placements.models import Placement
from training.internships.placements.queries import with_people
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits import queries, services
from training.internships.visits.models import Visit
from training.internships.visits.workflow import Means, Standing, State
from training.kernel.db import db
from training.kernel.policy import Actor, Learner, Role

WEEKS = 3
"""How often the first school wants its trainees to be visited."""
EVERY = 25
"""Days from one round of a school to the next, in the years before."""
AGENDA = "Часы по дневнику, техника безопасности, чему учимся в ближайшие две недели."
FOUND = (
    (
        Standing.ON_TRACK,
        "Работает на своём участке, дневник ведёт, замечаний по дисциплине нет.",
        "Со следующей недели пробует наладку под присмотром.",
    ),
    (Standing.ON_TRACK, "Часы идут по плану, наставник доволен. Инструктаж пройден, спецодежда есть.", None),
    (Standing.WATCH, "Два опоздания за неделю, дневник заполнен не за все дни.", "Наставник отмечает приход, дневник — каждый вечер."),
    (
        Standing.BEHIND,
        "Неделю занят на уборке участка, по программе работы почти нет.",
        "Цех даёт место у станка с понедельника, колледж проверит.",
    ),
)
NOTES = (
    None,
    None,
    "Поговорить с куратором группы: далеко добираться, просит общежитие.",
    "Место хорошее, просить здесь больше мест на следующий год.",
)
MENTORS_SAY = (None, None, "На уборке был два дня, не неделю: ждали оснастку.")
TRAINEES_SAY = (None, None, None, "Опоздал один раз, автобус не пришёл.")
CALLED_OFF = "Руководитель практики на больничном, приедем на следующей неделе."


def visits(region: Region) -> Iterator[Life]:
    """The visits of those who are told of one by one; those of all schools in the years before; and what is due now."""
    yield told(region)
    if region.size is Size.FULL:
        for number, slug in enumerate(sorted(region.schools)):
            yield rounds(region, slug, region.size.since + 60 + 4 * number)
    yield reminded(region)


def told(region: Region) -> Life:
    """At the first school: some concluded, one called off, one that waits for an answer, one for its report, and two to come."""
    story, school = region.story, "dtk"
    with_school = region.schools[school]
    yield story.at(-30, 9)
    services.set_cadence(region.acting(school, Role.MANAGER), with_school, weeks=WEEKS)
    chance = Random("told")
    past = stays(region, school, "climate") or stays(region, school)
    if past:
        yield from outing(region, school, past, -29, chance, state=State.CANCELLED)
        yield from outing(region, school, past, -22, chance)
    yield story.at(-9, 9)
    me = region.personas["trainee"].trainee_id
    here = sorted(stays(region, school, "daaz"), key=lambda one: one.trainee_id != me)
    yield from outing(region, school, here[:2], -6, chance, silent=here[:2], unheard=here[1:2])
    yield story.at(story.workday(-1) - 1, 10)
    coming, missing = here[:2], here[2:3]
    if missing:
        plan(region, school, missing, story.workday(-1))
    yield story.at(story.workday(-1), 16)
    if coming:
        plan(region, school, coming, story.workday_after(5))


def rounds(region: Region, school: str, first: int) -> Life:
    """Every few weeks somebody of a school goes to one of the employers and sees who is there."""
    story, chance = region.story, Random(school)
    for day in range(first, -3, EVERY):
        yield story.at(story.workday(day), 9)
        found = stays(region, school)
        host = found[0].employer_id if found else None
        yield from outing(region, school, [one for one in found if one.employer_id == host][:2], story.workday(day) + 1, chance)


def outing(
    region: Region,
    school: str,
    placements: Sequence[Placement],
    day: int,
    chance: Random,
    *,
    state: State = State.HELD,
    silent: Sequence[Placement] = (),
    unheard: Sequence[Placement] = (),
) -> Life:
    """A visit of these, planned, held and answered, or called off; trainees of `silent` placements and mentors of `unheard` ones have not answered yet."""
    if not placements:
        return
    story, officer = region.story, region.acting(school, Role.PLACEMENT_OFFICER)
    day = story.workday(day)
    made = plan(region, school, placements, day)
    if state is State.CANCELLED:
        yield story.at(day, 8)
        services.cancel(officer, made[0], reason=CALLED_OFF, also=[one.id for one in made])
        return
    yield story.at(day, 15)
    held = [one for one in made if one.state is State.PLANNED]
    for visit in held:
        standing, findings, agreed = chance.choice(FOUND)
        note = chance.choice(NOTES)
        services.report(officer, visit, standing=standing, findings=findings, agreed=agreed, school_note=note)
    yield story.at(day + 1, 18)
    for visit in held:
        if visit.placement not in unheard:
            answer(mentor_of(region, visit), visit, chance.choice(MENTORS_SAY))
        account = visit.placement.trainee.account_id
        if visit.placement not in silent and account is not None and chance.random() < 0.8:
            answer(Learner(account, visit.placement.trainee_id), visit, chance.choice(TRAINEES_SAY))


def plan(region: Region, school: str, placements: Sequence[Placement], day: int) -> list[Visit]:
    """Plans a visit by the school's placement officer at ten o'clock of that day."""
    officer = region.staff[school, Role.PLACEMENT_OFFICER][0]
    starts_at = region.story.at(day)
    first, *others = placements
    one = services.plan(
        officer.actor,
        first,
        visitor=db.session.get_one(Membership, officer.membership.id),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        means=Means.AT_WORK,
        place=queries.place_of(first),
        agenda=AGENDA,
        others=[other.id for other in others],
    )
    found = queries.each(ACTOR, {one.id, *(other.id for other in queries.together(ACTOR, one))})
    return list(found.values())


def answer(actor: Actor, visit: Visit, words: str | None) -> None:
    """One side confirms, or comments in these words."""
    if words is None:
        services.confirm(actor, visit)
    else:
        services.comment(actor, visit, words=words)


def mentor_of(region: Region, visit: Visit) -> Actor:
    """The mentor of the trainee who was visited."""
    mentors = (one for (_slug, role), people in region.staff.items() if role is Role.MENTOR for one in people)
    return next(one.actor for one in mentors if one.membership.id == visit.placement.mentor_id)


def stays(region: Region, school: str, employer: str | None = None) -> Sequence[Placement]:
    """The placements of a school that go on and have no visit planned or made yet, at one employer or any, the oldest first."""
    seen = exists().where(Visit.placement_id == Placement.id, Visit.state != State.CANCELLED)
    last = region.story.day(region.story.told_day + 3)
    query = select(Placement).where(
        Placement.school_id == region.schools[school].id, Placement.state == PlacementState.ACTIVE, Placement.ends_on >= last, ~seen
    )
    if employer is not None:
        query = query.where(Placement.employer_id == region.employers[employer].id)
    return db.session.scalars(with_people(query).order_by(Placement.id)).unique().all()


def reminded(region: Region) -> Life:
    """This morning the schools were asked whom to visit."""
    yield region.story.at(0, 1)
    services.remind(ACTOR)
