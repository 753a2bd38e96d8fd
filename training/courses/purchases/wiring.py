"""What purchases hand down."""

from collections.abc import Sequence

from flask import url_for

from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Holding
from training.courses.cohorts.workflow import Event as CohortEvent
from training.courses.purchases import queries, tasks
from training.courses.purchases.lists import PURCHASES
from training.courses.purchases.models import SeatPurchase
from training.courses.purchases.policies import BUYERS
from training.courses.purchases.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, Role
from training.kernel.wiring import Kind, Side, Task, Topic, Wiring
from training.organisations.queries import slug_of


def title(purchase: SeatPurchase) -> str:
    """By whom, in what."""
    programme = purchase.cohort.programme_version.programme.title
    return _("Seats of %(employer)s in %(programme)s", employer=purchase.employer.short_name, programme=programme)


def page(actor: Actor, purchase: SeatPurchase) -> str:
    """Where both sides find it."""
    if isinstance(actor, Member):
        return url_for("courses.purchases.show", organisation=slug_of(actor.organisation_id), purchase_id=purchase.id)
    return url_for("courses.programmes.public", slug=purchase.cohort.programme_version.programme.slug)


def sides(purchase: SeatPurchase) -> Sequence[Side]:
    """Those who deal with training at the employer, and the school's managers."""
    school = Holding(purchase.cohort.programme_version.programme.school, (Role.MANAGER,))
    return memberships.sides(Holding(purchase.employer, BUYERS), school)


WIRING = Wiring(
    lists={PURCHASES.name: PURCHASES},
    tasks={"purchases.release": Task(tasks.release)},
    subscriptions={CohortEvent.CANCELLED.value: "purchases.release"},
    deadlines={"seat_purchase.lapse": tasks.lapse},
    kinds={"seat_purchase": Kind(find=queries.purchase, title=title, url=page, sides=sides, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"seat_purchase": Topic(_l("Bought seats"), frozenset({"school", "employer"}))},
    workflows={"seat_purchase": LIFECYCLE},
)
