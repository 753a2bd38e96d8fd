"""Who looks for work, and what becomes of their applications: the board of one vacancy step by step, the many by lot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seeds.candidacies import Candidacy, Diary, Step
from seeds.learners import Ages, Person, newcomer
from seeds.places import Region
from seeds.placing import RELATED, shared
from seeds.story import Life
from seeds.studying import Class
from seeds.vacancies import Post
from training.candidates.applications.workflow import Rejection, Withdrawal
from training.candidates.offers.workflow import Refusal
from training.candidates.talent import services as talent
from training.candidates.vacancies.queries import vacancy as vacancy_again
from training.kernel.policy import Role
from training.trainees.disclosures import services as disclosures
from training.trainees.profiles.models import OF_AGE
from training.trainees.profiles.workflow import Visibility

APPLICATIONS = 488
"""Of the whole region beside those of the small one."""
SEEKERS = (24, 132)
"""People of the small and of the whole region who look for work without having been in a group here."""
LETTERS = (
    "Закончена программа и практика на заводе, хочу работать на этом участке.",
    "Знаю участок по практике, наставник может подтвердить.",
    "Ищу постоянную работу по специальности, могу выйти через две недели.",
    "Интересна работа со станками, готовность учиться на следующий разряд.",
    "Опыт на похожем производстве два года, смены подходят.",
    "Живу рядом, транспорт не нужен. Документ об обучении в профиле.",
    "После службы в армии возвращаюсь к специальности.",
    "Хочу перейти с неполной недели на постоянный график.",
    "Читаю чертежи, умею мерить, вредных привычек нет.",
    "Нужна работа с обучением: раньше была сборка, теперь хочу к станку.",
)
NO_WORDS = {
    Rejection.SKILLS: ("Нужен опыт наладки; приходите после модуля ПМ.02.", "Не хватило чтения чертежей. Рекомендуем курс ДТК.", None),
    Rejection.EXPERIENCE: ("На этот участок берём после полугода у станка.", "Предложим место ученика весной.", None),
    Rejection.CREDENTIAL: ("Нужно удостоверение стропальщика; его можно получить за две недели.", None),
    Rejection.SCHEDULE: ("Только ночные смены, дневных мест сейчас нет.", None),
    Rejection.PAY: (None,),
    Rejection.STRONGER: ("Сохранили ваш отклик в резерве.", None, None),
}
NOT_COMING = ("В этот день смена на нынешней работе; можно после 17 часов?", "Экзамен в колледже, прошу перенести.")
CALLED_OFF = ("Начальник участка в командировке, предложим другое время.",)
DECLINED = {Refusal.PAY: "Другое предприятие предложило больше.", Refusal.PLACE: "Далеко добираться без развозки.", Refusal.STUDY: None}


@dataclass
class Market:
    """Who can apply, who has found work or applied already."""

    seekers: list[Person] = field(default_factory=list)
    trades: dict[int, str] = field(default_factory=dict)
    """What those who have finished a group here have learnt, by trainee."""
    diary: Diary = field(default_factory=Diary)
    applied: set[tuple[int, int]] = field(default_factory=set)
    many: dict[int, int] = field(default_factory=dict)
    """How often each has applied."""


def market(region: Region, classes: Sequence[Class], posts: Sequence[Post]) -> Iterator[Life]:
    """Everybody who looks for work, and everybody who looks for them."""
    here = Market()
    for number in range(region.size.pick(*SEEKERS)):
        yield arriving(region, here, number)
    for one in classes:
        if one.group.starts + one.group.days < -20 and not one.group.cancelled:
            yield graduating(region, here, one)
    yield board(region, here, posts[0])
    for number in range(10):
        yield ask(region, here, posts[1 + number % 9], -12 + number, [])
    if region.size.pick(0, 1):
        over = [post for post in posts if post.job.fate in ("filled", "expires", "closed") and post.job.published < -60]
        going = [post for post in posts[1:] if post.job.fate in ("live", "paused")]
        for post, count in [*shared(over, 200), *shared(going, APPLICATIONS - 212), (posts[0], 12)]:
            yield from asking(region, here, post, count)
        yield inviting(region, here, posts)


def arriving(region: Region, here: Market, number: int) -> Life:
    """Somebody grown signs up to find work, and lets employers find them or not."""
    story = region.story
    first = region.size.since + 30
    count = region.size.pick(*SEEKERS)
    day = first + number * (-36 - first) // count
    yield story.at(day, 9 + number % 12, number * 11 % 60)
    person = newcomer(region, ages=Ages(19, 48), on=story.today, login=False)
    if story.chance.random() < 0.4:
        disclosures.choose_visibility(person.actor, person.trainee, visibility=Visibility.EMPLOYERS)
    here.seekers.append(person)


def graduating(region: Region, here: Market, one: Class) -> Life:
    """Those who have finished look for work, most of them for every verified employer to see."""
    story = region.story
    yield story.at(story.workday(story.monday(one.group.starts) + one.group.days + 6), 18)
    for number, person in enumerate(one.people):
        if person.trainee.is_minor():
            continue
        visibility = Visibility.EMPLOYERS if number % 4 != 3 else Visibility.SCHOOL
        disclosures.choose_visibility(person.actor, person.trainee, visibility=visibility)
        here.seekers.append(person)
        here.trades[person.trainee.id] = one.occupation


def board(region: Region, here: Market, post: Post) -> Life:
    """One vacancy with candidates in every stage and every end; one of them has an offer to answer."""
    story = region.story
    yield story.at(-31, 7)
    people = best(region, here, post, 13)
    later: list[list[Step]] = [
        [Step(-9, "move", (3,)), Step(-3, "make_offer", (7,)), Step(-1, "accept")],
        [Step(-8, "move", (3,)), Step(-3, "make_offer", (7,))],
        [Step(-7, "move", (2,)), Step(-2, "propose", (4,)), Step(-1, "confirm")],
        [Step(-6, "move", (2,)), Step(-2, "propose", (5,))],
        [Step(-9, "move", (2,))],
        [Step(-8, "move", (1,))],
        [Step(-7, "move", (1,))],
        [Step(-6, "reject", (Rejection.SKILLS, NO_WORDS[Rejection.SKILLS][0]))],
        [Step(-5, "withdraw", (Withdrawal.STUDY,))],
        *[[] for _ in range(4)],
    ]
    region.personas["graduate"] = people[1].actor
    for number, (person, steps) in enumerate(zip(people, later, strict=True)):
        begin(region, here, post, person, [Step(-30 + number, "apply"), *steps])


def best(region: Region, here: Market, post: Post, count: int) -> list[Person]:
    """So many people of age, those who have learnt just this and let employers find them first."""

    def rank(one: Person) -> tuple[bool, bool]:
        return here.trades.get(one.trainee.id) != post.job.occupation, one.trainee.visibility is not Visibility.EMPLOYERS

    grown = [one for one in here.seekers if one.trainee.age() >= OF_AGE and (id(post), one.trainee.id) not in here.applied]
    picked = sorted(grown, key=rank)[:count]
    here.applied.update((id(post), one.trainee.id) for one in picked)
    return picked


def asking(region: Region, here: Market, post: Post, count: int) -> Iterator[Life]:
    """So many apply for a vacancy in its first weeks, and go every way."""
    chance = region.story.chance
    last = post.job.ends if post.job.ends is not None and post.job.ends < 0 else -1
    span = max(min(last - post.job.published - 1, 34), 2)
    for _ in range(count):
        day = min(post.job.published + 1 + chance.randrange(span), -1)
        yield ask(region, here, post, day, way(region, day))


def ask(region: Region, here: Market, post: Post, day: int, steps: list[Step]) -> Life:
    """Whoever fits best of those who look for work then applies."""
    yield region.story.at(day, 7)
    for person in chosen(region, here, post, 1):
        begin(region, here, post, person, [Step(day, "apply"), *steps])


def begin(region: Region, here: Market, post: Post, person: Person, steps: list[Step]) -> None:
    """From now on this candidacy is told."""
    letter = region.story.chance.choice(LETTERS)
    region.story.begin(Candidacy(region, post, person, here.diary, letter, steps).life())


def chosen(region: Region, here: Market, post: Post, count: int) -> list[Person]:
    """People of age who have not applied there: most of a related trade, of the others some; who has applied least goes first."""
    chance, occupation = region.story.chance, post.job.occupation
    free = [one for one in here.seekers if one.trainee.age() >= OF_AGE and (id(post), one.trainee.id) not in here.applied]
    fitting = [one for one in free if here.trades.get(one.trainee.id) in RELATED.get(occupation, (occupation,))]
    pool = fitting if len(fitting) >= count and chance.random() < 0.7 else free
    picked = sorted(chance.sample(pool, min(len(pool), 6 * count)), key=lambda one: here.many.get(one.trainee.id, 0))[:count]
    for one in picked:
        here.applied.add((id(post), one.trainee.id))
        here.many[one.trainee.id] = here.many.get(one.trainee.id, 0) + 1
    return picked


def way(region: Region, day: int) -> list[Step]:
    """What becomes of an application made on a day, by lot; what lies in the future does not happen yet."""
    story, chance = region.story, region.story.chance

    def on(after: int, verb: str, *given: object) -> Step:
        return Step(story.workday(day + after + chance.randrange(2)), verb, given)

    reason = chance.choice(
        (Rejection.SKILLS, Rejection.EXPERIENCE, Rejection.CREDENTIAL, Rejection.SCHEDULE, Rejection.PAY, Rejection.STRONGER)
    )
    no = on(3, "reject", reason, chance.choice(NO_WORDS[reason]))
    screened = on(4, "move", 1)
    met = [screened, on(7, "move", 2), on(8, "propose", 4), on(9, "confirm"), on(16, "conclude")]
    offered = [*met, on(18, "move", 3), on(19, "make_offer", 7)]
    refusal = chance.choice(list(DECLINED))
    ways: list[tuple[float, list[Step]]] = [
        (0.12, [no]),
        (0.14, [screened, no._replace(day=story.workday(day + 9))]),
        (0.13, [*met, no._replace(day=story.workday(day + 19))]),
        (0.20, [*offered, on(23, "accept")]),
        (0.05, [*offered, on(24, "decline", refusal, DECLINED[refusal])]),
        (0.04, offered),
        (0.02, [*offered, on(22, "take_back", "Участок закрыт, место сокращено.")]),
        (0.06, [screened, on(8, "withdraw", chance.choice((Withdrawal.OTHER_WORK, Withdrawal.CONDITIONS, Withdrawal.PERSONAL)))]),
        (0.03, [on(12, "withdraw", Withdrawal.WAITED)]),
        (0.04, [*met[:3], on(9, "stay_away", chance.choice(NOT_COMING)), on(14, "propose", 4), on(15, "confirm"), on(22, "conclude")]),
        (0.03, [*met[:4], on(11, "call_off", CALLED_OFF[0])]),
        (0.08, [screened]),
        (0.06, []),
    ]
    return chance.choices([steps for _weight, steps in ways], [weight for weight, _steps in ways])[0]


def inviting(region: Region, here: Market, posts: Sequence[Post]) -> Life:
    """Recruiters find people in the talent search and invite them."""
    story, chance = region.story, region.story.chance
    yield story.at(story.workday(-6), 15)
    for post in chance.sample([post for post in posts if post.live], 9):
        assert post.vacancy is not None
        recruiter = region.acting(post.job.employer, Role.RECRUITER)
        found = [
            one for one in here.seekers if one.trainee.visibility is Visibility.EMPLOYERS and (id(post), one.trainee.id) not in here.applied
        ]
        for person in chance.sample(found, min(2, len(found))):
            here.applied.add((id(post), person.trainee.id))
            talent.invite(recruiter, person.trainee, vacancy=vacancy_again(recruiter, post.vacancy.id))
