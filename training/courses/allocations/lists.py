"""The people whom an employer has named for the seats of a purchase, as a list."""

from sqlalchemy import ColumnElement, Select, and_
from sqlalchemy.orm import contains_eager

from training.courses.allocations.models import Allocation
from training.courses.allocations.policies import visible_to
from training.courses.allocations.workflow import State
from training.courses.enrolments.models import Enrolment
from training.courses.purchases import policies as purchase_policies
from training.courses.purchases import queries as purchases
from training.courses.purchases.models import SeatPurchase
from training.kernel.i18n import _l
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_kind
from training.kernel.policy import Actor
from training.trainees.disclosures import policies as disclosures
from training.trainees.profiles.models import Trainee


def rows(actor: Actor, purchase: SeatPurchase) -> Select[Allocation]:
    """The people of a purchase, with how far they are where the actor may see it."""
    seen = disclosures.visible_to(actor).with_only_columns(Trainee.id)
    theirs = and_(Enrolment.id == Allocation.enrolment_id, Enrolment.trainee_id.in_(seen))
    return visible_to(actor).outerjoin(Enrolment, theirs).where(Allocation.purchase_id == purchase.id)


def word(text: str) -> ColumnElement[bool]:
    """A part of the name or the address, or the personnel number."""
    found = Allocation.name_key.contains(text, autoescape=True) | Allocation.email_key.contains(text, autoescape=True)
    return found | (Allocation.personnel_number == text)


NOMINEES = Listing(
    name="nominees",
    title=_l("Nominees"),
    endpoint="courses.purchases.show",
    may=purchase_policies.can_see,
    subject=purchases.purchase,
    rows=rows,
    key=Allocation.id,
    loads=(contains_eager(Allocation.enrolment),),
    words=_l("Name, e-mail or personnel number"),
    word=word,
    filters=(of_kind("state", _l("State"), Allocation.state, State),),
    sorts=(
        Sort("name", _l("Name"), Order.TEXT, (Allocation.name_key,)),
        Sort("nominated", _l("Nominated"), Order.DAY, (Allocation.nominated_on,)),
    ),
    first="name",
    columns=(
        OutColumn(_l("Name"), lambda row: row.full_name),
        OutColumn(_l("E-mail"), lambda row: row.email),
        OutColumn(_l("Personnel number"), lambda row: row.personnel_number),
        OutColumn(_l("Nominated"), lambda row: row.nominated_on),
        OutColumn(_l("Answer until"), lambda row: row.until_at),
        OutColumn(_l("State"), lambda row: row.state),
        OutColumn(_l("Training"), lambda row: row.progress),
    ),
)
