"""Who may do what: each page of members asked for each role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from training.accounts.memberships.queries import of_role
from training.insights.rights import probes
from training.kernel.i18n import LazyString, _, _l
from training.kernel.pages import Door, Page, every
from training.kernel.policy import ROLES_OF, OrganisationKind, Role

AREAS: dict[str, LazyString] = {
    "organisations": _l("The organisation"),
    "accounts": _l("People of the organisation"),
    "trainees": _l("Trainees"),
    "courses": _l("Programmes, cohorts, credentials"),
    "internships": _l("Internships"),
    "candidates": _l("Recruiting"),
    "taxonomy": _l("Shared lists"),
    "exchange": _l("Files in and out"),
    "files": _l("Papers to print"),
    "threads": _l("Messages"),
    "notices": _l("Notices"),
    "saved_views": _l("Lists"),
    "insights": _l("Home and search"),
    "operations": _l("Running the site"),
}
"""The areas in words, in the order of the page."""
ALWAYS, OWN, OTHERS, NEVER = "always", "own", "others", "never"
"""Whether a role may: any record of the organisation, only one that names the person, only one that does not, none."""


@dataclass(frozen=True)
class Deed:
    """Something that can be done on a page, and how each role stands to it."""

    endpoint: str
    words: str
    answers: Mapping[Role, str]


@dataclass(frozen=True)
class Area:
    """The deeds of one area."""

    name: str
    title: LazyString
    deeds: Sequence[Deed]


def telling() -> Sequence[Page]:
    """The pages of members that act, and their lists; what a single record shows follows from those."""
    return [page for page in every() if Door.MEMBER in page.doors and (page.writes or page.subject is None)]


def areas(kind: OrganisationKind) -> Sequence[Area]:
    """What members of an organisation of that kind may do, by area; what none of its roles may is left out."""
    found: dict[str, list[Deed]] = {name: [] for name in AREAS}
    for endpoint, words, answers in _asked(kind):
        found[endpoint.split(".")[0]].append(Deed(endpoint, _(words), answers))
    return [Area(name, AREAS[name], deeds) for name, deeds in found.items() if deeds]


@cache
def _asked(kind: OrganisationKind) -> Sequence[tuple[str, str, Mapping[Role, str]]]:
    """Endpoint, first line and answers of every page that some role may use; rules do not change while the application runs."""
    found = []
    for page in telling():
        answers = {role: answer(page, kind, role) for role in ROLES_OF[kind]}
        if set(answers.values()) != {NEVER}:
            found.append((page.endpoint, (page.view.__doc__ or "").strip().split("\n")[0], answers))
    return found


def answer(page: Page, kind: OrganisationKind, role: Role) -> str:
    """How a role stands to what the page does."""
    others, own = (probes.may(page, kind, role, named=named) for named in (False, True))
    return ALWAYS if others and own else OWN if own else OTHERS if others else NEVER


def holders(organisation_id: int, kind: OrganisationKind) -> Mapping[Role, Sequence[str]]:
    """The names of those who hold each role of the organisation: one statement."""
    people = of_role(organisation_id, *ROLES_OF[kind])
    return {role: [one.name for one in people if one.role is role] for role in ROLES_OF[kind]}
