"""The organisations of the demonstration region.

Names, parks and towns are public facts of the Dimitrovgrad cluster; names ending in «ДЕМО» (DEMO) are invented, and so are all
addresses, numbers and people. No real firm's tax numbers stand here.
"""

from typing import NamedTuple

from seeds.people import Staff, account
from training.accounts.memberships import services as memberships
from training.kernel.policy import Member, OrganisationKind, Role, System
from training.organisations import services
from training.organisations.models import Organisation, Park

ACTOR = System("seeds")
TOWN = "Димитровград"


class Place(NamedTuple):
    """An organisation: its public address, names, town and park."""

    slug: str
    legal: str
    short: str
    latin: str
    town: str = TOWN
    park: str | None = None


AUTHORITY = Place(
    "region",
    "Агентство по развитию человеческого потенциала и трудовых ресурсов Ульяновской области",
    "Агентство кадров",
    "Labour Agency",
    "Ульяновск",
)
OPERATOR = Place("operator", "Оператор платформы (ДЕМО)", "Оператор", "Platform operator", "Ульяновск")
SCHOOLS = [
    Place("dtk", "Димитровградский технический колледж", "ДТК", "Dimitrovgrad Technical College"),
    Place("dtpt", "Димитровградский техникум профессиональных технологий", "ДТПТ", "School of Professional Technologies"),
    Place(
        "dmtt", "Димитровградский механико-технологический техникум молочной промышленности", "ДМТТМП", "School of Mechanics and Technology"
    ),
    Place("uac", "Ульяновский авиационный колледж", "УАК", "Ulyanovsk Aviation College", "Ульяновск"),
]
PARKS = {"master": ("Димитровградский индустриальный парк «Мастер»", TOWN), "daaz-park": ("Индустриальный парк на площадке ДААЗ", TOWN)}
EMPLOYERS = [
    Place("daaz", "ООО «Димитровградский автоагрегатный завод»", "ДААЗ", "DAAZ", park="daaz-park"),
    Place("avtosvet", "ООО «Автосвет»", "Автосвет", "Avtosvet", park="daaz-park"),
    Place("dzpm", "ООО «Димитровградский завод порошковой металлургии»", "ДЗПМ", "Powder Metallurgy Plant"),
    Place("dlz", "ООО «Димитровградский литейный завод»", "ДЛЗ", "Dimitrovgrad Foundry"),
    Place("torsion", "ООО «Торсион-Д»", "Торсион-Д", "Torsion-D", park="master"),
    Place("polesye", "ООО «Полесье ДГ»", "Полесье ДГ", "Polesye DG", park="master"),
    Place("rotang", "ООО «АВП-Ротанг»", "АВП-Ротанг", "AVP-Rotang", park="master"),
    Place("daz", "ООО «ДАЗ»", "ДАЗ", "DAZ", park="master"),
    Place("prizma", "ООО «Призма»", "Призма", "Prizma", park="master"),
    Place("stamp", "ООО «ДААЗ Штамп»", "ДААЗ Штамп", "DAAZ Stamp", park="daaz-park"),
    Place(
        "aluminium",
        "ООО «Димитровградский завод алюминиевого литья»",
        "Завод алюминиевого литья",
        "Aluminium Casting Plant",
        park="daaz-park",
    ),
    Place("climate", "ООО «Климатические системы»", "Климатические системы", "Climate Systems", park="daaz-park"),
    Place("harness", "ООО «Димитровград ЖгутКомплект»", "ЖгутКомплект", "ZhgutKomplekt"),
    Place("himmash", "АО «Димитровградхиммаш»", "Димитровградхиммаш", "Dimitrovgradkhimmash"),
    Place("component", "ДААЗ АВТО КОМПОНЕНТ (ДЕМО)", "ДААЗ Авто Компонент ДЕМО", "DAAZ Auto Component DEMO", park="daaz-park"),
    Place("volga-press", "Волга-Пресс (ДЕМО)", "Волга-Пресс ДЕМО", "Volga Press DEMO"),
    Place("melekess-tool", "Мелекесский инструмент (ДЕМО)", "Мелекесский инструмент ДЕМО", "Melekess Tool DEMO"),
    Place("signal", "Сигнал-Авто (ДЕМО)", "Сигнал-Авто ДЕМО", "Signal Auto DEMO"),
    Place("polimer", "Полимер-Деталь (ДЕМО)", "Полимер-Деталь ДЕМО", "Polymer Parts DEMO"),
    Place("zeh", "Цех точных деталей (ДЕМО)", "Цех точных деталей ДЕМО", "Precision Shop DEMO"),
    Place("robotech", "Роботех-Поволжье (ДЕМО)", "Роботех ДЕМО", "Robotech DEMO", park="master"),
    Place("service-auto", "Автосервис «Черемшан» (ДЕМО)", "Черемшан ДЕМО", "Cheremshan Service DEMO"),
    Place("energo", "Энергоремонт (ДЕМО)", "Энергоремонт ДЕМО", "Energo Repair DEMO"),
    Place("kontrol", "Контроль-Качество (ДЕМО)", "Контроль-Качество ДЕМО", "Quality Control DEMO", "Ульяновск"),
    Place("novosyol", "Новосёл-Металл (ДЕМО)", "Новосёл-Металл ДЕМО", "Novosyol Metal DEMO"),
]
UNVERIFIED = {"novosyol"}
"""Still waits for the authority, so that its desk has something to do."""


