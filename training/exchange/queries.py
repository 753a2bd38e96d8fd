"""Reading imports and their rows."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from training.exchange import values
from training.exchange.models import HeadingTie, ImportBatch, ImportRow
from training.exchange.policies import can_upload, ties_visible_to, visible_to
from training.exchange.workflow import Outcome
from training.kernel.db import NotFound, by_id, db
from training.kernel.lists import Slice, Wanted, paged
from training.kernel.policy import Actor, Member, NotAllowed
from training.kernel.wiring import wired
from training.notices.models import ACCOUNT, Address, Recipient

_STREAM = 1_000


def of_slug(actor: Actor, slug: str) -> ImportBatch:
    """The import of that address with its file, or NotFound."""
    return _one(visible_to(actor).where(ImportBatch.slug == slug))


def of_id(actor: Actor, batch_id: int) -> ImportBatch:
    """The import of that key with its file, or NotFound."""
    return _one(visible_to(actor).where(ImportBatch.id == batch_id))


def each(actor: Actor, ids: Collection[int]) -> dict[int, ImportBatch]:
    """Those imports of the ids that the actor may see, with their files."""
    return by_id(visible_to(actor).where(ImportBatch.id.in_(ids)).options(joinedload(ImportBatch.file)))


def holder(batch: ImportBatch) -> Member:
    """Whoever an import acts for, with the roles held now; NotAllowed when they are gone or may not import such lists any more."""
    address: Address | None = wired().addresses[ACCOUNT](batch.holder_id, batch.organisation_id)
    if address is None or not isinstance(address.actor, Member) or not can_upload(address.actor, batch.kind):
        raise NotAllowed(f"import of {batch.kind}")
    return address.actor


def told(batch: ImportBatch) -> list[Recipient]:
    """Whoever answers for the import, for the organisation whose list it is."""
    return [Recipient(ACCOUNT, batch.holder_id, batch.organisation_id)]


def _one(query: Select[ImportBatch]) -> ImportBatch:
    found = db.session.scalars(query.options(joinedload(ImportBatch.file)).execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise NotFound
    return found


def rows(found: ImportBatch, wanted: Wanted) -> Slice[ImportRow]:
    """A page of an import's rows, in the file's order, of the outcomes and parts asked for."""
    query = select(ImportRow).where(ImportRow.batch_id == found.id)
    outcomes = [one for one in Outcome if one.value in wanted.chosen("outcome")]
    if outcomes:
        query = query.where(ImportRow.outcome.in_(outcomes))
    if asked := wanted.chosen("part"):
        query = query.where(ImportRow.part.in_(asked))
    return paged(query, wanted, ImportRow.sheet.asc(), ImportRow.number.asc())


def all_rows(found: ImportBatch) -> Iterator[ImportRow]:
    """Every row of an import, in the file's order, read as it goes."""
    query = select(ImportRow).where(ImportRow.batch_id == found.id).order_by(ImportRow.sheet, ImportRow.number)
    yield from db.session.scalars(query.execution_options(yield_per=_STREAM))


class Ready(NamedTuple):
    """A row that is to be applied, and what it says."""

    id: int
    sheet: int
    number: int
    part: str | None
    said: Mapping[str, Any]


def ready_rows(found: ImportBatch, most: int) -> Sequence[Ready]:
    """The next rows to apply, in the file's order; of a bundle those of one part."""
    query = select(ImportRow.id, ImportRow.sheet, ImportRow.number, ImportRow.part, ImportRow.values)
    query = query.where(ImportRow.batch_id == found.id, ImportRow.outcome == Outcome.READY).order_by(ImportRow.id).limit(most)
    rows = [Ready(key, sheet, number, part, said or {}) for key, sheet, number, part, said in db.session.execute(query)]
    return [row for row in rows if row.part == rows[0].part]


def taken(found: ImportBatch) -> dict[str, dict[str, Mapping[str, Any]]]:
    """What the rows of a bundle say that are ready or were there already, by file and sourcedId."""
    query = select(ImportRow.sheet, ImportRow.cells, ImportRow.values).where(
        ImportRow.batch_id == found.id, ImportRow.part.is_not(None), ImportRow.outcome.in_((Outcome.READY, Outcome.SAME))
    )
    names = {int(sheet): str(one["name"]).removesuffix(".csv") for sheet, one in found.layout.get("sheets", {}).items()}
    known: dict[str, dict[str, Mapping[str, Any]]] = {}
    for sheet, cells, said in db.session.execute(query.order_by(ImportRow.id)):
        known.setdefault(names[sheet], {})[cells[0]] = {name: values.unpacked(value) for name, value in (said or {}).items()}
    return known


def by_part(found: ImportBatch) -> dict[str, dict[Outcome, int]]:
    """How many rows of each part of a bundle became what."""
    query = select(ImportRow.part, ImportRow.outcome, func.count()).where(ImportRow.batch_id == found.id, ImportRow.part.is_not(None))
    counted: dict[str, dict[Outcome, int]] = {}
    for part, outcome, number in db.session.execute(query.group_by(ImportRow.part, ImportRow.outcome)):
        counted.setdefault(str(part), {})[outcome] = number
    return counted


def reached(found: ImportBatch) -> tuple[int, int]:
    """Sheet and number of the last row that is staged; (-1, 0) when none is."""
    last = (
        select(ImportRow.sheet, ImportRow.number)
        .where(ImportRow.batch_id == found.id)
        .order_by(ImportRow.sheet.desc(), ImportRow.number.desc())
    )
    row = db.session.execute(last.limit(1)).one_or_none()
    return (row.sheet, row.number) if row is not None else (-1, 0)


def keys(found: ImportBatch) -> dict[str, tuple[int, int]]:
    """By key of the staged rows, sheet and number of the first that has it."""
    query = select(ImportRow.key, ImportRow.sheet, ImportRow.number).where(ImportRow.batch_id == found.id, ImportRow.key.is_not(None))
    first: dict[str, tuple[int, int]] = {}
    for key, sheet, number in db.session.execute(query.order_by(ImportRow.sheet, ImportRow.number)):
        first.setdefault(key or "", (sheet, number))
    return first


def tie_of(actor: Actor, slug: str, tie_id: int) -> HeadingTie:
    """The tie of that key, on the page of that import; NotFound when one of them is not the actor's."""
    batch = of_slug(actor, slug)
    query = ties_visible_to(actor).where(HeadingTie.id == tie_id, HeadingTie.kind == batch.kind)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotFound
    return found


def ties(batch: ImportBatch) -> Sequence[HeadingTie]:
    """What the organisation tied by hand in lists of this kind, by heading."""
    query = select(HeadingTie).where(HeadingTie.organisation_id == batch.organisation_id, HeadingTie.kind == batch.kind)
    return db.session.scalars(query.order_by(HeadingTie.heading)).all()


def names_of(account_ids: Collection[int]) -> Mapping[int, str]:
    """Whoever uploaded files, by account."""
    found: Mapping[int, str] = wired().addresses["names"](account_ids) if account_ids else {}
    return found


def name_of(account_id: int) -> str:
    """Whoever uploaded a file."""
    return names_of([account_id]).get(account_id, "–")
