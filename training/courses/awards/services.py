"""Proposing credentials, confirming them, and issuing what was confirmed."""

from collections.abc import Sequence

from training.accounts.memberships.queries import reach
from training.audit.services import record
from training.courses.awards import policies, queries
from training.courses.awards.models import Award, AwardLine
from training.courses.awards.workflow import LIFECYCLE, Event, Notice, State
from training.courses.cohorts.models import Cohort
from training.courses.credentials import queries as credentials
from training.courses.credentials.models import Credential
from training.courses.credentials.policies import CONFIRMERS, why_not_propose_alone
from training.courses.credentials.services import draft, drop, issue, renew
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member, NotNow, System, authorise, require
from training.notices.models import ACCOUNT, Recipient
from training.notices.services import notify
from training.organisations.models import Organisation
from training.organisations.policies import why_not_publish
from training.turns.services import begin, move

AT_ONCE = 5
"""Credentials that are issued while the second person waits; more are issued in the background."""
BATCH = 10
"""Credentials issued by one transaction there."""


@transaction()
def propose(actor: Member, enrolment: Enrolment) -> Award:
    """Proposes the credential of one person who completed."""
    authorise(policies.can_propose, actor, enrolment)
    return _propose(actor, enrolment.cohort_id, [enrolment])


@transaction()
def propose_all(actor: Member, cohort: Cohort) -> Award:
    """Proposes credentials for everybody who completed in the cohort and has, or had, none."""
    authorise(policies.can_propose_all, actor, cohort)
    finished = enrolments.completed(cohort.id)
    known = credentials.known_of([one.id for one in finished])
    lacking = [one for one in finished if one.id not in known]
    if not lacking:
        raise NotNow(_l("Nobody here has completed and lacks a credential."))
    return _propose(actor, cohort.id, lacking)


@transaction()
def propose_renewal(actor: Member, credential: Credential) -> Award:
    """Proposes the credential that takes the place of one that ends."""
    authorise(policies.can_propose_renewal, actor, credential)
    cohort_id = db.session.get_one(Enrolment, credential.enrolment_id).cohort_id
    return _award(actor, cohort_id, credential.school_id, [renew(actor, credential)])


def _propose(actor: Member, cohort_id: int, people: Sequence[Enrolment]) -> Award:
    return _award(actor, cohort_id, people[0].school_id, draft(actor, people))


def _award(actor: Member, cohort_id: int, school_id: int, drafts: Sequence[Credential]) -> Award:
    others = [one for one in reach(school_id, *CONFIRMERS) if one.id != actor.account_id]
    require(why_not_propose_alone(len(others)))
    award = Award(
        school_id=school_id, cohort_id=cohort_id, people=len(drafts), proposed_by_id=actor.account_id, proposed_at=clock.now(), done=0
    )
    db.session.add(award)
    begin(actor, LIFECYCLE, award)
    db.session.add_all(AwardLine(award_id=award.id, credential_id=one.id) for one in drafts)
    record(actor, Event.PROPOSED, award, cohort=cohort_id, people=award.people)
    notify(Notice.PROPOSED, award, to=others)
    return award


@transaction()
def confirm(actor: Member, award: Award) -> None:
    """A second person confirms: a few credentials are issued at once, many in the background."""
    authorise(policies.can_confirm, actor, award)
    require(policies.why_not_confirm(award, actor))
    require(why_not_publish(db.session.get_one(Organisation, award.school_id)))
    award.confirmed_by_id = actor.account_id
    move(actor, LIFECYCLE, "confirm", award)
    record(actor, Event.CONFIRMED, award, people=award.people)
    if award.people <= AT_ONCE:
        issue_some(System("awards.issue"), award)
    else:
        enqueue("awards.issue", key=f"awards.issue:{award.id}", award_id=award.id)


@transaction()
def issue_some(actor: System, award: Award) -> bool:
    """Issues the next credentials of a confirmed proposal; whether there may be more."""
    if award.state is not State.ISSUING:
        return False
    for credential in queries.drafts(award.id, BATCH):
        issue(actor, credential)
        award.done += 1
    if award.done < award.people:
        return True
    move(actor, LIFECYCLE, "finish", award)
    record(actor, Event.DONE, award, people=award.people)
    notify(Notice.DONE, award, to=[Recipient(ACCOUNT, award.proposed_by_id, award.school_id)])
    return False


@transaction()
def turn_down(actor: Actor, award: Award, *, reason: str) -> None:
    """A second person does not confirm: the drafts are dropped, and another proposal can be made."""
    authorise(policies.can_turn_down, actor, award)
    award.reason = reason
    move(actor, LIFECYCLE, "turn_down", award, reason=reason)
    _drop(actor, award)
    record(actor, Event.TURNED_DOWN, award, detail={"reason": reason})
    if isinstance(actor, Member) and actor.account_id != award.proposed_by_id:
        notify(Notice.TURNED_DOWN, award, to=[Recipient(ACCOUNT, award.proposed_by_id, award.school_id)])


@transaction()
def take_back(actor: Actor, award: Award) -> None:
    """Whoever proposed takes it back before anybody has confirmed it."""
    authorise(policies.can_take_back, actor, award)
    move(actor, LIFECYCLE, "take_back", award)
    _drop(actor, award)
    record(actor, Event.TAKEN_BACK, award)


def _drop(actor: Actor, award: Award) -> None:
    for credential in queries.drafts(award.id):
        drop(actor, credential)
