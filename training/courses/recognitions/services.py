"""Asking that a module be recognised, and deciding it."""

from sqlalchemy.exc import IntegrityError

from training.accounts.memberships.queries import reach as people_of
from training.accounts.models import Account
from training.audit.services import record
from training.courses.cohorts.queries import zone_of
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import Module
from training.courses.programmes.queries import modules_of
from training.courses.recognitions import policies, queries
from training.courses.recognitions.models import Recognition, RecognitionDecision
from training.courses.recognitions.policies import Credential
from training.courses.recognitions.workflow import DECIDERS, LIFECYCLE, Event, Notice, Verdict
from training.files import media, storage
from training.files.services import claim, keep_received
from training.files.storage import Readable, Received
from training.kernel import clock
from training.kernel.db import NotFound, db, transaction
from training.kernel.i18n import _l
from training.kernel.policy import Actor, Member, NotNow, authorise, require
from training.notices.models import Recipient
from training.notices.services import notify
from training.trainees.passport.models import Evidence
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move

Shown = Credential | Evidence | None
"""What a school has marked here: a credential, or a module that stands in the passport as passed."""
KINDS = frozenset({media.PDF, media.PNG, media.JPEG})
LIMIT = 10_000_000
"""Bytes of a piece of evidence."""


def ask(
    actor: Actor,
    enrolment: Enrolment,
    *,
    module: Module,
    words: str,
    source: Readable | None = None,
    name: str = "",
    shown: Shown = None,
) -> Recognition:
    """The trainee asks that a module be recognised, with words and a file, or with what a school has marked here, or both."""
    authorise(policies.can_ask, actor, enrolment)
    return _ask(actor, enrolment, module=module, words=words, received=_received(source, name), shown=shown)


@transaction()
def _ask(actor: Actor, enrolment: Enrolment, *, module: Module, words: str, received: Received | None, shown: Shown) -> Recognition:
    require(policies.why_not_ask(enrolment))
    modules = modules_of(enrolment.cohort.version_id)
    require(policies.why_not_ask_for(module, modules, standing=queries.standing(enrolment.id, module.id)), field="module_id")
    recognition = Recognition(
        school_id=enrolment.school_id,
        enrolment_id=enrolment.id,
        enrolment=enrolment,
        module_id=module.id,
        module=module,
        words=words,
        asked_on=clock.today(zone_of(enrolment.cohort)),
        file=None,
    )
    _show(actor, recognition, received=received, shown=shown)
    try:
        with db.session.begin_nested():
            db.session.add(recognition)
    except IntegrityError:
        raise NotNow(_l("You have asked for this module already, and it is not decided yet."), field="module_id") from None
    _claim(recognition)
    begin(actor, LIFECYCLE, recognition)
    record(actor, Event.ASKED, recognition, detail={"words": words}, **_facts(recognition), **_chosen(recognition))
    notify(Notice.ASKED, recognition, to=_deciders(recognition))
    return recognition


def amend(
    actor: Actor,
    recognition: Recognition,
    *,
    words: str,
    source: Readable | None = None,
    name: str = "",
    shown: Shown = None,
) -> None:
    """The trainee adds what was missing; without another file the old one stays, and of what schools have marked only this is shown now."""
    authorise(policies.can_amend, actor, recognition)
    _amend(actor, recognition, words=words, received=_received(source, name), shown=shown)


@transaction()
def _amend(actor: Actor, recognition: Recognition, *, words: str, received: Received | None, shown: Shown) -> None:
    require(policies.why_not_ask(recognition.enrolment))
    move(actor, LIFECYCLE, "amend", recognition)
    recognition.words = words
    _show(actor, recognition, received=received, shown=shown)
    _claim(recognition)
    record(actor, Event.AMENDED, recognition, detail={"words": words}, enrolment=recognition.enrolment_id, **_chosen(recognition))
    notify(Notice.AMENDED, recognition, to=_deciders(recognition))


@transaction()
def withdraw(actor: Actor, recognition: Recognition) -> None:
    """The trainee does not ask any more."""
    authorise(policies.can_withdraw, actor, recognition)
    require(policies.why_not_withdraw(recognition))
    move(actor, LIFECYCLE, "withdraw", recognition)
    record(actor, Event.WITHDRAWN, recognition, enrolment=recognition.enrolment_id)
    notify(Notice.WITHDRAWN, recognition, to=_deciders(recognition))


