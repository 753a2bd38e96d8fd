"""Who sees which assessment, who gives marks, who confirms them, and what must be true."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, false, select

from training.accounts.memberships.models import Membership
from training.courses.assessments.models import Assessment, Result
from training.courses.assessments.workflow import Kind, State
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.models import Enrolment
from training.courses.scales.workflow import ScaleKind
from training.kernel.i18n import LazyString, _l, format_date
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds

MARKERS = (Role.TEACHER, Role.MANAGER)
"""Those who can be named as who gives the marks, and as examiners."""
LEAST = 3
"""People of a commission."""


def visible_to(actor: Actor) -> Select[Assessment]:
    """Trainees: those of the cohorts they were in. Schools: their own."""
    match actor:
        case System():
            return select(Assessment)
        case Learner(trainee_id=me):
            mine = select(Enrolment.cohort_id).where(Enrolment.trainee_id == me)
            return select(Assessment).where(Assessment.cohort_id.in_(mine))
        case Member(kind=OrganisationKind.SCHOOL, organisation_id=mine):
            return select(Assessment).where(Assessment.school_id == mine)
        case _:
            return select(Assessment).where(false())


def can_show(actor: Actor, assessment: Assessment) -> bool:
    """The school's people; trainees read their own results on a page of their own."""
    return isinstance(actor, Member) and actor.organisation_id == assessment.school_id


def can_add(actor: Actor, cohort: Cohort) -> bool:
    """Managers and teachers of the school."""
    return holds(actor, *MARKERS, at=cohort.school_id)


def can_add_demonstration(actor: Actor, cohort: Cohort) -> bool:
    """Managers and teachers of the school."""
    return can_add(actor, cohort)


def can_grade(actor: Actor, assessment: Assessment) -> bool:
    """The teacher of the assessment, and the school's managers."""
    mine = isinstance(actor, Member) and assessment.teacher.account_id == actor.account_id
    return (mine and holds(actor, *MARKERS, at=assessment.school_id)) or holds(actor, Role.MANAGER, at=assessment.school_id)


def can_edit(actor: Actor, assessment: Assessment) -> bool:
    """The teacher of the assessment, and the school's managers."""
    return can_grade(actor, assessment)


def can_cancel(actor: Actor, assessment: Assessment) -> bool:
    """The teacher of the assessment, and the school's managers."""
    return can_grade(actor, assessment)


def can_hand_in(actor: Actor, assessment: Assessment) -> bool:
    """The teacher of the assessment, and the school's managers."""
    return can_grade(actor, assessment)


def can_correct(actor: Actor, result: Result) -> bool:
    """The teacher of the assessment, and the school's managers."""
    return can_grade(actor, result.assessment)


def can_confirm(actor: Actor, assessment: Assessment) -> bool:
    """The chair of the commission."""
    chair = assessment.chair
    return (
        isinstance(actor, Member)
        and actor.organisation_id == assessment.school_id
        and chair is not None
        and chair.membership is not None
        and chair.membership.account_id == actor.account_id
    )


def can_send_back(actor: Actor, assessment: Assessment) -> bool:
    """The chair of the commission."""
    return can_confirm(actor, assessment)


def why_not_add(cohort: Cohort, *, held_on: date, kind: ScaleKind | None, maximum: int | None) -> list[str | LazyString]:
    """While the cohort studies, on a day of its study, by a scale that the school has; percents need points."""
    sentences: list[str | LazyString] = []
    if cohort.state not in (CohortState.CLOSED, CohortState.RUNNING, CohortState.COMPLETED):
        sentences.append(_l("Assessments begin with the training. This cohort has not got that far."))
    if held_on < cohort.starts_on:
        first = format_date(cohort.starts_on, relative=False, weekday=False)
        sentences.append(_l("The training begins on %(day)s; an assessment is held then or later.", day=first))
    if kind is None:
        sentences.append(_l("The school has no edition of this scale that holds on that day."))
    if kind is ScaleKind.PERCENT and maximum is None:
        sentences.append(_l("A percent needs the number of points there are."))
    return sentences


def why_not_commission(teacher: Membership, chair: Membership, others: Sequence[Membership | str]) -> list[str | LazyString]:
    """Three people at least, each once; the chair is somebody else than who gives the marks."""
    sentences: list[str | LazyString] = []
    people = [chair.account_id, *(one if isinstance(one, str) else one.account_id for one in others)]
    if len(set(people)) < LEAST:
        sentences.append(_l("A commission has at least three people: the chair and two more."))
    if len(set(people)) < len(people):
        sentences.append(_l("Somebody is named twice in the commission."))
    if chair.account_id == teacher.account_id:
        sentences.append(_l("The chair confirms the results, so somebody else gives them."))
    return sentences


def why_not_edit(assessment: Assessment, *, maximum: int | None, marked: bool) -> list[str | LazyString]:
    """While it is marked; points stay once a result was given by them."""
    if assessment.state is not State.MARKING:
        return [_l("This is %(state)s now, so it does not change any more.", state=str(assessment.state.label).lower())]
    if marked and maximum != assessment.maximum:
        return [_l("Results were given out of the points there were, so their number stays.")]
    if maximum is None and assessment.edition.kind is ScaleKind.PERCENT:
        return [_l("A percent needs the number of points there are.")]
    return []


def why_not_cancel(*, marked: bool) -> list[str | LazyString]:
    """Nothing was marked."""
    return [_l("There are results already. They stay, and so does the assessment.")] if marked else []


def why_not_grade(assessment: Assessment, *, today: date) -> list[str | LazyString]:
    """While it is marked, from its day on."""
    if assessment.state is not State.MARKING:
        return [_l("This is %(state)s now: no result can be given.", state=str(assessment.state.label).lower())]
    if assessment.held_on > today:
        day = format_date(assessment.held_on, relative=False, weekday=False)
        return [_l("It is held on %(day)s. Results are given from that day on.", day=day)]
    return []


def why_not_correct(assessment: Assessment, *, replaced: bool) -> list[str | LazyString]:
    """The result counts, and the chair is not looking at it."""
    if assessment.state is State.HANDED_IN:
        return [_l("The chair is looking at the results. Wait for the answer.")]
    return [_l("Somebody has corrected this result already. Look at it again.")] if replaced else []


def why_not_hand_in(assessment: Assessment, *, marked: bool) -> list[str | LazyString]:
    """A demonstration exam with results."""
    if assessment.kind is not Kind.DEMONSTRATION:
        return [_l("Only the results of a demonstration exam are confirmed by a chair.")]
    return [] if marked else [_l("There is no result yet.")]


def why_not_confirm(*, own: bool) -> list[str | LazyString]:
    """Nobody confirms what they gave themselves."""
    return [_l("You gave some of these results yourself, so somebody else is to be the chair.")] if own else []
