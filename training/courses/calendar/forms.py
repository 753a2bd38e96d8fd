"""The forms of academic years."""

from typing import Any

from wtforms import DateField, IntegerField, RadioField, StringField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from training.courses.calendar.workflow import PeriodKind
from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import _l


class PlanForm(Form):
    """The first and the last day of a year."""

    starts_on = DateField(_l("First day"), [REQUIRED])
    ends_on = DateField(_l("Last day"), [REQUIRED], description=_l("Of teaching and examinations; holidays after it need not be listed."))


class EditForm(PlanForm):
    """Other days."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())

    @property
    def fields(self) -> dict[str, Any]:
        """The values as services take them."""
        given = super().fields
        return given | {"version": given["version"] or 0}


class EditPeriodForm(Form):
    """The name and the days of a part of a year."""

    name = StringField(
        _l("Name"), [REQUIRED, most(200)], description=_l("As people read it in the timetable: Autumn term, New Year holidays.")
    )
    starts_on = DateField(_l("First day"), [REQUIRED])
    ends_on = DateField(_l("Last day"), [REQUIRED], description=_l("The same day where it is one day only."))


class AddPeriodForm(EditPeriodForm):
    """What it is, too."""

    kind = RadioField(_l("What is added"), [REQUIRED], choices=of_kind(PeriodKind))

    @property
    def fields(self) -> dict[str, Any]:
        """The values as services take them."""
        given = super().fields
        return given | {"kind": PeriodKind(given["kind"])}
