"""The forms of proposals to revoke credentials."""

from wtforms import TextAreaField

from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class ReasonForm(Form):
    """Why it is to be revoked."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The holder reads it in these words."))


class AnswerForm(Form):
    """Why it is not."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("Whoever proposed it reads it in these words."))
