"""Finding applications: the candidate's own, an employer's board, one with everything its page says."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from training.candidates.applications.models import Application
from training.candidates.applications.policies import visible_to
from training.candidates.applications.workflow import State
from training.candidates.vacancies.matching import Match, match
from training.candidates.vacancies.models import Stage, Vacancy, VacancySkill
from training.candidates.vacancies.queries import stages
from training.kernel import clock
from training.kernel.db import NotFound, by_id, db
from training.kernel.i18n import _l
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.policy import Actor, Learner, NotNow, System
from training.organisations.models import Organisation
from training.trainees.passport.queries import levels
from training.trainees.profiles.models import Trainee

CARDS = 25
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
    cards: Sequence[Card]


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


def application(actor: Actor, application_id: int) -> Application:
    """One application with its candidate, stage, vacancy and employer."""
    found = db.session.scalars(_whole(visible_to(actor)).where(Application.id == application_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


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
    """The board of a vacancy: five statements, however many candidates there are."""
    own = stages(vacancy.id)
    places = [(f"stage-{one.id}", one, State.OPEN) for one in own] + [(str(state), None, state) for state in BESIDE]
    counts = _counts(vacancy.id, own)
    cards: dict[str, list[Card]] = {key: [] for key, _stage, _state in places}
    for card in _cards(actor, vacancy, places):
        cards[card.row.column_key].append(card)
    columns = [Column(key, stage or state.label, stage, state, counts[key], cards[key]) for key, stage, state in places]
    return Board(columns, [(state, counts[state]) for state in ENDS if counts[state]])


def _counts(vacancy_id: int, own: Sequence[Stage]) -> dict[str, int]:
    """How many stand in each stage and state, each counted up to a limit: one statement."""

    def within(state: State, *more: Any) -> Any:
        some = select(literal(1)).where(Application.vacancy_id == vacancy_id, Application.state == state, *more).limit(COUNTED)
        return select(func.count()).select_from(some.subquery()).scalar_subquery()

    wanted = {f"stage-{one.id}": within(State.OPEN, Application.stage_id == one.id) for one in own}
    wanted |= {str(state): within(state) for state in (*BESIDE, *ENDS)}
    row = db.session.execute(select(*wanted.values())).one()
    return dict(zip(wanted, row, strict=True))


def _cards(actor: Actor, vacancy: Vacancy, places: Sequence[tuple[str, Stage | None, State]]) -> list[Card]:
    """The cards of all columns, those longest in their stage first: two statements."""
    picked = []
    for key, stage, state in places:
        query = _line(visible_to(actor)).add_columns(literal(key).label("column_key"))
        query = query.where(Application.vacancy_id == vacancy.id, Application.state == state)
        query = query if stage is None else query.where(Application.stage_id == stage.id)
        picked.append(select(query.order_by(Application.moved_at, Application.id).limit(CARDS).subquery()))
    return matched(vacancy, db.session.execute(union_all(*picked)).all())


def _line(query: Select[Any]) -> Select[Any]:
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


def matched(vacancy: Vacancy, rows: Sequence[Any]) -> list[Card]:
    """The rows as cards, each with its match: one statement."""
    shown = levels({row.trainee_id for row in rows})
    titles = {one.skill_id: one.skill.title for one in vacancy.asked}
    cards = []
    for row in rows:
        found = match(vacancy.asked, shown[row.trainee_id])
        cards.append(Card(row, found, titles[found.best.skill_id] if found.best else None))
    return cards


def listed(actor: Actor, vacancy: Vacancy, wanted: Wanted) -> Slice[Card]:
    """All applications for a vacancy in every state, the newest first; filters `state`, `stage`."""
    query = _line(visible_to(actor)).where(Application.vacancy_id == vacancy.id)
    if states := [state for state in State if state in wanted.chosen("state")]:
        query = query.where(Application.state.in_(states))
    if own := [int(one) for one in wanted.chosen("stage") if one.isdecimal() and len(one) < 10]:
        query = query.where(Application.stage_id.in_(own), Application.state == State.OPEN)
    found = paged(query, wanted, Application.applied_at.desc(), Application.id.desc(), entities=False)
    return Slice(matched(vacancy, found.rows), found.total, found.number, found.size)


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
