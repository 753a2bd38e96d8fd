"""The forms of login cards."""

from wtforms import PasswordField
from wtforms.validators import EqualTo

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class GiveForm(Form):
    """One button; who is chosen stands in the address."""


class UseForm(Form):
    """A first password, twice."""

    password = PasswordField(
        _l("New password"),
        [REQUIRED, most(200)],
        description=_l("At least 10 characters. Three or four unrelated words are easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _l("Once more"),
        [REQUIRED, EqualTo("password", message=_l("The two are not the same."))],
        render_kw={"autocomplete": "new-password"},
    )
