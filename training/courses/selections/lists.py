"""The applicants of a cohort, as a list."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections.models import Candidacy, Document
from training.courses.selections.policies import can_list, visible_to
from training.courses.selections.queries import incomplete, to_check
from training.kernel.db import db
from training.kernel.i18n import _, _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_kind, of_yes
from training.kernel.policy import Actor
from training.trainees.profiles.models import Trainee


def rows(actor: Actor, cohort: Cohort) -> Select[Candidacy]:
    """Everybody who applied for a cohort by selection."""
    query = visible_to(actor).join(Enrolment, Enrolment.id == Candidacy.enrolment_id).join(Trainee, Trainee.id == Enrolment.trainee_id)
    return query.where(Enrolment.cohort_id == cohort.id)


def average(row: Candidacy) -> str:
    """The certificate's average as it is written."""
    return f"{row.average // 100}.{row.average % 100:02}"


def missing(row: Candidacy) -> str:
    """What keeps somebody off the list."""
    return ", ".join(str(one) for one in row.missing)


def states(actor: Actor, cohort: Cohort) -> Sequence[tuple[str, Any, int]]:
    """How far the applicants of a cohort are, each with how many."""
    query: Any = rows(actor, cohort).with_only_columns(Enrolment.state, func.count(), maintain_column_froms=True).group_by(Enrolment.state)
    numbers = {state: count for state, count in db.session.execute(query)}  # noqa: C416 -- rows are no pairs to mypy
    return [(state.value, state.label, numbers[state]) for state in EnrolmentState if state in numbers]


_STATE = of_kind("state", _l("State"), Enrolment.state, EnrolmentState)


def group(row: Candidacy) -> str | None:
    """The priority group that is claimed, and whether its proof is accepted."""
    if row.group is None:
        return None
    return row.group.name if row.first else _("%(group)s, not proven", group=row.group.name)


_LOADED: Any = contains_eager(Candidacy.enrolment)
APPLICANTS = Listing(
    name="applicants",
    title=_l("Applicants"),
    endpoint="courses.selections.listed",
    may=can_list,
    subject=cohorts.cohort,
    rows=rows,
    key=Candidacy.id,
    loads=(
        _LOADED.contains_eager(Enrolment.trainee),
        joinedload(Candidacy.group),
        selectinload(Candidacy.documents).joinedload(Document.asked),
    ),
    words=_l("Find by name"),
    word=lambda text: Trainee.name_key.contains(text, autoescape=True),
    filters=(
        of_yes("check", _l("Documents"), (_l("To be checked"), to_check()), (_l("Nothing to check"), ~to_check())),
        of_yes("whole", _l("On the list"), (_l("All accepted"), ~incomplete()), (_l("Something is missing"), incomplete())),
        Filter(_STATE.name, _STATE.label, _STATE.where, states, least=2),
    ),
    sorts=(
        Sort("place", _l("Place on the list"), Order.NUMBER, (Enrolment.rank.is_(None), Enrolment.rank)),
        Sort("applied", _l("Applied"), Order.DAY, (Enrolment.applied_at,)),
        Sort("name", _l("Name"), Order.TEXT, (Trainee.name_key,)),
        Sort("average", _l("Certificate average"), Order.NUMBER, (Candidacy.average,)),
        Sort("points", _l("Points"), Order.NUMBER, (Candidacy.points.is_not(None), Candidacy.points)),
    ),
    first="place",
    columns=(
        OutColumn(_l("Place on the list"), lambda row: row.enrolment.rank),
        OutColumn(_l("Name"), lambda row: row.enrolment.trainee.name),
        OutColumn(_l("Priority group"), group),
        OutColumn(_l("Points"), lambda row: row.points),
        OutColumn(_l("Certificate average"), average),
        OutColumn(_l("Priority"), lambda row: row.enrolment.priority),
        OutColumn(_l("Applied"), lambda row: row.enrolment.applied_at),
        OutColumn(_l("Missing"), missing),
        OutColumn(_l("State"), lambda row: row.enrolment.state),
    ),
)
