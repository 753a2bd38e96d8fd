"""The forms of interviews."""

from wtforms import DateField, SelectField, SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.widgets import CheckboxInput, ListWidget

from training.kernel.forms import REQUIRED, Form, most, options
from training.kernel.i18n import _l, lazy_ngettext

MINUTES = (15, 30, 45, 60, 90, 120, 240, 480)


class ProposeForm(Form):
    """When, how long, where, with whom."""

    day = DateField(_l("Day"), [REQUIRED])
    begins = TimeField(_l("Begins"), [REQUIRED])
    minutes = SelectField(
        _l("Lasts"),
        [REQUIRED],
        coerce=int,
        default=45,
        choices=options((count, lazy_ngettext("%(num)d minute", "%(num)d minutes", count)) for count in MINUTES),
    )
    place = StringField(_l("Place, or the address of the call"), [REQUIRED, most(200)])
    members = SelectMultipleField(
        _l("Interviewers"), [REQUIRED], coerce=int, option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )


class ReasonForm(Form):
    """Why it does not take place."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The other side reads it in these words."))
