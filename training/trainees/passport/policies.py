"""Who opens a passport and states skills in it: its owner."""

from sqlalchemy import Select, false, select

from training.kernel.policy import Actor, Learner, System
from training.trainees.passport.models import Evidence, EvidenceKind
from training.trainees.profiles.models import Trainee


def visible_to(actor: Actor) -> Select[Evidence]:
    """One's own."""
    match actor:
        case System():
            return select(Evidence)
        case Learner(trainee_id=me):
            return select(Evidence).where(Evidence.trainee_id == me)
        case _:
            return select(Evidence).where(false())


def can_show(actor: Actor, trainee: Trainee) -> bool:
    """One's own."""
    return isinstance(actor, Learner) and actor.trainee_id == trainee.id


def can_take_along(actor: Actor, trainee: Trainee) -> bool:
    """One's own."""
    return can_show(actor, trainee)


def can_follow(actor: Actor, evidence: Evidence) -> bool:
    """One's own."""
    return isinstance(actor, Learner) and actor.trainee_id == evidence.trainee_id


def can_state(actor: Actor, trainee: Trainee) -> bool:
    """One's own."""
    return can_show(actor, trainee)


def can_take_back(actor: Actor, evidence: Evidence) -> bool:
    """What one has stated oneself; what others have confirmed stays."""
    return can_follow(actor, evidence) and evidence.kind is EvidenceKind.OWN
