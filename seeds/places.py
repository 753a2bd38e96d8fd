"""The organisations of the demonstration region and the people who work there.

Names of schools and of the authority are public facts; «ДЕМО» (DEMO) marks what is invented, and all addresses and people are. No real
firm's tax numbers stand here.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from seeds.employers import APPLIED, EMPLOYERS, GONE, JOINED, PARKS, SOFT, TOWN, Place
from seeds.names import Names
from seeds.people import ACTOR, Staff, account
from seeds.size import Size
from seeds.story import Life, Story
from training.accounts.memberships import services as memberships
from training.internships.placements import queries as placements
from training.kernel.policy import Learner, Member, OrganisationKind, Role
from training.organisations import services
from training.organisations.models import Organisation, Park
from training.taxonomy import services as taxonomy
from training.taxonomy.models import Occupation, Skill

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
FURTHER_SCHOOLS = [Place("diti", "Димитровградский инженерно-технологический институт НИЯУ МИФИ", "ДИТИ НИЯУ МИФИ", "DITI MEPhI")]
"""In the whole region only."""
NEW_SCHOOL = Place("start", "Учебный центр «Старт» (ДЕМО)", "Центр «Старт» ДЕМО", "Start Training Centre DEMO")
"""Registered in the last days."""
STREETS = ("Демонстрационная", "Примерная", "Учебная", "Показательная", "Образцовая")
"""Streets that are nowhere."""
TEACHERS = {"dtk": 4, "dtpt": 3}
OFFICERS = {"dtk": 2}


@dataclass
class Region:
    """Everything that the chapters of the story stand on."""

    story: Story
    size: Size
    authority: Organisation
    operator: Organisation
    parks: dict[str, Park]
    schools: dict[str, Organisation] = field(default_factory=dict)
    employers: dict[str, Organisation] = field(default_factory=dict)
    staff: dict[tuple[str, Role], list[Staff]] = field(default_factory=lambda: defaultdict(list))
    personas: dict[str, Learner] = field(default_factory=dict)
    """The trainees one can be at one press, by login name."""

    @cached_property
    def names(self) -> Names:
        """Gives names to people."""
        return Names(self.story.chance)

    @cached_property
    def occupations(self) -> dict[str, int]:
        """The ids of occupations by their short key."""
        return taxonomy.keys(Occupation)

    @cached_property
    def skills(self) -> dict[str, int]:
        """The ids of skills by their short key."""
        return taxonomy.keys(Skill)

    def acting(self, slug: str, role: Role, number: int = 0) -> Member:
        """Somebody of an organisation, in a role, as an actor."""
        people = self.staff[slug, role]
        return people[number % len(people)].actor

    def free_mentor(self, slug: str, *, most: int, first: bool) -> Staff | None:
        """The host's first mentor who has fewer than so many trainees; the very first is kept for those who are told of one by one."""
        mentors = self.staff[slug, Role.MENTOR]
        mentors = mentors if first else mentors[1:] or mentors
        return next((one for one in mentors if placements.load_of(one.membership.id) < most), None)

    @property
    def active(self) -> Sequence[Place]:
        """The employers that offer places and work."""
        return [*EMPLOYERS[:-1], SOFT] if self.size is Size.FULL else EMPLOYERS[:-1]


ABOUT = {
    OrganisationKind.SCHOOL: "Колледж демонстрационного региона: люди, адрес и числа здесь вымышлены.",
    OrganisationKind.EMPLOYER: "Предприятие демонстрационного региона: люди, адрес и числа здесь вымышлены.",
}
"""What they say of themselves."""


def build(story: Story, size: Size) -> Region:
    """The authority, the operator, the parks, the schools and those employers that were there from the beginning."""
    with story.on(size.since, 9):
        authority, operator = found(AUTHORITY, OrganisationKind.AUTHORITY), found(OPERATOR, OrganisationKind.OPERATOR)
        parks = {slug: services.add_park(ACTOR, name=name, town=town) for slug, (name, town) in PARKS.items()}
        region = Region(story, size, authority, operator, parks)
        for role in (Role.COORDINATOR, Role.SUBSIDY_OFFICER, Role.AUDITOR):
            join(region, AUTHORITY, authority, role)
        join(region, OPERATOR, operator, Role.OPERATOR)
        for one in (authority, operator):
            services.certify(ACTOR, one)
    schools = [*SCHOOLS, *FURTHER_SCHOOLS] if size is Size.FULL else SCHOOLS
    with story.on(size.since + 1, 11):
        for place in schools:
            register(region, place, OrganisationKind.SCHOOL)
        for place in region.active:
            register(region, place, OrganisationKind.EMPLOYER)
    with story.on(size.since + 3, 15):
        coordinator = region.acting("region", Role.COORDINATOR)
        for place in [*schools, *region.active]:
            services.verify(coordinator, organisation_of(region, place))
    return region


