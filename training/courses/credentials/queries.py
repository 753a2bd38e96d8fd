"""Finding credentials: for their holders and issuers, and for whoever checks one."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from training.courses.cohorts.models import Cohort
from training.courses.credentials.models import Credential
from training.courses.credentials.policies import visible_to
from training.courses.credentials.workflow import GIVEN, REMINDED, State
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.policies import was_public
from training.kernel.db import NotFound, by_id, db
from training.kernel.policy import Actor, OrganisationKind
from training.kernel.prepared import by_key
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState

_WHOLE = (joinedload(Credential.school), joinedload(Credential.trainee), joinedload(Credential.file))


_BY_ID = by_key(visible_to, Credential.id, *_WHOLE)


def credential(actor: Actor, credential_id: int) -> Credential:
    """One credential with its issuer, holder and document."""
    return _BY_ID.one(actor, key=credential_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Credential]:
    """Those credentials of the ids that the actor may see, as whole as one alone."""
    return by_id(visible_to(actor).where(Credential.id.in_(ids)).options(*_WHOLE))


def public(actor: Actor, slug: str) -> Credential:
    """A credential by the address that its document carries, for anybody: its random name is only known to whom it was shown."""
    query = select(Credential).where(Credential.slug == slug, Credential.state.in_(GIVEN))
    found = db.session.scalars(query.options(joinedload(Credential.school))).one_or_none()
    if found is None:
        raise NotFound
    return found


def shown(credential_id: int | None) -> Credential | None:
    """A credential that its holder shows to somebody as evidence, with its issuer; None for none."""
    return db.session.get(Credential, credential_id, options=[joinedload(Credential.school)]) if credential_id is not None else None


def programme_slug(credential: Credential) -> str | None:
    """The public address of the programme that was completed, where it has a page."""
    query = (
        select(Programme.slug)
        .join(ProgrammeVersion, ProgrammeVersion.programme_id == Programme.id)
        .join(Cohort, Cohort.version_id == ProgrammeVersion.id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Enrolment.id == credential.enrolment_id, was_public())
    )
    return db.session.scalar(query)


def studied(credential: Credential) -> ProgrammeVersion:
    """The version of the programme that was completed, with its modules."""
    query = (
        select(ProgrammeVersion)
        .join(Cohort, Cohort.version_id == ProgrammeVersion.id)
        .join(Enrolment, Enrolment.cohort_id == Cohort.id)
        .where(Enrolment.id == credential.enrolment_id)
    )
    whole = joinedload(ProgrammeVersion.programme).joinedload(Programme.school)
    return db.session.scalars(query.options(whole, joinedload(ProgrammeVersion.modules))).unique().one()


def enrolment_of(credential: Credential) -> Enrolment:
    """The enrolment that was completed, with its cohort."""
    query = select(Enrolment).where(Enrolment.id == credential.enrolment_id)
    return db.session.scalars(query.options(joinedload(Enrolment.cohort))).one()


def numbered(school_id: int, number: str) -> Credential | None:
    """The credential of that number by that issuer."""
    query = select(Credential).where(Credential.school_id == school_id, Credential.number == number)
    return db.session.scalars(query).one_or_none()


def issuers() -> Sequence[Organisation]:
    """The schools that issue credentials, by name; a closed one's stay checkable."""
    query = select(Organisation).where(Organisation.kind == OrganisationKind.SCHOOL, Organisation.state != OrganisationState.PENDING)
    return db.session.scalars(query.order_by(Organisation.name_key, Organisation.id)).all()


def mine(actor: Actor) -> Sequence[Credential]:
    """The actor's own credentials, newest first, with issuers."""
    query = visible_to(actor).options(joinedload(Credential.school))
    return db.session.scalars(query.order_by(Credential.issued_on.desc(), Credential.id.desc()).limit(100)).all()


def of_enrolments(enrolment_ids: Collection[int]) -> dict[int, Credential]:
    """The newest credentials by the enrolments they were issued for, no drafts: one statement."""
    return _newest(enrolment_ids, GIVEN)


def known_of(enrolment_ids: Collection[int]) -> dict[int, Credential]:
    """The newest credentials by enrolment as the school sees them, drafts too: one statement."""
    return _newest(enrolment_ids, (State.DRAFT, *GIVEN))


def wanting(cohort_id: int) -> bool:
    """Whether somebody has completed the cohort and has, and had, no credential, drafts too: one statement."""
    theirs = exists().where(Credential.enrolment_id == Enrolment.id, Credential.state.in_((State.DRAFT, *GIVEN)))
    finished = select(Enrolment.id).where(Enrolment.cohort_id == cohort_id, Enrolment.state == EnrolmentState.COMPLETED, ~theirs)
    return db.session.scalar(finished.limit(1)) is not None


def following(credential_id: int, states: Collection[State] = (State.DRAFT, State.ISSUED)) -> Credential | None:
    """What takes a credential's place, drafts too."""
    return db.session.scalars(select(Credential).where(Credential.renews_id == credential_id, Credential.state.in_(states))).one_or_none()


def former(credential: Credential) -> Credential | None:
    """Whose place a credential takes."""
    return db.session.get(Credential, credential.renews_id) if credential.renews_id is not None else None


def expiring(today: date, limit: int) -> Sequence[Credential]:
    """The valid credentials whose holders are to be reminded today of the end, those that end first first, with holders."""
    first, last = REMINDED
    soon, late = today + timedelta(days=first), today + timedelta(days=last)
    due = Credential.reminded.is_(None) | ((Credential.reminded > last) & (Credential.valid_until <= late))
    query = select(Credential).where(Credential.state == State.ISSUED, Credential.valid_until >= today, Credential.valid_until <= soon, due)
    whole = query.options(joinedload(Credential.trainee), joinedload(Credential.school))
    return db.session.scalars(whole.order_by(Credential.valid_until, Credential.id).limit(limit)).all()


def _newest(enrolment_ids: Collection[int], states: Collection[State]) -> dict[int, Credential]:
    if not enrolment_ids:
        return {}
    query = select(Credential).where(Credential.enrolment_id.in_(enrolment_ids), Credential.state.in_(states)).order_by(Credential.id)
    return {one.enrolment_id: one for one in db.session.scalars(query)}
