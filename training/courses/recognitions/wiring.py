"""What requests for recognition hand down."""

from flask import url_for

from training.courses.recognitions import queries
from training.courses.recognitions.models import Recognition
from training.courses.recognitions.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Topic, Wiring
from training.organisations.queries import slug_of


def title(recognition: Recognition) -> str:
    """Whose, and of which module."""
    return _("Recognition of %(module)s for %(trainee)s", module=recognition.module, trainee=recognition.enrolment.trainee.name)


def page(actor: Actor, recognition: Recognition) -> str:
    """The page of the school's people, or the trainee's own."""
    if isinstance(actor, Member):
        return url_for("courses.recognitions.show", organisation=slug_of(actor.organisation_id), recognition_id=recognition.id)
    return url_for("courses.recognitions.own", recognition_id=recognition.id)


WIRING = Wiring(
    kinds={"recognition": Kind(find=queries.recognition, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"recognition": Topic(_l("Recognition of prior learning"), frozenset({"trainee", "school"}))},
    workflows={"recognition": LIFECYCLE},
)
