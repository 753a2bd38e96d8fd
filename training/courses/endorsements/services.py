"""Asking employers to endorse a version, and all that they answer."""

from datetime import date, timedelta

from sqlalchemy.exc import IntegrityError

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.courses.endorsements import policies, queries
from training.courses.endorsements.models import Endorsement
from training.courses.endorsements.workflow import LIFECYCLE, Event, Notice, State
from training.courses.programmes import queries as programmes
from training.courses.programmes.content import digest
from training.courses.programmes.models import ProgrammeVersion
from training.courses.remarks import services as remarks
from training.courses.remarks.models import Remark
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member, NotNow, Role, System, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.organisations.models import Organisation
from training.organisations.policies import why_not_publish
from training.turns.services import begin, move

WRITERS = (Role.MANAGER, Role.TEACHER)
AT_ONCE = 500


@transaction()
def ask(actor: Actor, version: ProgrammeVersion, *, employer: Organisation, occupation_id: int) -> Endorsement:
    """The employer is asked whether somebody who learnt this can do that work there."""
    authorise(policies.can_ask, actor, version)
    require(why_not_publish(version.programme.school))
    standing = queries.standing(version.id, employer.id, occupation_id)
    require(policies.why_not_ask(version, standing=standing), field="employer_id")
    endorsement = Endorsement(
        version_id=version.id,
        programme_version=version,
        school_id=version.school_id,
        employer_id=employer.id,
        employer=employer,
        occupation_id=occupation_id,
        asked_on=clock.today(version.programme.school.zone),
    )
    try:
        with db.session.begin_nested():
            db.session.add(endorsement)
    except IntegrityError:
        raise NotNow(_l("This employer was asked already and has not answered yet."), field="employer_id") from None
    begin(actor, LIFECYCLE, endorsement)
    record(actor, Event.ASKED, endorsement, version=version.id)
    notify(Notice.ASKED, endorsement, to=reach(employer.id, Role.MANAGER))
    return endorsement


@transaction()
def give(actor: Actor, endorsement: Endorsement, *, until: date, words: str | None = None) -> None:
    """The employer endorses the content as it stands, to the last day `until`; `words` are public."""
    authorise(policies.can_give, actor, endorsement)
    version = _version(endorsement)
    require(policies.why_not_give(version))
    today = clock.today(endorsement.employer.zone)
    if until <= today:
        raise NotNow(_l("The last day is over. Choose one that is to come."), field="until")
    endorsement.content_digest = digest(version.programme, version, programmes.modules_of(version.id), programmes.prerequisites_of(version))
    endorsement.given_on, endorsement.valid_until, endorsement.words = today, until, words
    move(actor, LIFECYCLE, "give", endorsement)
    record(actor, Event.GIVEN, endorsement, version=version.id, until=until)
    notify(Notice.GIVEN, endorsement, to=_school(endorsement))


@transaction()
def decline(actor: Actor, endorsement: Endorsement, *, reason: str) -> None:
    """The employer does not stand by it, and says what is missing."""
    authorise(policies.can_decline, actor, endorsement)
    move(actor, LIFECYCLE, "decline", endorsement, reason=reason)
    endorsement.words = reason
    record(actor, Event.DECLINED, endorsement, detail={"reason": reason})
    notify(Notice.DECLINED, endorsement, to=_school(endorsement))


@transaction()
def remark(actor: Member, endorsement: Endorsement, *, place: str, words: str) -> Remark:
    """An employer that is asked says something of a section; the school answers it beside the text."""
    authorise(policies.can_remark, actor, endorsement)
    version = _version(endorsement)
    require(policies.why_not_remark(endorsement, version))
    return remarks.put(actor, version, place=place, words=words)


@transaction()
def recall(actor: Actor, endorsement: Endorsement) -> None:
    """The school does not need the answer any more."""
    authorise(policies.can_recall, actor, endorsement)
    move(actor, LIFECYCLE, "recall", endorsement)
    record(actor, Event.RECALLED, endorsement)
    notify(Notice.RECALLED, endorsement, to=reach(endorsement.employer_id, Role.MANAGER))


@transaction()
def withdraw(actor: Actor, endorsement: Endorsement, *, reason: str) -> None:
    """The employer does not stand by it any more; the badge is gone at once."""
    authorise(policies.can_withdraw, actor, endorsement)
    move(actor, LIFECYCLE, "withdraw", endorsement, reason=reason)
    endorsement.words = reason
    record(actor, Event.WITHDRAWN, endorsement, detail={"reason": reason})
    notify(Notice.WITHDRAWN, endorsement, to=_school(endorsement))


@transaction()
def lapse(actor: System, endorsement: Endorsement) -> None:
    """Nobody answered in time; nothing happens when somebody has."""
    if endorsement.state is State.ASKED:
        move(actor, LIFECYCLE, "lapse", endorsement)
        record(actor, Event.LAPSED, endorsement)
        notify(Notice.LAPSED, endorsement, to=_school(endorsement))


@transaction()
def expire(actor: System) -> int:
    """Ends what ran out before today, at most 500 at once; returns how many."""
    over = queries.over(clock.today(), AT_ONCE)
    for endorsement in over:
        move(actor, LIFECYCLE, "expire", endorsement)
        record(actor, Event.EXPIRED, endorsement)
        notify(Notice.EXPIRED, endorsement, to=[*_school(endorsement), *reach(endorsement.employer_id, Role.MANAGER)])
    return len(over)


def valid(years: int, today: date) -> date:
    """The last day of an endorsement for so many years from today."""
    return today + timedelta(days=365 * years + years // 4)


def _school(endorsement: Endorsement) -> list[Recipient]:
    return reach(endorsement.school_id, *WRITERS)


def _version(endorsement: Endorsement) -> ProgrammeVersion:
    """The version as it is now, locked: nobody sends it back meanwhile."""
    reread(db.session, endorsement.programme_version)
    return endorsement.programme_version
