"""Papers over many people: the enrolment of a group, a leave, an expulsion that is corrected, and drafts that wait for a signature."""

from collections.abc import Iterator, Sequence

from seeds.places import Region
from seeds.story import Life
from seeds.studying import Class
from training.courses.enrolments import queries as enrolments
from training.courses.rulings import queries, services
from training.courses.rulings.workflow import Kind, Reason, What
from training.kernel.policy import Role, System

SIGNS = ("dtk", "dtpt")
"""The schools that write their rulings here."""
MANY = 8
"""So many groups of each have theirs."""
ACTOR = System("seeds")


def rulings(region: Region, classes: Sequence[Class]) -> Iterator[Life]:
    """The newest groups that study now, each with its ruling of enrolment; and what one school has on its table."""
    for school in SIGNS:
        own = [one for one in classes if one.group.school == school and one.group.starts < -3 < one.group.starts + one.group.days]
        newest = sorted((one for one in own if not one.group.cancelled), key=lambda one: -one.group.starts)[:MANY]
        yield from (enrolling(region, one) for one in newest)
        if school == "dtk" and newest:
            yield waiting(region, newest[0])
            yield mistaken(region, newest[-1])


def enrolling(region: Region, one: Class) -> Life:
    """Two days after it began a group is enrolled by a ruling."""
    story, group = region.story, one.group
    starts = story.monday(group.starts)
    yield story.at(starts + 2, 11)
    assert one.cohort is not None
    cohort = one.cohort
    teacher = region.acting(group.school, Role.TEACHER, group.days)
    ground = f"Протокол приёмной комиссии от {story.day(starts - 3):%d.%m.%Y}, заявления поступающих."
    made = services.draft(teacher, cohort, kind=Kind.ENROLMENT, ground=ground, everyone=True)
    yield story.at(starts + 3, 9)
    services.sign(region.acting(group.school, Role.MANAGER), queries.ruling(ACTOR, made.id))


def mistaken(region: Region, one: Class) -> Life:
    """Somebody is expelled in the place of somebody else; a further ruling takes it back."""
    story, group = region.story, one.group
    manager = region.acting(group.school, Role.MANAGER)
    yield story.at(story.workday(-40), 12)
    assert one.cohort is not None
    (person, *_rest) = enrolments.studying(one.cohort.id)
    what = What(reason=Reason.DEBT, words="Академическая задолженность не закрыта в срок.")
    made = services.draft(manager, one.cohort, kind=Kind.EXPULSION, ground="Решение педагогического совета.", chosen=[person.id], what=what)
    services.sign(manager, queries.ruling(ACTOR, made.id))
    yield story.at(story.workday(-38), 10)
    signed = queries.ruling(ACTOR, made.id)
    taken = [line.id for line in queries.lines(signed)]
    further = services.correct(manager, signed, ground="Ошибка в фамилии, служебная записка куратора.", chosen=taken)
    services.sign(manager, queries.ruling(ACTOR, further.id))


def waiting(region: Region, one: Class) -> Life:
    """A leave of two people waits for the manager's signature."""
    story, group = region.story, one.group
    yield story.at(story.workday(-1), 15)
    assert one.cohort is not None
    people = enrolments.studying(one.cohort.id)[3:5]
    services.draft(
        region.acting(group.school, Role.TEACHER, group.days),
        one.cohort,
        kind=Kind.LEAVE,
        ground="Заявления и справки медицинской организации.",
        chosen=[person.id for person in people],
        what=What(from_on=story.day(0), until_on=story.day(180)),
    )
