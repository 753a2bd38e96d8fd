"""The forms of a skills passport."""

from wtforms import RadioField

from training.kernel.forms import REQUIRED, Form, options
from training.kernel.i18n import _l
from training.taxonomy.fields import TermField
from training.taxonomy.models import Skill


class StateForm(Form):
    """A skill and how well one has it."""

    skill_id = TermField(_l("Skill"), [REQUIRED], kind=Skill)
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
