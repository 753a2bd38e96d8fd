"""Dates as files for a calendar (RFC 5545); a name or a title can add nothing to them."""

from datetime import date, datetime
from typing import Any

from icalendar import Calendar, Event, vText

from training.kernel import clock

MEDIA_TYPE = "text/calendar"
Attachment = tuple[str, str, bytes]
"""A file's name, media type and content."""


def entry(uid: str, *, starts: datetime | date, summary: str, ends: datetime | date | None = None, **more: Any) -> Event:
    """One date; an entry of the same `uid` with a higher `sequence` replaces an earlier one in a calendar.

    `more` are `sequence`, `location`, `organizer`, `status` (CONFIRMED, TENTATIVE, CANCELLED), `url`.
    """
    event = Event()
    event.add("uid", f"{uid}@cadre")
    event.add("dtstamp", clock.now())
    event.add("dtstart", starts)
    if ends is not None:
        event.add("dtend", ends)
    event.add("summary", line(summary))
    for name, value in more.items():
        event.add(name, vText(line(value)) if name == "location" else line(value) if isinstance(value, str) else value)
    return event


def file(name: str, *entries: Event, method: str = "PUBLISH") -> Attachment:
    """The entries as one file; `method` CANCEL takes them out of a calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Cadre//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in entries:
        calendar.add_component(event)
    return f"{name}.ics", MEDIA_TYPE, calendar.to_ical()


def line(text: str) -> str:
    """One line without what cannot be printed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
