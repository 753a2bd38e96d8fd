"""Who sees and makes which ruling, and why somebody cannot be ordered what a line says."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Select, false, select

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Funding
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.rulings.models import Ruling, RulingLine
from training.courses.rulings.workflow import SOURCES, Kind, State
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds

Against = list[str | LazyString]
TAKES_IN = (CohortState.PLANNED, CohortState.OPEN, CohortState.CLOSED, CohortState.RUNNING)
"""Cohorts that somebody can come into by a ruling."""


def visible_to(actor: Actor) -> Select[Ruling]:
    """A school's own, to its members: a ruling names many people."""
    match actor:
        case System():
            return select(Ruling)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Ruling).where(Ruling.school_id == mine)
        case _:
            return select(Ruling).where(false())


def lines_visible_to(actor: Actor) -> Select[RulingLine]:
    """Signed lines: to the school's members, and to the trainee they are about."""
    signed = select(RulingLine).join(Ruling, Ruling.id == RulingLine.ruling_id).where(Ruling.state == State.SIGNED)
    match actor:
        case System():
            return signed
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return signed.where(RulingLine.school_id == mine)
        case Learner(trainee_id=me):
            return signed.where(RulingLine.enrolment_id.in_(select(Enrolment.id).where(Enrolment.trainee_id == me)))
        case _:
            return signed.where(false())


def can_list(actor: Actor, subject: object = None) -> bool:
    """Schools list their rulings."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL


def can_see(actor: Actor, ruling: Ruling) -> bool:
    """The school's people."""
    return isinstance(actor, Member) and actor.organisation_id == ruling.school_id


def can_download(actor: Actor, ruling: Ruling) -> bool:
    """The school's people."""
    return can_see(actor, ruling)


def can_see_of_cohort(actor: Actor, cohort: Cohort) -> bool:
    """The people of the cohort's school."""
    return isinstance(actor, Member) and actor.organisation_id == cohort.school_id


def can_draft(actor: Actor, cohort: Cohort) -> bool:
    """Managers and teachers prepare rulings."""
    return holds(actor, Role.MANAGER, Role.TEACHER, at=cohort.school_id)


def can_edit(actor: Actor, ruling: Ruling) -> bool:
    """Managers and teachers prepare rulings."""
    return holds(actor, Role.MANAGER, Role.TEACHER, at=ruling.school_id)


def can_sign(actor: Actor, ruling: Ruling) -> bool:
    """Managers sign for the school."""
    return holds(actor, Role.MANAGER, at=ruling.school_id)


def can_drop(actor: Actor, ruling: Ruling) -> bool:
    """Whoever may prepare it."""
    return can_edit(actor, ruling)


def can_correct(actor: Actor, ruling: Ruling) -> bool:
    """Whoever may prepare rulings."""
    return can_edit(actor, ruling)


