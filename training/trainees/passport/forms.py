"""The forms of a skills passport."""

from wtforms import RadioField, SelectField

from training.kernel.forms import REQUIRED, Form, options
from training.kernel.i18n import _l


class StateForm(Form):
    """A skill and how well one has it."""

    skill_id = SelectField(_l("Skill"), [REQUIRED], coerce=int)
    level = RadioField(
        _l("How well"),
        [REQUIRED],
        choices=options(
            [
                ("1", _l("I have tried it")),
                ("2", _l("I do it with help")),
                ("3", _l("I do it by myself")),
                ("4", _l("I can show others how")),
            ]
        ),
    )
