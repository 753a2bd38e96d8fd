"""The programmes of the demonstration region; which school of the city teaches which code is DEMO but for ДТК's own."""

from collections.abc import Iterator
from typing import NamedTuple

from seeds import outcomes
from seeds.places import Region
from seeds.size import Size
from seeds.story import Life
from seeds.taxonomy import CODES, OCCUPATIONS
from seeds.trades import TRADES
from training.courses.modules import services as modules
from training.courses.programmes import queries, services
from training.courses.programmes.models import Module, ProgrammeVersion
from training.courses.programmes.workflow import HourKind
from training.kernel.policy import Member, Role


class Plan(NamedTuple):
    """A programme: school, code (None is the school's own), kind, months, hours, occupation, title where it has no national code."""

    school: str
    code: str
    kind: str
    months: int
    hours: int
    occupation: str
    title: str | None = None
    valid: tuple[int, int] | None = None
    """For how many months its credential is valid, and how many before its end it can be renewed."""


PLANS = [
    Plan("dtk", "15.01.05", "profession", 22, 2952, "welder"),
    Plan("dtk", "15.01.35", "profession", 22, 2952, "toolmaker"),
    Plan("dtk", "15.01.38", "profession", 22, 2952, "cnc-operator"),
    Plan("dtk", "15.02.15", "specialty", 46, 5940, "process-technician"),
    Plan("dtk", "15.02.16", "specialty", 46, 5940, "process-technician"),
    Plan("dtk", "15.02.18", "specialty", 46, 5940, "robot-controller"),
    Plan("dtk", "13.01.10", "profession", 22, 2952, "industrial-electrician"),
    Plan("dtk", "27.02.07", "specialty", 34, 4464, "quality-technician"),
    Plan("dtk", "16045", "worker_training", 4, 320, "cnc-operator", "Оператор станков с программным управлением"),
    Plan("dtk", "ДПО-01", "advanced_training", 1, 36, "welder", "Контроль сварных соединений", valid=(6, 1)),
    Plan("dtk", "ДПО-02", "retraining", 3, 256, "quality-technician", "Контролёр в автомобильном производстве"),
    Plan("dtpt", "15.01.05", "profession", 22, 2952, "welder"),
    Plan("dtpt", "13.01.10", "profession", 22, 2952, "industrial-electrician"),
    Plan("dtpt", "23.01.17", "profession", 22, 2952, "vehicle-technician"),
    Plan("dtpt", "15.02.17", "specialty", 46, 5940, "equipment-mechanic"),
    Plan("dtpt", "16675", "worker_training", 3, 240, "moulding-operator", "Оператор термопластавтоматов"),
    Plan("dtpt", "18460", "worker_training", 3, 240, "automotive-electrician", "Сборщик жгутов проводов"),
    Plan("dmtt", "13.02.13", "specialty", 46, 5940, "industrial-electrician"),
    Plan("dmtt", "15.02.17", "specialty", 46, 5940, "equipment-mechanic"),
    Plan("dmtt", "09.02.11", "specialty", 46, 5940, "programmer"),
    Plan("dmtt", "23.02.07", "specialty", 46, 5940, "vehicle-technician"),
    Plan("uac", "15.02.16", "specialty", 46, 5940, "process-technician"),
    Plan("uac", "15.02.18", "specialty", 46, 5940, "robot-controller"),
    Plan("uac", "09.02.11", "specialty", 46, 5940, "programmer"),
    Plan("uac", "22.02.11", "specialty", 46, 5940, "foundry-operator"),
]
ON_THE_WAY = {("uac", "22.02.11"): "draft", ("dmtt", "23.02.07"): "in_review"}
"""Not published yet, so that a reviewer has something to do."""
TITLES = {code: title for code, _kind, title, _en in CODES}
CALLED = {slug: russian for slug, _isco, _en, russian, _asked in OCCUPATIONS}
ASKED = {slug: skills for slug, _isco, _en, _ru, skills in OCCUPATIONS}

Versions = dict[tuple[str, str], ProgrammeVersion]


def build(region: Region) -> Versions:
    """Writes, reviews and publishes the programmes; gives the published versions by school and code."""
    story, since = region.story, region.size.since
    plans = {(plan.school, plan.code): plan for plan in PLANS if (plan.school, plan.code) not in ON_THE_WAY}
    with story.on(since + 4):
        drafts = {key: draft(region, plan) for key, plan in plans.items()}
    with story.on(since + 6):
        for (school, _code), version in drafts.items():
            services.submit(region.acting(school, Role.TEACHER), version)
    with story.on(since + 9):
        for (school, _code), version in drafts.items():
            services.publish(region.acting(school, Role.MANAGER), version)
    return drafts


def later(region: Region, versions: Versions) -> Iterator[Life]:
    """What is written after the beginning: a draft, one in review, and next versions of programmes that are taught already."""
    for plan in PLANS:
        if stands := ON_THE_WAY.get((plan.school, plan.code)):
            yield in_writing(region, plan, hand_in=stands == "in_review")
    yield next_version(region, versions, ("dtk", "15.01.35"), begins=-16, hands_in=-4, publishes=None)
    if region.size is Size.FULL:
        yield next_version(region, versions, ("dtk", "15.01.38"), begins=-430, hands_in=-420, publishes=-414)
        yield next_version(region, versions, ("dtpt", "15.01.05"), begins=-210, hands_in=-200, publishes=-190)
        yield next_version(region, versions, ("dtk", "16045"), begins=-260, hands_in=-255, publishes=-250, comments=True)


