"""The places of the navigation: where whoever acts can go, one list for each kind of actor."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from flask import current_app, g, request, url_for

from training.kernel.i18n import _, language
from training.kernel.pages import allowed, registered
from training.kernel.policy import Learner, Member, OrganisationKind

MOST_SECTIONS = 1_000
"""Navigations kept ready, one for each list of places, organisation, set of roles and language."""
_STAYS = ("internships.placements.listed", "internships.placements.mine")
_HIRING = ("candidates.vacancies.listed",)
_COHORTS = ("courses.cohorts.listed",)
_STUDY = (*_COHORTS, "courses.enrolments.mine")
_PERSON = ("trainees.disclosures.listed", "trainees.profiles.own", "internships.placements.listed")
WITHIN: dict[str, tuple[str, ...]] = {
    "accounts.invitations": ("accounts.memberships.listed",),
    "candidates.applications": _HIRING,
    "candidates.interviews": (*_HIRING, "candidates.applications.mine"),
    "candidates.offers": (*_HIRING, "candidates.applications.mine"),
    "courses.allocations": ("courses.purchases.listed", *_STUDY),
    "courses.assessments": _STUDY,
    "courses.attendance": _STUDY,
    "courses.attendance.mark": ("courses.lessons.own",),
    "courses.awards": ("courses.credentials.listed",),
    "courses.badges": ("courses.credentials.check",),
    "courses.calendar": _COHORTS,
    "courses.credentials": ("courses.enrolments.mine",),
    "courses.enrolments": _COHORTS,
    "courses.gradebooks": _STUDY,
    "courses.lessons": _STUDY,
    **dict.fromkeys((f"courses.lessons.{page}" for page in ("of_cohort", "plan", "add", "show_pattern", "stop")), _COHORTS),
    "courses.materials": _STUDY,
    "courses.prerequisites": ("courses.programmes.listed",),
    "courses.purchases": _COHORTS,
    "courses.quotas": _COHORTS,
    "courses.recognitions": _STUDY,
    "courses.teams": _STUDY,
    "courses.remarks": ("courses.programmes.listed", "courses.endorsements.listed"),
    "courses.revocations": ("courses.credentials.listed",),
    "courses.rooms": _COHORTS,
    "courses.rulings": _COHORTS,
    "courses.scales": ("courses.programmes.listed",),
    "courses.selections": _STUDY,
    "courses.transfers": _STUDY,
    "courses.waivers": ("courses.programmes.listed",),
    "insights.calendar": ("insights.home.member", "insights.home.learner"),
    "insights.rights": ("accounts.memberships.listed",),
    "insights.risks": _COHORTS,
    "internships.agreements": _STAYS,
    "internships.evaluations": _STAYS,
    "internships.logbooks": _STAYS,
    "internships.scans": _STAYS,
    "operations.deliveries": ("operations.mail",),
    "operations.letter": ("operations.mail",),
    "trainees.cards": _PERSON,
    "trainees.claims": _PERSON,
    "trainees.consents": _PERSON,
    "trainees.disclosures": _PERSON,
    "trainees.erasures": _PERSON,
    "trainees.exports": _PERSON,
    "trainees.merges": _PERSON,
    "trainees.papers": _PERSON,
    "trainees.passport": _PERSON,
    "trainees.resumes": _PERSON,
}
"""The place that a page or a noun's pages stand under, where it is not the noun's own: the first of these that the actor has."""
Item = tuple[str, str, bool, str]
"""A place in the navigation: label, address, whether one is there, icon."""


@dataclass(frozen=True)
class Own:
    """The organisation one acts for, or the trainee one is, as far as the rules of their first pages ask."""

    id: int
    kind: OrganisationKind | None = None


def own() -> Own | None:
    """What the actor's own pages are about."""
    match g.actor:
        case Member(organisation_id=here, kind=kind):
            return Own(here, kind)
        case Learner(trainee_id=me):
            return Own(me)
        case _:
            return None


