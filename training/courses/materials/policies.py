"""Who sees which material, who gives it to a cohort, and what must be true."""

import unicodedata
from urllib.parse import urlsplit

from sqlalchemy import Select, false, select

from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.models import Enrolment
from training.courses.lessons.policies import cohorts_of
from training.courses.materials.models import Material
from training.courses.materials.workflow import State
from training.courses.programmes.models import Module
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds
from training.kernel.prepared import present

MOST = 300
"""Materials of a cohort, those that were taken down included: a page shows them all."""
_BLIND = {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}
"""Categories of signs that an address cannot hold: blanks, and what cannot be seen."""


def visible_to(actor: Actor) -> Select[Material]:
    """Schools: their own. Trainees: what the cohorts they study in, or have completed, are shown by now."""
    match actor:
        case System():
            return select(Material)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Material).where(Material.school_id == mine)
        case Learner(trainee_id=me):
            shown = (Material.state == State.SHOWN, Material.shown_at <= present())
            return select(Material).where(Material.cohort_id.in_(cohorts_of(Enrolment.trainee_id == me)), *shown)
        case _:
            return select(Material).where(false())


def can_list_of_cohort(actor: Actor, cohort: Cohort) -> bool:
    """The people of the cohort's school."""
    return isinstance(actor, Member) and actor.organisation_id == cohort.school_id


def can_list_own(actor: Actor, subject: object = None) -> bool:
    """Trainees."""
    return isinstance(actor, Learner)


def can_show(actor: Actor, material: Material) -> bool:
    """The school's people; trainees find it in their list."""
    return isinstance(actor, Member) and actor.organisation_id == material.school_id


def can_open_file(actor: Actor, material: Material) -> bool:
    """Everybody for whom the row scope has let it through."""
    return isinstance(actor, Learner) or can_show(actor, material)


def teaches(actor: Actor, school_id: int) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, Role.MANAGER, Role.TEACHER, at=school_id)


def can_add_file(actor: Actor, cohort: Cohort) -> bool:
    """Managers and teachers of the school."""
    return teaches(actor, cohort.school_id)


def can_add_link(actor: Actor, cohort: Cohort) -> bool:
    """Managers and teachers of the school."""
    return teaches(actor, cohort.school_id)


def can_edit(actor: Actor, material: Material) -> bool:
    """Managers and teachers of the school."""
    return teaches(actor, material.school_id)


def can_place(actor: Actor, material: Material) -> bool:
    """Managers and teachers of the school."""
    return teaches(actor, material.school_id)


def can_withdraw(actor: Actor, material: Material) -> bool:
    """Managers and teachers of the school."""
    return teaches(actor, material.school_id)


def can_put_back(actor: Actor, material: Material) -> bool:
    """Managers and teachers of the school."""
    return teaches(actor, material.school_id)


def why_not_add(cohort: Cohort, *, number: int = 0) -> list[str | LazyString]:
    """The cohort is not cancelled, and there is room in its list."""
    if cohort.state is CohortState.CANCELLED:
        return [_l("Cohort %(cohort)s is cancelled, nobody learns in it.", cohort=cohort.code)]
    return [_l("A cohort has %(most)d materials at most. Change one of those that are there.", most=MOST)] if number >= MOST else []


def why_not_module(module: Module, cohort: Cohort) -> list[str | LazyString]:
    """It is one of what the cohort learns."""
    return [] if module.version_id == cohort.version_id else [_l("This module is not one of the cohort's programme.")]


def why_not_link(url: str) -> list[str | LazyString]:
    """A whole https address of a site by its name, with no account in it and nothing that cannot be seen."""
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host = ""
    else:
        if parts.scheme != "https":
            return [_l("A link begins with https://")]
        if "@" in parts.netloc:
            return [_l("Leave the account out of the address: everybody in the cohort reads it.")]
    named = "." in host.strip(".") and not host.replace(".", "").isdigit() and ":" not in host and "\\" not in url
    if not named or any(unicodedata.category(sign) in _BLIND for sign in url):
        return [_l("This is not a whole address. Copy it from the browser's address line.")]
    return []
