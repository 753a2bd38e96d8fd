"""The 24 programmes of the demonstration region; which school of the city teaches which code is DEMO but for ДТК's own."""

from typing import NamedTuple

from seeds.places import Region
from seeds.story import on
from seeds.taxonomy import CODES, OCCUPATIONS
from training.courses.programmes import queries, services
from training.courses.programmes.models import ProgrammeVersion
from training.kernel.policy import Role
from training.taxonomy import services as taxonomy
from training.taxonomy.models import Occupation, Skill


class Plan(NamedTuple):
    """A programme: school, code (None is the school's own), kind, months, hours, occupation, title where it has no national code."""

    school: str
    code: str
    kind: str
    months: int
    hours: int
    occupation: str
    title: str | None = None


PLANS = [
    Plan("dtk", "15.01.05", "profession", 22, 2952, "welder"),
    Plan("dtk", "15.01.35", "profession", 22, 2952, "toolmaker"),
    Plan("dtk", "15.01.38", "profession", 22, 2952, "cnc-operator"),
    Plan("dtk", "15.02.16", "specialty", 46, 5940, "process-technician"),
    Plan("dtk", "15.02.18", "specialty", 46, 5940, "robot-controller"),
    Plan("dtk", "13.01.10", "profession", 22, 2952, "industrial-electrician"),
    Plan("dtk", "27.02.07", "specialty", 34, 4464, "quality-technician"),
    Plan("dtk", "16045", "worker_training", 4, 320, "cnc-operator", "Оператор станков с программным управлением"),
    Plan("dtk", "ДПО-01", "advanced_training", 1, 36, "welder", "Контроль сварных соединений"),
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
UNPUBLISHED = {("uac", "22.02.11"): "draft", ("dmtt", "23.02.07"): "in_review"}
"""Left on the way, so that a reviewer has something to do."""
TITLES = {code: title for code, _kind, title, _en in CODES}
ASKED = {slug: skills for slug, _isco, _en, _ru, skills in OCCUPATIONS}

Versions = dict[tuple[str, str], ProgrammeVersion]


def build(region: Region) -> Versions:
    """Writes, reviews and publishes the programmes; gives the published versions by school and code."""
    with on(-90):
        occupations, skills = taxonomy.keys(Occupation), taxonomy.keys(Skill)
        drafts = {(plan.school, plan.code): draft(region, plan, occupations, skills) for plan in PLANS}
    with on(-88):
        for (school, _code), version in drafts.items():
            if UNPUBLISHED.get((school, _code)) != "draft":
                services.submit(region.acting(school, Role.TEACHER), version)
    with on(-85):
        published = {key: version for key, version in drafts.items() if key not in UNPUBLISHED}
        for (school, _code), version in published.items():
            services.publish(region.acting(school, Role.MANAGER), version)
    return published


def draft(region: Region, plan: Plan, occupations: dict[str, int], skills: dict[str, int]) -> ProgrammeVersion:
    """A first version: theory and practice by half, the skills of the occupation spread over three modules."""
    teacher = region.acting(plan.school, Role.TEACHER)
    national = plan.title is None
    version = services.create(
        teacher,
        region.schools[plan.school],
        title=plan.title or TITLES[plan.code],
        code=plan.code,
        code_system="fgos" if national else "own",
        kind=plan.kind,
        qualification=None,
        occupation_id=occupations[plan.occupation],
        hours=plan.hours,
        months=plan.months,
        summary="Учебные мастерские, станки и наставники на заводах кластера; практика на рабочем месте с первого семестра.",
    )
    asked = list(ASKED[plan.occupation].items())
    parts = [
        ("ПМ.01", "Основы ремесла и охрана труда"),
        ("ПМ.02", "Выполнение работ на оборудовании"),
        ("ПМ.03", "Практика на предприятии"),
    ]
    hours = [plan.hours // 4, plan.hours // 4, plan.hours - 2 * (plan.hours // 4)]
    for number, (code, title) in enumerate(parts):
        taught = {skills[slug]: min(level, 4) for place, (slug, level) in enumerate(asked) if place % 3 == number or len(asked) < 3}
        services.add_module(
            teacher, version, code=code, title=title, hours=hours[number], plant_hours=hours[number] if number == 2 else 0, skills=taught
        )
    return queries.version(teacher, version.id)
