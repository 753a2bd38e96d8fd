"""The forms of teams."""

from typing import Any

from wtforms import RadioField

from training.courses.cohorts.workflow import Funding
from training.kernel.forms import REQUIRED, Form
from training.kernel.i18n import _l


class StartForm(Form):
    """Which kind of seats the team would take."""

    funding = RadioField(_l("Which seats would you take"), [REQUIRED], description=_l("One kind for the whole team."))

    @property
    def fields(self) -> dict[str, Any]:
        """The kind of seat as services take it."""
        return {"funding": Funding(self.funding.data)}


class JoinForm(Form):
    """One button."""
