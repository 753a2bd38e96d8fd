"""The public catalogue of programmes: words, filters with counts, one page of rows with their seats; six statements."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, select

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Admission, EntryBase, StudyForm
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.waiting import Seats, waiting_for
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.workflow import Kind
from training.courses.programmes.workflow import State as VersionState
from training.kernel import workflow
from training.kernel.db import db
from training.kernel.db import rows as asked
from training.kernel.i18n import _l
from training.kernel.lists import SIZE, Slice, Wanted
from training.kernel.web import Choice
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.search.queries import hits
from training.search.services import PUBLIC
from training.taxonomy.models import Occupation

FILTERS = ("start", "kind", "town", "school", "occupation")
_MOST = 12
"""Options of a filter that are shown."""


class Start(workflow.State):
    """Whether one can begin."""

    FREE = "free", _l("Seats free"), "success"
    QUEUE = "queue", _l("Queue open"), "warning"
    LATER = "later", _l("Opens later"), "secondary"


OPEN_SEATS = and_(SeatPool.cohort_id == Cohort.id, SeatPool.employer_id.is_(None))
"""By what cohorts are joined to the seats that anybody can apply for."""
_STARTS = {1: Start.FREE, 2: Start.QUEUE, 3: Start.LATER}


def _starts() -> Subquery:
    """By version: whether a seat is free (1), the queue is open (2), it opens later (3)."""
    best = case(
        (and_(Cohort.state == CohortState.OPEN, SeatPool.held + SeatPool.promised < SeatPool.seats), 1),
        (Cohort.state == CohortState.OPEN, 2),
        else_=3,
    )
    query = select(Cohort.version_id, func.min(best).label("start")).join(SeatPool, OPEN_SEATS)
    return query.where(Cohort.state.in_([CohortState.OPEN, CohortState.PLANNED])).group_by(Cohort.version_id).subquery("starts")


STARTS = _starts()


@dataclass(frozen=True)
class Offer:
    """The cohort of a programme that a row tells of."""

    id: int
    state: CohortState
    starts_on: date
    opens_on: date
    closes_on: date
    study_form: StudyForm
    entry_base: EntryBase
    admission: Admission
    seats: Seats


@dataclass(frozen=True)
class Entry:
    """One row of the catalogue."""

    slug: str
    code: str
    title: str
    kind: Kind
    months: int | None
    school: str
    town: str
    offer: Offer | None


def find(wanted: Wanted, order: Sequence[ColumnElement[Any]]) -> tuple[Slice[Entry], Mapping[str, Sequence[Choice]]]:
    """A page of what fits the words and filters, best first while words are typed and no order is asked for; and the options of the filters."""
    starts = STARTS
    matching = hits("programme", wanted.words, [PUBLIC]) if wanted.words else None
    counts = _counts(_base(starts, matching), starts)
    chosen = {name: _chosen(name, wanted) for name in FILTERS}
    total = sum(count for values, count in counts if _fits(values, chosen, None))
    number = min(wanted.page, max(1, -(-total // SIZE)))
    base = _base(starts if chosen["start"] else None, matching)
    query: Select[Any] = _line(base).where(*_conditions(chosen, starts))
    if matching is not None and not wanted.sort:
        order = [matching.c.rank, *order]
    found = asked(query.order_by(*order).limit(SIZE).offset((number - 1) * SIZE)).all()
    return Slice(entries(found), total, number), _options(counts, chosen)


def rows() -> Select[Any]:
    """All programmes of the catalogue."""
    return _line(_base(STARTS, None))


def narrowed(query: Select[Any], wanted: Wanted) -> tuple[Select[Any], ColumnElement[Any] | None]:
    """What of `rows()` fits the words and filters, and the rank where words were typed."""
    query = query.where(*_conditions({name: _chosen(name, wanted) for name in FILTERS}, STARTS))
    if not wanted.words:
        return query, None
    matching = hits("programme", wanted.words, [PUBLIC])
    return query.join(matching, matching.c.subject_id == Programme.id), matching.c.rank


def entries(found: Sequence[Any]) -> list[Entry]:
    """The rows with the cohorts to tell of: two statements."""
    offers = _offers([row.id for row in found])
    return [_entry(row, offers.get(row.id)) for row in found]


def _line(base: Select[Any]) -> Select[Any]:
    line: Any = base.with_only_columns(
        ProgrammeVersion.id,
        Programme.slug,
        Programme.code,
        Programme.title,
        Programme.kind,
        ProgrammeVersion.months,
        Organisation.short_name.label("short_name"),
        Organisation.town,
        maintain_column_froms=True,
    )
    return cast("Select[Any]", line)


def _entry(row: Any, offer: Offer | None) -> Entry:
    return Entry(row.slug, row.code, row.title, row.kind, row.months, row.short_name, row.town, offer)


def _base(starts: Subquery | None, matching: Subquery | None) -> Select[Any]:
    """Published versions of verified schools, as `programmes.policies.public` has it, with what the filters look at."""
    query = (
        select(ProgrammeVersion.id)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .join(Organisation, Organisation.id == Programme.school_id)
        .where(ProgrammeVersion.state == VersionState.PUBLISHED, Organisation.state == OrganisationState.VERIFIED)
    )
    if starts is not None:
        query = query.outerjoin(starts, starts.c.version_id == ProgrammeVersion.id)
    return query if matching is None else query.join(matching, matching.c.subject_id == Programme.id)


def _counts(base: Select[Any], starts: Subquery) -> list[tuple[dict[str, Any], int]]:
    """How many programmes there are of each combination of what the filters look at: one statement."""
    columns = [starts.c.start, Programme.kind, Organisation.town, Programme.school_id, Programme.occupation_id]
    found = asked(base.with_only_columns(*columns, func.count()).group_by(*columns))
    return [(dict(zip(FILTERS, row[:-1], strict=True)), row[-1]) for row in found]


def _chosen(name: str, wanted: Wanted) -> list[Any]:
    values = wanted.chosen(name)
    match name:
        case "start":
            return [number for number, start in _STARTS.items() if start.value in values]
        case "kind":
            return [kind for kind in Kind if kind.value in values]
        case "town":
            return list(values)
        case _:
            return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 10]


def _fits(values: Mapping[str, Any], chosen: Mapping[str, Sequence[Any]], but: str | None) -> bool:
    return all(not chosen[name] or name == but or values[name] in chosen[name] for name in FILTERS)


def _conditions(chosen: Mapping[str, Sequence[Any]], starts: Subquery) -> list[Any]:
    columns = {
        "start": starts.c.start,
        "kind": Programme.kind,
        "town": Organisation.town,
        "school": Programme.school_id,
        "occupation": Programme.occupation_id,
    }
    return [columns[name].in_(values) for name, values in chosen.items() if values]


def _options(counts: list[tuple[dict[str, Any], int]], chosen: Mapping[str, Sequence[Any]]) -> dict[str, list[Choice]]:
    """The options of every filter, each counted with all other filters on; those chosen and the fullest are shown."""
    tallies: dict[str, Counter[Any]] = {name: Counter(dict.fromkeys(values, 0)) for name, values in chosen.items()}
    for values, count in counts:
        for name in FILTERS:
            if values[name] is not None and _fits(values, chosen, name):
                tallies[name][values[name]] += count
    shown = {
        name: sorted(tally, key=lambda value, name=name, tally=tally: (value not in chosen[name], -tally[value], str(value)))[:_MOST]  # type: ignore[misc]
        for name, tally in tallies.items()
    }
    label = _labels(shown)
    return {
        name: [
            Choice(_written(name, value), label(name, value), value in chosen[name], tallies[name][value])
            for value in (sorted(values) if name == "start" else values)
            if label(name, value) is not None
        ]
        for name, values in shown.items()
    }


def _written(name: str, value: Any) -> str:
    return _STARTS[value].value if name == "start" else str(value.value if isinstance(value, Kind) else value)


def _labels(shown: Mapping[str, Sequence[Any]]) -> Callable[[str, Any], object]:
    """The words of the options; schools' and occupations' names are two statements."""
    schools = select(Organisation.id, Organisation.short_name).where(
        Organisation.id.in_(shown["school"]), Organisation.state == OrganisationState.VERIFIED
    )
    names = {key: name for key, name in asked(schools)}  # noqa: C416 -- rows are no pairs to mypy
    occupations = {one.id: one.title for one in db.session.scalars(select(Occupation).where(Occupation.id.in_(shown["occupation"])))}

    def label(name: str, value: Any) -> object:
        match name:
            case "start":
                return _STARTS[value].label
            case "kind":
                return value.label
            case "school":
                return names.get(value)
            case "occupation":
                return occupations.get(value)
            case _:
                return value

    return label


def _offers(version_ids: Sequence[int]) -> dict[int, Offer]:
    """By version: the cohort with a free seat, else with an open queue, else that opens next, the nearest start first: two statements."""
    free = func.sum(SeatPool.seats - SeatPool.held - SeatPool.promised)
    query = (
        select(
            Cohort.id,
            Cohort.version_id,
            Cohort.state,
            Cohort.starts_on,
            Cohort.opens_on,
            Cohort.closes_on,
            Cohort.study_form,
            Cohort.entry_base,
            Cohort.admission,
            func.sum(SeatPool.held + SeatPool.promised).label("held"),
            free.label("free"),
        )
        .join(SeatPool, OPEN_SEATS)
        .where(Cohort.version_id.in_(version_ids), Cohort.state.in_([CohortState.OPEN, CohortState.PLANNED]))
        .group_by(Cohort.id)
        .order_by(Cohort.state != CohortState.OPEN, case((free > 0, 0), else_=1), Cohort.starts_on, Cohort.id)
    )
    best: dict[int, Any] = {}
    for row in asked(query) if version_ids else ():
        best.setdefault(row.version_id, row)
    waiting = waiting_for([row.id for row in best.values() if row.free == 0])
    return {
        key: Offer(
            row.id,
            row.state,
            row.starts_on,
            row.opens_on,
            row.closes_on,
            row.study_form,
            row.entry_base,
            row.admission,
            Seats(row.held, 0, row.free, waiting.get(row.id, 0)),
        )
        for key, row in best.items()
    }
