"""The forms of rulings: one for each kind, because each orders something else."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import BooleanField, DateField, IntegerField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from training.courses.rulings.workflow import Kind, Reason, What
from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import LazyString, _, _l

Choices = Sequence[tuple[int, str | LazyString]]


def _ground() -> TextAreaField:
    return TextAreaField(
        _l("Ground"),
        [REQUIRED, most(2000)],
        description=_l("Statements, minutes, certificates, with their days. It stands in the document in these words."),
    )


class PeopleForm(Form):
    """Whom a ruling is over."""

    everyone = BooleanField(_l("Everybody of this list"))
    chosen = SelectMultipleField(
        _l("People"),
        [Optional()],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("Tick them one by one, unless everybody is meant."),
    )

    def __init__(self, *args: Any, people: Choices, cohorts: Choices, **kwargs: Any) -> None:
        """With the people of the cohort, and the cohorts that they could go to."""
        super().__init__(*args, **kwargs)
        self.choose(chosen=people)
        if "to_cohort_id" in self._fields:
            self.choose(to_cohort_id=[(0, "–"), *cohorts])

    def values(self) -> dict[str, Any]:
        """Whom, and what is ordered, as services take it."""
        given = self.fields
        ordered: dict[str, Any] = {name: given[name] or None for name in ("to_cohort_id", "from_on", "until_on", "words") if name in given}
        if given.get("reason"):
            ordered["reason"] = Reason(given["reason"])
        what = What(**ordered, repeats=bool(given.get("repeats")))
        return {"chosen": given["chosen"] or [], "everyone": given["everyone"], "what": what}


class DraftForm(PeopleForm):
    """A ruling that says all by its kind: enrolment, graduation."""

    ground = _ground()

    def values(self) -> dict[str, Any]:
        """With what it rests on, where that is asked."""
        return super().values() | ({"ground": self.fields["ground"]} if "ground" in self._fields else {})


class TransferForm(DraftForm):
    """Into which other cohort."""

    to_cohort_id = SelectField(_l("Into which cohort"), [REQUIRED], coerce=int, default=0)
    repeats = BooleanField(_l("They repeat a year in it"))


class _DaysForm(DraftForm):
    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """The days are in order."""
        sound = super().validate(extra_validators)
        from_on, until_on = self._fields["from_on"], self._fields["until_on"]
        if sound and from_on.data and until_on.data and until_on.data < from_on.data:
            until_on.errors = [_("The last day is before the first.")]
            return False
        return sound


class LeaveForm(_DaysForm):
    """From when until when."""

    from_on = DateField(_l("First day of the leave"), [REQUIRED])
    until_on = DateField(_l("Last day of the leave"), [REQUIRED])


class DeferralForm(DraftForm):
    """Where or when they come back."""

    to_cohort_id = SelectField(
        _l("Into which cohort they come back"),
        [Optional()],
        coerce=int,
        default=0,
        description=_l("Or say when, if it is not planned yet."),
    )
    until_on = DateField(_l("When they want to begin"), [Optional()])


class ReturnForm(DraftForm):
    """Where those who were deferred come back to."""

    to_cohort_id = SelectField(
        _l("Into which cohort"),
        [Optional()],
        coerce=int,
        default=0,
        description=_l("Only for those who were deferred; who was on leave comes back into the same cohort."),
    )


class ExpulsionForm(DraftForm):
    """Why."""

    reason = SelectField(_l("Reason"), [REQUIRED], choices=of_kind(Reason))
    words = TextAreaField(_l("In your own words"), [Optional(), most(1000)], description=_l("The trainee reads it in these words."))


FORMS: Mapping[Kind, type[DraftForm]] = {
    Kind.ENROLMENT: DraftForm,
    Kind.TRANSFER: TransferForm,
    Kind.LEAVE: LeaveForm,
    Kind.DEFERRAL: DeferralForm,
    Kind.RETURN: ReturnForm,
    Kind.EXPULSION: ExpulsionForm,
    Kind.GRADUATION: DraftForm,
}
"""What is asked for each kind."""


class EditForm(Form):
    """What a ruling rests on."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    ground = _ground()

    @property
    def fields(self) -> dict[str, Any]:
        """The values as services take them."""
        given = super().fields
        return given | {"version": given["version"] or 0}


class CorrectForm(Form):
    """Whose lines are taken back, and on what that rests."""

    ground = _ground()
    chosen = SelectMultipleField(
        _l("Whose line is taken back"),
        [Optional()],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    @property
    def fields(self) -> dict[str, Any]:
        """The values as services take them."""
        given = super().fields
        return given | {"chosen": given["chosen"] or []}
