"""The forms of profiles."""

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, EmailField, IntegerField, SelectField, StringField, TelField, TextAreaField
from wtforms.validators import Email, NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.kernel.forms import REQUIRED, Form, clean, most, of_kind, options
from training.kernel.i18n import _l
from training.trainees.profiles.workflow import Schooling


class MakeForm(Form):
    """Names as in the passport, and the birth date."""

    family_name = StringField(_l("Family name"), [REQUIRED, most(60)], render_kw={"autocomplete": "family-name"})
    given_name = StringField(_l("Given name"), [REQUIRED, most(60)], render_kw={"autocomplete": "given-name"})
    patronymic = StringField(
        _l("Patronymic"), [Optional(), most(60)], description=_l("If you have one."), render_kw={"autocomplete": "additional-name"}
    )
    born_on = DateField(_l("Date of birth"), [REQUIRED], render_kw={"autocomplete": "bday"})
    schooling = SelectField(
        _l("You have finished"), filters=[clean], validators=[Optional()], choices=[*options([("", "–")]), *of_kind(Schooling)]
    )
    town = StringField(_l("Town"), [Optional(), most(200)], render_kw={"autocomplete": "address-level2"})


class EditForm(Form):
    """Contacts and a few words."""

    version = IntegerField(widget=HiddenInput())
    email = EmailField(
        _l("E-mail"), [Optional(), most(200), Email(message=_l("This does not look like an e-mail address: name@example.org"))]
    )
    phone = TelField(_l("Phone"), [Optional(), most(60)], render_kw={"autocomplete": "tel"})
    town = StringField(_l("Town"), [Optional(), most(200)], render_kw={"autocomplete": "address-level2"})
    schooling = SelectField(
        _l("You have finished"), filters=[clean], validators=[Optional()], choices=[*options([("", "–")]), *of_kind(Schooling)]
    )
    about = TextAreaField(
        _l("About you"),
        [Optional(), most(4000)],
        description=_l("What you like doing and what you are looking for. Employers read it when you apply."),
    )


class PhotoForm(Form):
    """One picture."""

    photo = FileField(
        _l("Photograph"),
        [FileRequired(_l("Choose a file."))],
        description=_l("JPEG or PNG, up to 5 MB. What the camera writes beside the picture, such as the place, is not kept."),
        render_kw={"accept": "image/jpeg,image/png"},
    )


class ActForm(Form):
    """One button."""


class EducationForm(Form):
    """What was studied, where and when."""

    place = StringField(_l("School"), [REQUIRED, most(200)])
    what = StringField(_l("What you studied there"), [REQUIRED, most(200)])
    from_year = IntegerField(_l("From the year"), [Optional(), NumberRange(1950, 2100, _l("A year, such as 2024."))])
    until_year = IntegerField(_l("Until the year"), [Optional(), NumberRange(1950, 2100, _l("A year, such as 2024."))])
