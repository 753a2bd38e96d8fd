"""A month of dates: interviews, visits, the days of cohorts and internships, and deadlines, each kind in one statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, or_
from sqlalchemy.orm import contains_eager, joinedload

from training.accounts.memberships.queries import parties_of
from training.candidates.applications.models import Application
from training.candidates.interviews.models import Interview
from training.candidates.interviews.policies import visible_to as interviews_seen
from training.candidates.interviews.queries import ARRANGED
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.policies import visible_to as cohorts_seen
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.policies import visible_to as enrolments_seen
from training.courses.enrolments.workflow import SEATED
from training.courses.programmes.models import ProgrammeVersion
from training.insights.home.asks import ASKS
from training.insights.home.queries import account_of, roles_of
from training.internships.placements.models import Placement
from training.internships.placements.policies import visible_to as placements_seen
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits.models import Visit
from training.internships.visits.policies import concerning as visits_concerning
from training.internships.visits.workflow import State as VisitState
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import _, current_zone, format_time, ngettext
from training.kernel.policy import Actor, Learner, Member, OrganisationKind
from training.kernel.wiring import wired
from training.turns import queries as turns
from training.turns.models import OpenTurn

MOST = 300
"""Dates of one kind in a month; further ones are left out, and the page says so."""
STAYS = (PlacementState.AGREED, PlacementState.ACTIVE, PlacementState.COMPLETED)


@dataclass(frozen=True)
class Entry:
    """One date: what it is (interview, visit, cohort, internship, deadline), when, about what, and where to read more."""

    on: date
    kind: str
    words: str
    detail: str = ""
    at: str = ""
    url: str | None = None


@dataclass(frozen=True)
class Month:
    """A month of an actor's dates; `whole` unless some kind had more than fit."""

    first: date
    entries: Sequence[Entry]
    whole: bool

    @property
    def after(self) -> date:
        """The first day of the next month."""
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def before(self) -> date:
        """The first day of the month before."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def weeks(self) -> list[list[tuple[date, list[Entry]]]]:
        """The weeks that the month touches, each with its seven days and what is on them."""
        by_day: dict[date, list[Entry]] = {}
        for one in self.entries:
            by_day.setdefault(one.on, []).append(one)
        monday = self.first - timedelta(days=self.first.weekday())
        number = ((self.after - monday).days + 6) // 7
        days = [monday + timedelta(days=offset) for offset in range(7 * number)]
        return [[(day, by_day.get(day, [])) for day in days[start : start + 7]] for start in range(0, len(days), 7)]


def month_of(words: str) -> date:
    """The first day of the month written as `2026-06`; the present month's where it is written otherwise."""
    try:
        found = date.fromisoformat(f"{words}-01")
    except ValueError:
        found = clock.today(current_zone()).replace(day=1)
    return found if 2000 <= found.year < 2100 else clock.today(current_zone()).replace(day=1)


def month(actor: Actor, first: date) -> Month:
    """The actor's dates of the month that begins on `first`: as many statements whatever there is."""
    after = (first + timedelta(days=31)).replace(day=1)
    kinds = [
        list(_interviews(actor, first, after)),
        list(_visits(actor, first, after)),
        list(_cohorts(actor, first, after)),
        list(_internships(actor, first, after)),
        list(_deadlines(actor, first, after)),
    ]
    found = sorted((one for kind in kinds for one in kind), key=lambda one: (one.on, one.at, one.kind, one.words, one.detail))
    return Month(first, found, whole=all(len(kind) < MOST for kind in kinds))


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(current_zone())).astimezone(UTC)


def _interviews(actor: Actor, first: date, after: date) -> Iterator[Entry]:
    """Those that are arranged: a candidate's own, or those that one conducts or sits in."""
    query = interviews_seen(actor).where(
        Interview.state.in_(ARRANGED), Interview.starts_at >= _moment(first), Interview.starts_at < _moment(after)
    )
    query = query.options(joinedload(Interview.employer), joinedload(Interview.application).joinedload(Application.trainee))
    for one in db.session.scalars(query.order_by(Interview.starts_at, Interview.id).limit(MOST)):
        there = one.starts_at.astimezone(ZoneInfo(current_zone()))
        whom = one.employer.short_name if isinstance(actor, Learner) else one.application.trainee.name
        yield Entry(there.date(), "interview", _("Interview"), whom, format_time(there), wired().kinds["interview"].url(actor, one))


