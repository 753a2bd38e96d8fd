"""The forms of endorsements."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectField, TextAreaField
from wtforms.validators import Optional

from training.kernel.forms import REQUIRED, Form, most, options
from training.kernel.i18n import LazyString, _l
from training.taxonomy.fields import TermField
from training.taxonomy.models import Occupation

Choices = Sequence[tuple[str, str | LazyString]]
YEARS: Choices = [("1", _l("one year")), ("2", _l("two years")), ("3", _l("three years")), ("5", _l("five years"))]


class AskForm(Form):
    """Whom a school asks, and about which work."""

    employer_id = SelectField(_l("Employer"), [REQUIRED])
    occupation_id = TermField(
        _l("Occupation"), [REQUIRED], kind=Occupation, description=_l("The work that somebody who learnt this can do there.")
    )

    def __init__(self, *args: Any, employers: Choices, **kwargs: Any) -> None:
        """With the employers to choose from."""
        super().__init__(*args, **kwargs)
        self.choose(employer_id=[("", "–"), *employers])


class GiveForm(Form):
    """For how long an employer endorses."""

    years = SelectField(_l("It is valid for"), [REQUIRED], choices=options(YEARS), default="3")
    words = TextAreaField(
        _l("Why you stand by it"),
        [Optional(), most(1000)],
        description=_l("One or two sentences; everybody reads them on the public page."),
    )


class DeclineForm(Form):
    """What is missing."""

    reason = TextAreaField(_l("What is missing"), [REQUIRED, most(1000)], description=_l("The school reads it in these words."))


class RemarkForm(Form):
    """What is missing in one section."""

    place = SelectField(_l("About"), [REQUIRED])
    words = TextAreaField(
        _l("Your remark"), [REQUIRED, most(1000)], description=_l("What is missing or should be otherwise; the school answers beside it.")
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """With the sections to choose from."""
        super().__init__(*args, **kwargs)
        self.choose(place=places)


class WithdrawForm(Form):
    """Why it is withdrawn."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The school reads it in these words."))
