"""What assessments hand down."""

from flask import url_for

from training.courses.assessments import handing_over, queries
from training.courses.assessments.models import Assessment
from training.courses.assessments.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Charge, Kind, Topic, Wiring
from training.organisations.queries import slug_of


def title(assessment: Assessment) -> str:
    """Its title and cohort."""
    return _("%(title)s, cohort %(code)s", title=assessment.title, code=assessment.cohort.code)


def page(actor: Actor, assessment: Assessment) -> str:
    """The school's page of it; trainees find their results on their own page."""
    if isinstance(actor, Member):
        return url_for("courses.assessments.show", organisation=slug_of(actor.organisation_id), assessment_id=assessment.id)
    return url_for("courses.gradebooks.own")


WIRING = Wiring(
    kinds={"assessment": Kind(find=queries.assessment, title=title, url=page, each=queries.each)},
    charges={
        "marker": Charge(_l("Results to give"), "assessment", handing_over.TEACHERS, handing_over.taught, handing_over.teach),
        "chair": Charge(
            _l("Demonstration exams to confirm"), "assessment", handing_over.TEACHERS, handing_over.chaired, handing_over.chair
        ),
    },
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"assessment": Topic(_l("Results"), frozenset({"trainee", "school"}))},
    workflows={"assessment": LIFECYCLE},
)
