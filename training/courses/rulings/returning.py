"""The end of a deferral comes near: whoever is to come back is reminded, and it is the school's move to order the return."""

from datetime import timedelta

from training.audit.services import record
from training.courses.enrolments.workflow import Event, Notice
from training.courses.rulings import queries
from training.kernel import clock
from training.kernel.db import transaction
from training.kernel.policy import Actor, Role
from training.kernel.workflow import Party
from training.notices.services import notify
from training.trainees.profiles.queries import reach
from training.turns import services as turns

AHEAD = timedelta(days=14)
"""How long before the end of a deferral people are reminded; if nobody could be reminded then, so long after it."""


@transaction()
def remind(actor: Actor) -> int:
    """Tells each person once, opens the school's move until the day; returns how many."""
    today = clock.today()
    found = queries.returning(today - AHEAD, today + AHEAD)
    for enrolment, until_on in found:
        school = enrolment.cohort.programme_version.programme.school
        record(actor, Event.REMINDED, enrolment, until=until_on)
        notify(Notice.RETURNING, enrolment, to=reach(enrolment.trainee), until_at=clock.end_of(until_on, school.zone))
        turns.ask(enrolment, Party.SCHOOL, "resume", roles=(Role.MANAGER,), due=clock.end_of(until_on, school.zone))
    return len(found)
