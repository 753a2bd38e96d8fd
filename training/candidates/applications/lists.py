"""All applications for one vacancy, as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select

from training.candidates.applications import queries
from training.candidates.applications.models import Application
from training.candidates.applications.policies import can_see_board, visible_to
from training.candidates.applications.queries import Card
from training.candidates.applications.workflow import State
from training.candidates.vacancies import queries as vacancies
from training.candidates.vacancies.models import Stage, Vacancy
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_kind
from training.kernel.lists import Wanted
from training.kernel.policy import Actor
from training.trainees.profiles.models import Trainee


@dataclass(frozen=True)
class Candidate:
    """A line of the list: the card of the board, and the stage where an open application stands."""

    card: Card
    stage: Stage | None


def rows(actor: Actor, vacancy: Vacancy) -> Select[Any]:
    """The applications for a vacancy in every state, as cards need them."""
    return queries.line(visible_to(actor)).where(Application.vacancy_id == vacancy.id)


def candidates(found: Sequence[Any], vacancy: Vacancy, wanted: Wanted) -> list[Candidate]:
    """The rows with match and stage: two statements."""
    stages = {one.id: one for one in vacancies.stages(vacancy.id)}
    cards = queries.matched(vacancy, found)
    return [Candidate(card, stages.get(card.row.stage_id) if card.row.state is State.OPEN else None) for card in cards]


def in_stages(values: Sequence[str]) -> ColumnElement[bool] | None:
    """Open applications that stand in one of the stages."""
    keys = [int(value) for value in values if value.isascii() and value.isdecimal() and len(value) < 10]
    return Application.stage_id.in_(keys) & (Application.state == State.OPEN) if keys else None


APPLICATIONS = Listing(
    name="applications",
    title=_l("Candidates"),
    endpoint="candidates.applications.listed",
    may=can_see_board,
    subject=vacancies.own,
    rows=rows,
    key=Application.id,
    entities=False,
    dress=candidates,
    words=_l("Name"),
    word=lambda text: Trainee.name_key.contains(text, autoescape=True),
    filters=(
        of_kind("state", _l("State"), Application.state, State),
        Filter("stage", _l("Stage"), in_stages, lambda actor, vacancy: [(one.id, str(one)) for one in vacancies.stages(vacancy.id)]),
    ),
    sorts=(
        Sort("applied", _l("Applied"), Order.DAY, (Application.applied_at,)),
        Sort("name", _l("Name"), Order.TEXT, (Trainee.name_key,)),
    ),
    first="-applied",
    columns=(
        OutColumn(_l("Name"), lambda row: row.card.name),
        OutColumn(_l("School"), lambda row: row.card.row.school),
        OutColumn(_l("Group"), lambda row: row.card.row.group_code),
        OutColumn(_l("Stage"), lambda row: row.stage),
        OutColumn(_l("State"), lambda row: row.card.row.state),
        OutColumn(_l("Reason"), lambda row: row.card.row.rejection),
        OutColumn(_l("Skills met"), lambda row: row.card.match.met),
        OutColumn(_l("Skills asked"), lambda row: len(row.card.match.reasons)),
        OutColumn(_l("Applied"), lambda row: row.card.row.applied_at),
    ),
)
