"""Letting one person in without prerequisites, and taking that back."""

from collections.abc import Callable

from training.audit.services import record
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.waivers import policies, queries
from training.courses.waivers.models import Waiver, WaiverRevocation
from training.courses.waivers.workflow import Event, Notice
from training.kernel import clock
from training.kernel.db import db, hold, transaction
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


@transaction()
def revoke(actor: Member, waiver: Waiver, *, reason: str, begun: Callable[[int, int], bool]) -> None:
    """It does not count any more; `begun(programme, trainee)`, asked while nobody can apply for the person, says whether they began by it."""
    authorise(policies.can_revoke, actor, waiver)
    hold(waiver.trainee)
    there = begun(waiver.programme_id, waiver.trainee_id)
    require(policies.why_not_revoke(waiver, revoked=queries.is_revoked(waiver.id), begun=there))
    school = db.session.get_one(Organisation, waiver.school_id)
    db.session.add(WaiverRevocation(waiver_id=waiver.id, words=reason, by_id=actor.account_id, revoked_on=clock.today(school.zone)))
    record(actor, Event.REVOKED, waiver, detail={"reason": reason}, programme=waiver.programme_id, trainee=waiver.trainee_id)
    notify(Notice.REVOKED, waiver, to=reach(waiver.trainee))
