"""The move itself: one enrolment ends, another begins, and the roster of the new school takes the trainee over."""

from training.audit.services import record
from training.courses.cohorts.models import SeatPool
from training.courses.enrolments import calling, seats
from training.courses.enrolments import services as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import LIFECYCLE, Event
from training.courses.transfers.models import Transfer
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import System
from training.trainees.disclosures import services as disclosures
from training.trainees.disclosures.workflow import Because
from training.trainees.engagements import services as engagements
from training.trainees.engagements.models import EngagementKind
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import on_roster
from training.turns.services import move


def carry_out(actor: System, transfer: Transfer) -> Enrolment:
    """Both moves inside the running transaction, on the seat that is kept; the old one goes to the next in its queue. Returns the new enrolment."""
    trainee = enrolments.trainee_now(transfer.enrolment.trainee_id)
    freed = _leave(actor, transfer)
    made = _arrive(actor, transfer, trainee)
    _settle(trainee, transfer)
    if freed is not None:
        seats.free(freed)
        db.session.flush()  # whoever moves up is found by what stands in the tables
        calling.promote(transfer.enrolment.cohort, freed)
    return made


def _leave(actor: System, transfer: Transfer) -> int | None:
    """The study at the old school ends today; gives the seat that becomes free."""
    enrolment = transfer.enrolment
    today = clock.today(transfer.sending.zone)
    move(actor, LIFECYCLE, "transfer", enrolment)
    enrolment.ended_on, enrolment.claim_until_at = today, None
    engagements.end(enrolment, on=today)
    record(actor, Event.TRANSFERRED, enrolment, transfer=transfer.id, to=transfer.receiving_id)
    return enrolment.pool_id


def _arrive(actor: System, transfer: Transfer, trainee: Trainee) -> Enrolment:
    """The study at the new school begins, on the seat that it kept."""
    cohort, pool = transfer.cohort, db.session.get_one(SeatPool, transfer.pool_id)
    made = enrolments.add(cohort, trainee, [pool], pool)
    begins = max(cohort.starts_on, clock.today(transfer.receiving.zone))
    record(actor, Event.ARRIVED, made, transfer=transfer.id, pool=pool.id)
    disclosures.disclose(actor, trainee, Because.ENROLMENT, made, to=made.school_id, first=True)
    engagements.engage(trainee, EngagementKind.STUDY, made, at=made.school_id, from_on=begins, until_on=max(begins, cohort.ends_on))
    return made


def _settle(trainee: Trainee, transfer: Transfer) -> None:
    """The roster of the new school has them, unless a row of the same person stands there that nobody has claimed; the old group is not theirs any more."""
    if trainee.school_id != transfer.sending_id or on_roster(transfer.receiving_id, [trainee.identity_key]):
        return
    trainee.school_id, trainee.group_code = transfer.receiving_id, None
