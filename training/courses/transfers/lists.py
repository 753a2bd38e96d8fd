"""The transfers into a school and out of it, as a list."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_
from sqlalchemy.orm import aliased, contains_eager, joinedload

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.transfers.models import Transfer
from training.courses.transfers.policies import can_list, visible_to
from training.courses.transfers.workflow import State
from training.kernel.i18n import LazyString, _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_kind
from training.kernel.policy import Actor, Member
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee

_THERE = aliased(Cohort)
_SENDING, _RECEIVING = aliased(Organisation), aliased(Organisation)


def rows(actor: Actor) -> Select[Transfer]:
    """The transfers with their trainees, the schools, and the cohorts they lead to."""
    query = visible_to(actor).join(Transfer.enrolment).join(Enrolment.trainee)
    query = query.join(_SENDING, _SENDING.id == Transfer.sending_id).join(_RECEIVING, _RECEIVING.id == Transfer.receiving_id)
    query = query.join(_THERE, _THERE.id == Transfer.cohort_id).join(_THERE.programme_version)
    return query.join(ProgrammeVersion.programme)


def word(text: str) -> ColumnElement[bool]:
    """A part of the trainee's name, of a school's, or of the programme's title, or the beginning of the cohort's code."""
    names = (Trainee.name_key, _SENDING.name_key, _RECEIVING.name_key, Programme.title_key)
    return or_(*(name.contains(text, autoescape=True) for name in names), _THERE.code_key.startswith(text, autoescape=True))


def ways(actor: Actor, subject: object = None) -> Sequence[tuple[str, LazyString]]:
    """To us and from us: the school's key, and the same with a sign before it."""
    mine = actor.organisation_id if isinstance(actor, Member) else 0
    return [(f"to{mine}", _l("To us")), (f"from{mine}", _l("From us"))]


def by_way(values: Sequence[str]) -> ColumnElement[bool] | None:
    """The transfers into or out of the school that a value names."""
    chosen = [
        column == int(value.removeprefix(way))
        for way, column in (("to", Transfer.receiving_id), ("from", Transfer.sending_id))
        for value in values
        if value.removeprefix(way).isdecimal()
    ]
    return or_(*chosen) if chosen else None


TRANSFERS = Listing(
    name="transfers",
    title=_l("Transfers"),
    endpoint="courses.transfers.listed",
    may=can_list,
    rows=rows,
    key=Transfer.id,
    loads=(
        contains_eager(Transfer.enrolment).contains_eager(Enrolment.trainee),
        contains_eager(Transfer.sending.of_type(_SENDING)),
        contains_eager(Transfer.receiving.of_type(_RECEIVING)),
        contains_eager(Transfer.cohort.of_type(_THERE)).contains_eager(_THERE.programme_version).contains_eager(ProgrammeVersion.programme),
        joinedload(Transfer.pool),
    ),
    words=_l("Name, school, programme or cohort"),
    word=word,
    filters=(Filter("way", _l("Direction"), by_way, ways), of_kind("state", _l("State"), Transfer.state, State)),
    sorts=(
        Sort("asked", _l("Asked"), Order.DAY, (Transfer.asked_on,)),
        Sort("name", _l("Name"), Order.TEXT, (Trainee.name_key,)),
        Sort("from", _l("First day"), Order.DAY, (Transfer.from_on,)),
    ),
    first="-asked",
    columns=(
        OutColumn(_l("Name"), lambda row: row.enrolment.trainee.name),
        OutColumn(_l("From school"), lambda row: row.sending.short_name),
        OutColumn(_l("To school"), lambda row: row.receiving.short_name),
        OutColumn(_l("Programme"), lambda row: row.cohort.programme_version.programme.title),
        OutColumn(_l("Cohort"), lambda row: row.cohort.code),
        OutColumn(_l("Seat"), lambda row: row.pool.funding if row.pool else None),
        OutColumn(_l("Asked"), lambda row: row.asked_on),
        OutColumn(_l("First day"), lambda row: row.from_on),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
