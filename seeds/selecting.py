"""Two groups whose seats are given by a list: one while people apply and bring their documents, one after its first round."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from seeds import consenting
from seeds.learners import Ages, Person, newcomer
from seeds.places import Region
from seeds.programmes import Versions
from seeds.story import Life
from training.courses.cohorts import queries as cohort_queries
from training.courses.cohorts import services as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import Admission, EntryBase, Funding, StudyForm
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments import services as enrolling
from training.courses.selections import calling, queries, services
from training.courses.selections.models import Candidacy
from training.courses.selections.rules import Rule, Wish
from training.courses.selections.workflow import What
from training.kernel.policy import Role

AGES = Ages(16, 18)
CRITERIA = [Rule("Собеседование", 2, 10), Rule("Олимпиады и конкурсы по профилю", 1, 10)]
DOCUMENTS = [Wish("Фотография 3×4", required=True), Wish("Грамоты и дипломы", required=False)]
ANSWERS = (
    "Кружок технического моделирования, второе место в городе.",
    "Летом помогал отцу в мастерской, читаю простые чертежи.",
    "Призёр районной олимпиады по физике.",
    "Хочу работать на станках, как дед.",
)
GROUP = (
    "Дети-сироты и дети, оставшиеся без попечения родителей",
    "Федеральный закон от 21.12.1996 № 159-ФЗ, статья 6: предоставляется преимущественное право при приёме на обучение.",
)
SENT_BACK = "Вторая страница не читается: снимите её при дневном свете."
CONDITION = ("Пересдать зачёт по математике за девятый класс.", "Математика, 36 часов, у нас с понедельника")


class Group(NamedTuple):
    """A cohort by selection: its programme, name, seats, days relative to today, how many people apply."""

    code: str
    name: str
    seats: Mapping[Funding, int]
    opens: int
    closes: int
    people: int


APPLYING = Group("27.02.07", "УК-К", {Funding.STATE: 6, Funding.PAID: 2}, -18, 9, 9)
CALLED = Group("13.01.10", "ЭМ-К", {Funding.STATE: 6, Funding.PAID: 2}, -52, -9, 13)
SCHOOL = "dtk"


def selections(region: Region, versions: Versions) -> list[Life]:
    """Both."""
    return [applying(region, versions), called(region, versions)]


def planned(region: Region, versions: Versions, group: Group) -> Cohort:
    """The cohort with what it asks, some days before applications open."""
    story, manager = region.story, region.acting(SCHOOL, Role.MANAGER)
    story.expect(group.opens, group.closes + 1)
    cohort = cohorts.plan(
        manager,
        versions[SCHOOL, group.code],
        code=group.name,
        study_form=StudyForm.FULL_TIME,
        entry_base=EntryBase.BASIC,
        admission=Admission.SELECTION,
        starts_on=story.day(70),
        ends_on=story.day(710),
        opens_on=story.day(group.opens),
        closes_on=story.day(group.closes),
        seats=group.seats,
    )
    services.set_rules(manager, cohort, criteria=CRITERIA, documents=DOCUMENTS)
    return cohort


def applying(region: Region, versions: Versions) -> Life:
    """People apply; some documents are accepted, some sent back, some wait, some are missing."""
    story, group = region.story, APPLYING
    yield story.at(story.workday(group.opens - 6), 12)
    cohort = planned(region, versions, group)
    for number in range(group.people):
        yield story.at(group.opens + 1 + number * (-2 - group.opens) // group.people, 10 + number % 8)
        person, candidacy = applies(region, cohort, group, number)
        if number % 4 == 3:
            continue
        brings(person, candidacy, until=None if number % 3 else 2)
        if number < 5:
            yield story.at(story.workday_after(min(story.told_day + 1, -1)), 15)
            checks(region, candidacy, back=number == 2)
            gives_points(region, candidacy, number)


def called(region: Region, versions: Versions) -> Life:
    """The list was published, seats offered; one took hers, one gave his up, and the next was called."""
    story, group = region.story, CALLED
    manager = region.acting(SCHOOL, Role.MANAGER)
    yield story.at(story.workday(group.opens - 9), 12)
    law = services.add_group(manager, name=GROUP[0], ground=GROUP[1])
    cohort = planned(region, versions, group)
    people: list[tuple[Person, Candidacy]] = []
    for number in range(group.people):
        yield story.at(group.opens + 2 + 3 * number, 9 + number % 9)
        people.append(applies(region, cohort, group, number, law.id if number == 7 else None))
        brings(*people[-1], until=None)
    yield story.at(story.workday(group.closes + 1), 11)
    for number, (_person, candidacy) in enumerate(people):
        if number != 10:  # one paper waits to be looked at again
            checks(region, candidacy)
        gives_points(region, candidacy, number)
    calling.set_condition(
        manager, queries.candidacy(manager, people[3][1].id), words=CONDITION[0], until_on=story.day(20), module=CONDITION[1]
    )
    yield story.at(story.workday(-5), 16)
    calling.publish(manager, cohort_queries.cohort(manager, cohort.id))
    yield story.at(story.workday(-4), 10)
    calling.offer(manager, cohort_queries.cohort(manager, cohort.id), until_on=story.day(5))
    yield story.at(-3, 19)
    offered = [one for one in people if standing(region, one[1]).enrolment.claim_until_at is not None]
    taking, leaving, waiting = offered[0], offered[1], offered[2]
    guardians_answer(region, [taking, waiting], offered[3:])
    yield story.at(-2, 18)
    calling.take(taking[0].actor, queries.of_enrolment(taking[0].actor, taking[1].enrolment_id))
    enrolling.decline(leaving[0].actor, enrolments.enrolment(leaving[0].actor, leaving[1].enrolment_id))
    region.personas["selected"] = waiting[0].actor


def guardians_answer(region: Region, agreed: Sequence[tuple[Person, Candidacy]], others: Sequence[tuple[Person, Candidacy]]) -> None:
    """Of those under 18 some mothers agree; then one does not, one has not answered, and the next is not named yet."""
    for _person, candidacy in agreed:
        consenting.names(region, "enrolment", candidacy.enrolment_id)
        consenting.answers("enrolment", candidacy.enrolment_id, agrees=True)
    minors = [one.enrolment_id for person, one in others if person.trainee.is_minor()]
    for enrolment_id in minors[:2]:
        consenting.names(region, "enrolment", enrolment_id)
    for enrolment_id in minors[:1]:
        consenting.answers("enrolment", enrolment_id, agrees=False)


def standing(region: Region, candidacy: Candidacy) -> Candidacy:
    """An application as it stands now."""
    return queries.candidacy(region.acting(SCHOOL, Role.MANAGER), candidacy.id)


def applies(region: Region, cohort: Cohort, group: Group, number: int, law: int | None = None) -> tuple[Person, Candidacy]:
    """Somebody signs up and applies, with an average between 3.30 and 4.90."""
    person = newcomer(region, ages=AGES, on=region.story.day(group.closes), school=SCHOOL)
    criteria: Sequence[int] = [one.id for one in queries.criteria(cohort.id)]
    made = services.apply(
        person.actor,
        cohort_queries.cohort(person.actor, cohort.id),
        funding=list(group.seats) if number % 3 else [Funding.STATE],
        priority=1 + number % 2,
        average=330 + number * 53 % 160 // 5 * 5,
        group_id=law,
        answers={key: ANSWERS[(number + key) % len(ANSWERS)] for key in criteria if (number + key) % 3},
    )
    return person, made


def brings(person: Person, candidacy: Candidacy, *, until: int | None) -> None:
    """The applicant photographs the documents and sends them, the first so many or all."""
    for document in queries.of_enrolment(person.actor, candidacy.enrolment_id).documents[:until]:
        if document.required or document.what is What.GROUP:
            services.bring(person.actor, queries.document(person.actor, document.id), source=BytesIO(paper()), name="skan.pdf")


def checks(region: Region, candidacy: Candidacy, *, back: bool = False) -> None:
    """A teacher looks at what was brought and accepts it; or sends the first one back."""
    teacher = region.acting(SCHOOL, Role.TEACHER)
    for place, document in enumerate(standing(region, candidacy).documents):
        if document.file_id is None:
            continue
        found = queries.document(teacher, document.id)
        if back and place == 0:
            services.send_back(teacher, found, reason=SENT_BACK)
        else:
            services.accept(teacher, found)


def gives_points(region: Region, candidacy: Candidacy, number: int) -> None:
    """The interview is held: few points, so that there are ties."""
    teacher = region.acting(SCHOOL, Role.TEACHER)
    found = queries.candidacy(teacher, candidacy.id)
    points = {one.criterion_id: (5 + (number * 3 + place) % 4) if place == 0 or one.words else 0 for place, one in enumerate(found.answers)}
    services.score(teacher, found, points=points)


def paper() -> bytes:
    """A page that stands for a scan, as small as a PDF can be."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length 53>>stream\nBT /F 18 Tf 60 500 Td (DEMO: a scanned document) Tj ET\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    page, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(page))
        page += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return page + b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, len(page))
