"""The forms of transfers."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, SelectField, TextAreaField

from training.courses.cohorts.workflow import Funding
from training.kernel.forms import REQUIRED, Form, most
from training.kernel.i18n import LazyString, _l


class AskForm(Form):
    """Why a trainee wants to move."""

    words = TextAreaField(
        _l("Why you want to move"), [REQUIRED, most(4000)], description=_l("The managers of both schools read it in these words.")
    )


class AcceptForm(Form):
    """From which day, and on which seat."""

    from_on = DateField(_l("First day at your school"), [REQUIRED])
    funding = SelectField(_l("Seat"), [REQUIRED])

    def __init__(self, *args: Any, offered: Sequence[tuple[str, str | LazyString]], **kwargs: Any) -> None:
        """With the seats that are free."""
        super().__init__(*args, **kwargs)
        self.choose(funding=offered)

    @property
    def fields(self) -> dict[str, Any]:
        """The seat as services take it."""
        given = super().fields
        return given | {"funding": Funding(given["funding"])}


class ConfirmForm(Form):
    """One button."""


class ReasonForm(Form):
    """Why not."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The trainee and the other school read it in these words."))
