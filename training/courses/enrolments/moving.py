"""Many people moved at once by a ruling: the verbs of one person, set-based; inside the transaction of whoever orders it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from training.audit.services import record
from training.courses.cohorts.models import Cohort
from training.courses.enrolments import calling, seats
from training.courses.enrolments.models import Enrolment, EnrolmentChoice
from training.courses.enrolments.workflow import LIFECYCLE, Event, Notice, State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.policy import Actor, NotNow
from training.kernel.workflow import Party
from training.notices.services import notify
from training.trainees.disclosures import services as disclosures
from training.trainees.disclosures.workflow import Because
from training.trainees.engagements import services as engagements
from training.trainees.engagements.models import EngagementKind
from training.trainees.profiles.queries import reach
from training.turns.services import answered, move_each


@dataclass(frozen=True)
class Order:
    """Which ruling orders the moves, on which day of the school, and what it says of each enrolment by key."""

    ruling_id: int
    number: str
    on: date
    words: Mapping[int, str]


@dataclass(frozen=True)
class Passage:
    """Somebody's way into another cohort: from which enrolment, where to, on whose seat."""

    enrolment: Enrolment
    cohort: Cohort
    pool_id: int


def stay(actor: Actor, people: Sequence[Enrolment], verb: str | None, event: Event, notice: Notice, *, order: Order) -> None:
    """Those who keep their seats (the enrolments with their trainees): on leave, back, finished, or as they were (no verb)."""
    if verb is not None:
        move_each(actor, LIFECYCLE, verb, people)
    if verb == "complete":
        engagements.end_each(people, on=order.on)
        for enrolment in people:
            enrolment.ended_on = order.on
    _tell(actor, people, event, notice, order=order)


def note(actor: Actor, people: Sequence[Enrolment], event: Event, *, order: Order) -> None:
    """What happened to them elsewhere is written into their history, and the school waits for it no more."""
    for enrolment in people:
        answered(enrolment, Party.SCHOOL)
    _tell(actor, people, event, None, order=order)


def leave(actor: Actor, people: Sequence[Enrolment], verb: str, event: Event, notice: Notice | None, *, order: Order) -> None:
    """Those who give their seats back, of one cohort; each goes to the next in its queue."""
    held = [one for one in people if one.state is State.OFFERED]
    move_each(actor, LIFECYCLE, verb, people)
    engagements.end_each(people, on=order.on)
    for enrolment in people:
        enrolment.ended_on, enrolment.claim_until_at = order.on, None
    for enrolment in held:
        disclosures.withdraw(actor, enrolment.trainee, Because.ENROLMENT, enrolment)
    _tell(actor, people, event, notice, order=order)
    for enrolment in held:
        if enrolment.bond_id is not None:
            calling.loosen(enrolment, enrolment.cohort)
    given = Counter(one.pool_id for one in people if one.pool_id is not None)
    cohorts = {one.pool_id: one.cohort for one in people}
    for pool_id, number in sorted(given.items()):
        seats.free_several(pool_id, number)
    db.session.flush()  # whoever moves up is found by what stands in the tables
    for pool_id in sorted(given):
        calling.promote(cohorts[pool_id], pool_id)


def arrive(actor: Actor, passages: Sequence[Passage], notice: Notice, *, order: Order) -> list[Enrolment]:
    """A new enrolment on a seat of the other cohort for each; NotNow when the seats were taken meanwhile."""
    for pool_id, number in sorted(Counter(one.pool_id for one in passages).items()):
        _take(pool_id, number)
    made = [
        Enrolment(
            school_id=one.cohort.school_id,
            cohort_id=one.cohort.id,
            cohort=one.cohort,
            trainee=one.enrolment.trainee,
            applied_at=clock.now(),
            state=State.ENROLLED,
            pool_id=one.pool_id,
            enrolled_on=order.on,
        )
        for one in passages
    ]
    db.session.add_all(made)
    db.session.flush()  # events and engagements refer to the new keys
    db.session.add_all(EnrolmentChoice(enrolment_id=one.id, pool_id=one.pool_id, place=1) for one in made if one.pool_id)
    for enrolment in made:
        disclosures.disclose(actor, enrolment.trainee, Because.ENROLMENT, enrolment, to=enrolment.school_id, first=True)
        _engage(enrolment, enrolment.cohort, order.on)
    _tell(actor, made, Event.ARRIVED, notice, order=order)
    return made


def restore(actor: Actor, people: Sequence[Enrolment], verb: str, *, order: Order) -> None:
    """Those who had gone hold their seats again, if there still are any; NotNow when they were taken meanwhile."""
    for pool_id, number in sorted(Counter(one.pool_id for one in people if one.pool_id).items()):
        _take(pool_id, number)
    move_each(actor, LIFECYCLE, verb, people)
    engagements.forget_each(people)
    for enrolment in people:
        enrolment.ended_on = None
        _engage(enrolment, enrolment.cohort, order.on)
    _tell(actor, people, Event.RESTORED, Notice.RESTORED, order=order)


def _take(pool_id: int, number: int) -> None:
    if not seats.take_several(pool_id, number):
        raise NotNow(_l("The seats that this needs were taken meanwhile. Look at the preview again."))


def _engage(enrolment: Enrolment, cohort: Cohort, on: date) -> None:
    """Where the person is from now on, or from the cohort's first day if that is still to come."""
    begins = max(cohort.starts_on, enrolment.enrolled_on or on)
    engagements.engage(
        enrolment.trainee, EngagementKind.STUDY, enrolment, at=enrolment.school_id, from_on=begins, until_on=max(begins, cohort.ends_on)
    )


def _tell(actor: Actor, people: Sequence[Enrolment], event: Event, notice: Notice | None, *, order: Order) -> None:
    """Each one's event names the ruling, and each is told."""
    for enrolment in people:
        words = order.words.get(enrolment.id)
        said = {"ruling": f"№ {order.number}"} | ({"reason": words} if words else {})
        record(actor, event, enrolment, detail=said, ruling=order.ruling_id, pool=enrolment.pool_id)
        if notice is not None:
            notify(notice, enrolment, to=reach(enrolment.trainee))
