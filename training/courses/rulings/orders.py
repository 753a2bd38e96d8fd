"""What a line orders, in words."""

from collections.abc import Mapping

from training.courses.rulings.models import Ruling, RulingLine
from training.courses.rulings.workflow import Kind
from training.kernel.i18n import LazyString, _, _l, format_date

ABOUT: Mapping[Kind, LazyString] = {
    Kind.ENROLMENT: _l("About the enrolment"),
    Kind.TRANSFER: _l("About the transfer"),
    Kind.LEAVE: _l("About the leave"),
    Kind.DEFERRAL: _l("About the deferral"),
    Kind.RETURN: _l("About the return to study"),
    Kind.EXPULSION: _l("About the expulsion"),
    Kind.GRADUATION: _l("About the graduation"),
    Kind.PRACTICE: _l("About the practice"),
}
"""What stands under the word on paper."""


def ordered(ruling: Ruling, line: RulingLine) -> str:
    """One person's line of a ruling as people read it, on the page and on paper."""
    if line.reverses_id is not None:
        return _("The line of the corrected ruling is taken back")
    there = line.to_cohort.code if line.to_cohort is not None else "–"
    match ruling.kind:
        case Kind.TRANSFER if line.repeats:
            return _("To cohort %(cohort)s, repeating a year", cohort=there)
        case Kind.TRANSFER:
            return _("To cohort %(cohort)s", cohort=there)
        case Kind.LEAVE if line.from_on is not None and line.until_on is not None:
            return _("From %(first)s until %(last)s", first=format_date(line.from_on, relative=False, weekday=False), last=_day(line))
        case Kind.DEFERRAL if line.to_cohort is not None:
            return _("Until cohort %(cohort)s begins", cohort=there)
        case Kind.DEFERRAL:
            return _("Until %(day)s", day=_day(line))
        case Kind.RETURN if line.to_cohort is not None:
            return _("Comes back into cohort %(cohort)s", cohort=there)
        case Kind.EXPULSION:
            return ": ".join([str(line.reason.label) if line.reason else "–", *([line.words] if line.words else [])])
        case _:
            return str(ruling.kind.label)


def _day(line: RulingLine) -> str:
    return format_date(line.until_on, relative=False, weekday=False) if line.until_on is not None else "–"
