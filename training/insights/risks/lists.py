"""Those at risk, as a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import contains_eager

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.policies import visible_to
from training.courses.enrolments.workflow import State
from training.insights.risks.policies import can_list
from training.insights.risks.reasons import REASONS
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_key
from training.kernel.lists import Wanted
from training.kernel.policy import Actor
from training.trainees.profiles.models import Trainee

_NUMBER = sum((case((one.condition, 1), else_=0) for one in REASONS[1:]), case((REASONS[0].condition, 1), else_=0))
"""How many reasons there are for somebody."""


@dataclass(frozen=True)
class AtRisk:
    """Somebody at risk, with the reasons in words."""

    enrolment: Enrolment
    reasons: Sequence[str]

    @property
    def id(self) -> int:
        """The enrolment's."""
        return self.enrolment.id


def rows(actor: Actor) -> Select[Enrolment]:
    """Those who study now at the actor's school and have a reason."""
    query = visible_to(actor).join(Enrolment.trainee).join(Enrolment.cohort)
    return query.where(Enrolment.state == State.ENROLLED, or_(*(one.condition for one in REASONS)))


def chosen(values: Sequence[str]) -> ColumnElement[bool] | None:
    """Any of the reasons asked for."""
    conditions = [one.condition for one in REASONS if one.name in values]
    return or_(*conditions) if conditions else None


def dress(found: Sequence[Enrolment], subject: object, wanted: Wanted) -> Sequence[AtRisk]:
    """With the reasons in words: a statement for each reason, however many people there are."""
    ids = [one.id for one in found]
    told = [one.words(ids) for one in REASONS]
    return [AtRisk(one, [words[one.id] for words in told if one.id in words]) for one in found]


def cohorts(actor: Actor, subject: object) -> Sequence[tuple[int, str]]:
    """The cohorts of those at risk, by name."""
    theirs = rows(actor).with_only_columns(Enrolment.cohort_id)
    query = select(Cohort.id, Cohort.code).where(Cohort.id.in_(theirs)).order_by(Cohort.code_key, Cohort.id)
    return [(key, code) for key, code in db.session.execute(query.limit(60))]


def named(text: str) -> Any:
    """A part of the trainee's name."""
    return Trainee.name_key.contains(text, autoescape=True)


RISKS = Listing(
    name="risks",
    title=_l("At risk"),
    endpoint="insights.risks.listed",
    may=can_list,
    rows=rows,
    key=Enrolment.id,
    loads=(contains_eager(Enrolment.trainee), contains_eager(Enrolment.cohort)),
    dress=dress,
    words=_l("Name of the trainee"),
    word=named,
    filters=(
        Filter("reason", _l("Reason"), chosen, lambda actor, subject: [(one.name, one.label) for one in REASONS]),
        of_key("cohort", _l("Cohort"), Enrolment.cohort_id, cohorts),
    ),
    sorts=(
        Sort("reasons", _l("Reasons"), Order.NUMBER, (_NUMBER,)),
        Sort("name", _l("Name"), Order.TEXT, (Trainee.name_key,)),
        Sort("cohort", _l("Cohort"), Order.TEXT, (Cohort.code_key, Trainee.name_key)),
    ),
    first="-reasons",
    columns=(
        OutColumn(_l("Name"), lambda row: row.enrolment.trainee.name),
        OutColumn(_l("Cohort"), lambda row: row.enrolment.cohort.code),
        OutColumn(_l("Reasons"), lambda row: " ".join(row.reasons)),
    ),
)
