"""What scans of signed agreements hand down."""

from flask import url_for

from training.internships.scans import queries
from training.internships.scans.models import AgreementScan
from training.internships.scans.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Wiring
from training.organisations.queries import slug_of


def title(scan: AgreementScan) -> str:
    """Which agreement was signed."""
    return _("Signed paper of agreement %(number)s", number=scan.agreement.number)


def page(actor: Actor, scan: AgreementScan) -> str:
    """Where the school finds it."""
    if isinstance(actor, Member):
        return url_for("internships.scans.show", organisation=slug_of(actor.organisation_id), scan_id=scan.id)
    return "/"


WIRING = Wiring(
    kinds={"agreement_scan": Kind(find=queries.scan, title=title, url=page)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    workflows={"agreement_scan": LIFECYCLE},
)
