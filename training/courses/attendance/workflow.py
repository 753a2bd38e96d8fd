"""The words of attendance."""

from training.kernel import workflow as kernel
from training.kernel.i18n import LazyString, _l


class Mark(kernel.State):
    """How somebody was at a lesson."""

    PRESENT = "present", _l("Present"), "success"
    ABSENT = "absent", _l("Absent"), "danger"
    LATE = "late", _l("Late"), "warning"
    EXCUSED = "excused", _l("Excused absence"), "info"
    REMOTE = "remote", _l("Remote"), "success"

    @property
    def there(self) -> bool:
        """Whether it counts as having been there."""
        return self in (Mark.PRESENT, Mark.LATE, Mark.REMOTE)

    @property
    def short(self) -> LazyString:
        """In a word that fits five times beside a name on a phone."""
        return _SHORT[self]


_SHORT = {
    Mark.PRESENT: _l("Here"),
    Mark.ABSENT: _l("Away"),
    Mark.LATE: _l("Late"),
    Mark.EXCUSED: _l("Excused"),
    Mark.REMOTE: _l("Remote"),
}


class Event(kernel.Event):
    """What happens to the attendance of a lesson."""

    MARKED = "attendance.marked", _l("Attendance marked")
    CORRECTED = "attendance.corrected", _l("Attendance corrected")
