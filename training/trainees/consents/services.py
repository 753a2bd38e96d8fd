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
from training.trainees.consents.workflow import LIFECYCLE, Event, How, Notice, Purpose, State
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move


@transaction()
def ask(actor: Actor, trainee: Trainee, *, name: str, language: str, email: str | None = None) -> Consent:
    """Asks a minor's guardian whether employers may see the minor's profile: by a letter with a link, without an address by one to print."""
    authorise(policies.can_ask, actor, trainee)
    hold(trainee)
    require(policies.why_not_ask(trainee, open_consent=queries.open_of(trainee.id)))
    guardian = _guardian(trainee, name=name, email=email, language=language)
    consent = Consent(
        trainee=trainee,
        guardian=guardian,
        purpose=Purpose.EMPLOYERS,
        state=State.ASKED,
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
    write(actor, consent, guardian)
    return consent


def _guardian(trainee: Trainee, *, name: str, email: str | None, language: str) -> Guardian:
    """The same as before, if asked at this address before."""
    guardian = queries.guardian_of(trainee.id, name=name, email=email) or Guardian(trainee_id=trainee.id)
    guardian.name, guardian.email, guardian.language = name, email, language
    guardian.email_key = email_key(email) if email else None
    return guardian


@transaction()
def name(actor: Actor, consent: Consent, *, name: str, language: str, email: str | None = None) -> None:
    """Says which guardian decides about a step that waits; the letter goes at once, and a link that somebody else had works no more."""
    authorise(policies.can_name, actor, consent)
    require(policies.why_not_name(consent))
    guardian = _guardian(consent.trainee, name=name, email=email, language=language)
    db.session.add(guardian)
    ask_for_step(actor, consent, guardian)


def ask_for_step(actor: Actor, consent: Consent, guardian: Guardian) -> None:
    """Asks a guardian about a step that waits, inside the running transaction."""
    db.session.flush()  # a new guardian needs a key
    consent.guardian, consent.guardian_id, consent.asked_at, consent.how, consent.reason = guardian, guardian.id, clock.now(), None, None
    consent.asker_id = actor.organisation_id if isinstance(actor, Member) else None
    move(actor, LIFECYCLE, "name", consent, due=consent.until_at)
    write(actor, consent, guardian)


def write(actor: Actor, consent: Consent, guardian: Guardian) -> None:
    """The letter with its link, or without an address the one to print, inside the running transaction."""
    _fresh_link(consent)
    record(actor, Event.ASKED, consent, trainee=consent.trainee_id, guardian=guardian.id)
    if guardian.email:
        notify(Notice.ASKED, consent, to=[Recipient("guardian", guardian.id)])
    else:
        enqueue("consents.print", consent_id=consent.id)


@transaction()
def send_again(actor: Actor, consent: Consent) -> None:
    """The letter once more, with a fresh link."""
    authorise(policies.can_send_again, actor, consent)
    require(policies.why_not_send_again(consent))
    _fresh_link(consent)
    record(actor, Event.LINK_SENT, consent, guardian=consent.guardian_id)
    notify(Notice.ASKED, consent, to=[Recipient("guardian", consent.guardian_id or 0)])


def _fresh_link(consent: Consent) -> None:
    """A link for the guardian's page; those before it work no more."""
    links.close_links(LinkPurpose.CONSENT, [consent.id, *(one.id for one in queries.asked_of(consent))])
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
def refuse(actor: Actor, consent: Consent, *, reason: str | None = None) -> None:
    """The guardian does not agree, and may say why."""
    authorise(policies.can_refuse, actor, consent)
    _refuse(actor, consent, How.LINK, reason=reason)


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
    """The guardian no longer agrees; from this moment no employer sees the minor, or the step that waited cannot go on."""
    authorise(policies.can_withdraw, actor, consent)
    move(actor, LIFECYCLE, "withdraw", consent)
    consent.withdrawn_at, consent.how = clock.now(), How.LINK if isinstance(actor, Bearer) else How.WORD
    record(actor, Event.WITHDRAWN, consent, trainee=consent.trainee_id, guardian=consent.guardian_id)
    notify(Notice.WITHDRAWN, consent, to=reach(consent.trainee))
    notify(Notice.ANSWERED, consent, to=at_school(consent))


def _give(actor: Actor, consent: Consent, how: How) -> None:
    move(actor, LIFECYCLE, "give", consent)
    consent.given_at, consent.withdrawn_at, consent.how, consent.reason = clock.now(), None, how, None
    record(actor, Event.GIVEN, consent, trainee=consent.trainee_id, guardian=consent.guardian_id, how=how)
    notify(Notice.GIVEN, consent, to=reach(consent.trainee))
    notify(Notice.ANSWERED, consent, to=at_school(consent))


def _refuse(actor: Actor, consent: Consent, how: How, *, reason: str | None = None) -> None:
    move(actor, LIFECYCLE, "refuse", consent)
    consent.how, consent.reason = how, reason
    detail = {"reason": reason} if reason else None
    record(actor, Event.REFUSED, consent, detail=detail, trainee=consent.trainee_id, guardian=consent.guardian_id, how=how)
    notify(Notice.REFUSED, consent, to=reach(consent.trainee))
    notify(Notice.ANSWERED, consent, to=at_school(consent))


def at_school(consent: Consent) -> list[Recipient]:
    """Who waits for the answer: the managers of the school whose step it is; otherwise those of the trainee's who arrange internships."""
    if consent.school_id is not None:
        return members(consent.school_id, Role.MANAGER)
    trainee = consent.trainee
    return members(trainee.school_id, Role.MANAGER, Role.PLACEMENT_OFFICER) if trainee.school_id is not None else []