def _visits(actor: Actor, first: date, after: date) -> Iterator[Entry]:
    """Those that are planned and concern the actor: several trainees met at once are one line."""
    query = visits_concerning(actor).where(
        Visit.state == VisitState.PLANNED, Visit.starts_at >= _moment(first), Visit.starts_at < _moment(after)
    )
    query = query.options(
        joinedload(Visit.placement).options(joinedload(Placement.trainee), joinedload(Placement.employer), joinedload(Placement.school))
    )
    outings: dict[tuple[datetime, int, int], list[Visit]] = {}
    for one in db.session.scalars(query.order_by(Visit.starts_at, Visit.id).limit(MOST)):
        outings.setdefault((one.starts_at, one.visitor_id, one.employer_id), []).append(one)
    for (starts_at, _visitor, _employer), found in outings.items():
        there, placement = starts_at.astimezone(ZoneInfo(current_zone())), found[0].placement
        about = [
            placement.employer.short_name if isinstance(actor, Learner) else placement.trainee.name,
            ngettext("and %(num)s trainee more", "and %(num)s trainees more", len(found) - 1) if len(found) > 1 else "",
        ]
        yield Entry(
            there.date(),
            "visit",
            _("Visit"),
            " ".join(filter(None, about)),
            format_time(there),
            wired().kinds["visit"].url(actor, found[0]),
        )


def _cohorts(actor: Actor, first: date, after: date) -> Iterator[Entry]:
    """A school's cohorts: last day to apply, first and last day; a trainee's own: first and last day."""
    inside = [and_(day >= first, day < after) for day in (Cohort.starts_on, Cohort.ends_on, Cohort.closes_on)]
    query: Select[Any]
    rows: list[tuple[Cohort | Enrolment, Cohort]]
    match actor:
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=here):
            query = cohorts_seen(actor).where(Cohort.school_id == here, Cohort.state != CohortState.CANCELLED, or_(*inside))
            query = query.options(joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme))
            rows = [(one, one) for one in db.session.scalars(query.order_by(Cohort.starts_on, Cohort.id).limit(MOST))]
        case Learner():
            query = enrolments_seen(actor).join(Enrolment.cohort).where(Enrolment.state.in_(SEATED), or_(*inside[:2]))
            loaded = contains_eager(Enrolment.cohort).joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme)
            rows = [(one, one.cohort) for one in db.session.scalars(query.options(loaded).order_by(Enrolment.id).limit(MOST))]
        case _:
            return
    for subject, cohort in rows:
        url = wired().kinds[subject.__tablename__].url(actor, subject)
        about = cohort.programme_version.programme.title if isinstance(actor, Learner) else str(cohort)
        days = [(cohort.starts_on, _("Training begins")), (cohort.ends_on, _("Training ends"))]
        if isinstance(actor, Member):
            days.append((cohort.closes_on, _("Applications end")))
        yield from (Entry(day, "cohort", words, about, url=url) for day, words in days if first <= day < after)


def _internships(actor: Actor, first: date, after: date) -> Iterator[Entry]:
    """The first and the last day of internships that are signed: a trainee's own, or those of the organisation."""
    inside = [and_(day >= first, day < after) for day in (Placement.starts_on, Placement.ends_on)]
    query = placements_seen(actor).where(Placement.state.in_(STAYS), or_(*inside))
    query = query.options(joinedload(Placement.trainee), joinedload(Placement.employer))
    for one in db.session.scalars(query.order_by(Placement.starts_on, Placement.id).limit(MOST)):
        whom = one.employer.short_name if isinstance(actor, Learner) else one.trainee.name
        url = wired().kinds["placement"].url(actor, one)
        days = [(one.starts_on, _("Internship begins")), (one.ends_on, _("Internship ends"))]
        yield from (Entry(day, "internship", words, whom, url=url) for day, words in days if first <= day < after)


def _deadlines(actor: Actor, first: date, after: date) -> Iterator[Entry]:
    """What waits for the actor until a day of the month: the same asked of many records is one line."""
    query = turns.waiting_for(parties_of(actor), roles_of(actor), me=account_of(actor))
    query = query.where(OpenTurn.due_at > _moment(first), OpenTurn.due_at <= _moment(after))
    asked: dict[tuple[date, str, str], int] = {}
    rows: Any = query.with_only_columns(OpenTurn.due_at, OpenTurn.subject_kind, OpenTurn.verb)
    for due_at, kind, verb in db.session.execute(rows.order_by(OpenTurn.due_at, OpenTurn.id).limit(MOST)):
        last = (due_at - timedelta(microseconds=1)).astimezone(ZoneInfo(current_zone())).date()
        asked[last, kind, verb] = asked.get((last, kind, verb), 0) + 1
    for (day, kind, verb), number in asked.items():
        yield Entry(day, "deadline", str(ASKS[kind, verb]), _("%(number)s times", number=number) if number > 1 else "")
