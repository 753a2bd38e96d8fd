"""Keeping and changing a view of a list."""

from typing import Any

from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Optional

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _, _l


class SaveForm(Form):
    """A name for what a list shows now, or the view that it replaces."""

    name = StringField(
        _l("Name of the view"), [Optional(), most(60)], description=_l("For example: Waiting for me, This year's graduates.")
    )
    replaces = SelectField(_l("Keep it as"), [REQUIRED], coerce=int)
    preferred = BooleanField(_l("Open the list with it"))
    shared = BooleanField(_l("Show it to everybody in my organisation"))

    def __init__(self, *, own: list[tuple[int, str]], shares: bool, **given: Any) -> None:
        """`own` are the views that can be replaced; `shares` whether the reader may share."""
        super().__init__(**given)
        self.choose(replaces=[(0, _("A new view")), *((key, _("Replaces “%(name)s”", name=name)) for key, name in own)])
        if not own:
            del self.replaces
        if not shares:
            del self.shared

    def validate(self, extra_validators: Any = None) -> bool:
        """A new view has a name; one that is replaced keeps its own unless another is given."""
        fits = bool(super().validate(extra_validators))
        if self.replaced or (self.name.data or "").strip():
            return fits
        self.name.errors = [*self.name.errors, _("Give it a name, or choose the view that it replaces.")]
        return False

    @property
    def replaced(self) -> int:
        """The key of the view that is replaced; 0 for a new one."""
        return self.replaces.data or 0 if "replaces" in self else 0


class EditForm(Form):
    """Another name; whether the list opens with it; who finds it."""

    name = StringField(_l("Name of the view"), [REQUIRED, most(60)])
    preferred = BooleanField(_l("Open the list with it"))
    shared = BooleanField(_l("Show it to everybody in my organisation"))

    def __init__(self, *, shares: bool, **given: Any) -> None:
        """`shares` says whether the reader may share."""
        super().__init__(**given)
        if not shares:
            del self.shared
