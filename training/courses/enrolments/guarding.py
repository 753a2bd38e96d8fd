"""The guardian's consent that a minor's seat waits for, where seats are given by selection."""

from datetime import datetime

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.kernel.db import db
from training.kernel.i18n import LazyString
from training.kernel.policy import Actor
from training.trainees.consents import policies, queries, steps
from training.trainees.consents.models import Consent
from training.trainees.consents.workflow import Purpose
from training.trainees.profiles.models import Trainee


def held(enrolment: Enrolment, *, until: datetime) -> None:
    """A seat is held from now on: a minor's waits for the guardian, inside the running transaction."""
    if enrolment.priority is None:
        return
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    if trainee.is_minor():
        about = words(enrolment.cohort_id)
        steps.need(trainee, Purpose.ADMISSION, enrolment, school_id=enrolment.school_id, about=about, until=until)


def words(cohort_id: int) -> str:
    """What is studied, in which group, as the guardian is asked."""
    cohort = db.session.get_one(Cohort, cohort_id)
    version = db.session.get_one(ProgrammeVersion, cohort.version_id)
    return f"{db.session.get_one(Programme, version.programme_id).title}, {cohort.code}"


def consent(enrolment: Enrolment) -> Consent | None:
    """The guardian's consent that a minor's seat waits for; of age nobody is asked."""
    if enrolment.priority is None or not db.session.get_one(Trainee, enrolment.trainee_id).is_minor():
        return None
    return queries.about(enrolment.__tablename__, enrolment.id)


def why_not_claim(enrolment: Enrolment, consent: Consent | None) -> list[str | LazyString]:
    """Under 18 a guardian has agreed, where seats are given by selection."""
    if enrolment.priority is None:
        return []
    return policies.why_not_go_on(db.session.get_one(Trainee, enrolment.trainee_id), consent=consent)


def over(enrolment: Enrolment) -> None:
    """The seat is taken or lost: nobody is waited for any more, inside the running transaction."""
    if enrolment.priority is not None:
        steps.lapse(enrolment)


def paper_accepted(actor: Actor, enrolment: Enrolment) -> None:
    """The signed consent among the applicant's documents was accepted, inside the running transaction."""
    about = words(enrolment.cohort_id)
    steps.take_paper(actor, enrolment.trainee, Purpose.ADMISSION, enrolment, school_id=enrolment.school_id, about=about)


def paper_sent_back(actor: Actor, enrolment: Enrolment) -> None:
    """It does not count any more, inside the running transaction."""
    steps.drop_paper(actor, enrolment)
