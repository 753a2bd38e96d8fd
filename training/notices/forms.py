"""The forms of notices."""

from collections.abc import Sequence
from datetime import time
from typing import Any
from zoneinfo import available_timezones

from wtforms import SelectField, TimeField
from wtforms import validators as v

from training.kernel import clock
from training.kernel.forms import REQUIRED, Form, of_kind, options
from training.kernel.i18n import _l, format_zone
from training.notices.models import MORNING, NoticeHours
from training.notices.topics import Listed
from training.notices.workflow import Way

ZONES = (
    "Europe/Kaliningrad",
    "Europe/Moscow",
    "Europe/Samara",
    "Asia/Yekaterinburg",
    "Asia/Omsk",
    "Asia/Krasnoyarsk",
    "Asia/Irkutsk",
    "Asia/Yakutsk",
    "Asia/Vladivostok",
    "Asia/Magadan",
    "Asia/Kamchatka",
)
"""Offered first; any other that a person has already stays."""


class ActForm(Form):
    """A button without fields."""


class HoursForm(Form):
    """When letters may come."""

    quiet_from = TimeField(_l("Quiet from"), [v.Optional()])
    quiet_until = TimeField(_l("Quiet until"), [v.Optional()])
    morning = TimeField(_l("The morning letter comes at"), [REQUIRED])
    zone = SelectField(_l("Time zone"), [v.Optional()])

    def __init__(self, *args: Any, hours: NoticeHours | None, **kwargs: Any) -> None:
        """With what has been chosen so far."""
        chosen = {
            "quiet_from": _clock(hours.quiet_from) if hours else None,
            "quiet_until": _clock(hours.quiet_until) if hours else None,
            "morning": _clock(hours.morning if hours else MORNING),
            "zone": hours.zone or "" if hours else "",
        }
        super().__init__(*args, data=chosen, **kwargs)
        own = [hours.zone] if hours and hours.zone and hours.zone not in ZONES and hours.zone in available_timezones() else []
        self.zone.choices = options(
            [("", _l("That of the organisation")), *((zone, format_zone(zone, clock.now())) for zone in (*own, *ZONES))]
        )

    @property
    def hours(self) -> dict[str, Any]:
        """The values as the service takes them: minutes after midnight."""
        return {
            "quiet_from": _minute(self.quiet_from.data),
            "quiet_until": _minute(self.quiet_until.data),
            "morning": _minute(self.morning.data),
            "zone": self.zone.data or None,
        }


def ways_form(listed: Sequence[Listed]) -> type[Form]:
    """The form of a catalogue: a way for each topic of which something can be chosen."""
    fields = {one.key: SelectField(one.label, [REQUIRED], choices=of_kind(Way), default=one.way.value) for one in listed}
    made: type[Form] = type("WaysForm", (Form,), fields)
    return made


def _clock(minute: int | None) -> time | None:
    return time(*divmod(minute, 60)) if minute is not None else None


def _minute(moment: time | None) -> int | None:
    return moment.hour * 60 + moment.minute if moment is not None else None
