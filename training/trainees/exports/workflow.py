"""Words of a person's own copy of their data."""

from training.kernel import workflow as kernel
from training.kernel.i18n import LazyString, _l
from training.kernel.register import Keep, Purpose


class Event(kernel.Event):
    """What happens to such a copy."""

    ASKED = "data_export.asked", _l("Copy of one's own data asked for")
    MADE = "data_export.made", _l("Copy of one's own data made")
    REMOVED = "data_export.removed", _l("Copy of one's own data removed after its time")


class Notice(kernel.Notice):
    """What the person is told."""

    MADE = "data_export.made"


PURPOSES: dict[Purpose, LazyString] = {
    Purpose.ACCESS: _l("Signing in"),
    Purpose.TRAINING: _l("Study and internships"),
    Purpose.RECRUITING: _l("Applications for work"),
    Purpose.FUNDING: _l("Public money"),
    Purpose.OPERATION: _l("Running the service"),
    Purpose.PUBLIC: _l("Public records"),
}
"""Why something is kept, in the reader's words."""
KEEPS: dict[Keep, LazyString] = {
    Keep.MOMENT: _l("some days"),
    Keep.ACCOUNT: _l("as long as you have an account"),
    Keep.STUDY: _l("as long as the law has schools keep records of study"),
    Keep.RECRUITING: _l("until the recruiting is over and can no longer be disputed"),
    Keep.AUDIT: _l("for good, without names or words"),
    Keep.PUBLISHED: _l("as long as it is published"),
}
"""How long it is kept, in the reader's words."""
