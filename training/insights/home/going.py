"""What a trainee is in the middle of: study, internships and applications that go on, whoever's move it is."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased

from training.candidates.applications.models import Application
from training.candidates.applications.policies import visible_to as applications_seen
from training.candidates.applications.workflow import State as ApplicationState
from training.candidates.vacancies.models import Vacancy
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.policies import visible_to as enrolments_seen
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.internships.placements.models import Placement
from training.internships.placements.policies import visible_to as placements_seen
from training.internships.placements.workflow import State as PlacementState
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import _, format_range
from training.kernel.policy import Learner
from training.kernel.workflow import State
from training.organisations.models import Organisation

MOST = 5
"""Of each kind; the rest stands under its own place in the navigation."""
_STUDIES = (EnrolmentState.APPLIED, EnrolmentState.WAITLISTED, EnrolmentState.ENROLLED, EnrolmentState.ON_LEAVE)
_STAYS = (PlacementState.REQUESTED, PlacementState.APPROVED, PlacementState.ACCEPTED, PlacementState.AGREED, PlacementState.ACTIVE)


@dataclass(frozen=True)
class Going:
    """One thing that goes on: how it is called, what else tells it from others, where it stands, its page as endpoint and arguments."""

    title: str
    detail: str
    state: State
    page: str
    arguments: dict[str, int]


def on(actor: Learner) -> list[Going]:
    """Internships, study and applications that have not ended and do not wait for the trainee as a whole: three statements."""
    return [*_stays(actor), *_studies(actor), *_applications(actor)]


def _stays(actor: Learner) -> list[Going]:
    employer = aliased(Organisation)
    query: Any = placements_seen(actor).join(employer, employer.id == Placement.employer_id).where(Placement.state.in_(_STAYS))
    columns = (Placement.id, Placement.state, Placement.starts_on, Placement.ends_on, employer.short_name)
    rows = db.session.execute(query.with_only_columns(*columns).order_by(Placement.starts_on, Placement.id).limit(MOST))
    return [
        Going(
            row.short_name,
            f"{_('Internship')} · {format_range(row.starts_on, row.ends_on)}",
            row.state,
            "internships.placements.show",
            {"placement_id": row.id},
        )
        for row in rows
    ]


def _studies(actor: Learner) -> list[Going]:
    query: Any = enrolments_seen(actor).join(Enrolment.cohort).join(Cohort.programme_version).join(ProgrammeVersion.programme)
    columns = (Enrolment.id, Enrolment.state, Cohort.code, Cohort.starts_on, Cohort.ends_on, Programme.title)
    rows = query.where(Enrolment.state.in_(_STUDIES)).with_only_columns(*columns).order_by(Cohort.starts_on, Enrolment.id).limit(MOST)
    return [
        Going(
            row.title,
            f"{row.code} · {format_range(row.starts_on, row.ends_on)}",
            row.state,
            "courses.selections.own" if row.state is EnrolmentState.APPLIED else "courses.enrolments.own",
            {"enrolment_id": row.id},
        )
        for row in db.session.execute(rows)
    ]


def _applications(actor: Learner) -> list[Going]:
    """Those under consideration, as far as the candidate knows: a rejection that is not told yet has not been."""
    employer = aliased(Organisation)
    untold = and_(Application.state == ApplicationState.REJECTED, Application.told_at > clock.now())
    query: Any = applications_seen(actor).join(Vacancy, Vacancy.id == Application.vacancy_id)
    query = query.join(employer, employer.id == Vacancy.employer_id).where(or_(Application.state == ApplicationState.OPEN, untold))
    columns = (Application.id, Vacancy.title, employer.short_name)
    rows = db.session.execute(query.with_only_columns(*columns).order_by(Application.applied_at.desc(), Application.id.desc()).limit(MOST))
    return [
        Going(row.title, row.short_name, ApplicationState.OPEN, "candidates.applications.standing", {"application_id": row.id})
        for row in rows
    ]
