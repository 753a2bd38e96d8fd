"""The forms of talent."""

from wtforms import SelectField

from training.kernel.forms import REQUIRED, Form
from training.kernel.i18n import _l


class InviteForm(Form):
    """To which vacancy."""

    vacancy_id = SelectField(_l("Vacancy"), [REQUIRED], coerce=int)
