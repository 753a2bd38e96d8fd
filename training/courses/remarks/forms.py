"""The forms of remarks."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, TextAreaField

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class AddForm(Form):
    """What one says, and of which section."""

    place = SelectField(_l("About"), [REQUIRED])
    words = TextAreaField(
        _l("Your remark"), [REQUIRED, most(1000)], description=_l("What is missing or should be otherwise; whoever writes it answers.")
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """With the sections to choose from."""
        super().__init__(*args, **kwargs)
        self.choose(place=places)


class AnswerForm(Form):
    """What became of a remark."""

    answer = TextAreaField(
        _l("Your answer"), [REQUIRED, most(1000)], description=_l("What you changed, or why it stays; whoever made the remark reads it.")
    )
