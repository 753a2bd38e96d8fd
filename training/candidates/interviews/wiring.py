"""What interviews hand down."""

from flask import url_for

from training.candidates.applications.workflow import Event as ApplicationEvent
from training.candidates.interviews import calendar, handing_over, queries, tasks
from training.candidates.interviews.models import Interview
from training.candidates.interviews.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Charge, Kind, Task, Topic, Unnamed, Wiring
from training.organisations.queries import slug_of

ENDS = (
    ApplicationEvent.REJECTION_TOLD,
    ApplicationEvent.WITHDRAWN,
    ApplicationEvent.LAPSED,
    ApplicationEvent.HIRED,
    ApplicationEvent.HIRED_ELSEWHERE,
)

INVITING = (Notice.PROPOSED, Notice.CONFIRMED, Notice.CANCELLED, Notice.TAKEN_OVER)
"""What tells of an interview with its time as it stands now."""


def title(interview: Interview) -> str:
    """What is interviewed for, and who."""
    return _("Interview: %(vacancy)s, %(person)s", person=interview.application.trainee.name, vacancy=interview.application.vacancy.title)


def page(actor: Actor, interview: Interview) -> str:
    """Where the actor finds the interview."""
    if isinstance(actor, Member):
        slug = slug_of(actor.organisation_id)
        return url_for("candidates.interviews.show", organisation=slug, interview_id=interview.id)
    return url_for("candidates.interviews.show", interview_id=interview.id)


WIRING = Wiring(
    tasks={"interviews.cancel_with_application": Task(tasks.cancel_with_application, atomic=False)},
    subscriptions={event.value: "interviews.cancel_with_application" for event in ENDS},
    kinds={"interview": Kind(find=queries.interview, title=title, url=page, each=queries.each)},
    charges={
        "interviewer": Charge(
            _l("Interviewer"),
            "interview",
            handing_over.INTERVIEWERS,
            handing_over.sat_in,
            handing_over.sit,
            Unnamed(_l("Without a person: the others who sit in it"), frozenset(), handing_over.leave),
        )
    },
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"interview": Topic(_l("Interviews"), frozenset({"trainee", "employer"}))},
    workflows={"interview": LIFECYCLE},
    attachments={notice.value: calendar.enclosed for notice in INVITING} | {Notice.HANDED_OVER.value: calendar.withdrawal},
)
