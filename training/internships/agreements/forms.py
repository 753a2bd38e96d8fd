"""The forms of agreements."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import InputRequired

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class MakeForm(Form):
    """One button."""


class SignForm(Form):
    """The box without which nobody signs."""

    agreed = BooleanField(
        _l("I have read the text and may sign it"), [InputRequired(_l("Tick the box when you have read the text and may sign."))]
    )


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The other parties read it in these words."))
