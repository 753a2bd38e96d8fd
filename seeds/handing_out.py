"""What a running group is given to learn with: a drawing, a leaflet, links, one for next week, one that was taken down."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from seeds.people import ACTOR
from seeds.places import Region
from seeds.story import Life
from seeds.studying import Class
from training.courses.cohorts import queries as cohorts
from training.courses.materials import queries, services
from training.kernel.policy import Role, System

SCHOOL = "dtk"
LEAFLET = """Перед работой на станке (ДЕМО)

1. Застегните рукава, уберите волосы под головной убор.
2. Проверьте ограждения и кнопку «Стоп».
3. Закрепите заготовку и уберите ключ из патрона.
4. Стружку убирайте крючком и щёткой, не рукой.
"""


class Given(NamedTuple):
    """A material: in which module, its title, what to do with it, and its address, or a file of that name."""

    module: int
    title: str
    words: str | None
    url: str | None = None
    file: str | None = None
    days: int | None = None
    """From when it is shown, in days from today."""


TOGETHER = [
    Given(0, "Памятка по охране труда", "Прочитать до первого занятия в мастерской.", file="Памятка.txt"),
    Given(0, "Чертёж ступенчатого вала", "По нему выполняется практическая работа 1.", file="Вал.pdf"),
    Given(0, "Таблица допусков и посадок", None, url="https://spravochnik.example/dopuski"),
    Given(1, "Тренажёр стойки ЧПУ", "Пройти первые три упражнения.", url="https://stoyka.example/uprazhneniya"),
    Given(1, "Вопросы к контрольной работе", None, url="https://spravochnik.example/voprosy", days=6),
    Given(1, "Старая программа обработки", None, url="https://stoyka.example/staraya"),
]


def materials(region: Region, classes: list[Class]) -> Iterator[Life]:
    """Of one group that studies."""
    own = [one for one in classes if one.group.school == SCHOOL and one.group.core]
    running = [one for one in own if one.group.starts < -20 and one.group.starts + one.group.days > 30]
    if running:
        yield handing_out(region, running[0])


def handing_out(region: Region, one: Class) -> Life:
    """The teacher puts everything up in one go, takes one down the day after, and the group has been told."""
    story = region.story
    yield story.at(story.workday(-9), 13)
    if one.cohort is None:
        return
    teacher, key = region.acting(SCHOOL, Role.TEACHER), one.cohort.id
    modules = queries.modules(cohorts.cohort(ACTOR, key))
    for given in TOGETHER:
        words: dict[str, Any] = {
            "module": modules[min(given.module, len(modules) - 1)],
            "title": given.title,
            "description": given.words,
            "shown_from_on": None if given.days is None else story.day(given.days),
        }
        if given.url is not None:
            services.add_link(teacher, cohorts.cohort(ACTOR, key), url=given.url, **words)
        else:
            name = given.file or ""
            source = drawing() if name.endswith(".pdf") else LEAFLET.encode()
            services.add_file(teacher, cohorts.cohort(ACTOR, key), source=source, name=name, **words)
    yield story.at(story.workday(-9), 15)
    services.withdraw(teacher, queries.material(ACTOR, queries.of_cohort(ACTOR, key)[-1].id))
    services.tell(System("materials.tell"))


def drawing() -> bytes:
    """A stepped shaft with its axis, as small as a PDF can be."""
    steps = b"80 270 90 60 re 170 255 140 90 re 310 275 60 50 re S [12 4 3 4] 0 d 60 300 m 390 300 l S"
    frame = b"1.5 w 20 20 555 380 re 395 20 180 55 re S "
    words = b" BT /F 11 Tf 405 42 Td (DEMO 15.01.38-01) Tj ET"
    content = frame + steps + words
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 420]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    page, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(page))
        page += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return page + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(page))
