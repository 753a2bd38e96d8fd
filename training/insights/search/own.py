"""What the people of an organisation, and trainees, find beyond what everybody finds: their own records, and those open to them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from training.candidates.applications.models import Application
from training.candidates.applications.policies import visible_to as applications_seen
from training.candidates.applications.workflow import State as ApplicationState
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.policies import visible_to as vacancies_seen
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.policies import visible_to as cohorts_seen
from training.courses.credentials.models import Credential
from training.courses.credentials.policies import visible_to as credentials_seen
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.policies import visible_to as enrolments_seen
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.policies import visible_to as programmes_seen
from training.insights.search.answers import Answer, Found, Source, fits
from training.internships.openings.models import Opening
from training.internships.openings.policies import visible_to as openings_seen
from training.internships.placements.models import Placement
from training.internships.placements.policies import visible_to as placements_seen
from training.kernel import clock
from training.kernel.i18n import _, _l, format_date, format_range
from training.kernel.policy import Learner, Member, OrganisationKind
from training.organisations.models import Organisation
from training.search.queries import hits
from training.search.services import of_organisation
from training.trainees.disclosures.policies import visible_to as trainees_seen
from training.trainees.profiles.models import Trainee

School, Employer = aliased(Organisation), aliased(Organisation)


def _newest() -> Any:
    """As a condition on ProgrammeVersion: the newest of its programme."""
    later = aliased(ProgrammeVersion)
    newest = select(func.max(later.number)).where(later.programme_id == ProgrammeVersion.programme_id)
    return ProgrammeVersion.number == newest.scalar_subquery()


def programmes(actor: Member, words: str) -> Found:
    """The school's own, as their newest versions stand, by rank."""
    found = hits("programme", words, [of_organisation(actor.organisation_id)])
    query = programmes_seen(actor).join(ProgrammeVersion.programme).join(found, found.c.subject_id == Programme.id)
    rows = query.where(ProgrammeVersion.school_id == actor.organisation_id, _newest())
    columns = (ProgrammeVersion.id, ProgrammeVersion.number, ProgrammeVersion.state, Programme.code, Programme.title)

    def answer(row: Any) -> Answer:
        detail = f"{row.code} · {_('version %(number)d', number=row.number)}"
        return Answer(row.title, detail, "courses.programmes.show", {"version_id": row.id}, row.state)

    return Found(rows.with_only_columns(*columns), (found.c.rank, Programme.id), answer)


def cohorts(actor: Member, words: str) -> Found:
    """The school's own, the newest start first."""
    query = cohorts_seen(actor).join(Cohort.programme_version).join(ProgrammeVersion.programme)
    rows = query.where(Cohort.school_id == actor.organisation_id, fits(words, Programme.title_key, Programme.code, Cohort.code_key))
    columns = (Cohort.id, Cohort.code, Cohort.state, Cohort.starts_on, Cohort.ends_on, Programme.title)

    def answer(row: Any) -> Answer:
        detail = f"{row.title} · {format_range(row.starts_on, row.ends_on)}"
        return Answer(row.code, detail, "courses.cohorts.show", {"cohort_id": row.id}, row.state)

    return Found(rows.with_only_columns(*columns), (Cohort.starts_on.desc(), Cohort.id.desc()), answer)


def trainees(actor: Member, words: str) -> Found:
    """Those whom the actor may see, by name."""
    rows = trainees_seen(actor).outerjoin(School, School.id == Trainee.school_id).where(fits(words, Trainee.name_key))
    columns = (Trainee.id, Trainee.family_name, Trainee.given_name, Trainee.group_code, School.short_name.label("school"))

    def answer(row: Any) -> Answer:
        detail = " · ".join(part for part in (row.school, row.group_code) if part)
        return Answer(_name(row), detail or "–", "trainees.disclosures.card", {"trainee_id": row.id})

    return Found(rows.with_only_columns(*columns, maintain_column_froms=True), (Trainee.name_key, Trainee.id), answer)


