"""Occupations, skills and programme codes of the demonstration region.

Codes and Russian names follow the national list of secondary vocational programmes; occupations follow ISCO-08 groups with
names after ESCO; the skills are the project's own short list.
"""

from datetime import date
from typing import NamedTuple

from training.kernel.policy import System
from training.taxonomy import services
from training.taxonomy.models import Occupation, OccupationSkill, ProgrammeCode, Skill

ACTOR = System("seeds")


class Named(NamedTuple):
    """A thing with its short key and both names."""

    slug: str
    en: str
    ru: str


SKILLS = [
    Named("drawings", "Reads technical drawings", "Читает чертежи"),
    Named("measuring", "Measures parts precisely", "Измеряет детали с точностью"),
    Named("turning", "Turns metal parts", "Точит металлические детали"),
    Named("milling", "Mills metal parts", "Фрезерует металлические детали"),
    Named("cnc-setup", "Sets up CNC machines", "Налаживает станки с ЧПУ"),
    Named("cnc-programs", "Writes CNC programs", "Пишет программы для ЧПУ"),
    Named("arc-welding", "Welds by manual arc", "Варит ручной дуговой сваркой"),
    Named("mig-welding", "Welds in shielding gas", "Варит в защитном газе"),
    Named("weld-control", "Checks weld seams", "Проверяет сварные швы"),
    Named("press-work", "Works on stamping presses", "Работает на штамповочных прессах"),
    Named("die-setting", "Sets up dies", "Настраивает штампы"),
    Named("moulding", "Runs injection moulding machines", "Ведёт литьё под давлением"),
    Named("casting", "Casts non-ferrous metals", "Льёт цветные металлы"),
    Named("bench-work", "Does bench and fitting work", "Выполняет слесарные работы"),
    Named("assembly", "Assembles units", "Собирает узлы"),
    Named("electrics", "Installs electrical equipment", "Монтирует электрооборудование"),
    Named("automation", "Maintains industrial automation", "Обслуживает автоматику"),
    Named("robots", "Operates industrial robots", "Управляет промышленными роботами"),
    Named("hydraulics", "Repairs hydraulics and pneumatics", "Ремонтирует гидравлику и пневматику"),
    Named("diagnostics", "Diagnoses vehicles", "Диагностирует автомобили"),
    Named("engine-repair", "Repairs engines", "Ремонтирует двигатели"),
    Named("quality", "Controls quality by statistics", "Контролирует качество статистически"),
    Named("process-planning", "Plans machining processes", "Разрабатывает техпроцессы"),
    Named("cad", "Draws in CAD", "Чертит в САПР"),
    Named("lean", "Works by lean production rules", "Работает по правилам бережливого производства"),
    Named("safety", "Keeps labour safety rules", "Соблюдает охрану труда"),
    Named("programming", "Writes software", "Пишет программы"),
    Named("harness", "Makes wire harnesses", "Собирает жгуты проводов"),
]

OCCUPATIONS = [
    ("welder", "7212", "Welder", "Сварщик", {"arc-welding": 3, "mig-welding": 3, "weld-control": 2, "drawings": 2, "safety": 3}),
    (
        "cnc-operator",
        "7223",
        "CNC machine operator",
        "Оператор станков с ЧПУ",
        {"cnc-setup": 3, "cnc-programs": 2, "drawings": 3, "measuring": 3, "milling": 2},
    ),
    ("turner", "7223", "Lathe operator", "Токарь", {"turning": 3, "measuring": 3, "drawings": 2}),
    ("press-operator", "7223", "Stamping press operator", "Штамповщик", {"press-work": 3, "die-setting": 2, "safety": 3, "measuring": 2}),
    (
        "toolmaker",
        "7222",
        "Tool and die maker",
        "Слесарь-инструментальщик",
        {"die-setting": 3, "bench-work": 3, "measuring": 3, "drawings": 3},
    ),
    ("foundry-operator", "7211", "Foundry operative", "Литейщик", {"casting": 3, "safety": 3, "quality": 1}),
    ("moulding-operator", "8142", "Injection moulding operator", "Литейщик пластмасс", {"moulding": 3, "quality": 2, "safety": 2}),
    (
        "robot-controller",
        "3139",
        "Industrial robot controller",
        "Оператор роботизированного производства",
        {"robots": 3, "automation": 2, "programming": 1},
    ),
    (
        "industrial-electrician",
        "7411",
        "Industrial electrician",
        "Электромонтёр",
        {"electrics": 3, "automation": 2, "safety": 3, "drawings": 2},
    ),
    ("automotive-electrician", "7412", "Automotive electrician", "Автоэлектрик", {"electrics": 3, "diagnostics": 2, "harness": 2}),
    ("vehicle-assembler", "8211", "Motor vehicle assembler", "Слесарь механосборочных работ", {"assembly": 3, "bench-work": 2, "lean": 1}),
    (
        "vehicle-technician",
        "7231",
        "Vehicle technician",
        "Слесарь по ремонту автомобилей",
        {"diagnostics": 3, "engine-repair": 3, "electrics": 2},
    ),
    (
        "quality-technician",
        "3119",
        "Quality engineering technician",
        "Техник по контролю качества",
        {"quality": 3, "measuring": 3, "drawings": 2},
    ),
    (
        "process-technician",
        "3115",
        "Mechanical engineering technician",
        "Техник-технолог",
        {"process-planning": 3, "cad": 3, "cnc-programs": 2, "quality": 2},
    ),
    (
        "equipment-mechanic",
        "7233",
        "Industrial machinery mechanic",
        "Слесарь-ремонтник",
        {"hydraulics": 3, "bench-work": 3, "automation": 1},
    ),
    ("programmer", "2514", "Applications programmer", "Программист", {"programming": 3}),
]

