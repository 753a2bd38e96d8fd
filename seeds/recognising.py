"""What trainees learnt before they came: one module is recognised, one request waits, and one was sent back for more."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import NamedTuple

from seeds.places import Region
from seeds.selecting import paper
from seeds.story import Life
from seeds.studying import Class
from training.courses.enrolments import queries as enrolments
from training.courses.programmes.queries import modules_of
from training.courses.recognitions import policies, queries, services
from training.kernel.policy import Role

SCHOOL = "dtk"


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
