"""The forms of allocations."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import Email, Optional

from training.courses.allocations.models import Nominee
from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import _l


class NominateForm(Form):
    """Whom the employer sends."""

    family_name = StringField(_l("Family name"), [REQUIRED, most(60)], render_kw={"autocomplete": "off"})
    given_name = StringField(_l("Given name"), [REQUIRED, most(60)], render_kw={"autocomplete": "off"})
    patronymic = StringField(_l("Patronymic"), [Optional(), most(60)], render_kw={"autocomplete": "off"})
    email = StringField(
        _l("E-mail"),
        [REQUIRED, most(200), Email(_l("This is not an e-mail address."))],
        description=_l("The person is written to there, and answers with the account of this address."),
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    personnel_number = StringField(_l("Personnel number"), [Optional(), most(60)], render_kw={"autocomplete": "off"})

    @property
    def people(self) -> list[Nominee]:
        """The one person."""
        said: dict[str, Any] = self.fields
        return [
            Nominee(
                family_name=said["family_name"],
                given_name=said["given_name"],
                patronymic=said["patronymic"],
                email=said["email"],
                personnel_number=said["personnel_number"],
            )
        ]


class CancelForm(Form):
    """Why a nomination is taken back."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The person reads it in these words."))


class DeclineForm(Form):
    """Why the seat is not taken."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("Your employer reads it in these words."))
