"""Moving a cohort, with everybody in it, to a newer version of its programme."""

from training.courses.cohorts import services as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.policies import why_not_renew
from training.courses.enrolments import policies, queries
from training.courses.enrolments.workflow import STUDYING, Notice, State
from training.courses.programmes.models import ProgrammeVersion
from training.kernel.db import db, transaction
from training.kernel.db.transaction import reread
from training.kernel.policy import Actor, System, authorise, require
from training.notices.services import notify
from training.trainees.profiles.queries import reach


@transaction()
def renew(actor: Actor, cohort: Cohort, *, version: int, to: ProgrammeVersion) -> None:
    """The cohort studies a newer version of its programme; everybody in it is told by the job that follows."""
    authorise(policies.can_renew, actor, cohort)
    now = db.session.get_one(ProgrammeVersion, cohort.version_id)
    reread(db.session, to)
    require(why_not_renew(cohort, now=now, to=to, completed=len(queries.completed(cohort.id))))
    cohorts.renew(actor, cohort, version=version, now=now, to=to)


@transaction()
def tell(actor: System, *, cohort_id: int) -> int:
    """Tells everybody who studies in a cohort, holds a seat or waits that it has moved to a newer version; returns how many."""
    standing = queries.standing(cohort_id, (State.WAITLISTED, State.OFFERED, *STUDYING))
    for enrolment in standing:
        notify(Notice.RENEWED, enrolment, to=reach(enrolment.trainee))
    return len(standing)