SUCCESSORS = {"15.02.15": "15.02.16"}
ENDS = {"15.02.15": date(2022, 12, 31)}
"""Codes that were replaced, and the last day on which people were admitted under them."""
CODES = [
    ("15.01.05", "profession", "Сварщик (ручной и частично механизированной сварки (наплавки))", "Welder (manual and semi-automatic)"),
    ("15.01.35", "profession", "Мастер слесарных работ", "Master of fitting work"),
    ("15.01.38", "profession", "Оператор-наладчик металлообрабатывающих станков", "Operator-adjuster of metal-cutting machines"),
    ("13.01.10", "profession", "Электромонтёр по ремонту и обслуживанию электрооборудования", "Electrician for industrial equipment"),
    ("23.01.17", "profession", "Мастер по ремонту и обслуживанию автомобилей", "Master of vehicle repair"),
    ("15.02.15", "specialty", "Технология металлообрабатывающего производства", "Metalworking production technology"),
    ("15.02.16", "specialty", "Технология машиностроения", "Mechanical engineering technology"),
    ("15.02.17", "specialty", "Монтаж, техническое обслуживание, эксплуатация и ремонт промышленного оборудования", "Industrial equipment"),
    ("15.02.18", "specialty", "Техническая эксплуатация и обслуживание роботизированного производства", "Robotic production"),
    ("13.02.13", "specialty", "Эксплуатация и обслуживание электрического и электромеханического оборудования", "Electrical equipment"),
    ("22.02.11", "specialty", "Металловедение и обработка металлов давлением", "Metal forming"),
    ("27.02.07", "specialty", "Управление качеством продукции, процессов и услуг", "Quality management"),
    ("23.02.07", "specialty", "Техническое обслуживание и ремонт автотранспортных средств", "Vehicle maintenance and repair"),
    ("09.02.11", "specialty", "Разработка и управление программным обеспечением", "Software development"),
]


def load() -> None:
    """Adds what is not there yet."""
    services.load(ACTOR, Skill, rows=[{"slug": one.slug, "title_en": one.en, "title_ru": one.ru} for one in SKILLS])
    services.load(
        ACTOR, Occupation, rows=[{"slug": slug, "isco": isco, "title_en": en, "title_ru": ru} for slug, isco, en, ru, _ in OCCUPATIONS]
    )
    services.load(
        ACTOR,
        ProgrammeCode,
        rows=[
            {
                "system": "fgos",
                "code": code,
                "kind": kind,
                "title_ru": ru,
                "title_en": en,
                "admission_until_on": ENDS.get(code),
                "successor": SUCCESSORS.get(code),
                "predecessor": next((before for before, after in SUCCESSORS.items() if after == code), None),
            }
            for code, kind, ru, en in CODES
        ],
    )
    skills, occupations = services.keys(Skill), services.keys(Occupation)
    services.load(
        ACTOR,
        OccupationSkill,
        rows=[
            {"occupation_id": occupations[slug], "skill_id": skills[skill], "level": level}
            for slug, _, _, _, asked in OCCUPATIONS
            for skill, level in asked.items()
        ],
    )
