"""What threads hand down: messages as something that people are told of."""

from training.kernel.i18n import _, _l
from training.kernel.policy import Actor
from training.kernel.wiring import Kind, Topic, Wiring
from training.threads import queries
from training.threads.queries import Said
from training.threads.workflow import Event, Notice


def title(said: Said) -> str:
    """On what it was written."""
    return _("Message on %(record)s", record=said.place.title)


def page(actor: Actor, said: Said) -> str:
    """Its place on the record's page."""
    return f"{said.place.url(actor)}#message-{said.message.id}"


WIRING = Wiring(
    kinds={"message": Kind(find=queries.said, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"message": Topic(_l("Messages on your records"), frozenset({"trainee", "school", "employer", "authority", "operator"}))},
)
