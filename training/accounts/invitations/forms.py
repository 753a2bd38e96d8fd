"""The forms of invitations."""

from wtforms import EmailField, PasswordField, SelectField, StringField
from wtforms.validators import Email

from training.kernel.forms import REQUIRED, Form, most, options
from training.kernel.i18n import LANGUAGES, _l


class SendForm(Form):
    """An address, a role, and the language of the letter."""

    email = EmailField(
        _l("E-mail"), [REQUIRED, most(200), Email(message=_l("This does not look like an e-mail address: name@example.org"))]
    )
    role = SelectField(_l("Role"), [REQUIRED])
    language = SelectField(_l("Language of the letter"), [REQUIRED], choices=options(LANGUAGES.items()))


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


class RevokeForm(Form):
    """One button."""
