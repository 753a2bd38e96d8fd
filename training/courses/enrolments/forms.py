"""The forms of enrolments."""

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from training.courses.cohorts.workflow import Funding
from training.courses.enrolments.workflow import Leaving
from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import LazyString, _l


class ApplyForm(Form):
    """Which kinds of seats one would take."""

    funding = SelectMultipleField(
        _l("Which seats would you take"),
        [InputRequired(_l("Choose at least one kind of seat."))],
        widget=ListWidget(),
        option_widget=CheckboxInput(),
        description=_l("The first one with a free seat is yours. If none is free, you stand in the queue of each."),
    )

    def __init__(self, *args: Any, offered: Sequence[tuple[Funding, str | LazyString]], **kwargs: Any) -> None:
        """With the kinds of seats that the cohort has; a single one is chosen already."""
        super().__init__(*args, **kwargs)
        self.offer(offered)
        if len(offered) == 1 and not self.funding.data:
            self.funding.data = [offered[0][0].value]

    def offer(self, offered: Sequence[tuple[Funding, str | LazyString]]) -> None:
        """The kinds of seats, each with what it offers."""
        self.choose(funding=[(funding.value, words) for funding, words in offered])

    @property
    def fields(self) -> dict[str, Any]:
        """The kinds of seats in the order they are listed."""
        return {"funding": [Funding(value) for value in self.funding.data or ()]}


class ConfirmForm(Form):
    """One button."""


class WithdrawForm(Form):
    """Why a trainee leaves."""

    because = SelectField(_l("Why you leave"), [REQUIRED], choices=[SelectChoice("", "–"), *of_kind(Leaving)])
    words = TextAreaField(_l("In your own words"), [Optional(), most(1000)], description=_l("The school reads it in these words."))

    @property
    def fields(self) -> dict[str, Any]:
        """The reason as services take it."""
        given = super().fields
        return given | {"because": Leaving(given["because"])}


class RenewForm(Form):
    """One button, for the cohort as it was shown."""

    version = IntegerField(widget=HiddenInput())


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The trainee reads it in these words."))


_SEATS = [Optional(), NumberRange(0, 10_000, _l("Write a number from 0 to 10,000."))]


class SeatsForm(Form):
    """Seats by who pays."""

    state = IntegerField(Funding.STATE.label, _SEATS)
    target = IntegerField(Funding.TARGET.label, _SEATS)
    paid = IntegerField(Funding.PAID.label, _SEATS)
    employer = IntegerField(Funding.EMPLOYER.label, _SEATS)

    @property
    def fields(self) -> dict[str, Any]:
        """The numbers by who pays, blank ones as none."""
        return {"seats": {funding: self[funding.value].data or 0 for funding in Funding}}
