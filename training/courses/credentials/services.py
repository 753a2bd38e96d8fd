"""Drafting and issuing credentials, keeping their documents, revoking: what one person proposed and another confirmed."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from training.audit.services import record
from training.courses.cohorts.models import Cohort
from training.courses.credentials import policies, queries
from training.courses.credentials.models import Credential, CredentialSeries
from training.courses.credentials.terms import term
from training.courses.credentials.workflow import LIFECYCLE, REMINDED, Event, Notice
from training.courses.enrolments.models import Enrolment
from training.courses.programmes import queries as programmes
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.files.services import keep_received
from training.files.storage import Received
from training.jobs.services import enqueue
from training.kernel import clock, keys
from training.kernel.db import by_id, db, transaction
from training.kernel.policy import Actor, System, authorise, require
from training.notices.services import notify
from training.organisations.models import Organisation
from training.organisations.policies import why_not_publish
from training.trainees.passport.models import EvidenceKind
from training.trainees.passport.services import attest, retract
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move

AT_ONCE = 500
"""Holders reminded by one transaction."""


@transaction()
def draft(actor: Actor, enrolments: Sequence[Enrolment]) -> list[Credential]:
    """Drafts for people of one cohort who completed; none of them is a credential before somebody else confirms it."""
    known = queries.known_of([one.id for one in enrolments])
    for one in enrolments:
        authorise(policies.can_draft, actor, one)
        require(policies.why_not_draft(one, known=known.get(one.id)))
    return _drafts(actor, enrolments)


@transaction()
def renew(actor: Actor, credential: Credential) -> Credential:
    """The draft of what is to take a credential's place."""
    authorise(policies.can_renew, actor, credential)
    school = db.session.get_one(Organisation, credential.school_id)
    require(policies.why_not_renew(credential, following=queries.following(credential.id), today=clock.today(school.zone)))
    [made] = _drafts(actor, [db.session.get_one(Enrolment, credential.enrolment_id)], renews_id=credential.id)
    return made


def _drafts(actor: Actor, enrolments: Sequence[Enrolment], **given: int) -> list[Credential]:
    school = db.session.get_one(Organisation, enrolments[0].school_id)
    require(why_not_publish(school))
    version, today = _studied(enrolments[0]), clock.today(school.zone)
    people = by_id(select(Trainee).where(Trainee.id.in_([one.trainee_id for one in enrolments])))
    drafts = [_draft(one, people[one.trainee_id], school, version, today, **given) for one in enrolments]
    db.session.add_all(drafts)
    db.session.flush()  # the events refer to the drafts' keys
    for made in drafts:
        begin(actor, LIFECYCLE, made)
        record(actor, Event.DRAFTED, made, enrolment=made.enrolment_id)
    return drafts


def _draft(
    enrolment: Enrolment, trainee: Trainee, school: Organisation, version: ProgrammeVersion, today: date, **given: int
) -> Credential:
    return Credential(
        **given,
        school_id=school.id,
        school=school,
        trainee=trainee,
        enrolment_id=enrolment.id,
        slug=keys.slug(),
        holder=trainee.full_name,
        holder_key=keys.sort_key(trainee.full_name),
        title=version.programme.title,
        qualification=version.programme.qualification,
        hours=version.hours_total,
        issued_on=today,
    )


@transaction()
def issue(actor: Actor, credential: Credential) -> None:
    """A draft that a second person confirmed gets its number and counts from today; its document is made in the background."""
    authorise(policies.can_issue, actor, credential)
    school, trainee = db.session.get_one(Organisation, credential.school_id), db.session.get_one(Trainee, credential.trainee_id)
    version = _studied(db.session.get_one(Enrolment, credential.enrolment_id))
    credential.issued_on = clock.today(school.zone)
    credential.holder, credential.holder_key = trainee.full_name, keys.sort_key(trainee.full_name)
    former = queries.former(credential)
    credential.valid_until, credential.renewable_on = term(
        credential.issued_on, former.valid_until if former else None, version.valid_months, version.renewal_months
    )
    credential.number = _next_number(school.id, credential.issued_on.year)
    move(actor, LIFECYCLE, "issue", credential)
    levels = {skill.id: level for skill, level in programmes.skills_of(version.id)}
    attest(trainee, levels, EvidenceKind.CREDENTIAL, credential, title=credential.title, by=school.id)
    record(actor, Event.ISSUED, credential, enrolment=credential.enrolment_id)
    enqueue("credentials.render", key=f"credentials.render:{credential.id}", credential_id=credential.id)
    notify(Notice.ISSUED, credential, to=reach(trainee))


@transaction()
def drop(actor: Actor, credential: Credential) -> None:
    """A draft that is not issued after all."""
    authorise(policies.can_drop, actor, credential)
    move(actor, LIFECYCLE, "drop", credential)
    record(actor, Event.DROPPED, credential)


@transaction()
def remind(actor: System) -> int:
    """Reminds holders that their credentials end soon, at most 500 at once; returns how many."""
    today = clock.today()
    due = queries.expiring(today, AT_ONCE)
    for credential in due:
        assert credential.valid_until is not None
        left = (credential.valid_until - today).days
        credential.reminded = min(days for days in REMINDED if left <= days)
        record(actor, Event.REMINDED, credential, days=left)
        notify(Notice.EXPIRING, credential, to=reach(credential.trainee))
    return len(due)


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
