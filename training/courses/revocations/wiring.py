"""What proposals to revoke credentials hand down."""

from flask import url_for

from training.courses.revocations import queries
from training.courses.revocations.models import Revocation
from training.courses.revocations.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Topic, Wiring
from training.organisations.queries import slug_of


def title(revocation: Revocation) -> str:
    """Of which credential."""
    return _("Revocation of credential %(number)s", number=revocation.credential.number)


def page(actor: Actor, revocation: Revocation) -> str:
    """Where the school finds it."""
    if isinstance(actor, Member):
        return url_for("courses.revocations.show", organisation=slug_of(actor.organisation_id), revocation_id=revocation.id)
    return "/"


WIRING = Wiring(
    kinds={"revocation": Kind(find=queries.revocation, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"revocation": Topic(_l("Credentials to be revoked"), frozenset({"school"}))},
    workflows={"revocation": LIFECYCLE},
)
