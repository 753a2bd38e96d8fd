"""Who brings a résumé in and takes one away: the trainee it is about."""

from collections.abc import Collection

from training.kernel.i18n import LazyString, _l
from training.kernel.policy import Actor
from training.trainees.passport import policies as passport
from training.trainees.profiles import policies as profiles
from training.trainees.profiles.models import Trainee
from training.trainees.resumes.workflow import Section


def can_bring(actor: Actor, trainee: Trainee) -> bool:
    """One's own."""
    return profiles.can_edit(actor, trainee)


def can_take(actor: Actor, trainee: Trainee) -> bool:
    """One's own."""
    return can_bring(actor, trainee)


def can_take_along(actor: Actor, trainee: Trainee) -> bool:
    """One's own."""
    return passport.can_take_along(actor, trainee)


def why_not_take(sections: Collection[Section]) -> list[str | LazyString]:
    """Something is chosen."""
    return [] if sections else [_l("Nothing was chosen, so nothing was taken. Go back and tick what you want to take.")]
