"""A visit as a calendar invitation."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from training.internships.visits.models import Visit
from training.internships.visits.workflow import State
from training.kernel.dates import Attachment, entry, file
from training.kernel.i18n import _


def invitation(visit: Visit) -> Attachment:
    """The visit as it stands; a later version of the same one replaces an earlier one in the calendar."""
    gone = visit.state is State.CANCELLED
    trainee, employer = visit.placement.trainee.name, visit.placement.employer.short_name
    event = entry(
        f"visit-{visit.id}",
        starts=visit.starts_at,
        ends=visit.ends_at,
        summary=_("Visit: %(trainee)s at %(employer)s", trainee=trainee, employer=employer),
        sequence=visit.version,
        location=visit.place,
        organizer=visit.placement.school.short_name,
        status="CANCELLED" if gone else "CONFIRMED",
    )
    return file(f"visit-{visit.id}", event, method="CANCEL" if gone else "PUBLISH")


def enclosed(visit: Visit, facts: Mapping[str, Any]) -> Attachment:
    """The visit as it stands now, for a letter about it."""
    return invitation(visit)


def length(visit: Visit) -> int:
    """How long it lasts, in minutes."""
    return int((visit.ends_at - visit.starts_at) / timedelta(minutes=1))
