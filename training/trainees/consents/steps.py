"""The consents that a step of a minor waits for: wanted when the step begins to wait, not needed any more when it is over."""

from datetime import datetime

from training.audit.services import record
from training.kernel import clock
from training.kernel.db import Record, db
from training.kernel.policy import Actor, System
from training.notices.services import notify
from training.trainees.consents import queries
from training.trainees.consents.models import TEXT_VERSION, Consent
from training.trainees.consents.services import ask_for_step
from training.trainees.consents.workflow import LIFECYCLE, Event, How, Notice, Purpose, State
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import reach
from training.turns.services import begin, move

CLOCKWORK = System("consents.need")


def need(trainee: Trainee, purpose: Purpose, step: Record, *, school_id: int, about: str, until: datetime) -> None:
    """A step of a minor waits for a guardian from now on, inside the running transaction.

    Whoever was asked for this minor before is written to at once; if nobody was, the trainee is told to name somebody. An answer that is
    there already, on paper say, counts.
    """
    if not trainee.is_minor():
        return
    consent = queries.about(step.__tablename__, step.id)
    if consent is None:
        consent = _wanted(CLOCKWORK, trainee, purpose, step, school_id=school_id, about=about, until=until)
    elif consent.state is State.GIVEN:
        return
    consent.until_at = until
    guardian = queries.known_guardian(trainee.id)
    if guardian is not None:
        ask_for_step(CLOCKWORK, consent, guardian)
    else:
        notify(Notice.WANTED, consent, to=reach(trainee), until_at=until)


def take_paper(actor: Actor, trainee: Trainee, purpose: Purpose, step: Record, *, school_id: int, about: str) -> None:
    """A signed paper among the documents of a step was accepted: it counts as the answer, inside the running transaction."""
    if not trainee.is_minor():
        return
    consent = queries.about(step.__tablename__, step.id)
    if consent is None:
        consent = _wanted(actor, trainee, purpose, step, school_id=school_id, about=about, until=None)
    if consent.state is State.GIVEN:
        return
    move(actor, LIFECYCLE, "accept_paper", consent)
    consent.given_at, consent.withdrawn_at, consent.how, consent.reason = clock.now(), None, How.PAPER, None
    record(actor, Event.GIVEN, consent, trainee=trainee.id, how=How.PAPER)


def drop_paper(actor: Actor, step: Record) -> None:
    """The paper that counted was sent back: nothing is agreed to by it, inside the running transaction."""
    consent = queries.about(step.__tablename__, step.id)
    if consent is None or consent.state is not State.GIVEN or consent.how is not How.PAPER:
        return
    move(actor, LIFECYCLE, "withdraw", consent)
    consent.withdrawn_at = clock.now()
    record(actor, Event.WITHDRAWN, consent, trainee=consent.trainee_id)


def lapse(step: Record) -> None:
    """The step is over: whoever has not agreed is waited for no more, inside the running transaction."""
    consent = queries.about(step.__tablename__, step.id)
    if consent is None or not LIFECYCLE.can("lapse", consent.state):
        return
    move(CLOCKWORK, LIFECYCLE, "lapse", consent)
    record(CLOCKWORK, Event.LAPSED, consent, trainee=consent.trainee_id)


def _wanted(
    actor: Actor, trainee: Trainee, purpose: Purpose, step: Record, *, school_id: int, about: str, until: datetime | None
) -> Consent:
    consent = Consent(
        trainee=trainee,
        purpose=purpose,
        state=State.WANTED,
        text_version=TEXT_VERSION,
        school_id=school_id,
        subject_kind=step.__tablename__,
        subject_id=step.id,
        about=about[:200],
        until_at=until,
    )
    db.session.add(consent)
    begin(actor, LIFECYCLE, consent, due=until)
    record(actor, Event.WANTED, consent, trainee=trainee.id, step=step.id)
    return consent
