"""The forms of consents."""

from wtforms import EmailField, SelectField, StringField
from wtforms.validators import Email

from training.kernel.forms import REQUIRED, Form, most, options
from training.kernel.i18n import LANGUAGES, _l


class AskForm(Form):
    """Who decides for the minor, and how to reach them."""

    name = StringField(_l("Parent's or guardian's name"), [REQUIRED, most(200)])
    email = EmailField(
        _l("Their e-mail"),
        [REQUIRED, most(200), Email(message=_l("This does not look like an e-mail address: name@example.org"))],
        description=_l("We send a link there. They need no account."),
    )
    language = SelectField(_l("Language of the letter"), [REQUIRED], choices=options(LANGUAGES.items()))
