"""The employers of the demonstration region.

Names, parks and towns of the first fourteen are public facts of the Dimitrovgrad cluster. Names that end in «ДЕМО» (DEMO) are
invented, and so is what each of them does here: places, pay, vacancies, people.
"""

from typing import NamedTuple

TOWN = "Димитровград"
PARKS = {"master": ("Димитровградский индустриальный парк «Мастер»", TOWN), "daaz-park": ("Индустриальный парк на площадке ДААЗ", TOWN)}


class Place(NamedTuple):
    """An organisation: its public address, names, town, park, the occupations it works with, and how many mentors it has."""

    slug: str
    legal: str
    short: str
    latin: str
    town: str = TOWN
    park: str | None = None
    trades: tuple[str, ...] = ()
    mentors: int = 1


EMPLOYERS = [
    Place(
        "daaz",
        "ООО «Димитровградский автоагрегатный завод»",
        "ДААЗ",
        "DAAZ",
        park="daaz-park",
        trades=("cnc-operator", "toolmaker", "press-operator", "process-technician", "quality-technician"),
        mentors=5,
    ),
    Place(
        "avtosvet",
        "ООО «Автосвет»",
        "Автосвет",
        "Avtosvet",
        park="daaz-park",
        trades=("moulding-operator", "toolmaker", "quality-technician"),
        mentors=3,
    ),
    Place(
        "dzpm",
        "ООО «Димитровградский завод порошковой металлургии»",
        "ДЗПМ",
        "Powder Metallurgy Plant",
        trades=("press-operator", "quality-technician", "equipment-mechanic"),
        mentors=3,
    ),
    Place(
        "dlz",
        "ООО «Димитровградский литейный завод»",
        "ДЛЗ",
        "Dimitrovgrad Foundry",
        trades=("foundry-operator", "equipment-mechanic", "industrial-electrician"),
        mentors=2,
    ),
    Place("torsion", "ООО «Торсион-Д»", "Торсион-Д", "Torsion-D", park="master", trades=("welder", "cnc-operator"), mentors=2),
    Place("polesye", "ООО «Полесье ДГ»", "Полесье ДГ", "Polesye DG", park="master", trades=("vehicle-assembler", "welder")),
    Place("rotang", "ООО «АВП-Ротанг»", "АВП-Ротанг", "AVP-Rotang", park="master", trades=("moulding-operator", "quality-technician")),
    Place("daz", "ООО «ДАЗ»", "ДАЗ", "DAZ", park="master", trades=("press-operator", "toolmaker"), mentors=2),
    Place("prizma", "ООО «Призма»", "Призма", "Prizma", park="master", trades=("quality-technician", "cnc-operator")),
    Place("stamp", "ООО «ДААЗ Штамп»", "ДААЗ Штамп", "DAAZ Stamp", park="daaz-park", trades=("press-operator", "toolmaker"), mentors=2),
    Place(
        "aluminium",
        "ООО «Димитровградский завод алюминиевого литья»",
        "Завод алюминиевого литья",
        "Aluminium Casting Plant",
        park="daaz-park",
        trades=("foundry-operator", "equipment-mechanic", "cnc-operator"),
        mentors=2,
    ),
    Place(
        "climate",
        "ООО «Климатические системы»",
        "Климатические системы",
        "Climate Systems",
        park="daaz-park",
        trades=("industrial-electrician", "vehicle-assembler"),
        mentors=2,
    ),
    Place(
        "harness",
        "ООО «Димитровград ЖгутКомплект»",
        "ЖгутКомплект",
        "ZhgutKomplekt",
        trades=("automotive-electrician", "quality-technician"),
        mentors=2,
    ),
    Place(
        "himmash",
        "АО «Димитровградхиммаш»",
        "Димитровградхиммаш",
        "Dimitrovgradkhimmash",
        trades=("welder", "turner", "process-technician"),
        mentors=2,
    ),
    Place(
        "component",
        "ДААЗ АВТО КОМПОНЕНТ (ДЕМО)",
        "ДААЗ Авто Компонент ДЕМО",
        "DAAZ Auto Component DEMO",
        park="daaz-park",
        trades=("cnc-operator", "vehicle-assembler"),
        mentors=2,
    ),
    Place("volga-press", "Волга-Пресс (ДЕМО)", "Волга-Пресс ДЕМО", "Volga Press DEMO", trades=("press-operator", "equipment-mechanic")),
    Place(
        "melekess-tool",
        "Мелекесский инструмент (ДЕМО)",
        "Мелекесский инструмент ДЕМО",
        "Melekess Tool DEMO",
        trades=("toolmaker", "cnc-operator"),
        mentors=2,
    ),
    Place("signal", "Сигнал-Авто (ДЕМО)", "Сигнал-Авто ДЕМО", "Signal Auto DEMO", trades=("automotive-electrician", "moulding-operator")),
    Place("polimer", "Полимер-Деталь (ДЕМО)", "Полимер-Деталь ДЕМО", "Polymer Parts DEMO", trades=("moulding-operator",), mentors=2),
    Place("zeh", "Цех точных деталей (ДЕМО)", "Цех точных деталей ДЕМО", "Precision Shop DEMO", trades=("turner", "cnc-operator")),
    Place(
        "robotech",
        "Роботех-Поволжье (ДЕМО)",
        "Роботех ДЕМО",
        "Robotech DEMO",
        park="master",
        trades=("robot-controller", "programmer"),
        mentors=2,
    ),
    Place(
        "service-auto",
        "Автосервис «Черемшан» (ДЕМО)",
        "Черемшан ДЕМО",
        "Cheremshan Service DEMO",
        trades=("vehicle-technician", "automotive-electrician"),
        mentors=2,
    ),
    Place("energo", "Энергоремонт (ДЕМО)", "Энергоремонт ДЕМО", "Energo Repair DEMO", trades=("industrial-electrician",), mentors=2),
    Place(
        "kontrol",
        "Контроль-Качество (ДЕМО)",
        "Контроль-Качество ДЕМО",
        "Quality Control DEMO",
        "Ульяновск",
        trades=("quality-technician",),
    ),
    Place("novosyol", "Новосёл-Металл (ДЕМО)", "Новосёл-Металл ДЕМО", "Novosyol Metal DEMO", trades=("welder",)),
]
"""Those who take part; the last is still to be verified."""

