"""What transfers hand down."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for

from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Holding
from training.courses.transfers import queries, tasks
from training.courses.transfers.lists import TRANSFERS
from training.courses.transfers.models import Transfer
from training.courses.transfers.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, Role
from training.kernel.wiring import Kind, Schedule, Side, Task, Topic, Wiring
from training.organisations.queries import slug_of
from training.trainees.profiles import queries as profiles


def title(transfer: Transfer) -> str:
    """Who, where to."""
    return _("%(trainee)s to %(school)s", trainee=transfer.enrolment.trainee.name, school=transfer.receiving.short_name)


def page(actor: Actor, transfer: Transfer) -> str:
    """The page of the schools' people, or the trainee's own."""
    if isinstance(actor, Member):
        return url_for("courses.transfers.show", organisation=slug_of(actor.organisation_id), transfer_id=transfer.id)
    return url_for("courses.transfers.own", transfer_id=transfer.id)


def sides(transfer: Transfer) -> Sequence[Side]:
    """The trainee and the managers of the receiving school; those of the sending one once the other has accepted."""
    schools = [transfer.receiving, *([transfer.sending] if transfer.from_on is not None else [])]
    return [profiles.side(transfer.enrolment.trainee), *memberships.sides(*(Holding(one, (Role.MANAGER,)) for one in schools))]


WIRING = Wiring(
    lists={TRANSFERS.name: TRANSFERS},
    tasks={"transfers.tend": Task(tasks.tend)},
    schedules={"transfers.tend": Schedule("transfers.tend", every=timedelta(hours=1))},
    kinds={"transfer": Kind(find=queries.transfer, title=title, url=page, sides=sides, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"transfer": Topic(_l("Transfers between schools"), frozenset({"trainee", "school"}))},
    workflows={"transfer": LIFECYCLE},
)
