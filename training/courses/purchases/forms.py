"""The forms of purchases."""

from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l

_SOME = [InputRequired(_l("Fill this in.")), NumberRange(1, 1_000, _l("Write a number from 1 to 1,000."))]


class AskForm(Form):
    """How many seats, on which terms."""

    seats = IntegerField(_l("How many seats"), _SOME)
    terms = TextAreaField(
        _l("Terms"),
        [Optional(), most(4000)],
        description=_l("The price and the number of the contract, as far as they are known; both sides read it."),
    )


class RefuseForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The employer reads it in these words."))


class GiveBackForm(Form):
    """How many seats go back."""

    seats = IntegerField(_l("How many seats"), _SOME)


class ConfirmForm(Form):
    """One button."""
