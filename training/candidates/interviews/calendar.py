"""An interview as a calendar invitation."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from training.accounts.memberships.models import Membership
from training.candidates.interviews.models import Interview
from training.candidates.interviews.workflow import State
from training.kernel.dates import Attachment, entry, file
from training.kernel.i18n import _


def invitation(interview: Interview) -> Attachment:
    """The interview as it stands; a later version of the same one replaces an earlier one in the calendar."""
    gone = interview.state in (State.DECLINED, State.CANCELLED)
    event = entry(
        f"interview-{interview.id}",
        starts=interview.starts_at,
        ends=interview.ends_at,
        summary=_("Interview: %(vacancy)s", vacancy=interview.application.vacancy.title),
        sequence=interview.version,
        location=interview.place,
        organizer=interview.employer.short_name,
        status="CANCELLED" if gone else "CONFIRMED" if interview.state is State.CONFIRMED else "TENTATIVE",
    )
    return file(f"interview-{interview.id}", event, method="CANCEL" if gone else "PUBLISH")


def enclosed(interview: Interview, facts: Mapping[str, Any]) -> Attachment:
    """The interview as it stands now, for a letter about it."""
    return invitation(interview)


def withdrawal(membership: Membership, facts: Mapping[str, Any]) -> Attachment:
    """Takes an interview out of the calendar of somebody who sits in it no more and may not read of it: its time, and nothing else."""
    event = entry(
        f"interview-{facts['interview']}",
        starts=facts["starts_at"],
        ends=facts["ends_at"],
        summary=_("Interview"),
        sequence=facts["sequence"],
        organizer=membership.organisation.short_name,
        status="CANCELLED",
    )
    return file(f"interview-{facts['interview']}", event, method="CANCEL")


def length(interview: Interview) -> int:
    """How long it lasts, in minutes."""
    return int((interview.ends_at - interview.starts_at) / timedelta(minutes=1))
