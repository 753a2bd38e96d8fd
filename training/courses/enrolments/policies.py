"""Who sees which enrolment, and who applies, decides, withdraws."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, false, select

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.policies import can_change_seats as may_change_seats
from training.courses.cohorts.policies import can_renew as may_renew
from training.courses.cohorts.workflow import Admission
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds


def visible_to(actor: Actor) -> Select[Enrolment]:
    """One's own; those in a school's cohorts to its members."""
    match actor:
        case System():
            return select(Enrolment)
        case Learner(trainee_id=me):
            return select(Enrolment).where(Enrolment.trainee_id == me)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Enrolment).where(Enrolment.school_id == mine)
        case _:
            return select(Enrolment).where(false())


def own(actor: Actor, enrolment: Enrolment) -> bool:
    """The trainee's own."""
    return isinstance(actor, Learner) and actor.trainee_id == enrolment.trainee_id


def leads(actor: Actor, enrolment: Enrolment) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=enrolment.school_id)


def can_apply(actor: Actor, cohort: Cohort) -> bool:
    """Any trainee, for oneself."""
    return isinstance(actor, Learner)


def can_admit(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school, for people on its roster."""
    return holds(actor, Role.MANAGER, at=cohort.school_id)


def can_see(actor: Actor, enrolment: Enrolment) -> bool:
    """The trainee, and the school's people."""
    return own(actor, enrolment) or (isinstance(actor, Member) and actor.organisation_id == enrolment.school_id)


def can_list_mine(actor: Actor, subject: object = None) -> bool:
    """Trainees."""
    return isinstance(actor, Learner)


def can_see_roster(actor: Actor, cohort: Cohort) -> bool:
    """The people of the cohort's school."""
    return isinstance(actor, Member) and actor.organisation_id == cohort.school_id


def can_claim(actor: Actor, enrolment: Enrolment) -> bool:
    """The trainee for whom the seat is held."""
    return own(actor, enrolment)


def can_decline(actor: Actor, enrolment: Enrolment) -> bool:
    """The trainee for whom the seat is held."""
    return own(actor, enrolment)


def can_withdraw(actor: Actor, enrolment: Enrolment) -> bool:
    """The trainee."""
    return own(actor, enrolment)


def can_refuse(actor: Actor, enrolment: Enrolment) -> bool:
    """Managers of the school."""
    return leads(actor, enrolment)


def can_expel(actor: Actor, enrolment: Enrolment) -> bool:
    """Managers of the school."""
    return leads(actor, enrolment)


def can_take_leave(actor: Actor, enrolment: Enrolment) -> bool:
    """Managers of the school, at the trainee's wish."""
    return leads(actor, enrolment)


def can_come_back(actor: Actor, enrolment: Enrolment) -> bool:
    """Managers of the school."""
    return leads(actor, enrolment)


def can_complete(actor: Actor, enrolment: Enrolment) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, Role.MANAGER, Role.TEACHER, at=enrolment.school_id)


def can_complete_all(actor: Actor, cohort: Cohort) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, Role.MANAGER, Role.TEACHER, at=cohort.school_id)


def can_change_seats(actor: Actor, cohort: Cohort) -> bool:
    """Whoever plans the cohort."""
    return may_change_seats(actor, cohort)


def can_renew(actor: Actor, cohort: Cohort) -> bool:
    """Whoever plans the cohort."""
    return may_renew(actor, cohort)


def why_not_apply(cohort: Cohort, *, today: date, pools: Sequence[SeatPool]) -> list[str | LazyString]:
    """Applications are open, and a kind of seat has been named."""
    if cohort.state is not CohortState.OPEN or not cohort.opens_on <= today <= cohort.closes_on:
        return [_l("Applications for this cohort are not open.")]
    if cohort.admission is not Admission.ORDER_OF_ARRIVAL:
        return [_l("Seats of this cohort are given by selection. Open the programme's page again and apply there.")]
    if not pools:
        return [_l("Choose at least one kind of seat.")]
    return []


def why_not_join(cohort: Cohort, *, today: date) -> list[str | LazyString]:
    """Training has not begun, and seats can still be joined; applications need not be open."""
    if cohort.state in (CohortState.PLANNED, CohortState.OPEN, CohortState.CLOSED) and today <= cohort.joins_until_on:
        return []
    return [_l("The last day to join this cohort is over.")]


def why_not_leave_queue(enrolment: Enrolment) -> list[str | LazyString]:
    """Somebody who waits may take another seat; whoever has one may not."""
    if enrolment.state is State.OFFERED:
        return [_l("A seat of this cohort is held for you already. Take it, or give it up first.")]
    return [] if enrolment.state is State.WAITLISTED else [_l("You have a seat in this cohort already.")]


def why_not_complete(cohort: Cohort) -> list[str | LazyString]:
    """Training has begun."""
    return [] if cohort.state in (CohortState.RUNNING, CohortState.COMPLETED) else [_l("Training has not begun yet.")]


def gathers(cohort: Cohort) -> bool:
    """Whether free seats are kept for a team until they suffice for all of it: while people can apply. Later they go to the next whom they suffice."""
    return cohort.state is CohortState.OPEN


def promotes(cohort: Cohort, *, today: date) -> bool:
    """Whether a seat that becomes free goes to the next in the queue."""
    return cohort.state in (CohortState.OPEN, CohortState.CLOSED) and today <= cohort.joins_until_on