def in_writing(region: Region, plan: Plan, *, hand_in: bool) -> Life:
    """A programme that is not published yet."""
    yield region.story.at(region.story.workday(-20), 14)
    version = draft(region, plan)
    if hand_in:
        yield region.story.at(region.story.workday(-6), 16)
        services.submit(region.acting(plan.school, Role.TEACHER), version)


def next_version(
    region: Region, versions: Versions, key: tuple[str, str], *, begins: int, hands_in: int, publishes: int | None, comments: bool = False
) -> Life:
    """A programme is revised; what was published before retires when the next version is."""
    story, school = region.story, key[0]
    author, manager = region.acting(school, Role.TEACHER, 1), region.acting(school, Role.MANAGER)
    yield story.at(story.workday(begins), 15)
    following = services.begin_next(author, versions[key])
    following = queries.version(author, following.id)
    yield story.at(story.workday(hands_in), 11)
    services.edit_version(
        author,
        following,
        version=following.version,
        hours_total=following.hours_total,
        months=following.months,
        summary=f"{following.summary} Обновлено вместе с предприятиями кластера.",
    )
    services.submit(author, following)
    if comments:
        yield story.at(story.workday(hands_in) + 1, 12)
        services.send_back(manager, following, reason="Проверьте часы практики: с предприятием договорились о большем.")
        yield story.at(story.workday(hands_in) + 2, 12)
        services.submit(author, following)
    if publishes is not None:
        yield story.at(story.workday(publishes), 12)
        services.publish(manager, following)
        versions[key] = following


def qualification(plan: Plan) -> str | None:
    """What its diploma says one is; advanced training gives none."""
    match plan.kind:
        case "profession":
            return CALLED[plan.occupation]
        case "specialty":
            return "Программист" if plan.occupation == "programmer" else "Техник"
        case "worker_training":
            return f"{plan.title}, 3 разряд"
        case "retraining":
            return plan.title
        case _:
            return None


def draft(region: Region, plan: Plan) -> ProgrammeVersion:
    """A first version: two modules of the trade, practice at a plant, the skills of the occupation spread over the three."""
    teacher, trade = region.acting(plan.school, Role.TEACHER), TRADES[plan.occupation]
    national = plan.title is None
    version = services.create(
        teacher,
        region.schools[plan.school],
        title=plan.title or TITLES[plan.code],
        code=plan.code,
        code_system="fgos" if national else "own",
        kind=plan.kind,
        qualification=qualification(plan),
        occupation_id=region.occupations[plan.occupation],
        hours=plan.hours,
        months=plan.months,
        summary=trade.summary,
    )
    if plan.valid:
        months, before = plan.valid
        services.edit_version(
            teacher,
            version,
            version=version.version,
            hours_total=plan.hours,
            months=plan.months,
            summary=trade.summary,
            valid_months=months,
            renewal_months=before,
        )
    asked = list(ASKED[plan.occupation].items())
    titles = [*trade.modules, "Практика на предприятии"]
    hours = [plan.hours // 4, plan.hours // 4, plan.hours - 2 * (plan.hours // 4)]
    for number, title in enumerate(titles):
        taught = {region.skills[slug]: min(level, 4) for place, (slug, level) in enumerate(asked) if place % 3 == number or len(asked) < 3}
        whole = modules.add(
            teacher,
            version,
            code=f"ПМ.{number + 1:02}",
            title=title,
            hours=hours[number],
            spread={HourKind.PLANT: hours[number]} if number == 2 else spent(hours[number]),
            outcomes=outcomes.of(plan.occupation, number),
            skills=taught,
        )
        if number < 2 and plan.kind != "advanced_training":
            divide(teacher, version, whole, number + 1)
    return queries.version(teacher, version.id)


def spent(hours: int) -> dict[HourKind, int]:
    """The hours of a module at the school, by kind."""
    practical, alone, assessment = hours * 2 // 5, hours // 10, max(hours // 50, 1)
    lessons = hours - practical - alone - assessment
    found = {HourKind.THEORY: lessons, HourKind.PRACTICAL: practical, HourKind.SELF_STUDY: alone, HourKind.ASSESSMENT: assessment}
    return {kind: some for kind, some in found.items() if some}


def divide(teacher: Member, version: ProgrammeVersion, whole: Module, number: int) -> None:
    """A module's two parts: the course with its exam, and the practice in the school's workshops."""
    spread = whole.spread
    practice = spread.pop(HourKind.PRACTICAL)
    course = whole.hours - practice
    modules.add(
        teacher, version, code=f"МДК.{number:02}.01", title=f"Основы: {whole.title}", hours=course, spread=spread, parent_id=whole.id
    )
    workshop = {HourKind.PRACTICAL: practice}
    modules.add(
        teacher, version, code=f"УП.{number:02}", title="Учебная практика в мастерских", hours=practice, spread=workshop, parent_id=whole.id
    )
