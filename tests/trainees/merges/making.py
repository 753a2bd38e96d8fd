"""Two records of one person, as a school may have them."""

from datetime import date
from typing import Any

from tests.factories import save
from training.kernel import keys
from training.kernel.policy import Member
from training.organisations.models import Organisation
from training.trainees.merges import queries
from training.trainees.merges.policies import Couple
from training.trainees.profiles.models import Trainee

BORN = date(2008, 3, 4)


def on_the_list(school: Organisation | None, family_name: str = "Orlova", given_name: str = "Nina", **given: Any) -> Trainee:
    """Somebody on a school's list."""
    names = {"patronymic": given.pop("patronymic", None), "born_on": given.pop("born_on", BORN)}
    trainee = Trainee(slug=keys.slug(), school_id=school.id if school is not None else None, **given)
    trainee.call(family_name=family_name, given_name=given_name, **names)
    return save(trainee)


def beside(actor: Member, one: Trainee, other: Trainee) -> Couple:
    """The two as the pages load them."""
    return queries.couple(actor, *sorted((one.id, other.id)))
