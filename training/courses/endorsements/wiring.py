"""What endorsements hand down."""

from collections.abc import Sequence
from datetime import timedelta

from flask import url_for

from training.accounts.memberships import queries as memberships
from training.accounts.memberships.queries import Holding
from training.courses.endorsements import queries, tasks
from training.courses.endorsements.lists import ENDORSEMENTS
from training.courses.endorsements.models import Endorsement
from training.courses.endorsements.services import WRITERS
from training.courses.endorsements.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, Role
from training.kernel.wiring import Kind, Schedule, Side, Task, Topic, Wiring
from training.organisations.queries import slug_of


def title(endorsement: Endorsement) -> str:
    """By whom, of what."""
    programme = str(endorsement.programme_version.programme)
    return _("Endorsement of %(programme)s by %(employer)s", programme=programme, employer=endorsement.employer.short_name)


def page(actor: Actor, endorsement: Endorsement) -> str:
    """Where both sides find it."""
    if isinstance(actor, Member):
        return url_for("courses.endorsements.show", organisation=slug_of(actor.organisation_id), endorsement_id=endorsement.id)
    return url_for("courses.programmes.public", slug=endorsement.programme_version.programme.slug)


def sides(endorsement: Endorsement) -> Sequence[Side]:
    """Those who write the programme, and those who speak for the employer."""
    school = Holding(endorsement.programme_version.programme.school, WRITERS)
    return memberships.sides(school, Holding(endorsement.employer, (Role.MANAGER,)))


WIRING = Wiring(
    lists={ENDORSEMENTS.name: ENDORSEMENTS},
    tasks={"endorsements.expire": Task(tasks.expire)},
    schedules={"endorsements.expire": Schedule("endorsements.expire", every=timedelta(hours=1))},
    deadlines={"endorsement.lapse": tasks.lapse},
    kinds={"endorsement": Kind(find=queries.endorsement, title=title, url=page, sides=sides, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"endorsement": Topic(_l("Endorsements"), frozenset({"school", "employer"}))},
    workflows={"endorsement": LIFECYCLE},
)
