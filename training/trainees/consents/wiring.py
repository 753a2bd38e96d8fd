"""What consents hand down: the consent as a record, the guardian as somebody who is written to."""

from flask import url_for

from training.accounts import queries as links
from training.accounts import services
from training.accounts.workflow import Purpose
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Bearer, Learner, Member, System
from training.kernel.wiring import Kind, Task, Topic, Wiring
from training.notices.models import Address
from training.organisations.queries import slug_of
from training.trainees.consents import queries, tasks
from training.trainees.consents.models import Consent
from training.trainees.consents.workflow import LIFECYCLE, Event, Notice


def title(consent: Consent) -> str:
    """What it is, of whom."""
    return _("Consent for %(trainee)s", trainee=consent.trainee.name)


def page(actor: Actor, consent: Consent) -> str:
    """Where the actor finds the consent."""
    if isinstance(actor, Learner) and consent.subject_id is not None:
        return url_for("trainees.consents.own", consent_id=consent.id)
    if isinstance(actor, Learner):
        return url_for("trainees.profiles.own")
    if isinstance(actor, Member):
        return url_for("trainees.consents.show", organisation=slug_of(actor.organisation_id), consent_id=consent.id)
    if isinstance(actor, Bearer):
        return url_for("trainees.consents.answer", link=actor.link_id)
    return "/"


def guardian(guardian_id: int, organisation_id: int | None) -> Address | None:
    """A guardian, with the link's token made at this moment."""
    found = queries.guardian(guardian_id)
    link = links.newest_link(Purpose.CONSENT, *queries.ids_by(guardian_id))
    if found is None or link is None:
        return None
    return Address(found.email, found.name, found.language, None, f"/l/{services.mint(System('notices'), link)}")


WIRING = Wiring(
    tasks={"consents.print": Task(tasks.print_letter, atomic=False)},
    kinds={"consent": Kind(find=queries.consent, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"consent": Topic(_l("Consents of parents and guardians"), frozenset({"trainee"}))},
    workflows={"consent": LIFECYCLE},
    addresses={"guardian": guardian},
)
