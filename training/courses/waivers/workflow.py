"""The words of waivers: one is granted, and stays, or is revoked before anything was built on it."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What happens to waivers."""

    GRANTED = "waiver.granted", _l("Let in without prerequisites")
    REVOKED = "waiver.revoked", _l("Not let in without prerequisites any more")


class Notice(kernel.Notice):
    """What the trainee is told."""

    GRANTED = "waiver.granted"
    REVOKED = "waiver.revoked"
