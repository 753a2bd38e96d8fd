"""The forms of offers."""

from typing import Any

from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from training.candidates.offers.workflow import Refusal
from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import _l
from training.kernel.money import Money


class SendForm(Form):
    """What is offered, and until when."""

    position = StringField(_l("Position"), [REQUIRED, most(200)])
    pay = IntegerField(_l("Pay a month, roubles"), [REQUIRED, NumberRange(1, 20_000_000, _l("A number of roubles."))])
    starts_on = DateField(_l("First working day"), [REQUIRED])
    conditions = TextAreaField(
        _l("Conditions"), [Optional(), most(4000)], description=_l("Probation, shifts, what else is agreed."), render_kw={"rows": 5}
    )
    answer_by = DateField(_l("Last day to answer"), [REQUIRED], description=_l("Silence after it ends the offer."))

    @property
    def fields(self) -> dict[str, Any]:
        """The values as the service takes them; the last day stays a day."""
        values = super().fields
        return values | {"pay": Money.of(values["pay"])}


class DeclineForm(Form):
    """Why a candidate declines."""

    reason = RadioField(_l("Reason"), [REQUIRED], choices=of_kind(Refusal))
    words = TextAreaField(_l("What else you want to say"), [Optional(), most(1000)], description=_l("The employer reads it."))


class WithdrawForm(Form):
    """Why an employer withdraws."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The candidate reads it in these words."))