def items(*places: tuple[str, str, str]) -> list[Item]:
    """The places among these (label, endpoint, icon) that exist and that the actor may enter; asked once for actors who may the same."""
    actor, here = g.actor, request.endpoint or ""
    slug = (request.view_args or {}).get("organisation", "") if isinstance(actor, Member) else ""
    who = (actor.kind, actor.roles, slug) if isinstance(actor, Member) else type(actor)
    known: dict[Hashable, list[tuple[str, str, str, str]]] = current_app.extensions.setdefault("sections", {})
    found = known.get(key := (request.script_root, language(), who, places[0][1]))
    if found is None:
        pages = registered(current_app)
        if len(known) >= MOST_SECTIONS:
            known.clear()
        found = known[key] = [
            (label, url_for(endpoint), endpoint, icon)
            for label, endpoint, icon in places
            if endpoint in pages and allowed(pages[endpoint], actor, own())
        ]
    current = place_of(here, [endpoint for _label, _url, endpoint, _icon in found])
    return [(label, url, endpoint == current, icon) for label, url, endpoint, icon in found]


def place_of(here: str, endpoints: Sequence[str]) -> str | None:
    """Which of these places a page stands under: itself, the one it is said to be within, or the first of its noun; one at most."""
    noun = here.rsplit(".", 1)[0]
    if here in endpoints:
        return here
    asked = (*WITHIN.get(here, ()), *(one for one in endpoints if one.rsplit(".", 1)[0] == noun), *WITHIN.get(noun, ()))
    return next((one for one in asked if one in endpoints), None)


def public_sections() -> list[Item]:
    """What anybody can look at."""
    return items(
        (_("Programmes"), "courses.programmes.catalogue", "mortarboard"),
        (_("Internships"), "internships.openings.catalogue", "briefcase"),
        (_("Vacancies"), "candidates.vacancies.catalogue", "person-workspace"),
        (_("Check a credential"), "courses.credentials.check", "patch-check"),
    )


def learner_sections() -> list[Item]:
    """A trainee's places; five fit at the bottom of a phone."""
    return items(
        (_("Home"), "insights.home.learner", "house"),
        (_("Study"), "courses.enrolments.mine", "mortarboard"),
        (_("Internship"), "internships.placements.mine", "briefcase"),
        (_("Work"), "candidates.applications.mine", "person-workspace"),
        (_("Profile"), "trainees.profiles.own", "person"),
    )


def member_sections(actor: Member) -> list[Item]:
    """A member's places, by the kind of organisation."""
    home = (_("Home"), "insights.home.member", "house")
    people = (_("People"), "accounts.memberships.listed", "people")
    match actor.kind:
        case OrganisationKind.SCHOOL:
            return items(
                home,
                (_("Programmes"), "courses.programmes.listed", "journal-text"),
                (_("Cohorts"), "courses.cohorts.listed", "people"),
                (_("Timetable"), "courses.lessons.own", "calendar3"),
                (_("Trainees"), "trainees.disclosures.listed", "mortarboard"),
                (_("Internships"), "internships.placements.listed", "briefcase"),
                (_("Credentials"), "courses.credentials.listed", "award"),
                (_("Import"), "exchange.listed", "upload"),
                people,
            )
        case OrganisationKind.EMPLOYER:
            return items(
                home,
                (_("Openings"), "internships.openings.listed", "briefcase"),
                (_("Trainees"), "internships.placements.listed", "mortarboard"),
                (_("Vacancies"), "candidates.vacancies.listed", "person-workspace"),
                (_("Talent"), "candidates.talent.listed", "search"),
                (_("Training"), "courses.purchases.listed", "mortarboard"),
                (_("Endorsements"), "courses.endorsements.listed", "patch-check"),
                people,
            )
        case OrganisationKind.AUTHORITY:
            return items(
                home,
                (_("Organisations"), "organisations.listed", "building"),
                (_("Skills"), "insights.coverage.show", "bar-chart"),
                (_("Quotas"), "courses.quotas.listed", "mortarboard"),
                people,
            )
        case OrganisationKind.OPERATOR:
            return items(
                home,
                (_("Organisations"), "organisations.listed", "building"),
                (_("Jobs"), "operations.jobs", "gear"),
                (_("Mail"), "operations.mail", "envelope"),
                (_("Reports"), "operations.problems.listed", "chat-left-text"),
                (_("Erasures"), "trainees.erasures.listed", "shield-lock"),
                (_("Shared lists"), "taxonomy.codes", "tags"),
                (_("Import"), "exchange.listed", "upload"),
                people,
            )
