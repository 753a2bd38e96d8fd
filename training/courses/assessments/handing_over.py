"""How marks to give and results to confirm pass to a colleague; memberships call it inside their transaction."""

from collections.abc import Collection

from sqlalchemy import Select, select, update

from training.accounts.memberships.models import Membership
from training.audit.services import record
from training.courses.assessments.models import Assessment, Examiner
from training.courses.assessments.policies import MARKERS
from training.courses.assessments.workflow import Event, State
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import State as CohortState
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow
from training.kernel.workflow import Party
from training.turns.services import pass_on

TEACHERS = frozenset(MARKERS)
OPEN = (State.MARKING, State.HANDED_IN)


def taught(membership_ids: Collection[int]) -> Select[int, int]:
    """The assessments of cohorts that still study whose results somebody gives, as pairs with their memberships."""
    query = select(Assessment.teacher_id, Assessment.id).join(Cohort, Cohort.id == Assessment.cohort_id)
    return query.where(Assessment.teacher_id.in_(membership_ids), Assessment.state.in_(OPEN), Cohort.state != CohortState.COMPLETED)


def teach(actor: Actor, giver: Membership, taker: Membership) -> int:
    """The other gives all of these results from now on; NotNow when they are the chair who confirms one."""
    found = _of(taught([giver.id]))
    chaired = select(Examiner.assessment_id).where(Examiner.chair.is_(True), Examiner.membership_id.in_(_own(taker)))
    if {one.id for one in found} & set(db.session.scalars(chaired)):
        raise NotNow(_l("%(person)s confirms one of these exams as its chair. Choose somebody else.", person=taker.name))
    for one in found:
        one.teacher, one.teacher_id = taker, taker.id
        record(actor, Event.HANDED_OVER, one, teacher=taker.id)
    return len(found)


def chaired(membership_ids: Collection[int]) -> Select[int, int]:
    """The demonstration exams that somebody confirms as the chair, as pairs with their memberships."""
    query = select(Examiner.membership_id, Examiner.assessment_id).join(Assessment, Assessment.id == Examiner.assessment_id)
    return query.where(Examiner.membership_id.in_(membership_ids), Examiner.chair.is_(True), Assessment.state.in_(OPEN))  # type: ignore[return-value]  # none is empty


def chair(actor: Actor, giver: Membership, taker: Membership) -> int:
    """The other is the chair of all of these commissions from now on; NotNow for one whose results they give or whose commission they are in."""
    found = _of(chaired([giver.id]))
    ids = [one.id for one in found]
    sits = select(Examiner.assessment_id).where(Examiner.assessment_id.in_(ids), Examiner.membership_id.in_(_own(taker)))
    teaches = select(Assessment.id).where(Assessment.id.in_(ids), Assessment.teacher_id.in_(_own(taker)))
    if {*db.session.scalars(sits), *db.session.scalars(teaches)}:
        raise NotNow(
            _l("%(person)s gives the results of one of these exams, or is an examiner already. Choose somebody else.", person=taker.name)
        )
    mine = update(Examiner).where(Examiner.assessment_id.in_(ids), Examiner.chair.is_(True)).values(membership_id=taker.id)
    db.session.execute(mine.execution_options(synchronize_session=False))
    for one in found:
        record(actor, Event.CHAIRED, one, chair=taker.id)
    pass_on(Party.TEACHER, kind="membership", giver=giver.id, taker=taker.id, about="assessment")
    return len(found)


def _of(pairs: Select[int, int]) -> list[Assessment]:
    keys = pairs.subquery().c[1]
    query = select(Assessment).where(Assessment.id.in_(select(keys))).order_by(Assessment.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def _own(member: Membership) -> Select[int]:
    """Every membership of the same person at the same school."""
    mine = (Membership.account_id == member.account_id, Membership.organisation_id == member.organisation_id)
    return select(Membership.id).where(*mine)
