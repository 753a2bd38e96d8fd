"""The words of waivers: one is granted, and stays."""

from training.kernel import workflow as kernel
from training.kernel.i18n import _l


class Event(kernel.Event):
    """What happens to waivers."""

    GRANTED = "waiver.granted", _l("Let in without prerequisites")


class Notice(kernel.Notice):
    """What the trainee is told."""

    GRANTED = "waiver.granted"
