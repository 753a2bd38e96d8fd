"""Asking for, giving and withdrawing consents."""

from sqlalchemy.exc import IntegrityError

from training.accounts import services as links
from training.accounts.memberships.queries import reach as members
from training.accounts.workflow import Purpose as LinkPurpose
from training.audit.services import record
from training.files.queries import of_subject
from training.files.services import keep_received, let_go
from training.files.storage import Received
from training.jobs.services import enqueue
from training.kernel import clock
from training.kernel.db import db, hold, transaction
from training.kernel.i18n import _l
from training.kernel.keys import email_key
from training.kernel.policy import Actor, Bearer, Member, NotNow, Role, System, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.consents import policies, queries
from training.trainees.consents.models import TEXT_VERSION, Consent, Guardian
from training.trainees.consents.workflow import LIFECYCLE, Event, How, Notice, Purpose
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move


@transaction()
def ask(actor: Actor, trainee: Trainee, *, name: str, language: str, email: str | None = None) -> Consent:
    """Asks a minor's guardian whether employers may see the minor's profile: by a letter with a link, without an address by one to print."""
    authorise(policies.can_ask, actor, trainee)
    hold(trainee)
    require(policies.why_not_ask(trainee, open_consent=queries.open_of(trainee.id)))
    guardian = queries.guardian_of(trainee.id, name=name, email=email) or Guardian(trainee_id=trainee.id)
    guardian.name, guardian.email, guardian.language = name, email, language
    guardian.email_key = email_key(email) if email else None
    consent = Consent(
        trainee=trainee,
        guardian=guardian,
        purpose=Purpose.EMPLOYERS,
        text_version=TEXT_VERSION,
        asked_at=clock.now(),
        asker_id=actor.organisation_id if isinstance(actor, Member) else None,
    )
    try:
        with db.session.begin_nested():
            db.session.add_all([guardian, consent])
    except IntegrityError:
        raise NotNow(_l("A guardian has been asked already.")) from None
    begin(actor, LIFECYCLE, consent)
    _fresh_link(consent)
    record(actor, Event.ASKED, consent, trainee=trainee.id, guardian=guardian.id)
    if email:
        notify(Notice.ASKED, consent, to=[Recipient("guardian", guardian.id)])
    else:
        enqueue("consents.print", consent_id=consent.id)
    return consent


def _fresh_link(consent: Consent) -> None:
    """A link for the guardian's page; those before it work no more."""
    links.close_links(LinkPurpose.CONSENT, [one.id for one in queries.asked_of(consent)])
    links.link(LinkPurpose.CONSENT, consent.id, once=False)


@transaction()
def print_letter(actor: Actor, consent: Consent) -> None:
    """Has the letter to the guardian made anew; the code on the one before works no more."""
    authorise(policies.can_print_letter, actor, consent)
    require(policies.why_not_print_letter(consent))
    _fresh_link(consent)
    enqueue("consents.print", consent_id=consent.id)


@transaction()
def keep_letter(actor: System, consent: Consent, *, received: Received) -> None:
    """The letter is there to be printed; the one before is let go."""
    for file in of_subject(consent):
        let_go(file)
    file = keep_received(actor, received, subject=consent)
    record(actor, Event.LETTER_PRINTED, consent, file=file.id)


@transaction()
def send_link(actor: Actor, *, email: str) -> None:
    """Sends a fresh link to whoever has been asked at that address, for each child; the caller cannot tell whether anybody has."""
    for guardian in queries.guardians_at(email):
        consent = queries.newest_by(guardian.id)
        if consent is not None:
            _fresh_link(consent)
            record(actor, Event.LINK_SENT, consent, guardian=guardian.id)
            notify(Notice.LINK, consent, to=[Recipient("guardian", guardian.id)])


@transaction()
def give(actor: Actor, consent: Consent) -> None:
    """The guardian agrees."""
    authorise(policies.can_give, actor, consent)
    _give(actor, consent, How.LINK)


@transaction()
def refuse(actor: Actor, consent: Consent) -> None:
    """The guardian does not agree."""
    authorise(policies.can_refuse, actor, consent)
    _refuse(actor, consent, How.LINK)


@transaction()
def take_down(actor: Actor, consent: Consent, *, agrees: bool) -> None:
    """An answer that came on paper, once a second person of the school has compared it."""
    authorise(policies.can_record, actor, consent)
    if agrees:
        _give(actor, consent, How.PAPER)
    else:
        _refuse(actor, consent, How.PAPER)


@transaction()
def withdraw(actor: Actor, consent: Consent) -> None:
    """The guardian no longer agrees; from this moment no employer sees the minor."""
    authorise(policies.can_withdraw, actor, consent)
    move(actor, LIFECYCLE, "withdraw", consent)
    consent.withdrawn_at, consent.how = clock.now(), How.LINK if isinstance(actor, Bearer) else How.WORD
    record(actor, Event.WITHDRAWN, consent, trainee=consent.trainee_id, guardian=consent.guardian_id)
    notify(Notice.WITHDRAWN, consent, to=reach(consent.trainee))
    notify(Notice.ANSWERED, consent, to=at_school(consent.trainee))


def _give(actor: Actor, consent: Consent, how: How) -> None:
    move(actor, LIFECYCLE, "give", consent)
    consent.given_at, consent.withdrawn_at, consent.how = clock.now(), None, how
    record(actor, Event.GIVEN, consent, trainee=consent.trainee_id, guardian=consent.guardian_id, how=how)
    notify(Notice.GIVEN, consent, to=reach(consent.trainee))
    notify(Notice.ANSWERED, consent, to=at_school(consent.trainee))


def _refuse(actor: Actor, consent: Consent, how: How) -> None:
    move(actor, LIFECYCLE, "refuse", consent)
    consent.how = how
    record(actor, Event.REFUSED, consent, trainee=consent.trainee_id, guardian=consent.guardian_id, how=how)
    notify(Notice.REFUSED, consent, to=reach(consent.trainee))
    notify(Notice.ANSWERED, consent, to=at_school(consent.trainee))


def at_school(trainee: Trainee) -> list[Recipient]:
    """Who waits for the answer at the trainee's school: it arranges internships."""
    return members(trainee.school_id, Role.MANAGER, Role.PLACEMENT_OFFICER) if trainee.school_id is not None else []
