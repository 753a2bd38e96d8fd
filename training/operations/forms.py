"""Forms of the operator's pages."""

from wtforms import BooleanField, DecimalField, SelectField, StringField

from training.kernel.forms import REQUIRED, Form
from training.kernel.i18n import _l


class ResetForm(Form):
    """One button."""


class SampleForm(Form):
    """Fields of every shape, for the page that shows the parts; it is never sent."""

    name = StringField(_l("Name"), [REQUIRED])
    kind = SelectField(_l("State"), [REQUIRED])
    hours = DecimalField(_l("Hours"), [REQUIRED], description=_l("15 minutes more"))
    agreed = BooleanField(_l("Countersigned"))
