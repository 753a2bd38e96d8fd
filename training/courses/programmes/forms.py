"""The forms of programmes."""

from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.courses.programmes.workflow import Kind
from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import _l
from training.taxonomy.fields import TermField
from training.taxonomy.models import Occupation

_SOME = [Optional(), NumberRange(0, 20_000, _l("Write a number from 0 to 20,000."))]
_MONTHS = [Optional(), NumberRange(1, 120, _l("Write the months as a number from 1 to 120."))]


class CreateForm(Form):
    """A new programme."""

    code = StringField(
        _l("Code"),
        [REQUIRED, most(60)],
        description=_l("As the list of programmes has it, for example 15.01.05; its title is offered below."),
    )
    title = StringField(_l("Title"), [REQUIRED, most(200)])
    kind = SelectField(_l("Kind of programme"), [REQUIRED], choices=of_kind(Kind))
    qualification = StringField(_l("Qualification"), [Optional(), most(200)])
    occupation_id = TermField(_l("Occupation"), [Optional()], kind=Occupation)
    hours = IntegerField(_l("Hours"), _SOME)
    months = IntegerField(_l("Length in months"), _MONTHS)
    summary = TextAreaField(_l("What one learns"), [Optional(), most(4000)], description=_l("A few sentences for people who choose."))


class EditForm(Form):
    """Hours, length and summary of a draft; its qualification and occupation in the first version."""

    version = IntegerField(widget=HiddenInput())
    hours_total = IntegerField(_l("Hours"), [REQUIRED, NumberRange(0, 20_000, _l("Write a number from 0 to 20,000."))])
    months = IntegerField(_l("Length in months"), _MONTHS)
    valid_months = IntegerField(
        _l("Its credential is valid for, in months"), _MONTHS, description=_l("Leave it out where the credential is valid for good.")
    )
    renewal_months = IntegerField(
        _l("It can be renewed from, in months before it expires"), _MONTHS, description=_l("Leave it out where it is not renewed.")
    )
    summary = TextAreaField(_l("What one learns"), [Optional(), most(4000)], description=_l("A few sentences for people who choose."))
    qualification = StringField(_l("Qualification"), [Optional(), most(200)])
    occupation_id = TermField(_l("Occupation"), [Optional()], kind=Occupation)

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        """Later versions keep what the programme is called."""
        super().__init__(*args, **kwargs)
        if not first:
            del self.qualification, self.occupation_id


class ReasonForm(Form):
    """What is to be changed."""

    reason = TextAreaField(_l("Comments"), [REQUIRED, most(1000)], description=_l("The author reads them in these words."))
