"""The forms of lessons and patterns."""

from datetime import time

from wtforms import DateField, IntegerField, RadioField, SelectField, TextAreaField, TimeField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from training.courses.lessons.slots import Rhythm
from training.courses.lessons.workflow import Parity
from training.kernel.forms import REQUIRED, Form, most, of_kind, options
from training.kernel.i18n import _l

WEEKDAYS = (_l("Monday"), _l("Tuesday"), _l("Wednesday"), _l("Thursday"), _l("Friday"), _l("Saturday"), _l("Sunday"))


def minute(of: time) -> int:
    """Minutes after midnight."""
    return of.hour * 60 + of.minute


class _Taught(Form):
    module_id = SelectField(_l("Module"), [REQUIRED], coerce=int)
    teacher_id = SelectField(_l("Teacher"), [REQUIRED], coerce=int)


class _Times(Form):
    room_id = SelectField(_l("Room"), [REQUIRED], coerce=int)
    begins = TimeField(_l("Begins"), [REQUIRED])
    ends = TimeField(_l("Ends"), [REQUIRED])

    @property
    def times(self) -> dict[str, int]:
        """Begin and end in minutes after midnight."""
        assert self.begins.data is not None
        assert self.ends.data is not None
        return {"begins": minute(self.begins.data), "ends": minute(self.ends.data)}


class PlanForm(_Taught, _Times):
    """What is taught week by week."""

    weekday = SelectField(_l("Day of the week"), [REQUIRED], coerce=int, choices=options(enumerate(WEEKDAYS)))
    parity = RadioField(_l("Weeks"), [REQUIRED], default=Parity.EVERY.value, choices=of_kind(Parity))
    from_on = DateField(_l("First day"), [REQUIRED])
    until_on = DateField(_l("Last day"), [REQUIRED])

    @property
    def rhythm(self) -> Rhythm:
        """When it makes lessons."""
        assert self.from_on.data is not None
        assert self.until_on.data is not None
        return Rhythm(
            weekday=self.weekday.data,
            parity=Parity(self.parity.data),
            from_on=self.from_on.data,
            until_on=self.until_on.data,
            **self.times,
        )


class AddForm(_Taught, _Times):
    """One lesson."""

    held_on = DateField(_l("Day"), [REQUIRED])


class RescheduleForm(_Times):
    """Another time or room."""

    held_on = DateField(_l("Day"), [REQUIRED])
    version = IntegerField(validators=[Optional()], widget=HiddenInput())


class SubstituteForm(Form):
    """Who gives it instead."""

    teacher_id = SelectField(_l("Who gives it"), [REQUIRED], coerce=int)
    version = IntegerField(validators=[Optional()], widget=HiddenInput())


class CancelForm(Form):
    """Why it does not take place."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The cohort and the teacher read it in these words."))


class StopForm(CancelForm):
    """From when on, and why."""

    from_on = DateField(_l("The first day without it"), [REQUIRED])
