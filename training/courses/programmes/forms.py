"""The forms of programmes."""

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.courses.programmes.workflow import Kind
from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import LazyString, _l

Choices = Sequence[tuple[str, str | LazyString]]
NOTHING: tuple[str, str] = ("", "–")

_SOME = [Optional(), NumberRange(0, 20_000, _l("Write a number from 0 to 20,000."))]
_MONTHS = [Optional(), NumberRange(1, 120, _l("Write the months as a number from 1 to 120."))]


class CreateForm(Form):
    """A new programme."""

    code = StringField(_l("Code"), [REQUIRED, most(60)], description=_l("As the list of programmes has it, for example 15.01.05."))
    title = StringField(_l("Title"), [REQUIRED, most(200)])
    kind = SelectField(_l("Kind of programme"), [REQUIRED], choices=of_kind(Kind))
    qualification = StringField(_l("Qualification"), [Optional(), most(200)])
    occupation_id = SelectField(_l("Occupation"), [Optional()])
    hours = IntegerField(_l("Hours"), _SOME)
    months = IntegerField(_l("Length in months"), _MONTHS)
    summary = TextAreaField(_l("What one learns"), [Optional(), most(4000)], description=_l("A few sentences for people who choose."))

    def __init__(self, *args: Any, occupations: Choices, **kwargs: Any) -> None:
        """With the occupations to choose from."""
        super().__init__(*args, **kwargs)
        self.choose(occupation_id=[NOTHING, *occupations])

    @property
    def fields(self) -> dict[str, Any]:
        """The occupation by its key."""
        values = super().fields
        return values | {"occupation_id": int(values["occupation_id"]) if values["occupation_id"] else None}


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
    occupation_id = SelectField(_l("Occupation"), [Optional()])

    def __init__(self, *args: Any, occupations: Choices, first: bool, **kwargs: Any) -> None:
        """With the occupations to choose from; later versions keep what the programme is called."""
        super().__init__(*args, **kwargs)
        if first:
            self.choose(occupation_id=[NOTHING, *occupations])
        else:
            del self.qualification, self.occupation_id

    @property
    def fields(self) -> dict[str, Any]:
        """The occupation by its key."""
        values = super().fields
        if "occupation_id" in values:
            values["occupation_id"] = int(values["occupation_id"]) if values["occupation_id"] else None
        return values


class ReasonForm(Form):
    """What is to be changed."""

    reason = TextAreaField(_l("Comments"), [REQUIRED, most(1000)], description=_l("The author reads them in these words."))
