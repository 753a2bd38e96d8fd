"""The forms of members."""

from wtforms import RadioField, SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from training.kernel.forms import REQUIRED, Form, most, options
from training.kernel.i18n import _l
from training.kernel.policy import OrganisationKind


class FoundForm(Form):
    """A new organisation."""

    kind = RadioField(
        _l("What it is"),
        [REQUIRED],
        choices=options([(OrganisationKind.SCHOOL.value, _l("A school")), (OrganisationKind.EMPLOYER.value, _l("An employer"))]),
    )
    legal_name = StringField(_l("Full legal name"), [REQUIRED, most(200)])
    short_name = StringField(_l("Short name"), [REQUIRED, most(200)], description=_l("As people call it."))
    town = StringField(_l("Town"), [REQUIRED, most(200)])
    address = StringField(_l("Address"), [REQUIRED, most(200)], render_kw={"autocomplete": "street-address"})


class HandOverForm(Form):
    """What passes to whom."""

    charges = SelectMultipleField(
        _l("What is handed over"),
        [REQUIRED],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    to = SelectField(_l("To whom"), [REQUIRED], coerce=int, description=_l("Colleagues whose role allows it; both of you get a letter."))


class EndForm(Form):
    """One button."""
