"""The forms of openings."""

from datetime import time
from decimal import Decimal
from typing import Any

from wtforms import DateField, DecimalField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.internships.openings.workflow import Hazard
from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import _l
from training.kernel.money import Money
from training.taxonomy.fields import TermField
from training.taxonomy.models import Occupation


class OpeningForm(Form):
    """What is offered, where, when, for how many hours, and to how many."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    title = StringField(_l("Title"), [REQUIRED, most(200)], description=_l("As a trainee would look for it: Turner, press shop."))
    occupation_id = TermField(_l("Occupation"), [REQUIRED], kind=Occupation)
    codes = SelectMultipleField(
        _l("Programmes it suits"), [Optional()], coerce=int, description=_l("Leave empty when any programme will do.")
    )
    site_id = SelectField(_l("Site"), [Optional()], coerce=int)
    places = IntegerField(_l("Places"), [REQUIRED, NumberRange(1, 500, _l("From 1 to 500."))])
    starts_on = DateField(_l("First day"), [REQUIRED])
    ends_on = DateField(_l("Last day"), [REQUIRED])
    daily_hours = IntegerField(
        _l("Hours a day"),
        [REQUIRED, NumberRange(1, 12, _l("From 1 to 12."))],
        default=7,
        description=_l("At 16 and 17 up to 7 are allowed."),
    )
    weekly_hours = IntegerField(
        _l("Hours a week"),
        [REQUIRED, NumberRange(1, 40, _l("From 1 to 40."))],
        default=35,
        description=_l("At 16 and 17 up to 35 are allowed."),
    )
    shift_from = TimeField(_l("Shift begins"), [REQUIRED], default=time(8))
    shift_to = TimeField(_l("Shift ends"), [REQUIRED], default=time(16))
    hazard = SelectField(
        _l("Hazards"),
        [REQUIRED],
        choices=of_kind(Hazard),
        description=_l("Anything but none closes the opening to people under 18."),
    )
    pay = DecimalField(
        _l("Pay for a month, roubles"),
        [Optional(), NumberRange(0, 10_000_000, _l("A number of roubles."))],
        description=_l("Leave empty when it is not paid."),
    )
    mentor_limit = IntegerField(_l("Trainees a mentor may have"), [REQUIRED, NumberRange(1, 20, _l("From 1 to 20."))], default=3)
    requirements = TextAreaField(_l("What the trainee should know or bring"), [Optional(), most(4000)])

    @property
    def fields(self) -> dict[str, Any]:
        """The values as the services take them."""
        values = super().fields
        pay: Decimal | None = values["pay"]
        return values | {
            "site_id": values["site_id"] or None,
            "codes": values["codes"] or [],
            "hazard": Hazard(values["hazard"]),
            "pay": Money.of(pay) if pay is not None else None,
        }


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("Whoever asked for a place reads it in these words."))
