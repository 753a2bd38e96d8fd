"""What logbooks hand down."""

from flask import url_for

from training.internships.logbooks import handing_over, queries, sheets
from training.internships.logbooks.models import LogbookEntry
from training.internships.logbooks.workflow import LIFECYCLE, Event, Notice
from training.kernel.i18n import _, _l, format_date
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Charge, Kind, Topic, Wiring
from training.organisations.queries import slug_of


def title(entry: LogbookEntry) -> str:
    """Whose day it is."""
    day = format_date(entry.worked_on, relative=False)
    return _("Logbook of %(trainee)s: %(day)s", trainee=entry.placement.trainee.name, day=day)


def page(actor: Actor, entry: LogbookEntry) -> str:
    """The trainee's entry; for the mentor, its week; for others, the logbook."""
    if not isinstance(actor, Member):
        return url_for("internships.logbooks.edit", entry_id=entry.id)
    there = slug_of(actor.organisation_id)
    mentor = entry.placement.mentor
    if mentor is not None and mentor.account_id == actor.account_id:
        monday = entry.monday.isoformat()
        return url_for("internships.logbooks.countersign", organisation=there, placement_id=entry.placement_id, monday=monday)
    return url_for("internships.logbooks.show", organisation=there, placement_id=entry.placement_id)


WIRING = Wiring(
    documents={"logbook_week": sheets.week},
    kinds={"logbook_entry": Kind(find=queries.entry, title=title, url=page, each=queries.each)},
    charges={
        "mentor": Charge(_l("Mentor of trainees"), "placement", handing_over.MENTORS, handing_over.mentored, handing_over.mentor),
    },
    events={event.value: event for event in Event},
    notices={notice.value: notice for notice in Notice},
    topics={"logbook": Topic(_l("Logbooks"), frozenset({"trainee", "employer"}))},
    workflows={"logbook_entry": LIFECYCLE},
)