@dataclass
class Facts:
    """What decides whether lines can be carried out: as things stand, and as the lines before leave them."""

    today: date
    pools: Mapping[int, Mapping[Funding, SeatPool]] = field(default_factory=dict)
    """The seats of the cohorts that lines lead to, by cohort and who pays."""
    free: dict[int, int] = field(default_factory=dict)
    """Seats free in each pool; each line that takes one leaves one less."""
    standing: Collection[tuple[int, int]] = ()
    """Who (trainee) has a seat or waits in which of the cohorts that lines lead to."""
    enrolled_by: Mapping[int, str] = field(default_factory=dict)
    """The number of the ruling that ordered an enrolment."""
    resumed: Collection[int] = ()
    """Enrolments that were deferred and have gone on in another cohort."""
    lacking: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Of those who are sent to learn another programme: what each (trainee) has not completed of what that cohort builds on."""
    reversed_by: Mapping[int, str] = field(default_factory=dict)
    """Of a line that was taken back: the number of the ruling that did."""

    def take(self, pool_id: int) -> bool:
        """One seat less for those who follow; False when none is left."""
        left = self.free.get(pool_id, 0)
        self.free[pool_id] = left - 1
        return left > 0


def why_not_edit(ruling: Ruling) -> Against:
    """A ruling changes only before it is signed."""
    if ruling.state is State.SIGNED:
        return [_l("This ruling is signed and does not change any more. Correct it by a further ruling.")]
    return [_l("This ruling was dropped. Prepare a new one.")] if ruling.state is State.DROPPED else []


def why_not_add(ruling: Ruling) -> Against:
    """A correction names those whom the corrected ruling named."""
    return [_l("A correction is over the people of the ruling that it corrects.")] if ruling.corrects_id is not None else []


def why_not_correct(ruling: Ruling) -> Against:
    """A signed ruling is corrected, and a correction is not."""
    if ruling.state is not State.SIGNED:
        return [_l("Only a signed ruling can be corrected. Change the draft instead.")]
    if ruling.corrects_id is not None:
        return [_l("This ruling is a correction itself. Order anew what should hold.")]
    return []


def why_not_sign(ruling: Ruling, against: Sequence[Against]) -> Against:
    """Somebody is named, and everybody can be ordered what is written."""
    found = why_not_edit(ruling)
    if not against:
        found.append(_l("Nobody is named in this ruling."))
    if any(against):
        found.append(_l("Not everybody here can be ordered this. Leave them out, or change what is ordered."))
    return found


def why_not_carry_out(ruling: Ruling, line: RulingLine, facts: Facts) -> Against:
    """What stands against one line, in sentences; a seat that it needs is taken from those left for the next."""
    if line.reverses is not None:
        return why_not_reverse(ruling, line, line.reverses, facts)
    enrolment = line.enrolment
    if enrolment.state not in SOURCES[ruling.kind]:
        return [_l("Stands at “%(state)s”, where this cannot be ordered.", state=enrolment.state.label)]
    match ruling.kind:
        case Kind.ENROLMENT if enrolment.id in facts.enrolled_by:
            return [_l("Ruling %(number)s has ordered this enrolment already.", number=facts.enrolled_by[enrolment.id])]
        case Kind.TRANSFER:
            return why_not_transfer(line, facts)
        case Kind.RETURN if enrolment.state is EnrolmentState.DEFERRED:
            return why_not_resume(line, facts)
        case Kind.GRADUATION if enrolment.cohort.state not in (CohortState.RUNNING, CohortState.COMPLETED):
            return [_l("Training has not begun yet.")]
        case Kind.LEAVE if line.from_on is None or line.until_on is None:
            return [_l("Say from when until when.")]
        case Kind.DEFERRAL if line.to_cohort_id is None and line.until_on is None:
            return [_l("Say into which cohort they come back, or when.")]
        case Kind.EXPULSION if line.reason is None:
            return [_l("Say why they are expelled.")]
        case _:
            return []


def why_not_transfer(line: RulingLine, facts: Facts) -> Against:
    """Into another cohort; to repeat a year, into a later one of the same programme."""
    mine, there = line.enrolment.cohort, line.to_cohort
    if there is None or there.id == mine.id:
        return [_l("Say into which other cohort.")]
    if line.repeats and mine.programme_version.programme_id != there.programme_version.programme_id:
        return [_l("A year is repeated in the same programme; %(cohort)s learns another one.", cohort=there.code)]
    if line.repeats and there.starts_on <= mine.starts_on:
        return [_l("A year is repeated in a cohort that began later; %(cohort)s did not.", cohort=there.code)]
    return _why_not_in(line, there, facts)


def why_not_resume(line: RulingLine, facts: Facts) -> Against:
    """Somebody deferred comes back into a cohort, once."""
    if line.enrolment_id in facts.resumed:
        return [_l("Has come back already.")]
    return _why_not_in(line, line.to_cohort, facts) if line.to_cohort is not None else [_l("Say into which cohort they come back.")]


def _why_not_in(line: RulingLine, there: Cohort, facts: Facts) -> Against:
    """The other cohort takes people in, has a seat of the same kind free, and the person is not there yet."""
    if there.state not in TAKES_IN or there.ends_on <= facts.today:
        return [_l("Cohort %(cohort)s is over.", cohort=there.code)]
    if (line.enrolment.trainee_id, there.id) in facts.standing:
        return [_l("Has a seat in cohort %(cohort)s or waits for one there.", cohort=there.code)]
    if (line.enrolment.trainee_id, there.id) in facts.lacking:
        missing = facts.lacking[line.enrolment.trainee_id, there.id]
        return [_l("Has not completed enough of what cohort %(cohort)s builds on: %(missing)s.", cohort=there.code, missing=missing)]
    pool = seat_of(line, facts)
    if pool is None or not facts.take(pool.id):
        paid_by = line.enrolment.pool.funding.label if line.enrolment.pool else ""
        return [_l("Cohort %(cohort)s has no free seat left: %(funding)s.", cohort=there.code, funding=paid_by)]
    return []


def seat_of(line: RulingLine, facts: Facts) -> SeatPool | None:
    """The seats of the other cohort that the same purse pays for."""
    pool = line.enrolment.pool
    return facts.pools.get(line.to_cohort_id or 0, {}).get(pool.funding) if pool is not None else None


def why_not_reverse(ruling: Ruling, line: RulingLine, taken: RulingLine, facts: Facts) -> Against:
    """What a line ordered is taken back while nothing else has happened since."""
    enrolment = line.enrolment
    if taken.id in facts.reversed_by:
        return [_l("Ruling %(number)s has taken this back already.", number=facts.reversed_by[taken.id])]
    if ruling.kind is Kind.GRADUATION:
        return [_l("Completion is not taken back: a credential may rest on it. Revoke the credential instead.")]
    if ruling.kind in (Kind.ENROLMENT, Kind.PRACTICE):
        return []
    if taken.was is EnrolmentState.OFFERED:
        return [_l("The seat was only held then. They can apply again.")]
    if ruling.kind is Kind.RETURN and taken.made_id is not None:
        return [_l("Studies in another cohort since then. Order a transfer or a deferral there.")]
    after = {Kind.LEAVE: EnrolmentState.ON_LEAVE, Kind.RETURN: EnrolmentState.ENROLLED}.get(ruling.kind)
    if after is not None:
        return [] if enrolment.state is after else [_since(enrolment)]
    return _why_not_restore(line, taken, facts)


def _why_not_restore(line: RulingLine, taken: RulingLine, facts: Facts) -> Against:
    """Somebody who had gone gets the seat back."""
    enrolment, made = line.enrolment, taken.made
    if enrolment.state not in (EnrolmentState.TRANSFERRED, EnrolmentState.DEFERRED, EnrolmentState.EXPELLED):
        return [_since(enrolment)]
    if made is not None and made.state not in (EnrolmentState.ENROLLED, EnrolmentState.ON_LEAVE):
        return [_since(made)]
    if line.enrolment_id in facts.resumed:
        return [_l("Has come back already.")]
    if enrolment.cohort.state not in TAKES_IN:
        return [_l("Cohort %(cohort)s is over.", cohort=enrolment.cohort.code)]
    if (enrolment.trainee_id, enrolment.cohort_id) in facts.standing:
        return [_l("Has a seat in cohort %(cohort)s or waits for one there.", cohort=enrolment.cohort.code)]
    if enrolment.pool is None or not facts.take(enrolment.pool.id):
        return [_l("The seat was given away, and cohort %(cohort)s has none free.", cohort=enrolment.cohort.code)]
    return []


def _since(enrolment: Enrolment) -> LazyString:
    return _l("Stands at “%(state)s” since then, so this cannot be taken back.", state=enrolment.state.label)
