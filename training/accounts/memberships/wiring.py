"""What memberships hand down: telling an organisation's leaders what was decided about it."""

from flask import url_for

from training.accounts.memberships import imports, queries, tasks
from training.accounts.memberships.lists import MEMBERS
from training.accounts.memberships.models import Membership
from training.accounts.memberships.workflow import Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Charge, Kind, Task, Topic, Wiring
from training.organisations.queries import slug_of
from training.organisations.workflow import Event as OrganisationEvent
from training.organisations.workflow import Notice as OrganisationNotice


def title(membership: Membership) -> str:
    """Whose membership it is."""
    return _("Membership of %(person)s", person=membership.name)


def page(actor: Actor, membership: Membership) -> str:
    """Where the actor reads what the member does here."""
    return (
        url_for("accounts.memberships.show", organisation=slug_of(actor.organisation_id), membership_id=membership.id)
        if isinstance(actor, Member)
        else url_for("accounts.show")
    )


WIRING = Wiring(
    lists={MEMBERS.name: MEMBERS},
    tasks={
        "memberships.tell_verified": Task(tasks.tell_verified),
        "memberships.tell_suspended": Task(tasks.tell_suspended),
        "memberships.tell_reinstated": Task(tasks.tell_reinstated),
        "memberships.tell_closed": Task(tasks.tell_closed),
    },
    subscriptions={
        OrganisationEvent.VERIFIED.value: "memberships.tell_verified",
        OrganisationEvent.SUSPENDED.value: "memberships.tell_suspended",
        OrganisationEvent.REINSTATED.value: "memberships.tell_reinstated",
        OrganisationEvent.CLOSED.value: "memberships.tell_closed",
    },
    kinds={"membership": Kind(find=queries.membership, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in (*OrganisationNotice, *Notice)},
    charges={"import": Charge(_l("Imports in progress"), "import_batch", imports.IMPORTERS, imports.going_on, imports.go_on)},
    topics={
        "organisation": Topic(_l("Your organisation"), frozenset({"school", "employer", "authority"})),
        "membership": Topic(_l("Work handed over"), frozenset({"school", "employer"})),
    },
    addresses={"organisation_manager": queries.manager_of, "colleagues": queries.colleagues},
)
