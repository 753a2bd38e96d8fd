"""Finding interviews."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from training.accounts.memberships.models import Membership
from training.accounts.memberships.queries import of_role
from training.accounts.models import Account
from training.candidates.applications.models import Application
from training.candidates.interviews.models import Interview, InterviewPanel
from training.candidates.interviews.policies import visible_to
from training.candidates.interviews.workflow import State
from training.candidates.vacancies.models import Vacancy
from training.kernel.db import by_id, db
from training.kernel.policy import Actor, Role
from training.kernel.prepared import by_key

ARRANGED = (State.PROPOSED, State.CONFIRMED)


def _whole(query: Select[Interview]) -> Select[Interview]:
    application = joinedload(Interview.application)
    return query.options(
        application.joinedload(Application.trainee),
        application.joinedload(Application.vacancy).joinedload(Vacancy.employer),
        joinedload(Interview.employer),
        selectinload(Interview.panel).joinedload(InterviewPanel.membership).joinedload(Membership.account),
    )


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), Interview.id)


def interview(actor: Actor, interview_id: int) -> Interview:
    """One interview with its application, candidate, employer and panel."""
    return _BY_ID.one(actor, key=interview_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Interview]:
    """Those interviews of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Interview.id.in_(ids)))


def of_application(actor: Actor, application_id: int) -> Sequence[Interview]:
    """The interviews of an application, the newest first."""
    query = _whole(visible_to(actor)).where(Interview.application_id == application_id)
    return db.session.scalars(query.order_by(Interview.starts_at.desc(), Interview.id.desc())).all()


def arranged(actor: Actor, application_id: int) -> Sequence[Interview]:
    """Those of an application that are still to take place or be concluded."""
    query = _whole(visible_to(actor)).where(Interview.application_id == application_id, Interview.state.in_(ARRANGED))
    return db.session.scalars(query.order_by(Interview.starts_at, Interview.id)).all()


def interviewers(employer_id: int) -> Sequence[Membership]:
    """Whom of the employer one can put into a panel: each person once, by name."""
    found: dict[int, Membership] = {}
    for one in of_role(employer_id, Role.MANAGER, Role.RECRUITER, Role.MENTOR):
        found.setdefault(one.account_id, one)
    return list(found.values())


def members(employer_id: int, ids: Collection[int]) -> Sequence[Membership]:
    """The present members of the employer among these, with their accounts."""
    query = select(Membership).where(Membership.id.in_(ids), Membership.organisation_id == employer_id, Membership.ended_on.is_(None))
    return db.session.scalars(query.options(joinedload(Membership.account)).order_by(Membership.id)).all() if ids else []


def busy(account_ids: Collection[int], starts_at: datetime, ends_at: datetime) -> Sequence[str]:
    """The names of those who sit in another interview that shares a moment with the span, in any of their memberships."""
    query = (
        select(Account.name)
        .join(Membership, Membership.account_id == Account.id)
        .join(InterviewPanel, InterviewPanel.membership_id == Membership.id)
        .join(Interview, Interview.id == InterviewPanel.interview_id)
        .where(Account.id.in_(account_ids), Interview.state.in_(ARRANGED), Interview.starts_at < ends_at, Interview.ends_at > starts_at)
    )
    return db.session.scalars(query.distinct().order_by(Account.name)).all()


def candidate_busy(trainee_id: int, starts_at: datetime, ends_at: datetime) -> bool:
    """Whether the candidate has another interview that shares a moment with the span, with whatever employer."""
    query = select(Interview.id).where(
        Interview.trainee_id == trainee_id, Interview.state.in_(ARRANGED), Interview.starts_at < ends_at, Interview.ends_at > starts_at
    )
    return db.session.scalars(query.limit(1)).one_or_none() is not None


def next_at(application_id: int) -> datetime | None:
    """When the next arranged interview of an application begins."""
    query = select(Interview.starts_at).where(Interview.application_id == application_id, Interview.state.in_(ARRANGED))
    return db.session.scalars(query.order_by(Interview.starts_at).limit(1)).one_or_none()
