"""The forms of a quota."""

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.kernel import clock
from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l
from training.organisations.models import Organisation

MOST = 10_000
"""Seats of one code at one school."""


class AddForm(Form):
    """Which code at which school, for those who begin when, and how many."""

    school_id = SelectField(_l("School"), [REQUIRED])
    code = StringField(_l("Code"), [REQUIRED, most(20)], description=_l("Of the programme, for example 15.01.35."))
    year = IntegerField(_l("Year"), [REQUIRED, NumberRange(2000, 2100)], description=_l("In which training begins."))
    seats = IntegerField(_l("Seats"), [REQUIRED, NumberRange(0, MOST)], description=_l("That the state pays for."))
    act = StringField(_l("Act"), [REQUIRED, most(200)], description=_l("By which it was set: name, number and day."))

    def __init__(self, *args: Any, schools: Sequence[Organisation], **kwargs: Any) -> None:
        """With the region's schools to choose from."""
        super().__init__(*args, data={"year": clock.today().year + 1}, **kwargs)
        self.choose(school_id=[(str(school.id), school.short_name) for school in schools])


class ChangeForm(Form):
    """Another number, or none."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    seats = IntegerField(
        _l("Seats"), [Optional(), NumberRange(0, MOST)], description=_l("That the state pays for. Leave it empty to lift the quota.")
    )
    act = StringField(_l("Act"), [REQUIRED, most(200)], description=_l("By which it is changed: name, number and day."))

    @property
    def fields(self) -> dict[str, Any]:
        """The values as services take them."""
        given = super().fields
        return given | {"version": given["version"] or 0}
