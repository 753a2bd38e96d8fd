"""Taking over what a trainee chose of a résumé."""

from collections.abc import Collection

from training.audit.services import record
from training.kernel.db import transaction
from training.kernel.policy import Actor, authorise, require
from training.trainees.passport.services import state_each
from training.trainees.profiles import services as profiles
from training.trainees.profiles.models import Trainee
from training.trainees.resumes import policies, queries
from training.trainees.resumes.models import Resume
from training.trainees.resumes.workflow import Event, Section


@transaction()
def take(actor: Actor, trainee: Trainee, *, resume: Resume, sections: Collection[Section]) -> int:
    """Takes the chosen parts into the profile and the passport; returns how many pieces were new. The same file again changes nothing."""
    authorise(policies.can_take, actor, trainee)
    require(policies.why_not_take(sections))
    plan = queries.plan(trainee, resume).within(sections)
    details = {one.name: one.then for changes in plan.details.values() for one in changes}
    lines = [one for found in plan.lines.values() for one in found]
    levels = {skill.id: level for skill, level in plan.skills}
    if details:
        profiles.edit(actor, trainee, version=trainee.version, **details)
    if lines:
        columns = ("place", "what", "from_year", "until_year")
        profiles.add_educations(actor, trainee, lines=[{name: getattr(one, name) for name in columns} for one in lines])
    if levels:
        state_each(actor, trainee, levels=levels)
    taken = len(details) + len(lines) + len(levels)
    if taken:
        record(actor, Event.TAKEN, trainee, details=len(details), lines=len(lines), skills=len(levels))
    return taken
