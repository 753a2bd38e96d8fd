"""Finding feeds and what stands in them."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.accounts.queries import digest
from training.courses.enrolments.models import Enrolment
from training.courses.feeds.models import CalendarFeed
from training.courses.lessons.models import Lesson
from training.courses.lessons.policies import cohorts_of, taught_by
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor
from training.trainees.profiles.models import Trainee

BACK = timedelta(days=30)
"""How long lessons stay in a feed after they were held."""
MOST = 2_000


def by_token(actor: Actor, token: str) -> CalendarFeed:
    """The feed at an address, while its person may sign in; whoever knows the address may read it."""
    query = select(CalendarFeed).join(CalendarFeed.account).where(CalendarFeed.token == digest(token), Account.blocked_at.is_(None))
    found = db.session.scalars(query.options(joinedload(CalendarFeed.account))).one_or_none()
    if found is None:
        raise NotFound
    return found


def of_account(account: Account) -> CalendarFeed | None:
    """The address somebody has, if any."""
    return db.session.scalars(select(CalendarFeed).where(CalendarFeed.account_id == account.id)).one_or_none()


def lessons(feed: CalendarFeed) -> Sequence[Lesson]:
    """The lessons that the person gives, and those of the cohorts they study in: one statement."""
    me = select(Trainee.id).where(Trainee.account_id == feed.account_id)
    query = select(Lesson).where(
        or_(taught_by(feed.account_id), Lesson.cohort_id.in_(cohorts_of(Enrolment.trainee_id.in_(me)))),
        Lesson.held_on >= clock.today() - BACK,
    )
    query = query.options(
        joinedload(Lesson.module),
        joinedload(Lesson.room),
        joinedload(Lesson.cohort),
        joinedload(Lesson.school),
        joinedload(Lesson.teacher).joinedload(Membership.account),
    )
    return db.session.scalars(query.order_by(Lesson.starts_at, Lesson.id).limit(MOST)).all()
