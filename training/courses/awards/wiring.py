"""What proposals to issue credentials hand down."""

from flask import url_for

from training.courses.awards import queries, tasks
from training.courses.awards.models import Award
from training.courses.awards.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l, ngettext
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Task, Topic, Wiring
from training.organisations.queries import slug_of


def title(award: Award) -> str:
    """For whom."""
    if award.people == 1:
        return _("Credential for %(holder)s", holder=award.lines[0].credential.holder)
    return ngettext(
        "%(num)s credential for cohort %(code)s", "%(num)s credentials for cohort %(code)s", award.people, code=award.cohort.code
    )


def page(actor: Actor, award: Award) -> str:
    """Where the school finds it."""
    if isinstance(actor, Member):
        return url_for("courses.awards.show", organisation=slug_of(actor.organisation_id), award_id=award.id)
    return "/"


WIRING = Wiring(
    tasks={"awards.issue": Task(tasks.issue, atomic=False)},
    kinds={"award": Kind(find=queries.award, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"award": Topic(_l("Credentials to be confirmed"), frozenset({"school"}))},
    workflows={"award": LIFECYCLE},
)
