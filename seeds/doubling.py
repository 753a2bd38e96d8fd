"""People who stand on a school's list twice, and twins who only seem to."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from seeds.places import Region
from seeds.story import Life
from training.kernel.db import db
from training.kernel.policy import Role
from training.trainees.merges import queries
from training.trainees.merges import services as merges
from training.trainees.profiles import services
from training.trainees.profiles.models import Trainee

SCHOOL, GROUP = "dtk", "СВ-26"


def doubles(region: Region) -> Iterator[Life]:
    """A late roster: somebody whose name was typed wrongly, and twins."""
    yield late_roster(region)


def late_roster(region: Region) -> Life:
    """The office brings three more people; the manager tells the twins apart and has not looked at the rest."""
    story = region.story
    yield story.at(story.workday(-3), 10)
    manager = region.acting(SCHOOL, Role.MANAGER)
    known = select(Trainee).where(Trainee.school_id == manager.organisation_id, Trainee.account_id.is_not(None))
    student = db.session.scalars(known.order_by(Trainee.id).limit(1)).one()
    born_on = story.day(-17 * 365)
    twins = [
        {"family_name": "Близнецова", "given_name": given, "born_on": born_on, "phone": "+7 927 555-01-02"} for given in ("Вера", "Надежда")
    ]
    double = {"family_name": misspelt(student.family_name), "given_name": student.given_name, "born_on": student.born_on}
    people: list[dict[str, Any]] = [double, *twins]
    services.take_over(manager, people=[{"patronymic": None, "group_code": GROUP, **one} for one in people])
    yield story.at(story.workday(-3), 10, 20)
    same = select(Trainee.id).where(Trainee.school_id == manager.organisation_id, Trainee.family_name == "Близнецова")
    merges.tell_apart(manager, queries.couple(manager, *db.session.scalars(same.order_by(Trainee.id))))


def misspelt(name: str) -> str:
    """With one letter typed twice."""
    return name[:2] + name[1] + name[2:]
