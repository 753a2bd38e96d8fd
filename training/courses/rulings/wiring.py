"""What rulings hand down."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for

from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Holding
from training.courses.rulings import holding, queries, tasks
from training.courses.rulings.lists import RULINGS
from training.courses.rulings.models import Ruling
from training.courses.rulings.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, Role
from training.kernel.wiring import Kind, Schedule, Side, Task, Topic, Wiring
from training.organisations.queries import slug_of


def title(ruling: Ruling) -> str:
    """What it orders, for which cohort, under which number."""
    if ruling.number:
        return _("Ruling %(number)s, %(kind)s: %(cohort)s", number=ruling.number, kind=ruling.kind.label, cohort=ruling.cohort.code)
    return _("Draft of a ruling, %(kind)s: %(cohort)s", kind=ruling.kind.label, cohort=ruling.cohort.code)


def page(actor: Actor, ruling: Ruling) -> str:
    """The page of the school's people."""
    organisation = slug_of(actor.organisation_id) if isinstance(actor, Member) else ruling.school.slug
    return url_for("courses.rulings.show", organisation=organisation, ruling_id=ruling.id)


def sides(ruling: Ruling) -> Sequence[Side]:
    """The school's managers, and the teachers who prepare it."""
    return memberships.sides(Holding(ruling.school, (Role.MANAGER, Role.TEACHER)))


WIRING = Wiring(
    lists={RULINGS.name: RULINGS},
    tasks={"rulings.render": Task(tasks.render, atomic=False), "rulings.remind": Task(tasks.remind)},
    schedules={"rulings.remind": Schedule("rulings.remind", every=timedelta(hours=6))},
    kinds={"ruling": Kind(find=queries.ruling, title=title, url=page, sides=sides, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"ruling": Topic(_l("Rulings"), frozenset({"school"}))},
    holds={"ruling": holding.holds},
    workflows={"ruling": LIFECYCLE},
)
