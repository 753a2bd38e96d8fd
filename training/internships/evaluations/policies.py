"""Who evaluates a placement, who reads it, and when a placement can be completed."""

from collections.abc import Collection

from sqlalchemy import Select, false, or_, select
from sqlalchemy.orm import aliased

from training.internships.evaluations.models import Evaluation
from training.internships.evaluations.workflow import By
from training.internships.placements import policies as placements
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.kernel import clock
from training.kernel.i18n import LazyString, _l, format_date
from training.kernel.policy import Actor, Learner, Member, OrganisationKind, Role, System, holds


def visible_to(actor: Actor) -> Select[Evaluation]:
    """Whoever sees the placement; the employer reads the trainee's own only after the mentor's is written."""
    match actor:
        case System():
            return select(Evaluation)
        case Learner() | Member(kind=OrganisationKind.SCHOOL):
            return select(Evaluation).where(Evaluation.placement_id.in_(_placements(actor)))
        case Member():
            mentors = aliased(Evaluation)
            rated = select(mentors.placement_id).where(mentors.by == By.MENTOR)
            return select(Evaluation).where(
                Evaluation.placement_id.in_(_placements(actor)), or_(Evaluation.by != By.TRAINEE, Evaluation.placement_id.in_(rated))
            )
        case _:
            return select(Evaluation).where(false())


def _placements(actor: Actor) -> Select[int]:
    return placements.visible_to(actor).with_only_columns(Placement.id)


def side_of(actor: Actor, placement: Placement) -> By | None:
    """For which side the actor evaluates, if for any; load the placement with its mentor."""
    if isinstance(actor, Learner) and actor.trainee_id == placement.trainee_id:
        return By.TRAINEE
    if placements.is_mentor(actor, placement):
        return By.MENTOR
    if holds(actor, Role.TEACHER, Role.PLACEMENT_OFFICER, at=placement.school_id):
        return By.TEACHER
    return None


def can_write(actor: Actor, placement: Placement) -> bool:
    """The mentor, the school's teachers and placement officers, the trainee."""
    return side_of(actor, placement) is not None


def can_disagree(actor: Actor, evaluation: Evaluation) -> bool:
    """The trainee, with what others wrote."""
    return isinstance(actor, Learner) and evaluation.by is not By.TRAINEE and actor.trainee_id == evaluation.placement.trainee_id


def can_complete(actor: Actor, placement: Placement) -> bool:
    """The school or the host."""
    return placements.can_complete(actor, placement)


def why_not_write(placement: Placement, *, written: Collection[By], by: By | None) -> list[str | LazyString]:
    """While the placement is active or after it, once a side."""
    if placement.state not in {PlacementState.ACTIVE, PlacementState.COMPLETED, PlacementState.BROKEN_OFF}:
        return [_l("An evaluation is written when the placement has begun; it is %(state)s.", state=str(placement.state.label).lower())]
    return [_l("Your side has written its evaluation; it stays as it is.")] if by in written else []


def why_not_rated(*, asked: Collection[int], rated: Collection[int], by: By) -> list[str | LazyString]:
    """The mentor rates every skill of the placement, nobody rates others."""
    if set(rated) - set(asked):
        return [_l("One of these skills does not belong to this placement. Load the page again.")]
    if by is By.MENTOR and set(asked) - set(rated):
        return [_l("Rate every skill: the ratings go into the trainee's passport.")]
    return []


def why_not_disagree(evaluation: Evaluation) -> list[str | LazyString]:
    """Once."""
    return [_l("Your comment stands already.")] if evaluation.disagreement else []


def why_not_complete(placement: Placement, *, unfinished: int, countersigned: int, written: Collection[By]) -> list[str | LazyString]:
    """The last day has come, the logbook is countersigned, the mentor has written the evaluation."""
    found: list[str | LazyString] = []
    if clock.today(placement.employer.zone) < placement.ends_on:
        day = format_date(placement.ends_on, relative=False)
        found.append(_l("Its last day is %(day)s. To end it earlier, break it off with a reason.", day=day))
    if unfinished:
        found.append(
            _l("%(count)d logbook entries are not countersigned. The mentor signs them, or the trainee changes them.", count=unfinished)
        )
    if not countersigned:
        found.append(_l("The logbook has no countersigned hours yet."))
    if By.MENTOR not in written:
        found.append(_l("The mentor has not written the evaluation yet."))
    return found
