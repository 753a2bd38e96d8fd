"""The words of academic years; a year has no states, it is planned and then built on."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class PeriodKind(kernel.State):
    """What a part of a year is."""

    TERM = "term", _l("Term"), "success"
    HOLIDAY = "holiday", _l("Days off"), "secondary"


class Event(kernel.Event):
    """What happens to academic years."""

    PLANNED = "academic_year.planned", _l("Academic year planned")
    EDITED = "academic_year.edited", _l("First and last day changed")
    REMOVED = "academic_year.removed", _l("Academic year removed")
    PERIOD_ADDED = "academic_year.period_added", _l("Term or days off added")
    PERIOD_EDITED = "academic_year.period_edited", _l("Term or days off changed")
    PERIOD_REMOVED = "academic_year.period_removed", _l("Term or days off removed")
