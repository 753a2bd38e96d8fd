"""The forms of claims."""

from wtforms import PasswordField, StringField

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class AcceptForm(Form):
    """One button, for somebody who has an account."""


class JoinForm(AcceptForm):
    """The new account of somebody who has none."""

    name = StringField(_l("Your name"), [REQUIRED, most(200)], render_kw={"autocomplete": "name"})
    password = PasswordField(
        _l("Password"),
        [REQUIRED, most(200)],
        description=_l("At least 10 characters. Three or four unrelated words are easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )
