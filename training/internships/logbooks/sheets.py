"""A week of a logbook as a sheet of paper."""

from collections.abc import Mapping

from training.internships.logbooks import queries
from training.internships.logbooks.models import LogbookEntry
from training.internships.logbooks.workflow import State
from training.internships.placements import policies as placements
from training.kernel.db import NotFound
from training.kernel.i18n import _, format_date, format_number, format_range
from training.kernel.keys import row_key
from training.kernel.policy import Actor
from training.kernel.wiring import Sheet, SheetColumn


def week(actor: Actor, of: Mapping[str, str]) -> Sheet:
    """The week of the placement `placement` that begins on `monday`, with a line to sign on for each side."""
    found = queries.week(actor, row_key(of.get("placement", "")), of.get("monday", ""))
    placement = found.placement
    if not placements.can_show(actor, placement) or not found.entries:
        raise NotFound
    signed = sum(entry.minutes for entry in found.entries if entry.state is State.COUNTERSIGNED)
    opening = f"{placement.opening.title}, " if placement.opening is not None else ""
    mentor = placement.mentor.account.name if placement.mentor is not None else "–"
    return Sheet(
        title=_("Logbook, %(days)s", days=format_range(found.monday, found.sunday)),
        above=placement.school.legal_name,
        figures=[
            (_("Trainee"), placement.trainee.full_name),
            (_("Employer"), placement.employer.legal_name),
            (_("Internship"), f"{opening}{format_range(placement.starts_on, placement.ends_on)}"),
            (_("Mentor"), mentor),
            (_("Hours"), _hours(found.minutes)),
            (_("Countersigned"), _hours(signed)),
        ],
        columns=[
            SheetColumn(_("Day"), 42),
            SheetColumn(_("Work done")),
            SheetColumn(_("Hours"), 16, number=True),
            SheetColumn(_("State"), 32),
        ],
        rows=[_row(entry) for entry in found.entries],
        signatures=[_("Trainee, signature and date"), _("Mentor, signature and date")],
    )


def _row(entry: LogbookEntry) -> list[str]:
    done = [entry.task, entry.result, _("Skill: %(skill)s", skill=entry.skill.title) if entry.skill else None]
    day = format_date(entry.worked_on, relative=False)
    return [day, "\n".join(line for line in done if line), format_number(entry.minutes / 60), str(entry.state.label)]


def _hours(minutes: int) -> str:
    return _("%(hours)s h", hours=format_number(minutes / 60))
