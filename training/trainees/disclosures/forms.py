"""The form of visibility."""

from wtforms import RadioField

from training.kernel.forms import REQUIRED, Form, of_kind
from training.kernel.i18n import _l
from training.trainees.profiles.workflow import Visibility


class VisibilityForm(Form):
    """Who may find the trainee."""

    visibility = RadioField(_l("Who may find you"), [REQUIRED], choices=of_kind(Visibility))
