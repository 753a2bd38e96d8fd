"""What selections hand down."""

from flask import url_for

from training.courses.selections import queries
from training.courses.selections.lists import APPLICANTS
from training.courses.selections.models import Candidacy, Document
from training.courses.selections.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Topic, Wiring
from training.organisations.queries import slug_of


def title(candidacy: Candidacy) -> str:
    """Who, for what."""
    enrolment = candidacy.enrolment
    return _("%(trainee)s for %(programme)s", trainee=enrolment.trainee.name, programme=enrolment.cohort.programme_version.programme.title)


def page(actor: Actor, candidacy: Candidacy) -> str:
    """The applicant's page for the school, one's own for oneself."""
    if isinstance(actor, Member):
        return url_for("courses.selections.show", organisation=slug_of(actor.organisation_id), enrolment_id=candidacy.enrolment_id)
    return url_for("courses.selections.own", enrolment_id=candidacy.enrolment_id)


def document_title(document: Document) -> str:
    """What was brought, by whom."""
    return _("%(document)s of %(trainee)s", document=str(document), trainee=document.candidacy.enrolment.trainee.name)


def document_page(actor: Actor, document: Document) -> str:
    """Where its application is."""
    return page(actor, document.candidacy)


WIRING = Wiring(
    lists={APPLICANTS.name: APPLICANTS},
    kinds={
        "candidacy": Kind(find=queries.candidacy, title=title, url=page, each=queries.each),
        "candidacy_document": Kind(find=queries.document, title=document_title, url=document_page, each=queries.each_document),
    },
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"candidacy": Topic(_l("Applications by selection"), frozenset({"trainee"}))},
    workflows={"candidacy_document": LIFECYCLE},
)
