"""Who applies, who checks and scores, who publishes lists and offers seats; and what stands against it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, false, select

from training.courses.cohorts.models import Cohort, SeatPool
from training.courses.cohorts.workflow import Admission
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import WAITING
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections.models import Candidacy, Criterion, Document, PriorityGroup, Ranking
from training.courses.selections.workflow import State, What
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds

CHECKERS = (Role.MANAGER, Role.TEACHER)
"""Who looks at what applicants bring."""
MOST = 5
"""Applications with a priority that one person may have open."""
BEFORE_TRAINING = (CohortState.OPEN, CohortState.CLOSED)
Sentences = list[str | LazyString]


def visible_to(actor: Actor) -> Select[Candidacy]:
    """One's own; those of a school's cohorts to the people who check them."""
    match actor:
        case System():
            return select(Candidacy)
        case Learner(trainee_id=me):
            return select(Candidacy).join(Enrolment, Enrolment.id == Candidacy.enrolment_id).where(Enrolment.trainee_id == me)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Candidacy).where(Candidacy.school_id == mine)
        case _:
            return select(Candidacy).where(false())


def documents_visible_to(actor: Actor) -> Select[Document]:
    """The documents of the candidacies that one sees."""
    return select(Document).where(Document.candidacy_id.in_(visible_to(actor).with_only_columns(Candidacy.id)))


def groups_visible_to(actor: Actor) -> Select[PriorityGroup]:
    """A school's own to its members."""
    match actor:
        case System():
            return select(PriorityGroup)
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(PriorityGroup).where(PriorityGroup.school_id == mine)
        case _:
            return select(PriorityGroup).where(false())


def own(actor: Actor, candidacy: Candidacy) -> bool:
    """The applicant's own."""
    return isinstance(actor, Learner) and actor.trainee_id == candidacy.enrolment.trainee_id


def can_apply(actor: Actor, cohort: Cohort) -> bool:
    """Any trainee, for oneself."""
    return isinstance(actor, Learner)


def can_list_mine(actor: Actor, subject: object = None) -> bool:
    """Trainees."""
    return isinstance(actor, Learner)


def can_list(actor: Actor, cohort: Cohort) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, *CHECKERS, at=cohort.school_id)


def can_see(actor: Actor, candidacy: Candidacy) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, *CHECKERS, at=candidacy.school_id)


def can_open(actor: Actor, document: Document) -> bool:
    """Whoever brought it and whoever checks it."""
    return holds(actor, *CHECKERS, at=document.school_id) or own(actor, document.candidacy)


def can_bring(actor: Actor, document: Document) -> bool:
    """The applicant."""
    return own(actor, document.candidacy)


def can_accept(actor: Actor, document: Document) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, *CHECKERS, at=document.school_id)


def can_send_back(actor: Actor, document: Document) -> bool:
    """Managers and teachers of the school."""
    return can_accept(actor, document)


def can_score(actor: Actor, candidacy: Candidacy) -> bool:
    """Managers and teachers of the school."""
    return can_see(actor, candidacy)


def can_lead(actor: Actor, cohort: Cohort) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=cohort.school_id)


def can_decide(actor: Actor, candidacy: Candidacy) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=candidacy.school_id)


def can_keep_groups(actor: Actor, subject: object = None) -> bool:
    """Managers of a school."""
    return isinstance(actor, Member) and actor.kind is OrganisationKind.SCHOOL and Role.MANAGER in actor.roles


def can_end_group(actor: Actor, group: PriorityGroup) -> bool:
    """Managers of the school."""
    return holds(actor, Role.MANAGER, at=group.school_id)


def why_not_apply(cohort: Cohort, *, today: date, pools: Sequence[SeatPool], used: Collection[int | None]) -> Sentences:
    """Applications are open, a kind of seat has been named, and there is a priority left to give."""
    if cohort.admission is not Admission.SELECTION:
        return [_l("Seats of this cohort go in the order people apply. Open the programme's page again and take a seat there.")]
    if cohort.state is not CohortState.OPEN or not cohort.opens_on <= today <= cohort.closes_on:
        return [_l("Applications for this cohort are not open.")]
    if not pools:
        return [_l("Choose at least one kind of seat.")]
    if len(used) >= MOST:
        return [_l("You have %(most)d applications open, as many as there are priorities. Withdraw one first.", most=MOST)]
    return []


