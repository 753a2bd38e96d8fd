"""Issuing credentials, keeping their documents, revoking."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from training.audit.services import record
from training.courses.cohorts.models import Cohort
from training.courses.credentials import policies, queries
from training.courses.credentials.models import Credential, CredentialSeries
from training.courses.credentials.workflow import LIFECYCLE, Event, Notice, State
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.programmes import queries as programmes
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.files.services import keep_received
from training.files.storage import Received
from training.jobs.services import enqueue
from training.kernel import clock, keys
from training.kernel.db import db, transaction
from training.kernel.policy import Actor, System, authorise, require
from training.notices.services import notify
from training.organisations.models import Organisation
from training.organisations.policies import why_not_publish
from training.trainees.passport.models import EvidenceKind
from training.trainees.passport.services import attest, retract
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move


@transaction()
def issue(actor: Actor, enrolment: Enrolment) -> Credential:
    """A credential for somebody who completed; its document is made in the background."""
    authorise(policies.can_issue, actor, enrolment)
    known = queries.of_enrolments([enrolment.id]).get(enrolment.id)
    require(policies.why_not_issue(enrolment, known=known))
    return _issue(actor, enrolment)


@transaction()
def issue_all(actor: Actor, cohort: Cohort) -> int:
    """Credentials for everybody who completed in the cohort and has none; returns how many."""
    authorise(policies.can_issue_all, actor, cohort)
    finished = enrolments.completed(cohort.id)
    known = queries.of_enrolments([one.id for one in finished])
    lacking = [one for one in finished if one.id not in known]
    for enrolment in lacking:
        _issue(actor, enrolment)
    return len(lacking)


def _issue(actor: Actor, enrolment: Enrolment) -> Credential:
    school = db.session.get_one(Organisation, enrolment.school_id)
    require(why_not_publish(school))
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    version = _studied(enrolment)
    today = clock.today(school.zone)
    credential = Credential(
        school_id=school.id,
        school=school,
        trainee=trainee,
        enrolment_id=enrolment.id,
        number=_next_number(school.id, today.year),
        slug=keys.slug(),
        holder=trainee.full_name,
        holder_key=keys.sort_key(trainee.full_name),
        title=version.programme.title,
        qualification=version.programme.qualification,
        hours=version.hours_total,
        issued_on=today,
        state=State.ISSUED,
    )
    db.session.add(credential)
    begin(actor, LIFECYCLE, credential)
    attest(trainee, {skill.id: level for skill, level in programmes.skills_of(version.id)}, EvidenceKind.CREDENTIAL, credential)
    record(actor, Event.ISSUED, credential, enrolment=enrolment.id)
    enqueue("credentials.render", key=f"credentials.render:{credential.id}", credential_id=credential.id)
    notify(Notice.ISSUED, credential, to=reach(trainee))
    return credential


def _studied(enrolment: Enrolment) -> ProgrammeVersion:
    query = select(ProgrammeVersion).join(Cohort, Cohort.version_id == ProgrammeVersion.id).where(Cohort.id == enrolment.cohort_id)
    return db.session.scalars(query.options(joinedload(ProgrammeVersion.programme).joinedload(Programme.school))).one()


def _next_number(school_id: int, year: int) -> str:
    """The issuer's next number of the year; given back with the transaction if that fails, so that none is left out."""
    series = (CredentialSeries.school_id == school_id, CredentialSeries.year == year)
    counted = update(CredentialSeries).where(*series).values(last=CredentialSeries.last + 1).returning(CredentialSeries.last)
    counted = counted.execution_options(synchronize_session=False)
    last = db.session.scalar(counted)
    if last is None:
        try:
            with db.session.begin_nested():
                db.session.add(CredentialSeries(school_id=school_id, year=year, last=0))
        except IntegrityError:
            pass  # somebody else has just begun the year's series
        last = db.session.scalar(counted)
    return f"{year}-{last:04}"


@transaction()
def keep_document(actor: System, credential: Credential, *, received: Received) -> None:
    """Keeps the document that was made; a second one of a second worker is left to the sweep."""
    if credential.file_id is None:
        kept = keep_received(actor, received, subject=credential)
        credential.file_id, credential.pdf_digest = kept.id, received.sha256
        record(actor, Event.RENDERED, credential, size=received.size)


@transaction()
def revoke(actor: Actor, credential: Credential, *, reason: str) -> None:
    """From now on every check says that it is revoked; what it attested leaves the passport."""
    authorise(policies.can_revoke, actor, credential)
    move(actor, LIFECYCLE, "revoke", credential, reason=reason)
    credential.revoked_on = clock.today(db.session.get_one(Organisation, credential.school_id).zone)
    retract(credential)
    record(actor, Event.REVOKED, credential, detail={"reason": reason})
    notify(Notice.REVOKED, credential, to=reach(db.session.get_one(Trainee, credential.trainee_id)))
