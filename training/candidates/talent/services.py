"""Inviting people to apply."""

from sqlalchemy.exc import IntegrityError

from training.audit.services import record
from training.candidates.applications.queries import has_live
from training.candidates.talent import policies, queries
from training.candidates.talent.models import TalentInvitation
from training.candidates.talent.workflow import Event, Notice
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.policies import can_show
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, authorise, require
from training.notices.services import notify
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach


@transaction()
def invite(actor: Actor, trainee: Trainee, *, vacancy: Vacancy) -> None:
    """Tells a person who agreed to be found of a live vacancy, once."""
    authorise(policies.can_invite, actor, trainee)
    authorise(can_show, actor, vacancy)
    queries.trainee(actor, trainee.id)  # still to be found: they may have changed their mind since the page was shown
    invited, applied = queries.is_invited(vacancy.id, trainee.id), has_live(vacancy.id, trainee.id)
    require(policies.why_not_invite(vacancy, invited=invited, applied=applied))
    try:
        with db.session.begin_nested():
            db.session.add(
                TalentInvitation(vacancy_id=vacancy.id, employer_id=vacancy.employer_id, trainee_id=trainee.id, invited_at=clock.now())
            )
    except IntegrityError:
        raise NotNow(_l("This person has been invited to it already.")) from None
    record(actor, Event.INVITED, vacancy, trainee=trainee.id)
    notify(Notice.INVITED, vacancy, to=reach(trainee))
