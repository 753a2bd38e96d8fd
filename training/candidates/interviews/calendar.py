"""An interview as a calendar invitation (RFC 5545)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from icalendar import Calendar, Event, vText

from training.accounts.memberships.models import Membership
from training.candidates.interviews.models import Interview
from training.candidates.interviews.workflow import State
from training.kernel import clock
from training.kernel.i18n import _

MEDIA_TYPE = "text/calendar"


def invitation(interview: Interview) -> tuple[str, str, bytes]:
    """The file's name, media type and content; a later version of the same interview replaces an earlier one in the calendar."""
    gone = interview.state in (State.DECLINED, State.CANCELLED)
    event = _event(interview.id, interview.version)
    event.add("dtstart", interview.starts_at)
    event.add("dtend", interview.ends_at)
    event.add("summary", _line(_("Interview: %(vacancy)s", vacancy=interview.application.vacancy.title)))
    event.add("location", vText(_line(interview.place)))
    event.add("organizer", _line(interview.employer.short_name))
    event.add("status", "CANCELLED" if gone else "CONFIRMED" if interview.state is State.CONFIRMED else "TENTATIVE")
    return _file(interview.id, event, "CANCEL" if gone else "PUBLISH")


def enclosed(interview: Interview, facts: Mapping[str, Any]) -> tuple[str, str, bytes]:
    """The interview as it stands now, for a letter about it."""
    return invitation(interview)


def withdrawal(membership: Membership, facts: Mapping[str, Any]) -> tuple[str, str, bytes]:
    """Takes an interview out of the calendar of somebody who sits in it no more and may not read of it: its time, and nothing else."""
    event = _event(facts["interview"], facts["sequence"])
    event.add("dtstart", facts["starts_at"])
    event.add("dtend", facts["ends_at"])
    event.add("summary", _("Interview"))
    event.add("organizer", _line(membership.organisation.short_name))
    event.add("status", "CANCELLED")
    return _file(facts["interview"], event, "CANCEL")


def length(interview: Interview) -> int:
    """How long it lasts, in minutes."""
    return int((interview.ends_at - interview.starts_at) / timedelta(minutes=1))


def _event(interview_id: int, version: int) -> Event:
    event = Event()
    event.add("uid", f"interview-{interview_id}@cadre")
    event.add("dtstamp", clock.now())
    event.add("sequence", version)
    return event


def _file(interview_id: int, event: Event, method: str) -> tuple[str, str, bytes]:
    calendar = Calendar()
    calendar.add("prodid", "-//Cadre//Interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return f"interview-{interview_id}.ics", MEDIA_TYPE, calendar.to_ical()


def _line(text: str) -> str:
    """One line: a name or title can add nothing to the calendar."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
