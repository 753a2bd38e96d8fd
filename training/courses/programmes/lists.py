"""A school's own programmes, as a list."""

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import contains_eager

from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.policies import can_list, visible_to
from training.courses.programmes.workflow import Kind, State
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_kind
from training.kernel.policy import Actor, Member


def rows(actor: Actor) -> Select[ProgrammeVersion]:
    """The versions of the actor's own school."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    return visible_to(actor).join(ProgrammeVersion.programme).where(ProgrammeVersion.school_id == mine)


def word(text: str) -> Any:
    """A part of the title, or the beginning of the code."""
    return Programme.title_key.contains(text, autoescape=True) | Programme.code.startswith(text, autoescape=True)


PROGRAMMES = Listing(
    name="programmes",
    title=_l("Programmes"),
    endpoint="courses.programmes.listed",
    may=can_list,
    rows=rows,
    key=ProgrammeVersion.id,
    loads=(contains_eager(ProgrammeVersion.programme),),
    words=_l("Title or code"),
    word=word,
    filters=(
        of_kind(
            "state",
            _l("State"),
            ProgrammeVersion.state,
            State,
            otherwise=ProgrammeVersion.state.in_([State.DRAFT, State.IN_REVIEW, State.PUBLISHED]),
        ),
        of_kind("kind", _l("Kind of programme"), Programme.kind, Kind),
    ),
    sorts=(
        Sort("title", _l("Title"), Order.TEXT, (Programme.title_key, ProgrammeVersion.number.desc())),
        Sort("code", _l("Code"), Order.TEXT, (Programme.code, ProgrammeVersion.number.desc())),
        Sort("hours", _l("Hours"), Order.NUMBER, (ProgrammeVersion.hours_total,)),
    ),
    first="title",
    columns=(
        OutColumn(_l("Code"), lambda row: row.programme.code),
        OutColumn(_l("Title"), lambda row: row.programme.title),
        OutColumn(_l("Kind of programme"), lambda row: row.programme.kind),
        OutColumn(_l("Qualification"), lambda row: row.programme.qualification),
        OutColumn(_l("Version"), lambda row: row.number),
        OutColumn(_l("Hours"), lambda row: row.hours_total),
        OutColumn(_l("Months"), lambda row: row.months),
        OutColumn(_l("Published"), lambda row: row.published_on),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