def arrivals(region: Region) -> Iterator[Life]:
    """Those who come later: some have joined and look on, some wait for the authority, some are gone again."""
    chance = region.story.chance
    yield joining(region, EMPLOYERS[-1], arrives=-4)
    if region.size is Size.SMALL:
        return
    for number, place in enumerate(JOINED):
        yield joining(region, place, arrives=region.size.since + 40 + number * 25 + chance.randrange(12), answer="verify")
    for place, verb, reason in GONE.values():
        yield joining(region, place, arrives=region.size.since + 120, answer=verb, reason=reason)
    for number, place in enumerate(APPLIED):
        yield joining(region, place, arrives=-1 - number)
    yield joining(region, NEW_SCHOOL, arrives=-2, kind=OrganisationKind.SCHOOL)


def joining(
    region: Region,
    place: Place,
    *,
    arrives: int,
    answer: str | None = None,
    reason: str = "",
    kind: OrganisationKind = OrganisationKind.EMPLOYER,
) -> Life:
    """An organisation registers itself, waits, and is verified; some do not stay."""
    story, coordinator = region.story, region.acting("region", Role.COORDINATOR)
    day = story.workday(arrives)
    yield story.at(day, 10 + story.chance.randrange(6), story.chance.randrange(60))
    organisation = register(region, place, kind)
    if answer is None:
        return
    yield story.at(story.workday(day + 3), 14, story.chance.randrange(60))
    services.verify(coordinator, organisation)
    if answer == "suspend":
        yield story.at(-24, 12)
        services.suspend(coordinator, organisation, reason=reason)
    if answer == "close":
        yield story.at(-150, 12)
        services.close(coordinator, organisation, reason=reason)


def organisation_of(region: Region, place: Place) -> Organisation:
    """The organisation that stands for a place."""
    return region.schools.get(place.slug) or region.employers[place.slug]


def found(place: Place, kind: OrganisationKind) -> Organisation:
    """Registers one organisation."""
    return services.found(
        ACTOR,
        kind=kind,
        legal_name=place.legal,
        short_name=place.short,
        latin_name=place.latin,
        town=place.town,
        address=address(place),
        slug=place.slug,
        about=ABOUT.get(kind),
    )


def address(place: Place) -> str:
    """An address that is nowhere."""
    number = sum(map(ord, place.slug))
    return f"ул. {STREETS[number % len(STREETS)]}, {number % 60 + 1}"


def register(region: Region, place: Place, kind: OrganisationKind) -> Organisation:
    """A school or an employer with its people and its site."""
    organisation = found(place, kind)
    if kind is OrganisationKind.SCHOOL:
        region.schools[place.slug] = organisation
        full = region.size is Size.FULL
        teachers, officers = (TEACHERS.get(place.slug, 2), OFFICERS.get(place.slug, 1)) if full else (1, 1)
        roles = [Role.MANAGER, *[Role.TEACHER] * teachers, *[Role.PLACEMENT_OFFICER] * officers]
    else:
        region.employers[place.slug] = organisation
        roles = [Role.MANAGER, Role.RECRUITER, *[Role.MENTOR] * region.size.pick(1, place.mentors)] if place.trades else [Role.MANAGER]
    for role in roles:
        join(region, place, organisation, role)
    park = region.parks[place.park] if place.park else None
    services.add_site(
        region.acting(place.slug, Role.MANAGER),
        organisation,
        name=park.name if park else ("Учебный корпус" if kind is OrganisationKind.SCHOOL else "Главная площадка"),
        town=place.town,
        address=address(place),
        park_id=park.id if park else None,
    )
    return organisation


def join(region: Region, place: Place, organisation: Organisation, role: Role) -> None:
    """One more person for a role."""
    known = len(region.staff[place.slug, role])
    email = f"{role.value}{known + 1 if known else ''}@{place.slug}.example"
    person = account(region.names.another(), email=email)
    membership = memberships.give(ACTOR, organisation, account=person, role=role)
    actor = Member(person.id, organisation.id, organisation.kind, frozenset({role}))
    region.staff[place.slug, role].append(Staff(membership, actor))


__all__ = ["TOWN", "Region", "arrivals", "build"]