def placements(actor: Member | Learner, words: str) -> Found:
    """Those that the actor is a party to, the newest first."""
    query = placements_seen(actor).join(Placement.trainee).join(School, School.id == Placement.school_id)
    query = query.join(Employer, Employer.id == Placement.employer_id)
    own = isinstance(actor, Learner)
    other = School if isinstance(actor, Member) and actor.kind is OrganisationKind.EMPLOYER else Employer
    rows = query.where(fits(words, other.name_key, School.name_key if own else Trainee.name_key))
    columns = (Placement.id, Placement.state, Placement.starts_on, Placement.ends_on, Trainee.family_name, Trainee.given_name)
    names = (Employer.short_name.label("employer"), School.short_name.label("school"), other.short_name.label("other"))

    def answer(row: Any) -> Answer:
        title, detail = (row.employer, row.school) if own else (_name(row), row.other)
        dates = format_range(row.starts_on, row.ends_on)
        return Answer(title, f"{detail} · {dates}", "internships.placements.show", {"placement_id": row.id}, row.state)

    return Found(rows.with_only_columns(*columns, *names), (Placement.starts_on.desc(), Placement.id.desc()), answer)


def openings(actor: Member, words: str) -> Found:
    """The employer's own in every state, by rank."""
    found = hits("opening", words, [of_organisation(actor.organisation_id)])
    query = openings_seen(actor).join(found, found.c.subject_id == Opening.id)
    rows = query.where(Opening.employer_id == actor.organisation_id)
    columns = (Opening.id, Opening.title, Opening.town, Opening.starts_on, Opening.ends_on, Opening.state)

    def answer(row: Any) -> Answer:
        detail = f"{row.town} · {format_range(row.starts_on, row.ends_on)}"
        return Answer(row.title, detail, "internships.openings.show", {"opening_id": row.id}, row.state)

    return Found(rows.with_only_columns(*columns), (found.c.rank, Opening.id), answer)


def vacancies(actor: Member, words: str) -> Found:
    """The employer's own in every state, for those who recruit, by rank."""
    found = hits("vacancy", words, [of_organisation(actor.organisation_id)])
    query = vacancies_seen(actor).join(found, found.c.subject_id == Vacancy.id)
    rows = query.where(Vacancy.employer_id == actor.organisation_id)

    def answer(row: Any) -> Answer:
        return Answer(row.title, row.town, "candidates.vacancies.show", {"vacancy_id": row.id}, row.state)

    columns = (Vacancy.id, Vacancy.title, Vacancy.town, Vacancy.state)
    return Found(rows.with_only_columns(*columns), (found.c.rank, Vacancy.id), answer)


def applications(actor: Member | Learner, words: str) -> Found:
    """One's own, or those for the vacancies one recruits for, the newest first."""
    query = applications_seen(actor).join(Vacancy, Vacancy.id == Application.vacancy_id).join(Employer, Employer.id == Vacancy.employer_id)
    own = isinstance(actor, Learner)
    rows = query.where(fits(words, Vacancy.title_key, Employer.name_key if own else Trainee.name_key))
    columns = (Application.id, Application.state, Application.told_at, Application.applied_at, Vacancy.title)
    names = (Trainee.family_name, Trainee.given_name, Employer.short_name.label("employer"))

    def answer(row: Any) -> Answer:
        if own:
            state = _known_state(row.state, row.told_at)
            return Answer(row.title, row.employer, "candidates.applications.standing", {"application_id": row.id}, state)
        return Answer(_name(row), row.title, "candidates.applications.show", {"application_id": row.id}, row.state)

    return Found(rows.with_only_columns(*columns, *names), (Application.applied_at.desc(), Application.id.desc()), answer)


def enrolments(actor: Learner, words: str) -> Found:
    """One's own, the newest first."""
    query = enrolments_seen(actor).join(Enrolment.cohort).join(Cohort.programme_version).join(ProgrammeVersion.programme)
    query = query.join(School, School.id == Programme.school_id)
    rows = query.where(fits(words, Programme.title_key, Programme.code, School.name_key, Cohort.code_key))
    columns = (Enrolment.id, Enrolment.state, Cohort.code, Programme.title, School.short_name.label("school"))

    def answer(row: Any) -> Answer:
        return Answer(row.title, f"{row.code} · {row.school}", "courses.enrolments.own", {"enrolment_id": row.id}, row.state)

    return Found(rows.with_only_columns(*columns), (Enrolment.id.desc(),), answer)


