"""What everybody may find: published programmes, open internships, live vacancies, verified organisations."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import aliased

from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.policies import visible_to as vacancies_seen
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.policies import visible_to as programmes_seen
from training.insights.search.answers import Answer, Found, Source, fits
from training.internships.openings.models import Opening
from training.internships.openings.policies import visible_to as openings_seen
from training.kernel.i18n import _l, format_range
from training.kernel.policy import Actor, Member, Visitor
from training.organisations.models import Organisation
from training.organisations.policies import visible_to as organisations_seen
from training.organisations.workflow import State as OrganisationState
from training.search.queries import hits
from training.search.services import PUBLIC

ANYBODY = Visitor()
Owner = aliased(Organisation)


def others(actor: Actor, owner: Any) -> Any:
    """As a condition on the column that says whose it is: not the actor's own organisation, whose things are a kind of their own."""
    return owner != (actor.organisation_id if isinstance(actor, Member) else 0)


def programmes(actor: Actor, words: str) -> Found:
    """Published ones of verified schools, by rank."""
    found = hits("programme", words, [PUBLIC])
    query = programmes_seen(ANYBODY).join(ProgrammeVersion.programme).join(Owner, Owner.id == Programme.school_id)
    rows = query.join(found, found.c.subject_id == Programme.id).where(others(actor, ProgrammeVersion.school_id))
    columns = (Programme.slug, Programme.code, Programme.title, Owner.short_name.label("school"), Owner.town)

    def answer(row: Any) -> Answer:
        return Answer(row.title, f"{row.code} · {row.school} · {row.town}", "courses.programmes.public", {"slug": row.slug})

    return Found(rows.with_only_columns(*columns), (found.c.rank, Programme.id), answer)


def openings(actor: Actor, words: str) -> Found:
    """Open ones of verified employers, by rank."""
    found = hits("opening", words, [PUBLIC])
    query = openings_seen(ANYBODY).join(Owner, Owner.id == Opening.employer_id).join(found, found.c.subject_id == Opening.id)
    rows = query.where(others(actor, Opening.employer_id))
    columns = (Opening.slug, Opening.title, Owner.short_name.label("employer"), Opening.town, Opening.starts_on, Opening.ends_on)

    def answer(row: Any) -> Answer:
        detail = f"{row.employer} · {row.town} · {format_range(row.starts_on, row.ends_on)}"
        return Answer(row.title, detail, "internships.openings.public", {"slug": row.slug})

    return Found(rows.with_only_columns(*columns), (found.c.rank, Opening.id), answer)


def vacancies(actor: Actor, words: str) -> Found:
    """Live ones of verified employers, by rank."""
    found = hits("vacancy", words, [PUBLIC])
    query = vacancies_seen(ANYBODY).join(Owner, Owner.id == Vacancy.employer_id).join(found, found.c.subject_id == Vacancy.id)
    rows = query.where(others(actor, Vacancy.employer_id))
    columns = (Vacancy.slug, Vacancy.title, Owner.short_name.label("employer"), Vacancy.town)

    def answer(row: Any) -> Answer:
        return Answer(row.title, f"{row.employer} · {row.town}", "candidates.vacancies.public", {"slug": row.slug})

    return Found(rows.with_only_columns(*columns), (found.c.rank, Vacancy.id), answer)


def organisations(actor: Actor, words: str) -> Found:
    """Those that the actor may know of, by name."""
    columns = (Organisation.id, Organisation.slug, Organisation.short_name.label("name"), Organisation.kind, Organisation.town)
    rows = organisations_seen(actor).where(fits(words, Organisation.name_key))
    inside = isinstance(actor, Member)

    def answer(row: Any) -> Answer:
        state = row.state if row.state is not OrganisationState.VERIFIED else None
        page = ("organisations.show", {"organisation_id": row.id}) if inside else ("organisations.public", {"slug": row.slug})
        return Answer(row.name, f"{row.kind.label} · {row.town}", *page, state)

    return Found(rows.with_only_columns(*columns, Organisation.state), (Organisation.name_key, Organisation.id), answer)


def programme_titles(actor: Actor) -> Select[Any]:
    """How the published programmes are called."""
    return programmes_seen(ANYBODY).join(ProgrammeVersion.programme).with_only_columns(Programme.title)


def opening_titles(actor: Actor) -> Select[Any]:
    """How the open internships are called."""
    return openings_seen(ANYBODY).with_only_columns(Opening.title)


def vacancy_titles(actor: Actor) -> Select[Any]:
    """How the live vacancies are called."""
    return vacancies_seen(ANYBODY).with_only_columns(Vacancy.title)


def organisation_names(actor: Actor) -> Select[Any]:
    """How the organisations are called that the actor may know of."""
    return organisations_seen(actor).with_only_columns(Organisation.name_key)


PROGRAMMES = Source("programmes", _l("Programmes"), "mortarboard", programmes, programme_titles)
OPENINGS = Source("internships", _l("Internships"), "briefcase", openings, opening_titles)
VACANCIES = Source("vacancies", _l("Vacancies"), "person-workspace", vacancies, vacancy_titles)
ORGANISATIONS = Source("organisations", _l("Organisations"), "building", organisations, organisation_names)
