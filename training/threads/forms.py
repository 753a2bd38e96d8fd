"""The forms of threads."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import MultipleFileField
from wtforms import SelectMultipleField, TextAreaField
from wtforms import validators as v
from wtforms.widgets import CheckboxInput, ListWidget

from training.kernel.forms import Form, most, options
from training.kernel.i18n import _l
from training.kernel.wiring import Person
from training.threads.policies import LONGEST


class WriteForm(Form):
    """A message, whom it names, and what goes with it."""

    text = TextAreaField(_l("Message"), [v.Optional(), most(LONGEST)])
    mentions = SelectMultipleField(
        _l("Mention"), [v.Optional()], coerce=int, option_widget=CheckboxInput(), widget=ListWidget(), validate_choice=False
    )
    file = MultipleFileField(_l("Files"), [v.Optional()])

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        """With the people who can be chosen."""
        super().__init__(*args, **kwargs)
        self.mentions.choices = options((person.account_id, person.name) for person in people)


class EditForm(Form):
    """What the message says instead."""

    text = TextAreaField(_l("Message"), [v.Optional(), most(LONGEST)])


class ActForm(Form):
    """A button without fields."""
