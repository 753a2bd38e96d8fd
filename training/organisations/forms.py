"""The forms of organisations."""

from wtforms import IntegerField, StringField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class EditForm(Form):
    """Names, place, and what the organisation says of itself."""

    version = IntegerField(widget=HiddenInput())
    legal_name = StringField(_l("Full legal name"), [REQUIRED, most(200)])
    native_name = StringField(_l("Short name"), [REQUIRED, most(200)], description=_l("As people call it."))
    latin_name = StringField(
        _l("Short name in English"), [Optional(), most(200)], description=_l("For readers of English; leave it out if it is the same.")
    )
    town = StringField(_l("Town"), [REQUIRED, most(200)])
    address = StringField(_l("Address"), [REQUIRED, most(200)], render_kw={"autocomplete": "street-address"})
    about = TextAreaField(_l("About"), [Optional(), most(4000)], description=_l("A few sentences for people who do not know you."))


class SiteForm(Form):
    """A further site."""

    name = StringField(_l("Name of the site"), [REQUIRED, most(200)])
    town = StringField(_l("Town"), [REQUIRED, most(200)])
    address = StringField(_l("Address"), [REQUIRED, most(200)])


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The organisation reads it in these words."))


class VerifyForm(Form):
    """One button."""
