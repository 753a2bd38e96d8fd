"""An interview as a calendar invitation (RFC 5545)."""

from datetime import timedelta

from icalendar import Calendar, Event, vText

from training.candidates.interviews.models import Interview
from training.candidates.interviews.workflow import State
from training.kernel import clock
from training.kernel.i18n import _

MEDIA_TYPE = "text/calendar"


def invitation(interview: Interview) -> tuple[str, str, bytes]:
    """The file's name, media type and content; a later version of the same interview replaces an earlier one in the calendar."""
    gone = interview.state in (State.DECLINED, State.CANCELLED)
    event = Event()
    event.add("uid", f"interview-{interview.id}@cadre")
    event.add("dtstamp", clock.now())
    event.add("dtstart", interview.starts_at)
    event.add("dtend", interview.ends_at)
    event.add("sequence", interview.version)
    event.add("summary", _line(_("Interview: %(vacancy)s", vacancy=interview.application.vacancy.title)))
    event.add("location", vText(_line(interview.place)))
    event.add("organizer", _line(interview.employer.short_name))
    event.add("status", "CANCELLED" if gone else "CONFIRMED" if interview.state is State.CONFIRMED else "TENTATIVE")
    calendar = Calendar()
    calendar.add("prodid", "-//Cadre//Interviews//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    calendar.add_component(event)
    return f"interview-{interview.id}.ics", MEDIA_TYPE, calendar.to_ical()


def length(interview: Interview) -> int:
    """How long it lasts, in minutes."""
    return int((interview.ends_at - interview.starts_at) / timedelta(minutes=1))


def _line(text: str) -> str:
    """One line: a name or title can add nothing to the calendar."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
