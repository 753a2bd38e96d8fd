"""What materials hand down."""

from datetime import timedelta

from flask import url_for

from training.courses.materials import queries, tasks
from training.courses.materials.models import Material
from training.courses.materials.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Schedule, Task, Topic, Wiring
from training.organisations.queries import slug_of


def title(material: Material) -> str:
    """Its title and cohort."""
    return _("%(title)s, cohort %(code)s", title=material.title, code=material.cohort.code)


def page(actor: Actor, material: Material) -> str:
    """The school's page of it; trainees find it among the materials of the cohort."""
    if isinstance(actor, Member):
        return url_for("courses.materials.show", organisation=slug_of(actor.organisation_id), material_id=material.id)
    return url_for("courses.materials.own", cohort=material.cohort_id)


WIRING = Wiring(
    tasks={"materials.tell": Task(tasks.tell)},
    schedules={"materials.tell": Schedule("materials.tell", every=timedelta(minutes=15))},
    kinds={"material": Kind(find=queries.material, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"material": Topic(_l("Materials"), frozenset({"trainee"}))},
    workflows={"material": LIFECYCLE},
)