@transaction()
def accept(actor: Actor, recognition: Recognition, *, words: str) -> None:
    """Somebody of the school recognises the module in their own name, and says by what."""
    authorise(policies.can_accept, actor, recognition)
    require([*policies.why_not_decide_own(actor, recognition), *policies.why_not_accept(recognition)])
    move(actor, LIFECYCLE, "accept", recognition)
    _decide(actor, recognition, Verdict.ACCEPTED, words)
    record(actor, Event.ACCEPTED, recognition, detail={"words": words}, **_facts(recognition))
    notify(Notice.ACCEPTED, recognition, to=reach(recognition.enrolment.trainee))


@transaction()
def send_back(actor: Actor, recognition: Recognition, *, reason: str) -> None:
    """Something is missing; the trainee reads what, and adds it."""
    authorise(policies.can_send_back, actor, recognition)
    require(policies.why_not_decide_own(actor, recognition))
    move(actor, LIFECYCLE, "send_back", recognition, reason=reason)
    _decide(actor, recognition, Verdict.SENT_BACK, reason)
    record(actor, Event.SENT_BACK, recognition, detail={"reason": reason}, **_facts(recognition))
    notify(Notice.SENT_BACK, recognition, to=reach(recognition.enrolment.trainee))


@transaction()
def refuse(actor: Actor, recognition: Recognition, *, reason: str) -> None:
    """The module is not recognised; the trainee studies it, or asks again with other evidence."""
    authorise(policies.can_refuse, actor, recognition)
    require(policies.why_not_decide_own(actor, recognition))
    move(actor, LIFECYCLE, "refuse", recognition, reason=reason)
    _decide(actor, recognition, Verdict.REFUSED, reason)
    record(actor, Event.REFUSED, recognition, detail={"reason": reason}, **_facts(recognition))
    notify(Notice.REFUSED, recognition, to=reach(recognition.enrolment.trainee))


@transaction()
def revoke(actor: Actor, recognition: Recognition, *, reason: str) -> None:
    """A second decision takes the first one back: the module is studied after all."""
    authorise(policies.can_revoke, actor, recognition)
    require(policies.why_not_decide_own(actor, recognition))
    move(actor, LIFECYCLE, "revoke", recognition, reason=reason)
    _decide(actor, recognition, Verdict.REVOKED, reason)
    record(actor, Event.REVOKED, recognition, detail={"reason": reason}, **_facts(recognition))
    notify(Notice.REVOKED, recognition, to=reach(recognition.enrolment.trainee))


def _received(source: Readable | None, name: str) -> Received | None:
    """The bytes of the evidence, written before the transaction."""
    return storage.receive(source, name=name, kinds=KINDS, limit=LIMIT) if source is not None else None


def _show(actor: Actor, recognition: Recognition, *, received: Received | None, shown: Shown) -> None:
    """What is shown is this now; a file that was sent before stays until there is another."""
    if received is None and recognition.file_id is None and shown is None:
        raise NotNow(_l("Show some evidence: a file, or what a school has marked here."), field="file")
    if shown is not None:
        today = clock.today(zone_of(recognition.enrolment.cohort))
        require(policies.why_not_show(recognition.enrolment, shown, today=today), field="shown")
    if received is not None:
        recognition.file = keep_received(actor, received)
        recognition.file_id = recognition.file.id
    passed = shown if isinstance(shown, Evidence) else None
    recognition.passed_in_id = passed.subject_id if passed is not None else None
    recognition.passed_module_id = passed.part_id if passed is not None else None
    recognition.credential_id = shown.id if shown is not None and passed is None else None


def _claim(recognition: Recognition) -> None:
    """The file lives as long as the request; one that was shown before does so too."""
    if recognition.file is not None:
        claim(recognition.file, recognition)


def _decide(actor: Actor, recognition: Recognition, verdict: Verdict, words: str) -> None:
    """The decision as a row of its own, in the name of whoever acts."""
    if not isinstance(actor, Member):
        raise NotFound
    decided_on = clock.today(zone_of(recognition.enrolment.cohort))
    by = db.session.get_one(Account, actor.account_id)
    recognition.decisions.append(RecognitionDecision(verdict=verdict, words=words, by=by, decided_on=decided_on))


def _facts(recognition: Recognition) -> dict[str, int]:
    return {"enrolment": recognition.enrolment_id, "module": recognition.module_id}


def _chosen(recognition: Recognition) -> dict[str, int | None]:
    """What of the trainee's was opened to those who decide."""
    return {
        "credential": recognition.credential_id,
        "passed_in": recognition.passed_in_id,
        "passed_module": recognition.passed_module_id,
    }


def _deciders(recognition: Recognition) -> list[Recipient]:
    return people_of(recognition.school_id, *DECIDERS)
