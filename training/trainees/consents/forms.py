"""The forms of consents."""

from typing import Any

from wtforms import EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Email, Optional

from training.kernel.forms import REQUIRED, Form, most, options
from training.kernel.i18n import LANGUAGES, _l

ADDRESS = Email(message=_l("This does not look like an e-mail address: name@example.org"))


class AskForm(Form):
    """Who decides for the minor, and how to reach them."""

    name = StringField(_l("Parent's or guardian's name"), [REQUIRED, most(200)])
    email = EmailField(_l("Their e-mail"), [REQUIRED, most(200), ADDRESS], description=_l("We send a link there. They need no account."))
    language = SelectField(_l("Language of the letter"), [REQUIRED], choices=options(LANGUAGES.items()))


class AskForForm(Form):
    """Who decides for the minor, and whether the letter goes by mail or by hand."""

    name = StringField(_l("Parent's or guardian's name"), [REQUIRED, most(200)])
    way = RadioField(
        _l("How the letter reaches them"),
        [REQUIRED],
        choices=options([("mail", _l("By e-mail, with a link")), ("paper", _l("On paper: you print it and hand it over"))]),
        default="mail",
    )
    email = EmailField(_l("Their e-mail"), [Optional(), most(200)], description=_l("Leave it empty for a letter on paper."))
    language = SelectField(_l("Language of the letter"), [REQUIRED], choices=options(LANGUAGES.items()))

    def validate(self, extra_validators: Any = None) -> bool:
        """An address is needed for a letter by mail, and only there."""
        if self.way.data == "mail":
            self.email.validators = [REQUIRED, most(200), ADDRESS]
        return bool(super().validate(extra_validators))


class LinkForm(Form):
    """Where a guardian has been written to."""

    email = EmailField(
        _l("Your e-mail"),
        [REQUIRED, most(200), ADDRESS],
        description=_l("The one that the school or your child gave us."),
        render_kw={"autocomplete": "email"},
    )


class RefuseForm(Form):
    """Why not, if the guardian wants to say."""

    reason = TextAreaField(
        _l("Why not"), [Optional(), most(1000)], description=_l("You need not say. Your child and the school read it in these words.")
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Nothing more than the length."""
        return bool(super().validate(extra_validators))


class ActForm(Form):
    """One button."""
