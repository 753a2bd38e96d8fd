"""How far the applications for a vacancy have come, stage by stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func

from training.candidates.applications.models import Application
from training.candidates.applications.policies import visible_to
from training.candidates.applications.workflow import State
from training.candidates.vacancies.models import Stage
from training.kernel.db import db
from training.kernel.policy import Actor


@dataclass(frozen=True)
class Step:
    """A stage, or a state after the last one: how many came at least this far, are here now, have ended here."""

    label: Any
    reached: int
    here: int
    ended: int


def steps(actor: Actor, vacancy_id: int, stages: Sequence[Stage]) -> list[Step]:
    """The stages of a vacancy, then offers and hires, with the applications that the actor may see: one statement."""
    query: Any = visible_to(actor).where(Application.vacancy_id == vacancy_id)
    query = query.with_only_columns(Application.stage_id, Application.state, func.count(), maintain_column_froms=True)
    count = {
        (stage_id, state): number for stage_id, state, number in db.session.execute(query.group_by(Application.stage_id, Application.state))
    }
    after = {state: sum(number for (_stage, one), number in count.items() if one is state) for state in (State.OFFERED, State.HIRED)}
    found = [Step(State.HIRED.label, after[State.HIRED], after[State.HIRED], 0)]
    found.append(Step(State.OFFERED.label, sum(after.values()), after[State.OFFERED], 0))
    for stage in reversed(stages):
        here = count.get((stage.id, State.OPEN), 0)
        ended = sum(number for (key, state), number in count.items() if key == stage.id and state not in (State.OPEN, *after))
        found.append(Step(stage, found[-1].reached + here + ended, here, ended))
    return found[::-1]