SOFT = Place(
    "soft",
    "Симбирские цифровые решения (ДЕМО)",
    "Цифровые решения ДЕМО",
    "Simbirsk Digital DEMO",
    "Ульяновск",
    trades=("programmer",),
    mentors=2,
)
"""The twenty-fifth that takes part in the whole region."""

JOINED = [
    Place("svarka", "Поволжский сварочный участок (ДЕМО)", "Сварочный участок ДЕМО", "Volga Welding DEMO"),
    Place("krepezh", "Крепёж-Мелекесс (ДЕМО)", "Крепёж-Мелекесс ДЕМО", "Melekess Fasteners DEMO", "Мелекесс"),
    Place("pruzhina", "Пружина-Авто (ДЕМО)", "Пружина-Авто ДЕМО", "Auto Springs DEMO"),
    Place("uplotnitel", "Уплотнитель (ДЕМО)", "Уплотнитель ДЕМО", "Sealant Works DEMO"),
    Place("galvanika", "Гальваника-Сервис (ДЕМО)", "Гальваника-Сервис ДЕМО", "Plating Service DEMO"),
    Place("tara", "Завод оборотной тары (ДЕМО)", "Оборотная тара ДЕМО", "Returnable Packaging DEMO"),
    Place("logist", "Промлогистика-Дим (ДЕМО)", "Промлогистика ДЕМО", "Prom Logistics DEMO"),
    Place("okraska", "Порошковая окраска (ДЕМО)", "Порошковая окраска ДЕМО", "Powder Coating DEMO"),
    Place("rezina", "Резинотехника-Волга (ДЕМО)", "Резинотехника ДЕМО", "Volga Rubber DEMO", "Ульяновск"),
    Place("steklo", "Автостекло-Симбирск (ДЕМО)", "Автостекло ДЕМО", "Simbirsk Auto Glass DEMO", "Ульяновск"),
    Place("kabel", "Кабельные узлы (ДЕМО)", "Кабельные узлы ДЕМО", "Cable Units DEMO"),
    Place("frezer", "Фрезер-Плюс (ДЕМО)", "Фрезер-Плюс ДЕМО", "Frezer Plus DEMO"),
    Place("detal-servis", "Деталь-Сервис (ДЕМО)", "Деталь-Сервис ДЕМО", "Detail Service DEMO"),
    Place("shtampovka", "Штамповка-Черемшан (ДЕМО)", "Штамповка-Черемшан ДЕМО", "Cheremshan Stamping DEMO"),
    Place("remstanok", "Ремстанок (ДЕМО)", "Ремстанок ДЕМО", "Machine Repair DEMO"),
    Place("avtorul", "Авторуль (ДЕМО)", "Авторуль ДЕМО", "Auto Steering DEMO"),
    Place("teplo", "Теплообменник (ДЕМО)", "Теплообменник ДЕМО", "Heat Exchangers DEMO"),
    Place("kuznya", "Кузнечный двор (ДЕМО)", "Кузнечный двор ДЕМО", "Forge Yard DEMO", "Новая Майна"),
    Place("plastik", "Пластик-Майна (ДЕМО)", "Пластик-Майна ДЕМО", "Mayna Plastics DEMO", "Новая Майна"),
    Place("lazer", "Лазерный раскрой (ДЕМО)", "Лазерный раскрой ДЕМО", "Laser Cutting DEMO", park="master"),
    Place("metrolog", "Метрология-Регион (ДЕМО)", "Метрология-Регион ДЕМО", "Regional Metrology DEMO", "Ульяновск"),
    Place("sborka", "Сборка-Модуль (ДЕМО)", "Сборка-Модуль ДЕМО", "Module Assembly DEMO", park="master"),
    Place("filtr", "Фильтр-Элемент (ДЕМО)", "Фильтр-Элемент ДЕМО", "Filter Element DEMO"),
    Place("amortizator", "Амортизатор-Узел (ДЕМО)", "Амортизатор-Узел ДЕМО", "Damper Units DEMO"),
    Place("elektrod", "Электрод-Волга (ДЕМО)", "Электрод-Волга ДЕМО", "Volga Electrodes DEMO"),
    Place("osnastka", "Оснастка-Проект (ДЕМО)", "Оснастка-Проект ДЕМО", "Tooling Project DEMO"),
    Place("kompozit", "Композит-Авто (ДЕМО)", "Композит-Авто ДЕМО", "Auto Composites DEMO", "Ульяновск"),
    Place("zapchast", "Запчасть-Опт (ДЕМО)", "Запчасть-Опт ДЕМО", "Parts Wholesale DEMO"),
]
"""Joined in the course of the two years and look on: verified, without places or vacancies yet."""

APPLIED = [
    Place("vektor", "Вектор-Станко (ДЕМО)", "Вектор-Станко ДЕМО", "Vector Machines DEMO"),
    Place("tochmash", "Точмаш-Черемшан (ДЕМО)", "Точмаш-Черемшан ДЕМО", "Cheremshan Precision DEMO"),
    Place("avtotkan", "Автоткань (ДЕМО)", "Автоткань ДЕМО", "Auto Textiles DEMO", "Мелекесс"),
    Place("servo", "Сервопривод-Д (ДЕМО)", "Сервопривод-Д ДЕМО", "Servo Drives DEMO"),
]
"""Registered in the last days and wait for the authority."""

GONE = {
    "lom": (
        Place("lom", "Вторметалл-Майна (ДЕМО)", "Вторметалл-Майна ДЕМО", "Mayna Scrap DEMO", "Новая Майна"),
        "suspend",
        "Нет договора о практической подготовке; документы запрошены дважды.",
    ),
    "ritm": (Place("ritm", "Ритм-Авто (ДЕМО)", "Ритм-Авто ДЕМО", "Ritm Auto DEMO"), "close", "Предприятие прекратило деятельность."),
}
"""Suspended or closed, and why."""
