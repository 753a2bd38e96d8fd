"""Finding applications: the candidate's own, an employer's board, one with everything its page says."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Integer, Select, bindparam, func, literal, literal_column, select, union_all
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from training.candidates.applications.funnel import steps
from training.candidates.applications.models import Application
from training.candidates.applications.policies import visible_to
from training.candidates.applications.workflow import State
from training.candidates.vacancies.matching import Match, match
from training.candidates.vacancies.models import Stage, Vacancy, VacancySkill
from training.candidates.vacancies.queries import stages
from training.kernel import clock
from training.kernel.db import NotFound, by_id, db, rows
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Learner, NotNow, System
from training.kernel.prepared import Prepared, by_key
from training.organisations.models import Organisation
from training.trainees.passport.queries import levels
from training.trainees.profiles.models import Trainee

__all__ = ["steps"]

CARDS = 20
"""Cards shown in a column; the rest is on the list."""
COUNTED = 1_000
"""Applications counted in a column; more than that is said as such."""
ENDS = (State.REJECTED, State.WITHDRAWN, State.LAPSED, State.HIRED_ELSEWHERE)
BESIDE = (State.OFFERED, State.HIRED)
"""States that stand on the board as columns of their own."""


@dataclass(frozen=True)
class Card:
    """A candidate on the board."""

    row: Any
    """The columns read for it."""
    match: Match
    best: str | None
    """The title of the skill that speaks most for them."""
    column: str = ""
    """On a board, the column it stands in."""

    @property
    def name(self) -> str:
        """Family name first, as lists have it."""
        return f"{self.row.family_name} {self.row.given_name}"

    @property
    def days(self) -> int:
        """Full days in the present stage."""
        return int((clock.now() - self.row.moved_at) / timedelta(days=1))


@dataclass(frozen=True)
class Column:
    """One column of the board: a stage, or a state beside the stages."""

    key: str
    label: Any
    stage: Stage | None
    state: State
    count: int
    """Those picked for it who are not open to the actor any more are not counted: exact as far as there are cards for all."""
    cards: Sequence[Card]
    more: bool
    """Whether there are some without a card."""


@dataclass(frozen=True)
class Board:
    """A vacancy's applications by stage, and how many have ended in which way."""

    columns: Sequence[Column]
    ends: Sequence[tuple[State, int]]

    @property
    def total(self) -> int:
        """How many there are in all, as far as they are counted."""
        return sum(column.count for column in self.columns) + sum(count for _state, count in self.ends)


def _whole(query: Select[Application]) -> Select[Application]:
    vacancy = joinedload(Application.vacancy)
    return query.options(
        contains_eager(Application.trainee).joinedload(Trainee.school),
        vacancy.joinedload(Vacancy.employer),
        vacancy.joinedload(Vacancy.occupation),
        joinedload(Application.stage),
    )


_BY_ID = by_key(lambda actor: _whole(visible_to(actor)), Application.id)


def application(actor: Actor, application_id: int) -> Application:
    """One application with its candidate, stage, vacancy and employer."""
    return _BY_ID.one(actor, key=application_id)


def each(actor: Actor, ids: Collection[int]) -> dict[int, Application]:
    """Those applications of the ids that the actor may see, as whole as one alone."""
    return by_id(_whole(visible_to(actor)).where(Application.id.in_(ids)))


def known(actor: Actor, application_id: int) -> Application:
    """As `application`, with the skills that the vacancy asks for."""
    query = _whole(visible_to(actor)).where(Application.id == application_id)
    skills = joinedload(Application.vacancy).selectinload(Vacancy.asked).joinedload(VacancySkill.skill)
    found = db.session.scalars(query.options(skills)).one_or_none()
    if found is None:
        raise NotFound
    return found


def mine(actor: Actor) -> Sequence[Application]:
    """The actor's own applications, the newest first; at most 100."""
    query = _whole(visible_to(actor)).order_by(Application.applied_at.desc(), Application.id.desc())
    return db.session.scalars(query.limit(100)).all()


def board(actor: Actor, vacancy: Vacancy) -> Board:
    """The board of a vacancy: six statements, however many candidates there are."""
    own = stages(vacancy.id)
    places = [(f"stage-{one.id}", one, State.OPEN) for one in own] + [(str(state), None, state) for state in BESIDE]
    counts = _counts(vacancy.id, own)
    picked, shown = _cards(actor, vacancy, places)
    cards: dict[str, list[Card]] = {key: [] for key, _stage, _state in places}
    for card in shown:
        cards[card.column].append(card)
    columns = [
        Column(key, stage or state.label, stage, state, counts[key] - picked[key] + len(cards[key]), cards[key], counts[key] > picked[key])
        for key, stage, state in places
    ]
    return Board(columns, [(state, counts[state]) for state in ENDS if counts[state]])


def _counts(vacancy_id: int, own: Sequence[Stage]) -> dict[str, int]:
    """How many stand in each stage and state, each counted up to a limit: one statement."""
    wanted = [f"stage-{one.id}" for one in own] + [str(state) for state in (*BESIDE, *ENDS)]
    row = rows(_counting(len(own)), _numbered(vacancy_id, own)).one()
    return dict(zip(wanted, row, strict=True))


def _cards(actor: Actor, vacancy: Vacancy, places: Sequence[tuple[str, Stage | None, State]]) -> tuple[Counter[str], list[Card]]:
    """How many were picked for each column, and the cards of those whom the actor may see, longest in their stage first: three statements."""
    own = [stage for _key, stage, _state in places if stage]
    column = {key: places[number][0] for key, number in rows(_picking(len(own)), _numbered(vacancy.id, own))}
    return Counter(column.values()), matched(vacancy, _SHOWN.rows(actor, keys=list(column)).all(), column)


