"""The forms of waivers."""

from wtforms import IntegerField, TextAreaField
from wtforms.validators import NumberRange
from wtforms.widgets import HiddenInput

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class GrantForm(Form):
    """Who is let in, and why."""

    trainee_id = IntegerField(_l("Person"), [REQUIRED, NumberRange(1, 2**31 - 1)], widget=HiddenInput())
    words = TextAreaField(
        _l("Why they are let in"),
        [REQUIRED, most(1000)],
        description=_l("For example what else shows that they are ready. The person reads it; it stands on their enrolment and stays."),
    )


class RevokeForm(Form):
    """Why it does not count any more."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The person reads it in these words."))