def why_not_bring(document: Document) -> Sentences:
    """Before the seats are given, and while it is not accepted; a guardian's consent as long as a seat is held for it."""
    if document.candidacy.enrolment.state not in (*WAITING, *_held(document)):
        return [_l("This application is decided; nothing more is brought for it.")]
    if document.state is State.ACCEPTED:
        return [_l("The school has accepted this document already.")]
    return []


def _held(document: Document) -> tuple[EnrolmentState, ...]:
    return (EnrolmentState.OFFERED,) if document.what is What.CONSENT else ()


def why_not_check(document: Document) -> Sentences:
    """While the applicant has no place that others were called by; a guardian's consent, by which nobody is called, until the seat is taken."""
    consent = (EnrolmentState.WAITLISTED, *_held(document)) if document.what is What.CONSENT else ()
    if document.candidacy.enrolment.state not in (EnrolmentState.APPLIED, *consent):
        return [_l("Seats have been offered by the list already, so the documents stay as they were checked.")]
    return []


def why_not_score(candidacy: Candidacy, points: Mapping[int, int | None], criteria: Mapping[int, Criterion]) -> Sentences:
    """Before seats are given by them, and within what a criterion allows."""
    if candidacy.enrolment.state is not EnrolmentState.APPLIED:
        return [_l("Seats have been offered by the list already, so the points stay as they are.")]
    return [
        _l("%(criterion)s: from 0 to %(maximum)d points.", criterion=criteria[key].name, maximum=criteria[key].maximum)
        for key, number in points.items()
        if number is not None and not 0 <= number <= criteria[key].maximum
    ]


def why_not_set_rules(cohort: Cohort, *, applied: int) -> Sentences:
    """Nobody has applied by other rules."""
    if cohort.admission is not Admission.SELECTION:
        return [_l("Seats of this cohort go in the order people apply: nothing is asked for.")]
    if applied:
        return [_l("People have applied by what was asked then, so it stays as it is.")]
    return []


def why_not_publish(cohort: Cohort, *, ranked: int) -> Sentences:
    """By selection, before training, and somebody can be on the list."""
    if cohort.admission is not Admission.SELECTION or cohort.state not in BEFORE_TRAINING:
        return [_l("There is no selection in this cohort now.")]
    if not ranked:
        return [_l("Nobody can be on the list yet: accept the documents of the applicants first.")]
    return []


def why_not_offer(cohort: Cohort, *, ranking: Ranking | None, today: date, until_on: date) -> Sentences:
    """Applications are over, a list is published, and there are days left to take the seats."""
    if cohort.state is not CohortState.CLOSED:
        return [_l("Close the applications first: seats are offered when nobody can come before others any more.")]
    if ranking is None:
        return [_l("Publish the ranked list first: people see by what the seats are given.")]
    if not today <= until_on <= cohort.joins_until_on:
        return [_l("The last day to take a seat lies between today and the last joining day.")]
    return []


def why_not_call(*, given: int, fresh: int) -> Sentences:
    """A seat goes to somebody, or somebody is told for the first time that they wait."""
    return [] if given or fresh else [_l("No seat is free that anybody on the list named.")]


def why_not_set_condition(candidacy: Candidacy, *, today: date, until_on: date) -> Sentences:
    """Before a seat is offered, with a day to come."""
    if candidacy.enrolment.state not in WAITING:
        return [_l("A condition is set before a seat is offered.")]
    return [_l("The day is over. Choose one that is to come.")] if until_on < today else []


def why_not_judge(candidacy: Candidacy) -> Sentences:
    """There is a condition that nobody has judged, of somebody who is still here."""
    if candidacy.condition is None or candidacy.condition_met is not None:
        return [_l("There is no condition to be judged.")]
    if candidacy.enrolment.state not in (*WAITING, EnrolmentState.OFFERED, EnrolmentState.ENROLLED):
        return [_l("This application is over.")]
    return []
