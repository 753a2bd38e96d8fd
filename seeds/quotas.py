"""The region's quotas of state seats: one used up, one with room, some years not limited."""

from sqlalchemy import select

from seeds.places import Region
from seeds.story import Life
from training.courses.quotas import queries, services
from training.courses.quotas.models import Quota
from training.kernel.db import db
from training.kernel.policy import Role

ACT = "Демонстрационное распоряжение о контрольных цифрах приёма"
ROOM = (0, 5, 25)
"""Seats beyond those that are planned, by turns."""


def quotas(region: Region) -> Life:
    """The coordinator sets them for the codes that people begin now and next year."""
    yield region.story.at(-3, 11)
    coordinator = region.acting("region", Role.COORDINATOR)
    planned = select(Quota.id).where(Quota.year >= region.story.today.year, Quota.planned > 0).order_by(Quota.code, Quota.id).limit(9)
    for number, key in enumerate(db.session.scalars(planned).all()):
        quota = queries.quota(coordinator, key)
        services.change(coordinator, quota, version=quota.version, seats=quota.planned + ROOM[number % len(ROOM)], act=ACT)
