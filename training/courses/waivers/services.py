"""Letting one person in without prerequisites."""

from training.audit.services import record
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.waivers import policies, queries
from training.courses.waivers.models import Waiver
from training.courses.waivers.workflow import Event, Notice
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Member, NotNow, authorise, require
from training.notices.services import notify
from training.organisations.models import Organisation
from training.trainees.profiles.queries import reach


@transaction()
def grant(actor: Member, version: ProgrammeVersion, *, trainee_id: int, words: str) -> Waiver:
    """Somebody may begin the programme of that version without what it asks for; `words` say why, and are kept."""
    authorise(policies.can_grant, actor, version)
    person = queries.person(actor, trainee_id)
    waived = bool(queries.waived(version.programme_id, [trainee_id]))
    require(policies.why_not_grant(version, known=person is not None, waived=waived))
    if person is None:
        raise NotNow(_l("Your school does not know this person. Choose one who is found."))
    school = db.session.get_one(Organisation, version.school_id)
    made = Waiver(
        school_id=version.school_id,
        programme_id=version.programme_id,
        programme=db.session.get_one(Programme, version.programme_id),
        trainee=person,
        words=words,
        by_id=actor.account_id,
        granted_on=clock.today(school.zone),
    )
    db.session.add(made)
    db.session.flush()  # the event refers to its key
    record(actor, Event.GRANTED, made, detail={"words": words}, programme=version.programme_id, trainee=trainee_id)
    notify(Notice.GRANTED, made, to=reach(person))
    return made
