"""The words of mark scales."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class ScaleKind(kernel.State):
    """What a scale gives: marks by bands of points, pass or fail, or the percent itself."""

    MARKS = "marks", _l("Marks from points"), "primary"
    PASS = "pass", _l("Pass or fail"), "primary"
    PERCENT = "percent", _l("Percent"), "primary"


class Event(kernel.Event):
    """What happens to the editions of a school's scales."""

    ADDED = "scale_edition.added", _l("Edition of a mark scale added")
    CHANGED = "scale_edition.changed", _l("Edition of a mark scale changed")
