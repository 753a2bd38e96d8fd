"""What the region holds, by kind and state."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from training.accounts.models import Account
from training.audit.models import Happening
from training.candidates.applications.models import Application
from training.candidates.interviews.models import Interview
from training.candidates.offers.models import Offer
from training.candidates.vacancies.models import Vacancy
from training.courses.allocations.models import Allocation
from training.courses.assessments.models import Assessment, Result
from training.courses.attendance.models import Attendance
from training.courses.calendar.models import AcademicYear
from training.courses.cohorts.models import Cohort
from training.courses.credentials.models import Credential
from training.courses.enrolments.models import Enrolment
from training.courses.lessons.models import Lesson
from training.courses.materials.models import Material
from training.courses.programmes.models import ProgrammeVersion
from training.courses.purchases.models import SeatPurchase
from training.courses.recognitions.models import Recognition
from training.courses.rulings.models import Ruling
from training.courses.teams.models import Team
from training.courses.transfers.models import Transfer
from training.internships.agreements.models import Agreement
from training.internships.evaluations.models import Evaluation
from training.internships.logbooks.models import LogbookEntry
from training.internships.openings.models import Opening
from training.internships.placements.models import Placement
from training.internships.visits.models import Visit
from training.kernel.db import db
from training.notices.models import Notification
from training.organisations.models import Organisation
from training.trainees.consents.models import Consent
from training.trainees.profiles.models import Trainee

KINDS: list[tuple[str, Any, str | None]] = [
    ("organisations", Organisation, "kind"),
    ("accounts", Account, None),
    ("trainees", Trainee, "visibility"),
    ("consents", Consent, "state"),
    ("programme versions", ProgrammeVersion, "state"),
    ("academic years", AcademicYear, None),
    ("cohorts", Cohort, "state"),
    ("enrolments", Enrolment, "state"),
    ("assessments", Assessment, "state"),
    ("results", Result, None),
    ("lessons", Lesson, "state"),
    ("materials", Material, "state"),
    ("attendance", Attendance, "mark"),
    ("seat purchases", SeatPurchase, "state"),
    ("allocations", Allocation, "state"),
    ("teams", Team, "state"),
    ("recognitions", Recognition, "state"),
    ("transfers", Transfer, "state"),
    ("credentials", Credential, "state"),
    ("rulings", Ruling, "state"),
    ("openings", Opening, "state"),
    ("placements", Placement, "state"),
    ("agreements", Agreement, "state"),
    ("logbook entries", LogbookEntry, "state"),
    ("evaluations", Evaluation, "by"),
    ("visits", Visit, "state"),
    ("vacancies", Vacancy, "state"),
    ("applications", Application, "state"),
    ("interviews", Interview, "state"),
    ("offers", Offer, "state"),
    ("notices", Notification, None),
    ("events", Happening, None),
]
"""What is counted, and by which column."""


def counts() -> dict[str, dict[str, int]]:
    """By kind, how many there are in each state: one statement a kind."""
    return {name: {str(key): number for key, number in db.session.execute(counted(kind, column))} for name, kind, column in KINDS}


def counted(kind: Any, column: str | None) -> Any:
    """How many rows there are, by a column."""
    if column is None:
        return select(func.max("all"), func.count()).select_from(kind)
    by = getattr(kind, column)
    return select(by, func.count()).group_by(by).order_by(func.count().desc())


def lines() -> Iterator[str]:
    """The counts as lines for a terminal."""
    for name, by in counts().items():
        detail = ", ".join(f"{number} {key.replace('_', ' ')}" for key, number in by.items()) if len(by) > 1 or "all" not in by else ""
        yield f"{sum(by.values()):7,} {name}{': ' if detail else ''}{detail}"