class Region(NamedTuple):
    """Everything that the later parts of the story stand on."""

    authority: Organisation
    operator: Organisation
    schools: dict[str, Organisation]
    employers: dict[str, Organisation]
    staff: dict[tuple[str, Role], Staff]

    def acting(self, slug: str, role: Role) -> Member:
        """Somebody of an organisation, in a role, as an actor."""
        return self.staff[slug, role].actor


def build() -> Region:
    """The authority, the operator, 4 schools, 25 employers and 2 parks, with the people who work there."""
    staff: dict[tuple[str, Role], Staff] = {}
    authority = found(AUTHORITY, OrganisationKind.AUTHORITY)
    people(staff, authority, Role.COORDINATOR, Role.SUBSIDY_OFFICER, Role.AUDITOR)
    services.certify(ACTOR, authority)
    operator = found(OPERATOR, OrganisationKind.OPERATOR)
    people(staff, operator, Role.OPERATOR)
    services.certify(ACTOR, operator)
    parks = {slug: services.add_park(ACTOR, name=name, town=town) for slug, (name, town) in PARKS.items()}
    schools = {place.slug: found(place, OrganisationKind.SCHOOL) for place in SCHOOLS}
    employers = {place.slug: found(place, OrganisationKind.EMPLOYER) for place in EMPLOYERS}
    for school in schools.values():
        people(staff, school, Role.MANAGER, Role.TEACHER, Role.PLACEMENT_OFFICER)
    for employer in employers.values():
        people(staff, employer, Role.MANAGER, Role.RECRUITER, Role.MENTOR)
    coordinator = staff[authority.slug, Role.COORDINATOR].actor
    for place in [*SCHOOLS, *EMPLOYERS]:
        organisation = schools.get(place.slug) or employers[place.slug]
        add_site(staff[place.slug, Role.MANAGER].actor, organisation, place, parks)
        if place.slug not in UNVERIFIED:
            services.verify(coordinator, organisation)
    return Region(authority, operator, schools, employers, staff)


def found(place: Place, kind: OrganisationKind) -> Organisation:
    """Registers one organisation."""
    return services.found(
        ACTOR,
        kind=kind,
        legal_name=place.legal,
        short_name=place.short,
        latin_name=place.latin,
        town=place.town,
        address="ул. Демонстрационная, 1",
        slug=place.slug,
    )


def people(staff: dict[tuple[str, Role], Staff], organisation: Organisation, *roles: Role) -> None:
    """One person for each role."""
    for role in roles:
        person = account(f"{role.value}@{organisation.slug}.example")
        membership = memberships.give(ACTOR, organisation, account=person, role=role)
        staff[organisation.slug, role] = Staff(membership, Member(person.id, organisation.id, organisation.kind, frozenset({role})))


def add_site(manager: Member, organisation: Organisation, place: Place, parks: dict[str, Park]) -> None:
    """Where it works."""
    park = parks[place.park] if place.park else None
    services.add_site(
        manager,
        organisation,
        name=park.name if park else "Главная площадка",
        town=place.town,
        address="ул. Демонстрационная, 1",
        park_id=park.id if park else None,
    )
