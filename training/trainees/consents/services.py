"""Asking for, giving and withdrawing consents."""

from sqlalchemy.exc import IntegrityError

from training.accounts import services as links
from training.accounts.workflow import Purpose as LinkPurpose
from training.audit.services import record
from training.kernel import clock
from training.kernel.db import db, hold, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.consents import policies, queries
from training.trainees.consents.models import TEXT_VERSION, Consent, Guardian
from training.trainees.consents.workflow import LIFECYCLE, Event, Notice, Purpose
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move


@transaction()
def ask(actor: Actor, trainee: Trainee, *, name: str, email: str, language: str) -> Consent:
    """Asks a minor's guardian, by a letter with a link, whether employers may see the minor's profile."""
    authorise(policies.can_ask, actor, trainee)
    hold(trainee)
    require(policies.why_not_ask(trainee, open_consent=queries.open_of(trainee.id)))
    guardian = Guardian(trainee_id=trainee.id, name=name, email=email, language=language)
    consent = Consent(trainee=trainee, guardian=guardian, purpose=Purpose.EMPLOYERS, text_version=TEXT_VERSION)
    try:
        with db.session.begin_nested():
            db.session.add_all([guardian, consent])
    except IntegrityError:
        raise NotNow(_l("A guardian has been asked already.")) from None
    begin(actor, LIFECYCLE, consent)
    links.link(LinkPurpose.CONSENT, consent.id, once=False)
    record(actor, Event.ASKED, consent, trainee=trainee.id, guardian=guardian.id)
    notify(Notice.ASKED, consent, to=[Recipient("guardian", guardian.id)])
    return consent


@transaction()
def give(actor: Actor, consent: Consent) -> None:
    """The guardian agrees."""
    authorise(policies.can_give, actor, consent)
    move(actor, LIFECYCLE, "give", consent)
    consent.given_at, consent.withdrawn_at = clock.now(), None
    record(actor, Event.GIVEN, consent, trainee=consent.trainee_id, guardian=consent.guardian_id)
    notify(Notice.GIVEN, consent, to=reach(consent.trainee))


@transaction()
def refuse(actor: Actor, consent: Consent) -> None:
    """The guardian does not agree."""
    authorise(policies.can_refuse, actor, consent)
    move(actor, LIFECYCLE, "refuse", consent)
    record(actor, Event.REFUSED, consent, trainee=consent.trainee_id, guardian=consent.guardian_id)
    notify(Notice.REFUSED, consent, to=reach(consent.trainee))


@transaction()
def withdraw(actor: Actor, consent: Consent) -> None:
    """The guardian no longer agrees; from this moment no employer sees the minor."""
    authorise(policies.can_withdraw, actor, consent)
    move(actor, LIFECYCLE, "withdraw", consent)
    consent.withdrawn_at = clock.now()
    record(actor, Event.WITHDRAWN, consent, trainee=consent.trainee_id, guardian=consent.guardian_id)
    notify(Notice.WITHDRAWN, consent, to=reach(consent.trainee))
