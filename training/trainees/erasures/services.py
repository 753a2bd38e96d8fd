"""Asking to be erased, and the erasure itself."""

from sqlalchemy.exc import IntegrityError

from training.accounts import services as accounts
from training.accounts.memberships.queries import reach
from training.accounts.models import Account
from training.accounts.workflow import Purpose as LinkPurpose
from training.audit.services import record
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow, Role, System, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.privacy import queries as privacy
from training.privacy import services as engine
from training.privacy.holds import Hold
from training.privacy.services import Erased, Traces
from training.trainees.erasures import policies, queries
from training.trainees.erasures.models import ErasureRequest
from training.trainees.erasures.workflow import LIFECYCLE, Event, Notice
from training.trainees.exports.queries import is_member, person
from training.trainees.profiles import services as profiles
from training.trainees.profiles.models import Trainee
from training.turns.services import begin, move

LINKED = {"consent": LinkPurpose.CONSENT, "agreement": LinkPurpose.SIGNING, "login_card": LinkPurpose.CARD}
"""The kinds of record to which links lead, by the links' purpose."""


@transaction()
def ask(actor: Actor, trainee: Trainee) -> ErasureRequest:
    """The trainee wants to be erased; the school and the operator learn of it."""
    authorise(policies.can_ask, actor, trainee)
    require(policies.why_not_ask(queries.open_of(trainee.id)))
    request = ErasureRequest(
        trainee=trainee, trainee_id=trainee.id, school_id=trainee.school_id, operator_id=queries.operator_id(), asked_at=clock.now()
    )
    try:
        with db.session.begin_nested():
            db.session.add(request)
    except IntegrityError:
        raise NotNow(_l("You have asked already. It is answered within 30 days.")) from None
    begin(actor, LIFECYCLE, request)
    record(actor, Event.ASKED, request, trainee=trainee.id)
    notify(Notice.ASKED, request, to=told(request))
    return request


@transaction()
def withdraw(actor: Actor, request: ErasureRequest) -> None:
    """The trainee stays after all."""
    authorise(policies.can_withdraw, actor, request)
    move(actor, LIFECYCLE, "withdraw", request)
    record(actor, Event.WITHDRAWN, request, trainee=request.trainee_id)
    notify(Notice.WITHDRAWN, request, to=told(request))


def told(request: ErasureRequest) -> list[Recipient]:
    """The school's managers and the operator's people."""
    school = reach(request.school_id, Role.MANAGER) if request.school_id is not None else []
    return school + (reach(request.operator_id, Role.OPERATOR) if request.operator_id is not None else [])


@transaction()
def erase(actor: System, request: ErasureRequest) -> tuple[Erased, list[Hold]]:
    """Erases the trainee, but for what the law holds, which the request names; done again, it takes what is no longer held.

    The files and letters named by the result are the caller's to remove, once this is committed.
    """
    authorise(policies.can_erase, actor, request)
    trainee = db.session.get_one(Trainee, request.trainee_id)
    require(policies.why_not_erase(engine.stops_of(trainee.id), is_member=is_member(trainee.account_id, now=True)))
    holds = engine.holds_of(trainee.id)
    own = person(trainee)
    account = db.session.get(Account, trainee.account_id) if trainee.account_id is not None else None
    if account is not None and is_member(account.id):
        own.pop("account")
        holds.append(Hold("account", account.id, _l("Name of a former member of an organisation"), None, _l("what they signed for it")))
        account = None
    close_links(own)
    records = queries.records_of(trainee)
    apart = {"trainee": lambda: profiles.become_nobody(*records)}
    if account is not None:
        leaving = account
        apart["account"] = lambda: accounts.become_nobody(leaving)
    done = engine.erase(own, traces(trainee, account), holds=holds, apart=apart)
    request = db.session.get_one(ErasureRequest, request.id)
    move(actor, LIFECYCLE, "erase", request)
    request.erased_at = clock.now()
    request.held = {
        "holds": [{"kind": one.kind, "id": one.id, "until": one.until_on.isoformat() if one.until_on else None} for one in holds]
    }
    record(actor, Event.ERASED, request, trainee=trainee.id, held=len(holds))
    return done, holds


def traces(trainee: Trainee, account: Account | None) -> Traces:
    """By what texts that no key leads to are found to be about the trainee."""
    marks = {trainee.email, trainee.phone, *((account.email, account.email_key, account.login_name) if account is not None else ())}
    return Traces([trainee.family_name, trainee.given_name], sorted(mark for mark in marks if mark and len(mark) > 5))


def close_links(own: dict[str, int]) -> None:
    """Whoever holds a link about the person finds it over."""
    rows = privacy.rows_of(own)
    for kind, purpose in LINKED.items():
        accounts.close_links(purpose, rows.get(kind, set()))
    for purpose in (LinkPurpose.CONFIRM, LinkPurpose.RESET):
        accounts.close_links(purpose, rows.get("account", set()))
