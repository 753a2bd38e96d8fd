"""What remarks hand down."""

from flask import url_for

from training.courses.programmes.workflow import Event as VersionEvent
from training.courses.remarks import queries, tasks
from training.courses.remarks.models import Remark
from training.courses.remarks.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Task, Topic, Wiring
from training.organisations.queries import slug_of


def title(remark: Remark) -> str:
    """On what."""
    return _("Remark on %(programme)s", programme=str(remark.programme_version.programme))


def page(actor: Actor, remark: Remark) -> str:
    """Where both sides find it."""
    if isinstance(actor, Member):
        return url_for("courses.remarks.show", organisation=slug_of(actor.organisation_id), remark_id=remark.id)
    return url_for("courses.programmes.public", slug=remark.programme_version.programme.slug)


WIRING = Wiring(
    tasks={"remarks.leave": Task(tasks.leave)},
    subscriptions={VersionEvent.PUBLISHED.value: "remarks.leave", VersionEvent.WITHDRAWN.value: "remarks.leave"},
    kinds={"remark": Kind(find=queries.remark, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"remark": Topic(_l("Remarks on programmes"), frozenset({"school", "employer"}))},
    workflows={"remark": LIFECYCLE},
)
