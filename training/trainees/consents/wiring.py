"""What consents hand down: the consent as a record, the guardian as somebody who is written to."""

from flask import url_for

from training.accounts import queries as links
from training.accounts import services
from training.accounts.workflow import Purpose
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Bearer, Learner, System
from training.kernel.wiring import Kind, Topic, Wiring
from training.notices.models import Address
from training.trainees.consents import queries
from training.trainees.consents.models import Consent
from training.trainees.consents.workflow import LIFECYCLE, Event, Notice


def title(consent: Consent) -> str:
    """What it is, of whom."""
    return _("Consent for %(trainee)s", trainee=consent.trainee.name)


def page(actor: Actor, consent: Consent) -> str:
    """Where the actor finds the consent."""
    if isinstance(actor, Learner):
        return url_for("trainees.profiles.own")
    if isinstance(actor, Bearer):
        return url_for("trainees.consents.answer", link=actor.link_id)
    return "/"


def guardian(guardian_id: int, organisation_id: int | None) -> Address | None:
    """A guardian, with the link's token made at this moment."""
    found = queries.guardian(guardian_id)
    consent = queries.newest_by(guardian_id)
    link = links.newest_link(Purpose.CONSENT, consent.id) if consent else None
    if found is None or link is None:
        return None
    return Address(found.email, found.name, found.language, None, f"/l/{services.mint(System('notices'), link)}")


WIRING = Wiring(
    kinds={"consent": Kind(find=queries.consent, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"consent": Topic(_l("Consents of parents and guardians"), frozenset({"trainee"}))},
    workflows={"consent": LIFECYCLE},
    addresses={"guardian": guardian},
)
