"""A school's own cohorts, as a list."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import contains_eager, selectinload

from training.courses.cohorts.models import Cohort
from training.courses.cohorts.policies import can_list, visible_to
from training.courses.cohorts.workflow import State, StudyForm
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_kind
from training.kernel.policy import Actor, Member


def rows(actor: Actor) -> Select[Cohort]:
    """The cohorts of the actor's own school, with their programmes."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    query = visible_to(actor).join(Cohort.programme_version).join(ProgrammeVersion.programme)
    return query.where(Cohort.school_id == mine)


def word(text: str) -> Any:
    """A part of the cohort's name or of the programme's title, or the beginning of its code."""
    return (
        Programme.title_key.contains(text, autoescape=True)
        | Programme.code.startswith(text, autoescape=True)
        | Cohort.code_key.contains(text, autoescape=True)
    )


COHORTS = Listing(
    name="cohorts",
    title=_l("Cohorts"),
    endpoint="courses.cohorts.listed",
    may=can_list,
    rows=rows,
    key=Cohort.id,
    loads=(contains_eager(Cohort.programme_version).contains_eager(ProgrammeVersion.programme), selectinload(Cohort.all_pools)),
    words=_l("Cohort, programme or code"),
    word=word,
    filters=(
        of_kind("state", _l("State"), Cohort.state, State),
        of_kind("form", _l("Study form"), Cohort.study_form, StudyForm),
    ),
    sorts=(
        Sort("starts", _l("Begins"), Order.DAY, (Cohort.starts_on,)),
        Sort("cohort", _l("Cohort"), Order.TEXT, (Cohort.code_key,)),
        Sort("programme", _l("Programme"), Order.TEXT, (Programme.title_key,)),
    ),
    first="-starts",
    columns=(
        OutColumn(_l("Cohort"), lambda row: row.code),
        OutColumn(_l("Code"), lambda row: row.programme_version.programme.code),
        OutColumn(_l("Programme"), lambda row: row.programme_version.programme.title),
        OutColumn(_l("Study form"), lambda row: row.study_form),
        OutColumn(_l("Begins"), lambda row: row.starts_on),
        OutColumn(_l("Ends"), lambda row: row.ends_on),
        OutColumn(_l("Applications until"), lambda row: row.closes_on),
        OutColumn(_l("Seats"), lambda row: sum(pool.seats for pool in row.all_pools)),
        OutColumn(_l("Taken"), lambda row: sum(pool.held for pool in row.all_pools)),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
