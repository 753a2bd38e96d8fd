"""The forms of merges."""

from collections.abc import Sequence

from wtforms import RadioField

from training.kernel.forms import REQUIRED, Form
from training.kernel.i18n import _l


class MergeForm(Form):
    """Which of the two records is kept."""

    keep = RadioField(_l("Which record is kept"), [REQUIRED], coerce=int)

    def __init__(self, people: Sequence[tuple[int, str]]) -> None:
        """With the two to choose from."""
        super().__init__()
        self.keep.choices = list(people)


class UndoForm(Form):
    """One button."""
