"""Words of profiles: visibility, schooling, events."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l
from training.kernel.workflow import State


class Visibility(State):
    """Who may find a trainee; each value includes the one before."""

    NOBODY = "nobody", _l("Nobody"), "secondary"
    SCHOOL = "school", _l("My school"), "info"
    EMPLOYERS = "employers", _l("Verified employers"), "success"


class Schooling(State):
    """What a trainee had finished before."""

    BASIC = "basic", _l("9th grade"), "secondary"
    UPPER = "upper", _l("11th grade"), "secondary"
    VOCATIONAL = "vocational", _l("A first qualification"), "secondary"
    HIGHER = "higher", _l("A degree"), "secondary"


class Event(kernel.Event):
    """What happens to a profile."""

    MADE = "trainee.made", _l("Profile made")
    IMPORTED = "trainee.imported", _l("Taken over from the school's roster")
    WITHDRAWN = "trainee.withdrawn", _l("Taken back with the roster that brought them")
    RESTORED = "trainee.restored", _l("As before the roster that was taken back")
    CLAIMED = "trainee.claimed", _l("Account connected")
    EDITED = "trainee.edited", _l("Profile changed")
    VISIBILITY = "trainee.visibility", _l("Visibility changed")
    VIEWED = "trainee.viewed", _l("Card seen by another organisation")
    PHOTO_KEPT = "trainee.photo_kept", _l("Photograph added")
    PHOTO_REMOVED = "trainee.photo_removed", _l("Photograph taken away")
    EDUCATION_ADDED = "trainee.education_added", _l("Education added")
    EDUCATION_REMOVED = "trainee.education_removed", _l("Education taken away")
