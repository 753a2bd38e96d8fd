"""How far the applications for a vacancy have come, stage by stage, as their history says it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from training.audit.models import Happening
from training.candidates.applications.models import Application
from training.candidates.applications.policies import visible_to
from training.candidates.applications.workflow import Event, State
from training.candidates.vacancies.models import Stage
from training.kernel.db import db
from training.kernel.policy import Actor

_FURTHER = (Event.MOVED, Event.OFFERED)
"""What brings an application further than where it was."""


@dataclass(frozen=True)
class Step:
    """A stage, or a state after the last one: how many ever came at least this far, are here now, have ended here."""

    label: Any
    reached: int
    here: int
    ended: int


def steps(actor: Actor, vacancy_id: int, stages: Sequence[Stage]) -> list[Step]:
    """The stages of a vacancy, then offers and hires, with the applications that the actor may see: two statements.

    Whoever was moved back, or declined an offer, has come as far as they once stood.
    """
    mine = visible_to(actor).where(Application.vacancy_id == vacancy_id)
    columns: Any = mine.with_only_columns(Application.id, Application.stage_id, Application.state, maintain_column_froms=True)
    found = db.session.execute(columns).all()
    place = {stage.id: number for number, stage in enumerate(stages)}
    offered, hired = len(stages), len(stages) + 1
    far = {key: place[stage_id] for key, stage_id, _state in found}
    for key, facts in db.session.execute(_history(mine)):
        far[key] = max(far[key], place.get(facts["to_stage"], 0) if "to_stage" in facts else offered)
    stands = {key: {State.HIRED: hired, State.OFFERED: offered}.get(state, place[stage_id]) for key, stage_id, state in found}
    going = {key for key, _stage_id, state in found if state in (State.OPEN, State.OFFERED, State.HIRED)}

    def step(number: int, label: Any) -> Step:
        there = [key for key, at in stands.items() if at == number]
        here = sum(key in going for key in there)
        return Step(label, sum(max(far[key], at) >= number for key, at in stands.items()), here, len(there) - here)

    return [step(number, label) for number, label in enumerate([*stages, State.OFFERED.label, State.HIRED.label])]


def _history(mine: Any) -> Any:
    """What has brought these applications further, as (application, facts)."""
    ids = mine.with_only_columns(Application.id, maintain_column_froms=True)
    whole = select(Happening.subject_id, Happening.facts).where(Happening.subject_kind == "application", Happening.subject_id.in_(ids))
    return whole.where(Happening.name.in_([event.value for event in _FURTHER]))
