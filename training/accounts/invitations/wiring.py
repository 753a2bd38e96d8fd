"""What invitations hand down."""

from datetime import timedelta

from flask import url_for

from training.accounts import queries as links
from training.accounts import services as accounts
from training.accounts.invitations import queries, tasks
from training.accounts.invitations.models import Invitation
from training.accounts.invitations.staff import STAFF
from training.accounts.invitations.workflow import LIFECYCLE, Event, Notice
from training.accounts.workflow import Purpose
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member, System
from training.kernel.wiring import Kind, Schedule, Task, Topic, Wiring
from training.notices.models import Address
from training.organisations.queries import slug_of


def title(invitation: Invitation) -> str:
    """Who is invited."""
    return _("Invitation of %(email)s", email=invitation.email)


def page(actor: Actor, invitation: Invitation) -> str:
    """The list of people."""
    return url_for("accounts.memberships.listed", organisation=slug_of(actor.organisation_id)) if isinstance(actor, Member) else "/"


def address(invitation_id: int, organisation_id: int | None) -> Address | None:
    """The invited address, with the link's token made at this moment."""
    invitation = queries.invitation(System("notices"), invitation_id)
    link = links.newest_link(Purpose.INVITATION, invitation_id)
    if link is None:
        return None
    return Address(invitation.email, invitation.email, invitation.language, None, f"/l/{accounts.mint(System('notices'), link)}")


WIRING = Wiring(
    tasks={"invitations.lapse": Task(tasks.lapse)},
    schedules={"invitations.lapse": Schedule("invitations.lapse", every=timedelta(hours=1))},
    kinds={"invitation": Kind(find=queries.invitation, title=title, url=page)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"invitation": Topic(_l("Invitations you sent"), frozenset({"school", "employer", "authority", "operator"}))},
    workflows={"invitation": LIFECYCLE},
    addresses={"invitation": address},
    parts={STAFF.name: STAFF},
)
