"""A visit as a calendar invitation (RFC 5545)."""

from datetime import timedelta

from icalendar import Calendar, Event, vText

from training.internships.visits.models import Visit
from training.internships.visits.workflow import State
from training.kernel import clock
from training.kernel.i18n import _

MEDIA_TYPE = "text/calendar"


def invitation(visit: Visit) -> tuple[str, str, bytes]:
    """The file's name, media type and content; a later version of the same visit replaces an earlier one in the calendar."""
    gone = visit.state is State.CANCELLED
    trainee, employer = visit.placement.trainee.name, visit.placement.employer.short_name
    event = Event()
    event.add("uid", f"visit-{visit.id}@cadre")
    event.add("dtstamp", clock.now())
    event.add("dtstart", visit.starts_at)
    event.add("dtend", visit.ends_at)
    event.add("sequence", visit.version)
    event.add("summary", _line(_("Visit: %(trainee)s at %(employer)s", trainee=trainee, employer=employer)))
    event.add("location", vText(_line(visit.place)))
    event.add("organizer", _line(visit.placement.school.short_name))
    event.add("status", "CANCELLED" if gone else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//Cadre//Visits//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if gone else "PUBLISH")
    calendar.add_component(event)
    return f"visit-{visit.id}.ics", MEDIA_TYPE, calendar.to_ical()


def length(visit: Visit) -> int:
    """How long it lasts, in minutes."""
    return int((visit.ends_at - visit.starts_at) / timedelta(minutes=1))


def _line(text: str) -> str:
    """One line: a name or an address can add nothing to the calendar."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