def credentials(actor: Member | Learner, words: str) -> Found:
    """One's own, or those that the school issued, the newest first."""
    query = credentials_seen(actor).join(School, School.id == Credential.school_id)
    query = query.join(Enrolment, Enrolment.id == Credential.enrolment_id).join(Enrolment.cohort)
    query = query.join(Cohort.programme_version).join(ProgrammeVersion.programme)
    own = isinstance(actor, Learner)
    rows = query.where(
        fits(words, func.coalesce(Credential.number, ""), Programme.title_key, School.name_key if own else Credential.holder_key)
    )
    columns = (Credential.id, Credential.number, Credential.holder, Credential.title, Credential.issued_on, Credential.state)

    def answer(row: Any) -> Answer:
        issued = format_date(row.issued_on, relative=False, weekday=False)
        title, detail = (row.title, issued) if own else (row.holder, f"{row.title} · {issued}")
        return Answer(
            title, f"{row.number or _('No number yet')} · {detail}", "courses.credentials.show", {"credential_id": row.id}, row.state
        )

    return Found(rows.with_only_columns(*columns), (Credential.issued_on.desc(), Credential.id.desc()), answer)


def _name(row: Any) -> str:
    """Family name first, as lists have it."""
    return f"{row.family_name} {row.given_name}"


def _known_state(state: ApplicationState, told_at: datetime | None) -> ApplicationState:
    """Where an application stands as far as the candidate knows."""
    hidden = state is ApplicationState.REJECTED and told_at is not None and told_at > clock.now()
    return ApplicationState.OPEN if hidden else state


def programme_titles(actor: Member) -> Select[Any]:
    """How the school's programmes are called."""
    query = programmes_seen(actor).join(ProgrammeVersion.programme).where(ProgrammeVersion.school_id == actor.organisation_id)
    return query.with_only_columns(Programme.title)


def cohort_codes(actor: Member) -> Select[Any]:
    """How the school calls its cohorts."""
    return cohorts_seen(actor).where(Cohort.school_id == actor.organisation_id).with_only_columns(Cohort.code)


def trainee_names(actor: Member) -> Select[Any]:
    """How the people are called whom the actor may see."""
    return trainees_seen(actor).with_only_columns(Trainee.name_key)


def opening_titles(actor: Member) -> Select[Any]:
    """How the employer's openings are called."""
    return openings_seen(actor).where(Opening.employer_id == actor.organisation_id).with_only_columns(Opening.title)


def vacancy_titles(actor: Member) -> Select[Any]:
    """How the employer's vacancies are called."""
    return vacancies_seen(actor).where(Vacancy.employer_id == actor.organisation_id).with_only_columns(Vacancy.title)


def enrolment_titles(actor: Learner) -> Select[Any]:
    """How the programmes are called in which the trainee has a place or waits."""
    query = enrolments_seen(actor).join(Enrolment.cohort).join(Cohort.programme_version).join(ProgrammeVersion.programme)
    return query.with_only_columns(Programme.title).distinct()


def application_titles(actor: Member | Learner) -> Select[Any]:
    """How the vacancies are called for which there are applications."""
    return applications_seen(actor).join(Vacancy, Vacancy.id == Application.vacancy_id).with_only_columns(Vacancy.title).distinct()


def placement_names(actor: Member | Learner) -> Select[Any]:
    """How the hosts are called."""
    return placements_seen(actor).join(Employer, Employer.id == Placement.employer_id).with_only_columns(Employer.name_key).distinct()


def credential_titles(actor: Member | Learner) -> Select[Any]:
    """What was attested."""
    return credentials_seen(actor).with_only_columns(Credential.title).distinct()


TRAINEES = Source("trainees", _l("Trainees"), "people", trainees, trainee_names)
COHORTS = Source("cohorts", _l("Cohorts"), "mortarboard", cohorts, cohort_codes)
OWN_PROGRAMMES = Source("own-programmes", _l("Your programmes"), "journal-text", programmes, programme_titles)
OWN_OPENINGS = Source("own-openings", _l("Your openings"), "briefcase", openings, opening_titles)
OWN_VACANCIES = Source("own-vacancies", _l("Your vacancies"), "person-workspace", vacancies, vacancy_titles)
CANDIDATES = Source("candidates", _l("Candidates"), "person-check", applications, application_titles)
PLACEMENTS = Source("placements", _l("Placements"), "tools", placements, placement_names)
CREDENTIALS = Source("credentials", _l("Credentials"), "award", credentials, credential_titles)
STUDY = Source("study", _l("Your study"), "mortarboard", enrolments, enrolment_titles)
APPLICATIONS = Source("applications", _l("Your applications"), "person-workspace", applications, application_titles)
OWN_PLACEMENTS = Source("own-placements", _l("Your internships"), "briefcase", placements, placement_names)
OWN_CREDENTIALS = Source("own-credentials", _l("Your credentials"), "award", credentials, credential_titles)