def _numbered(vacancy_id: int, own: Sequence[Stage]) -> dict[str, int]:
    """What `_counting` and `_picking` are told."""
    return {"vacancy": vacancy_id} | {f"stage_{number}": one.id for number, one in enumerate(own)}


def _places(stages: int) -> list[list[Any]]:
    """The conditions of the columns of a board: of so many stages, then of the states beside them."""
    inside = [[Application.state == State.OPEN, Application.stage_id == bindparam(f"stage_{number}")] for number in range(stages)]
    return [[Application.vacancy_id == bindparam("vacancy"), *one] for one in [*inside, *([Application.state == one] for one in BESIDE)]]


def _fixed(number: int) -> Any:
    """A limit that stands in the statement: PostgreSQL plans for any number where it is told only later."""
    return literal_column(str(number), Integer)


@cache
def _picking(stages: int) -> Any:
    """The first cards of each column of a board with so many stages, by (key, number of the column); made once, as it takes longer to say than to answer."""
    picked = [
        select(Application.id, literal(number)).where(*place).order_by(Application.moved_at, Application.id).limit(_fixed(CARDS)).subquery()
        for number, place in enumerate(_places(stages))
    ]
    return union_all(*map(select, picked))


@cache
def _counting(stages: int) -> Any:
    """How many stand in each column of a board with so many stages, and have ended in which way."""
    places = [*_places(stages), *([Application.vacancy_id == bindparam("vacancy"), Application.state == one] for one in ENDS)]
    some = [select(literal(1)).where(*place).limit(_fixed(COUNTED)).subquery() for place in places]
    return select(*(select(func.count()).select_from(one).scalar_subquery() for one in some))


def line(query: Select[Any]) -> Select[Any]:
    """What a card or a line of a list says."""
    joined: Any = query.outerjoin(Organisation, Organisation.id == Trainee.school_id)
    line: Select[Any] = joined.with_only_columns(
        Application.id,
        Application.trainee_id,
        Application.state,
        Application.stage_id,
        Application.applied_at,
        Application.moved_at,
        Application.interview_at,
        Application.answer_by_at,
        Application.rejection,
        Application.told_at,
        Trainee.family_name,
        Trainee.given_name,
        Trainee.group_code,
        Organisation.short_name.label("school"),
        maintain_column_froms=True,
    )
    return line


_SHOWN = Prepared(
    lambda actor: (
        line(visible_to(actor)).where(Application.id.in_(bindparam("keys", expanding=True))).order_by(Application.moved_at, Application.id)
    )
)
"""The lines of the applications with those keys that the actor may see."""


def matched(vacancy: Vacancy, lines: Sequence[Any], columns: Mapping[int, str] = MappingProxyType({})) -> list[Card]:
    """The lines as cards, each with its match, those alike matched once; on a board each in its column: one statement."""
    titles = {one.skill_id: one.skill.title for one in vacancy.asked}
    shown = levels({row.trainee_id for row in lines}, titles)
    matches: dict[frozenset[tuple[int, int]], Match] = {}
    cards = []
    for row in lines:
        own = shown[row.trainee_id]
        alike = frozenset(own.items())
        found = matches.get(alike) or matches.setdefault(alike, match(vacancy.asked, own))
        cards.append(Card(row, found, titles[found.best.skill_id] if found.best else None, columns.get(row.id, "")))
    return cards


def stage(vacancy_id: int, stage_id: int) -> Stage:
    """A stage of that vacancy; NotNow when it has no such stage."""
    found = db.session.get(Stage, stage_id)
    if found is None or found.vacancy_id != vacancy_id:
        raise NotNow(_l("This vacancy has no such stage. Load the page again."))
    return found


def has_live(vacancy_id: int, trainee_id: int) -> bool:
    """Whether the trainee has an application for the vacancy that has not ended."""
    query = select(Application.id).where(
        Application.vacancy_id == vacancy_id,
        Application.trainee_id == trainee_id,
        Application.state.in_([State.OPEN, State.OFFERED, State.HIRED]),
    )
    return db.session.scalar(query) is not None


def own_for(actor: Actor, vacancy_id: int) -> Application | None:
    """The learner's live application for a vacancy, if there is one."""
    if not isinstance(actor, Learner):
        return None
    query = visible_to(actor).where(Application.vacancy_id == vacancy_id, Application.state.in_([State.OPEN, State.OFFERED, State.HIRED]))
    return db.session.scalars(query).one_or_none()


def open_for(vacancy_id: int) -> Sequence[Application]:
    """The open applications for a vacancy with their candidates, the oldest first; at most 500."""
    query = visible_to(System("applications")).where(Application.vacancy_id == vacancy_id, Application.state == State.OPEN)
    query = query.options(contains_eager(Application.trainee), joinedload(Application.vacancy))
    return db.session.scalars(query.order_by(Application.id).limit(500)).all()


def elsewhere(trainee_id: int, employer_id: int) -> Sequence[Application]:
    """The trainee's live applications at other employers, as they are now and locked."""
    query = _whole(visible_to(System("applications"))).where(
        Application.trainee_id == trainee_id,
        Application.employer_id != employer_id,
        Application.state.in_([State.OPEN, State.OFFERED]),
    )
    locked = query.order_by(Application.id).with_for_update(of=Application, key_share=True)
    return db.session.scalars(locked.execution_options(populate_existing=True)).all()


def vacancy_of(vacancy_id: int) -> Vacancy:
    """A vacancy in any state, with its employer, for the system."""
    query = select(Vacancy).where(Vacancy.id == vacancy_id).options(joinedload(Vacancy.employer), selectinload(Vacancy.asked))
    return db.session.scalars(query).one()
