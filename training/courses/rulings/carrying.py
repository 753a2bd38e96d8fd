"""Carrying out what a ruling orders: each kind as one move of many, inside the transaction of its signing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from training.courses.enrolments import moving
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.moving import Order, Passage
from training.courses.enrolments.workflow import Event, Notice
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.rulings.models import Ruling
from training.courses.rulings.prospects import Prospect
from training.courses.rulings.workflow import Kind
from training.kernel.policy import Actor

Doing = Callable[[Actor, Sequence[Prospect], Order], None]


def carry_out(actor: Actor, ruling: Ruling, found: Sequence[Prospect], *, number: str, on: date) -> None:
    """Moves everybody and writes into the lines where each stood; against nobody stands anything."""
    words = {one.line.enrolment_id: one.line.words for one in found if one.line.words}
    order = Order(ruling.id, number, on, words)
    for one in found:
        one.line.was = one.line.enrolment.state
    doing = REVERSE if ruling.corrects_id is not None else DO
    doing[ruling.kind](actor, found, order)


def _people(found: Sequence[Prospect]) -> list[Enrolment]:
    return [one.line.enrolment for one in found]


def _enrol(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    moving.stay(actor, _people(found), None, Event.ORDERED, Notice.ORDERED, order=order)


def _practise(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    """The placements move where they are; nobody's study does."""


def _transfer(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    moving.leave(actor, _people(found), "transfer", Event.TRANSFERRED, None, order=order)
    _arrive(actor, found, order, Notice.TRANSFERRED)


def _arrive(actor: Actor, found: Sequence[Prospect], order: Order, notice: Notice) -> None:
    """Everybody begins in the cohort they are sent to; the lines name the new enrolments."""
    passages = [Passage(one.line.enrolment, one.to, one.seat.id) for one in found if one.to is not None and one.seat is not None]
    made = moving.arrive(actor, passages, notice, order=order)
    for one, enrolment in zip(found, made, strict=True):
        one.line.made_id = enrolment.id


def _pause(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    moving.stay(actor, _people(found), "take_leave", Event.ON_LEAVE, Notice.ON_LEAVE, order=order)


def _defer(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    moving.leave(actor, _people(found), "defer", Event.DEFERRED, Notice.DEFERRED, order=order)


def _resume(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    paused = [one for one in found if one.line.was is EnrolmentState.ON_LEAVE]
    moving.stay(actor, _people(paused), "come_back", Event.BACK, Notice.BACK, order=order)
    deferred = [one for one in found if one.line.was is EnrolmentState.DEFERRED]
    moving.note(actor, _people(deferred), Event.RESUMED, order=order)
    _arrive(actor, deferred, order, Notice.ENROLLED)


def _expel(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    moving.leave(actor, _people(found), "expel", Event.EXPELLED, Notice.EXPELLED, order=order)


def _graduate(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    moving.stay(actor, _people(found), "complete", Event.COMPLETED, Notice.COMPLETED, order=order)


def _take_back(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    """Nobody had moved: it is written down, and each is told."""
    moving.stay(actor, _people(found), None, Event.RESTORED, Notice.RESTORED, order=order)


def _end_leave(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    moving.stay(actor, _people(found), "come_back", Event.RESTORED, Notice.RESTORED, order=order)


def _leave_again(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    moving.stay(actor, _people(found), "take_leave", Event.RESTORED, Notice.RESTORED, order=order)


def _restore(actor: Actor, found: Sequence[Prospect], order: Order) -> None:
    """Back to where each had been; what had begun elsewhere by the ruling ends."""
    begun = [one.line.reverses.made for one in found if one.line.reverses is not None and one.line.reverses.made is not None]
    moving.leave(actor, begun, "transfer", Event.TRANSFERRED, None, order=order)
    studied = [one.line.enrolment for one in found if one.becomes is EnrolmentState.ENROLLED]
    paused = [one.line.enrolment for one in found if one.becomes is EnrolmentState.ON_LEAVE]
    moving.restore(actor, studied, "restore", order=order)
    moving.restore(actor, paused, "restore_to_leave", order=order)


DO: Mapping[Kind, Doing] = {
    Kind.ENROLMENT: _enrol,
    Kind.TRANSFER: _transfer,
    Kind.LEAVE: _pause,
    Kind.DEFERRAL: _defer,
    Kind.RETURN: _resume,
    Kind.EXPULSION: _expel,
    Kind.GRADUATION: _graduate,
    Kind.PRACTICE: _practise,
}
"""What a ruling of each kind does."""
REVERSE: Mapping[Kind, Doing] = {
    Kind.ENROLMENT: _take_back,
    Kind.TRANSFER: _restore,
    Kind.LEAVE: _end_leave,
    Kind.DEFERRAL: _restore,
    Kind.RETURN: _leave_again,
    Kind.EXPULSION: _restore,
    Kind.GRADUATION: _take_back,
    Kind.PRACTICE: _practise,
}
"""What a correction of each kind does."""
