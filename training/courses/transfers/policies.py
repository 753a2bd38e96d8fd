"""Who sees and decides which transfer, and what stands against one."""

from datetime import date

from sqlalchemy import Select, and_, false, or_, select

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.policies import own as own_enrolment
from training.courses.enrolments.workflow import STUDYING
from training.courses.prerequisites.lacking import Lack
from training.courses.rulings.policies import TAKES_IN
from training.courses.transfers.models import Transfer
from training.courses.transfers.workflow import OPEN, READ, State
from training.kernel.i18n import LazyString, _l, format_date
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds

Against = list[str | LazyString]


def visible_to(actor: Actor) -> Select[Transfer]:
    """One's own; those into a school to its people; those out of it once the other school has accepted."""
    match actor:
        case System():
            return select(Transfer)
        case Learner(trainee_id=me):
            return select(Transfer).where(Transfer.enrolment_id.in_(select(Enrolment.id).where(Enrolment.trainee_id == me)))
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            leaving = and_(Transfer.sending_id == mine, Transfer.from_on.is_not(None))
            return select(Transfer).where(or_(Transfer.receiving_id == mine, leaving))
        case _:
            return select(Transfer).where(false())


def can_choose(actor: Actor, enrolment: Enrolment) -> bool:
    """The trainee."""
    return own_enrolment(actor, enrolment)


def can_ask(actor: Actor, enrolment: Enrolment) -> bool:
    """The trainee."""
    return own_enrolment(actor, enrolment)


def own(actor: Actor, transfer: Transfer) -> bool:
    """The trainee's own."""
    return own_enrolment(actor, transfer.enrolment)


def can_withdraw(actor: Actor, transfer: Transfer) -> bool:
    """The trainee."""
    return own(actor, transfer)


def can_list(actor: Actor, subject: object = None) -> bool:
    """Schools."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_show(actor: Actor, transfer: Transfer) -> bool:
    """The people of both schools, of the sending one once the other has accepted."""
    if not isinstance(actor, Member):
        return False
    return actor.organisation_id == transfer.receiving_id or (transfer.from_on is not None and actor.organisation_id == transfer.sending_id)


def can_read(actor: Actor, transfer: Transfer) -> bool:
    """What the trainee has passed: the receiving school's people, unless it came to nothing; the trainee."""
    here = isinstance(actor, Member) and actor.organisation_id == transfer.receiving_id
    return transfer.state in READ and (here or own(actor, transfer))


def can_accept(actor: Actor, transfer: Transfer) -> bool:
    """Managers of the receiving school."""
    return holds(actor, Role.MANAGER, at=transfer.receiving_id)


def can_decline(actor: Actor, transfer: Transfer) -> bool:
    """Those who would accept."""
    return can_accept(actor, transfer)


def can_confirm(actor: Actor, transfer: Transfer) -> bool:
    """Managers of the sending school."""
    return transfer.from_on is not None and holds(actor, Role.MANAGER, at=transfer.sending_id)


def can_refuse(actor: Actor, transfer: Transfer) -> bool:
    """Those who would confirm."""
    return can_confirm(actor, transfer)


def why_not_leave(enrolment: Enrolment) -> Against:
    """While one studies."""
    return [] if enrolment.state in STUDYING else [_l("Only somebody who studies can move, and the study here has ended.")]


def why_not_arrive(cohort: Cohort, *, today: date) -> Against:
    """The cohort is not over, and its last day to join is still ahead."""
    if cohort.state in TAKES_IN and today <= cohort.joins_until_on:
        return []
    return [_l("The last day to join cohort %(cohort)s is over.", cohort=cohort.code)]


def why_not_ask(enrolment: Enrolment, cohort: Cohort, *, today: date, standing: bool, asked: Transfer | None) -> Against:
    """Somebody who studies asks for a cohort of another school that can be joined, where they have no seat, and asks one school at a time."""
    found = [*why_not_leave(enrolment), *why_not_arrive(cohort, today=today)]
    if cohort.school_id == enrolment.school_id:
        found.append(_l("This cohort is at your own school. Ask your school for a move within it."))
    if standing:
        found.append(_l("You have a seat in this cohort already, or wait for one there."))
    if asked is not None:
        found.append(_l("You have asked %(school)s already. Take that back first.", school=asked.receiving.short_name))
    return found


def why_not_accept(transfer: Transfer, *, today: date, standing: bool, lack: Lack | None) -> Against:
    """The trainee studies still and has no seat here, the cohort can be joined, and what its programme builds on is completed or waived."""
    found = [*why_not_leave(transfer.enrolment), *why_not_arrive(transfer.cohort, today=today)]
    if standing:
        found.append(_l("%(trainee)s has a seat in this cohort already, or waits for one.", trainee=transfer.enrolment.trainee.name))
    if lack is not None:
        said = _l(
            "%(trainee)s has not completed enough of what this programme builds on: %(missing)s. "
            "Let them in without it on the programme's page, or decline.",
            trainee=transfer.enrolment.trainee.name,
            missing=lack.titles,
        )
        found.append(said)
    return found


def latest(cohort: Cohort) -> date:
    """The last day on which somebody can begin: the last one to join, or the first day of training where that is later."""
    return max(cohort.joins_until_on, cohort.starts_on)


def why_not_begin(cohort: Cohort, *, on: date, today: date) -> Against:
    """The first day is to come, and not after the last one on which somebody can begin."""
    if today <= on <= latest(cohort):
        return []
    return [
        _l("Choose a day from today to %(day)s, the last one to begin in this cohort.", day=format_date(latest(cohort), relative=False))
    ]


def why_not_sit(pool: SeatPool | None) -> Against:
    """A seat of that kind is free."""
    return [] if pool is not None and pool.free > 0 else [_l("No seat of this kind is free. Choose another one, or add seats first.")]


def why_not_complete(transfer: Transfer, *, standing: bool) -> Against:
    """The trainee studies still, the cohort is not over, and they have no seat there by another way."""
    found = why_not_leave(transfer.enrolment)
    if transfer.cohort.state not in TAKES_IN:
        found.append(_l("Cohort %(cohort)s is over.", cohort=transfer.cohort.code))
    if standing:
        found.append(_l("%(trainee)s has a seat in this cohort already, or waits for one.", trainee=transfer.enrolment.trainee.name))
    return found


def is_stranded(transfer: Transfer, *, today: date, standing: bool) -> bool:
    """Whether an open transfer cannot happen any more; a seat that is kept stays good after the last day to join."""
    if transfer.state is State.ASKED and why_not_arrive(transfer.cohort, today=today):
        return True
    return transfer.state in OPEN and bool(why_not_complete(transfer, standing=standing))


def is_due(transfer: Transfer, *, today: date) -> bool:
    """Whether both schools agreed and the day has come."""
    return transfer.state is State.CONFIRMED and transfer.from_on is not None and transfer.from_on <= today
