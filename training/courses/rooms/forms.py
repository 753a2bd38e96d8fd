"""The form of a room."""

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import Optional
from wtforms.widgets import HiddenInput

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class AddForm(Form):
    """The name on the door, and the site it is at."""

    name = StringField(_l("Name"), [REQUIRED, most(60)], description=_l("As it stands on the door: Room 204, Welding shop."))
    site_id = SelectField(_l("Site"), [Optional()])

    def __init__(self, *args: Any, sites: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """With the school's sites to choose from."""
        super().__init__(*args, **kwargs)
        self.choose(site_id=[("", _l("At the school")), *sites])

    @property
    def fields(self) -> dict[str, Any]:
        """The values as services take them."""
        given = super().fields
        return given | {"site_id": int(given["site_id"]) if given["site_id"] else None}


class EditForm(AddForm):
    """The same, of a room that is there."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())

    @property
    def fields(self) -> dict[str, Any]:
        """The values as services take them."""
        given = super().fields
        return given | {"version": given["version"] or 0}
