"""The forms of proposals to issue credentials."""

from wtforms import TextAreaField

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class ReasonForm(Form):
    """Why not."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("Whoever proposed it reads it in these words."))
