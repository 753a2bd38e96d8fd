"""Inviting the people of a roster to take over their records, and what comes of it."""

from collections.abc import Sequence

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from training.accounts import queries as accounts
from training.accounts import services as links
from training.accounts.models import Account, Link
from training.accounts.workflow import Purpose
from training.audit.services import record, record_each
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.db.transaction import reread
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member, NotNow, System, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.organisations.models import Organisation
from training.trainees.claims import policies, queries
from training.trainees.claims.models import Claim
from training.trainees.claims.workflow import LIFECYCLE, Event, Notice
from training.trainees.profiles import queries as profiles
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Event as ProfileEvent
from training.turns.services import move

AT_ONCE = 2_000
"""Letters of one transaction; a larger roster is invited in several goes."""


@transaction()
def send(actor: Member, trainee: Trainee, *, language: str) -> None:
    """Invites one person of the roster; the letter holds a link that works once."""
    authorise(policies.can_send, actor, trainee)
    assert trainee.school is not None
    require(policies.why_not_send(trainee.school, trainee, open_claim=queries.open_of(trainee.id)))
    _send(actor, trainee.school, [trainee], language)


@transaction()
def send_all(actor: Member, school: Organisation, *, language: str) -> int:
    """Invites everybody of the roster who has an address, no account and no open invitation; returns how many letters go out."""
    authorise(policies.can_send_all, actor, school)
    require(policies.why_not_send_all(school))
    people = queries.ready(actor, AT_ONCE)
    if not people:
        raise NotNow(_l("Nobody is left to invite: those with an address have an account or an invitation."))
    _send(actor, school, people, language)
    return len(people)


@transaction()
def accept(
    actor: Actor,
    claim: Claim,
    *,
    account_id: int | None = None,
    name: str | None = None,
    password: str | None = None,
    language: str = "en",
) -> Account:
    """The record becomes the account's: whoever is signed in, else the account of the address, else a new one (`password` is its hash)."""
    authorise(policies.can_accept, actor, claim)
    trainee = claim.trainee
    reread(db.session, trainee)
    account = accounts.by_id(account_id) if account_id is not None else accounts.by_way_in(claim.email)
    profile_id = profiles.id_of(account.id) if account is not None else None
    blocked = account is not None and account.blocked_at is not None
    require(policies.why_not_accept(trainee, profile_id=profile_id, blocked=blocked))
    if account is None:
        if not name or not password:
            raise NotNow(_l("Your name and a password are needed for the new account."))
        account = links.create(System("claims"), name=name, email=claim.email, password=password, language=language)
    elif account_id is None:
        account.confirmed_at = account.confirmed_at or clock.now()
    links.use(actor)
    move(actor, LIFECYCLE, "accept", claim)
    try:
        with db.session.begin_nested():
            trainee.account = account
    except IntegrityError:
        raise NotNow(_l("This account has a profile already, and one account is one person.")) from None
    record(actor, Event.ACCEPTED, claim, account=account.id)
    record(actor, ProfileEvent.CLAIMED, trainee, account=account.id)
    return account


@transaction()
def revoke(actor: Actor, claim: Claim) -> None:
    """Takes an invitation back; its link stops working."""
    authorise(policies.can_revoke, actor, claim)
    move(actor, LIFECYCLE, "revoke", claim)
    record(actor, Event.REVOKED, claim)


@transaction()
def lapse(actor: System) -> int:
    """Ends invitations that nobody answered in time; returns how many."""
    over = queries.overdue()
    for claim in over:
        move(actor, LIFECYCLE, "lapse", claim)
    record_each(actor, Event.LAPSED, over)
    return len(over)


def _send(actor: Member, school: Organisation, people: Sequence[Trainee], language: str) -> None:
    """The claims, their links and letters: as many statements for a whole roster as for one."""
    expires_at = clock.now() + links.LIVES[Purpose.CLAIM]
    common = {"school_id": school.id, "language": language, "invited_by_id": actor.account_id, "expires_at": expires_at}
    rows = [common | {"trainee_id": one.id, "email": one.email} for one in people]
    try:
        with db.session.begin_nested():
            ids = db.session.scalars(insert(Claim).returning(Claim.id), rows).all()
    except IntegrityError:
        raise NotNow(_l("Somebody else is sending these invitations just now. Look at the list again.")) from None
    letters = {"purpose": Purpose.CLAIM, "once": True, "expires_at": expires_at}
    db.session.execute(insert(Link), [letters | {"subject_id": key} for key in ids])
    record_each(actor, Event.SENT, queries.of_ids(ids), school=school.id)
    notify(Notice.SENT, school, to=[Recipient("claim", key) for key in ids], expires_at=expires_at)
