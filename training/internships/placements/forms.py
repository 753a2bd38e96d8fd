"""The forms of placements."""

from wtforms import IntegerField, SelectField, TextAreaField
from wtforms.validators import NumberRange, Optional

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class RequestForm(Form):
    """One button."""


class ApproveForm(Form):
    """Who looks after the trainee at the school."""

    supervisor_id = SelectField(
        _l("Supervisor at the school"), [Optional()], coerce=int, description=_l("Visits the trainee and answers questions.")
    )


class AcceptForm(Form):
    """Who looks after the trainee at the host, and how long a day and a week are."""

    daily_hours = IntegerField(_l("Hours a day"), [REQUIRED, NumberRange(1, 12, _l("From 1 to 12."))])
    weekly_hours = IntegerField(_l("Hours a week"), [REQUIRED, NumberRange(1, 40, _l("From 1 to 40."))])
    mentor_id = SelectField(
        _l("Mentor"), [REQUIRED], coerce=int, description=_l("Countersigns the logbook each week and writes the evaluation.")
    )


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The others read it in these words."))
