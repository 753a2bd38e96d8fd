"""What trainees learnt before they came: one module is recognised, requests wait (one shows what another school has marked), one was sent back for more."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

from seeds.moving import is_of
from seeds.places import Region
from seeds.selecting import paper
from seeds.story import Life
from seeds.studying import Class
from training.courses.enrolments import queries as enrolments
from training.courses.programmes.models import ModuleSkill
from training.courses.programmes.queries import modules_of
from training.courses.recognitions import policies, queries, services
from training.kernel.policy import Learner, Role
from training.trainees.passport import queries as passport

SCHOOL = "dtk"
JOINED = ("dtpt", "23.01.17")
"""The group that somebody joined from another school."""


class Wish(NamedTuple):
    """Of whom in the cohort, for which module, when, where it was learnt, and what a teacher answered."""

    person: int
    module: int
    asked: int
    words: str
    verdict: str | None = None
    answer: str = ""


WISHES = [
    Wish(
        1,
        -2,
        -12,
        "Год работал оператором на участке корпусных деталей, прошёл обучение на рабочем месте с зачётом.",
        "accept",
        "Справка подтверждает те же операции и не меньше часов; показал работу на станке.",
    ),
    Wish(2, -3, -2, "Окончил курсы наладчиков в Ульяновске, 480 часов, свидетельство приложено."),
    Wish(4, -4, -9, "Учился этому в другом колледже, первый курс.", "send_back", "Приложите справку о периоде обучения с часами."),
]


def wishes(region: Region, classes: Sequence[Class]) -> Iterator[Life]:
    """All of them, in one group that studies now."""
    running = (one for one in classes if one.group.school == SCHOOL and one.group.core and one.group.starts < -20)
    here = next((one for one in running if one.group.starts + one.group.days > 0 and not one.group.cancelled), None)
    if here is not None:
        yield from (wishing(region, here, wish) for wish in WISHES)
    joined = next((one for one in classes if is_of(one, *JOINED) and one.group.starts > 0), None)
    if joined is not None:
        yield showing(region, joined)


def wishing(region: Region, here: Class, wish: Wish) -> Life:
    """One request with its evidence, and the answer if there is one."""
    story = region.story
    yield story.at(story.workday(wish.asked), 18)
    assert here.cohort is not None
    actor = here.people[wish.person].actor
    enrolment = enrolments.own_in(actor, here.cohort.id)
    if enrolment is None:
        return
    enrolment = enrolments.enrolment(actor, enrolment.id)
    modules = policies.askable(modules_of(enrolment.cohort.version_id))
    if policies.why_not_ask(enrolment) or len(modules) < -wish.module:
        return
    asked = services.ask(actor, enrolment, module=modules[wish.module], words=wish.words, source=BytesIO(paper()), name="spravka.pdf")
    if wish.verdict is None:
        return
    yield story.at(story.workday(wish.asked + 4), 14)
    teacher = region.acting(SCHOOL, Role.TEACHER)
    found = queries.recognition(teacher, asked.id)
    if wish.verdict == "accept":
        services.accept(teacher, found, words=wish.answer)
    else:
        services.send_back(teacher, found, reason=wish.answer)


def showing(region: Region, joined: Class) -> Life:
    """Whoever came from another school shows a module that they passed there; nobody has answered yet."""
    story = region.story
    yield story.at(story.workday(-2), 19)
    assert joined.cohort is not None
    for enrolment in enrolments.studying(joined.cohort.id):
        passed = [one for one in passport.modules(enrolment.trainee_id) if one.subject_id != enrolment.id]
        account = enrolment.trainee.account_id
        if not passed or account is None:
            continue
        me = Learner(account, enrolment.trainee_id)
        mine = enrolments.enrolment(me, enrolment.id)
        taught = queries.taught([one.part_id for one in passed])
        pairs = [(module, one) for module in policies.askable(modules_of(mine.cohort.version_id)) for one in passed]
        module, shown = max(pairs, key=lambda pair: nearness(pair[0].skills, taught[pair[1].part_id]))
        services.ask(me, mine, module=module, words="Сдано в прежнем колледже до перевода, оценка стоит в паспорте.", shown=shown)
        return


def nearness(asked: Sequence[ModuleSkill], shown: Sequence[ModuleSkill]) -> tuple[int, int]:
    """How many skills two modules share, then how many are asked for."""
    return len({one.skill_id for one in asked} & {one.skill_id for one in shown}), len(asked)
