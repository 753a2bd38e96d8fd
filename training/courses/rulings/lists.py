"""The rulings of a school, as a list."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_
from sqlalchemy.orm import contains_eager

from training.courses.cohorts.models import Cohort
from training.courses.rulings.models import Ruling
from training.courses.rulings.policies import can_list, visible_to
from training.courses.rulings.queries import years
from training.courses.rulings.workflow import Kind, State
from training.kernel.i18n import _l
from training.kernel.listings import Filter, Listing, Order, OutColumn, Sort, of_kind
from training.kernel.policy import Actor


def rows(actor: Actor) -> Select[Ruling]:
    """The rulings that the actor may see, with their cohorts."""
    return visible_to(actor).join(Ruling.cohort)


def word(text: str) -> ColumnElement[bool]:
    """A part of the number, or of the cohort's name."""
    return Ruling.number.contains(text, autoescape=True) | Cohort.code_key.contains(text, autoescape=True)


def of_year(values: Sequence[str]) -> ColumnElement[bool] | None:
    """Numbers begin with their year."""
    found = [value for value in values if value.isascii() and value.isdecimal() and len(value) == 4]
    return or_(*(Ruling.number.startswith(f"{value}-") for value in found)) if found else None


RULINGS = Listing(
    name="rulings",
    title=_l("Rulings"),
    endpoint="courses.rulings.listed",
    may=can_list,
    rows=rows,
    key=Ruling.id,
    loads=(contains_eager(Ruling.cohort),),
    words=_l("Number or cohort"),
    word=word,
    filters=(
        of_kind("kind", _l("What is ordered"), Ruling.kind, Kind),
        of_kind("state", _l("State"), Ruling.state, State),
        Filter("year", _l("Year"), of_year, years),
    ),
    sorts=(
        Sort("drafted", _l("Drafted on"), Order.DAY, (Ruling.drafted_on,)),
        Sort("number", _l("Number"), Order.NUMBER, (Ruling.number,)),
        Sort("cohort", _l("Cohort"), Order.TEXT, (Cohort.code_key,)),
    ),
    first="-drafted",
    columns=(
        OutColumn(_l("Number"), lambda row: row.number),
        OutColumn(_l("What is ordered"), lambda row: row.kind),
        OutColumn(_l("Cohort"), lambda row: row.cohort.code),
        OutColumn(_l("Drafted on"), lambda row: row.drafted_on),
        OutColumn(_l("Signed on"), lambda row: row.signed_on),
        OutColumn(_l("Signer"), lambda row: row.signer),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
