"""The forms of logbooks."""

from decimal import Decimal
from typing import Any

from wtforms import DateField, DecimalField, IntegerField, SelectField, SubmitField, TextAreaField, ValidationError
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _, _l


class HoursField(DecimalField):
    """Hours with a comma or a point."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Reads `7,5` as 7.5."""
        super().process_formdata([value.replace(",", ".").strip() for value in valuelist])


class EntryForm(Form):
    """What was done on a day, for how long, with what result."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    worked_on = DateField(_l("Day"), [REQUIRED])
    hours = HoursField(
        _l("How many hours you worked"),
        [REQUIRED, NumberRange(Decimal("0.25"), 12, _l("From 0.25 to 12 hours."))],
        places=None,
        description=_l("In steps of 15 minutes."),
    )
    task = TextAreaField(_l("What you did"), [REQUIRED, most(4000)], description=_l("Operation, part, machine. Two or three sentences."))
    result = TextAreaField(_l("What came of it"), [Optional(), most(4000)])
    skill_id = SelectField(_l("Which skill you used"), [Optional()], coerce=int)
    draft = SubmitField(_l("Save draft"))

    def validate_hours(self, field: DecimalField) -> None:
        """Quarters only."""
        if field.data is not None and (field.data * 4) % 1:
            raise ValidationError(_("Hours go in quarters: 6.25, 6.5, 6.75, 7."))

    @property
    def fields(self) -> dict[str, Any]:
        """The values as the services take them: minutes for hours."""
        values = super().fields
        hours: Decimal = values.pop("hours")
        return values | {"minutes": int(hours * 60), "skill_id": values["skill_id"] or None}


class CountersignForm(Form):
    """One button."""


class SendBackForm(Form):
    """What should be changed."""

    reason = TextAreaField(_l("What should be changed"), [REQUIRED, most(1000)], description=_l("The trainee reads it in these words."))
