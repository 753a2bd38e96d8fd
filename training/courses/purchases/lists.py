"""The seats that an employer has bought, or that a school has sold, as a list."""

from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import contains_eager, joinedload

from training.courses.cohorts.models import Cohort
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.purchases.models import SeatPurchase
from training.courses.purchases.policies import can_list, visible_to
from training.courses.purchases.workflow import State
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_kind
from training.kernel.policy import Actor


def rows(actor: Actor) -> Select[SeatPurchase]:
    """The purchases with their cohorts and programmes."""
    return visible_to(actor).join(SeatPurchase.cohort).join(Cohort.programme_version).join(ProgrammeVersion.programme)


def word(text: str) -> ColumnElement[bool]:
    """A part of the programme's title, the beginning of its code or of the cohort's."""
    code = Programme.code.startswith(text, autoescape=True) | Cohort.code_key.startswith(text, autoescape=True)
    return Programme.title_key.contains(text, autoescape=True) | code


PURCHASES = Listing(
    name="purchases",
    title=_l("Bought seats"),
    endpoint="courses.purchases.listed",
    may=can_list,
    rows=rows,
    key=SeatPurchase.id,
    loads=(
        contains_eager(SeatPurchase.cohort)
        .contains_eager(Cohort.programme_version)
        .contains_eager(ProgrammeVersion.programme)
        .joinedload(Programme.school),
        joinedload(SeatPurchase.employer),
        joinedload(SeatPurchase.pool),
    ),
    words=_l("Programme, code or cohort"),
    word=word,
    filters=(of_kind("state", _l("State"), SeatPurchase.state, State),),
    sorts=(
        Sort("asked", _l("Asked"), Order.DAY, (SeatPurchase.asked_on,)),
        Sort("programme", _l("Programme"), Order.TEXT, (Programme.title_key,)),
        Sort("begins", _l("Begins"), Order.DAY, (Cohort.starts_on,)),
    ),
    first="-asked",
    columns=(
        OutColumn(_l("Number"), lambda row: row.id),
        OutColumn(_l("Programme"), lambda row: row.cohort.programme_version.programme.title),
        OutColumn(_l("Cohort"), lambda row: row.cohort.code),
        OutColumn(_l("School"), lambda row: row.cohort.programme_version.programme.school.short_name),
        OutColumn(_l("Employer"), lambda row: row.employer.short_name),
        OutColumn(_l("Begins"), lambda row: row.cohort.starts_on),
        OutColumn(_l("Asked for"), lambda row: row.seats),
        OutColumn(_l("Seats"), lambda row: row.pool.seats if row.pool else None),
        OutColumn(_l("Taken"), lambda row: row.pool.held if row.pool else None),
        OutColumn(_l("Kept for somebody"), lambda row: row.pool.promised if row.pool else None),
        OutColumn(_l("State"), lambda row: row.state),
    ),
)
