"""The forms of signing up, in, and of one's account."""

from wtforms import BooleanField, EmailField, PasswordField, StringField
from wtforms.validators import Email, EqualTo

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l

ADDRESS = Email(message=_l("This does not look like an e-mail address: name@example.org"))


class SignUpForm(Form):
    """A new account."""

    name = StringField(_l("Your name"), [REQUIRED, most(200)], render_kw={"autocomplete": "name"})
    email = EmailField(
        _l("E-mail"),
        [REQUIRED, most(200), ADDRESS],
        description=_l("We send a letter there to confirm it."),
        render_kw={"autocomplete": "email"},
    )
    password = PasswordField(
        _l("Password"),
        [REQUIRED, most(200)],
        description=_l("At least 10 characters. Three or four unrelated words are easy to remember."),
        render_kw={"autocomplete": "new-password"},
    )
    agreed = BooleanField(_l("I have read how personal data are used here"), [REQUIRED])


class SignInForm(Form):
    """E-mail or login name, and the password."""

    way_in = StringField(
        _l("E-mail or login name"), [REQUIRED, most(200)], render_kw={"autocomplete": "username", "autocapitalize": "none"}
    )
    password = PasswordField(_l("Password"), [REQUIRED, most(200)], render_kw={"autocomplete": "current-password"})


class CodeForm(Form):
    """The code of a printed card."""

    code = StringField(
        _l("Code on the card"),
        [REQUIRED, most(60)],
        description=_l("Seven groups of four. Capital letters, dashes and blanks make no difference."),
        render_kw={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "class_": "code"},
    )


class ForgottenForm(Form):
    """Where to send a link for a new password."""

    way_in = StringField(
        _l("E-mail or login name"), [REQUIRED, most(200)], render_kw={"autocomplete": "username", "autocapitalize": "none"}
    )


class NewPasswordForm(Form):
    """A new password, twice."""

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


class ChangePasswordForm(NewPasswordForm):
    """The present password and a new one, twice."""

    present = PasswordField(_l("Present password"), [REQUIRED, most(200)], render_kw={"autocomplete": "current-password"})


class ConfirmForm(Form):
    """One button."""
