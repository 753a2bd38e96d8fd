"""What claims hand down."""

from datetime import timedelta

from flask import url_for

from training.accounts import queries as links
from training.accounts import services as accounts
from training.accounts.workflow import Purpose
from training.kernel.i18n import _
from training.kernel.policy import Actor, Member, System
from training.kernel.wiring import Kind, Schedule, Task, Wiring
from training.notices.models import Address
from training.organisations.queries import slug_of
from training.trainees.claims import queries, tasks
from training.trainees.claims.lists import CLAIMS
from training.trainees.claims.models import Claim
from training.trainees.claims.workflow import LIFECYCLE, Event, Notice, State


def title(claim: Claim) -> str:
    """Who is invited."""
    return _("Invitation of %(email)s", email=claim.email)


def page(actor: Actor, claim: Claim) -> str:
    """The list of those without an account."""
    return url_for("trainees.claims.listed", organisation=slug_of(actor.organisation_id)) if isinstance(actor, Member) else "/"


def address(claim_id: int, organisation_id: int | None) -> Address | None:
    """The invited address, with the link's token made at this moment; nothing once the invitation is answered or taken back."""
    claim = queries.claim(System("notices"), claim_id)
    link = links.newest_link(Purpose.CLAIM, claim_id)
    if link is None or claim.state is not State.SENT:
        return None
    return Address(claim.email, claim.trainee.given_name, claim.language, None, f"/l/{accounts.mint(System('notices'), link)}")


WIRING = Wiring(
    lists={CLAIMS.name: CLAIMS},
    tasks={"claims.lapse": Task(tasks.lapse)},
    schedules={"claims.lapse": Schedule("claims.lapse", every=timedelta(hours=1))},
    kinds={"claim": Kind(find=queries.claim, title=title, url=page)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    workflows={"claim": LIFECYCLE},
    addresses={"claim": address},
)
