"""The forms of requests to be erased."""

from wtforms import BooleanField

from training.kernel.forms import REQUIRED, Form
from training.kernel.i18n import _l


class AskForm(Form):
    """One box, because it cannot be undone."""

    sure = BooleanField(_l("I want my data erased, and I know that it cannot be undone"), [REQUIRED])
