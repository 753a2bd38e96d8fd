"""The forms of a selection."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from training.courses.cohorts.workflow import Funding
from training.courses.selections.models import Asked, Criterion
from training.courses.selections.rules import Rule, Wish
from training.kernel.forms import REQUIRED, Form, most, options
from training.kernel.i18n import LazyString, _, _l

Choices = Sequence[tuple[Any, str | LazyString]]
ROWS = 5
"""Criteria, and documents, that one cohort asks for at most."""
FILE = _l("PDF, JPEG or PNG, up to 10 MB. A photograph taken with a phone will do.")
SCANS = {"accept": "application/pdf,image/jpeg,image/png"}


def hundredths(text: str | None) -> int | None:
    """An average as it is written, `4.35` or `4,35`, in hundredths; nothing where it is no such number."""
    whole, _dot, part = (text or "").strip().replace(",", ".").partition(".")
    if (
        not whole.isdecimal()
        or not whole.isascii()
        or len(whole) > 3
        or len(part) > 2
        or (part and not (part.isdecimal() and part.isascii()))
    ):
        return None
    found = int(whole) * 100 + int(part.ljust(2, "0") or 0)
    return found if 1 <= found <= 10_000 else None


def an_average(form: Any, field: Any) -> None:
    """Refuses what is no average."""
    if hundredths(field.data) is None:
        raise ValidationError(_("Write the average with two figures behind the point, for example 4.35."))


def average_field(**given: Any) -> StringField:
    """The certificate's average as people write it."""
    hint = _l("The mean of all marks in your school certificate, with two figures behind the point: 4.35.")
    return StringField(
        _l("Certificate average"), [REQUIRED, most(8), an_average], description=hint, render_kw={"inputmode": "decimal"}, **given
    )


def boxes(label: LazyString, hint: LazyString | None = None, validators: Sequence[Any] = ()) -> SelectMultipleField:
    """Several of a list, by boxes."""
    return SelectMultipleField(label, list(validators), widget=ListWidget(), option_widget=CheckboxInput(), description=hint or "")


class ApplyForm(Form):
    """Which seats, how much they are wanted, the certificate's average, a priority group; answers are added for each criterion."""

    funding = boxes(
        _l("Which seats would you take"),
        _l("When your place on the list comes, you are offered the first of these that is free."),
        [InputRequired(_l("Choose at least one kind of seat."))],
    )
    priority = SelectField(
        _l("Priority"),
        [REQUIRED],
        description=_l("How much you want this place among all you apply for: 1 is the most. You can change it later."),
    )
    average = average_field()
    group_id = SelectField(_l("Priority group"), [Optional()])

    def offer(self, funding: Choices, free: Sequence[int], groups: Choices) -> None:
        """The kinds of seats, the priorities that are left, the groups that can be claimed."""
        self.choose(
            funding=[(one.value, label) for one, label in funding],
            priority=[(str(number), str(number)) for number in free],
            group_id=[("", _l("None")), *((str(key), name) for key, name in groups)],
        )
        if len(funding) == 1 and not self.funding.data:
            self.funding.data = [funding[0][0].value]

    def said(self) -> list[Any]:
        """The fields of the answers."""
        return [field for name, field in self._fields.items() if name.startswith("answer_")]

    @property
    def fields(self) -> dict[str, Any]:
        """What the service takes."""
        return {
            "funding": [Funding(value) for value in self.funding.data or ()],
            "priority": int(self.priority.data),
            "average": hundredths(self.average.data),
            "group_id": int(self.group_id.data) if self.group_id.data else None,
            "answers": {int(one.name.removeprefix("answer_")): one.data.strip() for one in self.said() if (one.data or "").strip()},
        }


def apply_form(criteria: Sequence[Criterion]) -> ApplyForm:
    """The form with an answer for each criterion."""
    rows = {
        f"answer_{one.id}": TextAreaField(
            one.name,
            [Optional(), most(2000)],
            description=_l("What you want the school to know for this; up to %(maximum)d points.", maximum=one.maximum),
        )
        for one in criteria
    }
    form: ApplyForm = type("ApplyForm", (ApplyForm,), rows)()
    return form


class BringForm(Form):
    """A document as a file."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))], description=FILE, render_kw=SCANS)


class BringCertificateForm(BringForm):
    """The certificate with its average, to put right what was mistyped."""

    average = average_field()


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The trainee reads it in these words."))


class TakeForm(Form):
    """Which applications of lower priority end with taking the seat."""

    ending = boxes(_l("End these applications"), _l("You want them less than this one. Untick what you want to keep."), [Optional()])

    def offer(self, lower: Choices) -> None:
        """The applications of lower priority; all of them are ticked until somebody unticks one."""
        self.choose(ending=[(str(key), words) for key, words in lower])
        if not self.is_submitted():
            self.ending.data = [str(key) for key, _words in lower]

    @property
    def fields(self) -> dict[str, Any]:
        """What the service takes."""
        return {"ending": {int(key) for key in self.ending.data or ()}}


class GroupForm(Form):
    """A priority group with its legal ground."""

    name = StringField(
        _l("Name of the group"), [REQUIRED, most(200)], description=_l("For example: children of those who died in service.")
    )
    ground = TextAreaField(
        _l("Legal ground"), [REQUIRED, most(2000)], description=_l("The law with its article, and what it says, in its words.")
    )


class ConditionForm(Form):
    """A condition, its day, and what is caught up."""

    words = TextAreaField(_l("Condition"), [REQUIRED, most(1000)], description=_l("The applicant reads it in these words, at once."))
    until_on = DateField(_l("By when"), [InputRequired(_l("Write the day as YYYY-MM-DD or pick it."))])
    module = StringField(
        _l("Catch-up module"), [Optional(), most(200)], description=_l("What is studied to meet it, for example: mathematics, 36 hours.")
    )


class OfferForm(Form):
    """Until when the seats of a round are held."""

    until_on = DateField(
        _l("Last day to take the seat"),
        [InputRequired(_l("Write the day as YYYY-MM-DD or pick it."))],
        description=_l("A seat that is not taken by then goes to the next on the list."),
    )


class ScoreForm(Form):
    """Points for each criterion."""

    @property
    def fields(self) -> dict[str, Any]:
        """The points by criterion."""
        rows = {name: field for name, field in self._fields.items() if name.startswith("points_")}
        return {"points": {int(name.removeprefix("points_")): field.data for name, field in rows.items()}}


def score_form(criteria: Sequence[Criterion], given: Mapping[int, int | None]) -> ScoreForm:
    """The form with a number for each criterion."""
    rows = {
        f"points_{one.id}": IntegerField(
            one.name,
            [Optional(), NumberRange(0, one.maximum, _l("From 0 to %(maximum)d points.", maximum=one.maximum))],
            description=_l("Up to %(maximum)d points, each counts %(weight)d.", maximum=one.maximum, weight=one.weight),
            default=given.get(one.id),
        )
        for one in criteria
    }
    form: ScoreForm = type("ScoreForm", (ScoreForm,), rows)()
    return form


class PriorityForm(Form):
    """The priorities of one's open applications."""

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Each priority once."""
        sound = super().validate(extra_validators)
        seen: set[Any] = set()
        for field in self.rows():
            if field.data in seen:
                field.errors = [_("Another application has this priority.")]
                sound = False
            seen.add(field.data)
        return sound

    def rows(self) -> list[Any]:
        """The fields of the priorities."""
        return [field for name, field in self._fields.items() if name.startswith("priority_")]

    @property
    def fields(self) -> dict[str, Any]:
        """The priorities by enrolment."""
        return {"priorities": {int(one.name.removeprefix("priority_")): int(one.data) for one in self.rows()}}


def priority_form(applications: Sequence[tuple[int, str, int | None]], most_of_them: int) -> PriorityForm:
    """The form with a priority for each open application, named by what it is for."""
    numbers = [(str(number), str(number)) for number in range(1, most_of_them + 1)]
    rows = {
        f"priority_{key}": SelectField(
            _l("Priority of %(programme)s", programme=name), [REQUIRED], choices=options(numbers), default=str(number or most_of_them)
        )
        for key, name, number in applications
    }
    form: PriorityForm = type("PriorityForm", (PriorityForm,), rows)()
    return form


class RulesForm(Form):
    """Criteria and documents, a row for each."""

    def criteria(self) -> list[tuple[Any, Any, Any]]:
        """The fields of each criterion: name, maximum, weight."""
        return [(self[f"name_{row}"], self[f"maximum_{row}"], self[f"weight_{row}"]) for row in range(1, ROWS + 1)]

    def documents(self) -> list[tuple[Any, Any]]:
        """The fields of each document: name, whether it is required."""
        return [(self[f"document_{row}"], self[f"required_{row}"]) for row in range(1, ROWS + 1)]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """A criterion has its most points."""
        sound = super().validate(extra_validators)
        for name, maximum, _weight in self.criteria():
            if (name.data or "").strip() and maximum.data is None and not maximum.errors:
                maximum.errors = [_("Write the most points.")]
                sound = False
        return sound

    @property
    def fields(self) -> dict[str, Any]:
        """What the service takes: rows without a name are left out."""
        return {
            "criteria": [
                Rule(name.data.strip(), weight.data or 1, maximum.data)
                for name, maximum, weight in self.criteria()
                if (name.data or "").strip()
            ],
            "documents": [Wish(name.data.strip(), bool(required.data)) for name, required in self.documents() if (name.data or "").strip()],
        }


def rules_form(criteria: Sequence[Criterion], asked: Sequence[Asked]) -> RulesForm:
    """The form with what is asked so far."""
    rows: dict[str, Any] = {}
    for row in range(1, ROWS + 1):
        one = criteria[row - 1] if row <= len(criteria) else None
        wish = asked[row - 1] if row <= len(asked) else None
        rows[f"name_{row}"] = StringField(_l("Criterion %(number)d", number=row), [Optional(), most(200)], default=one.name if one else "")
        rows[f"maximum_{row}"] = IntegerField(
            _l("Most points of criterion %(number)d", number=row),
            [Optional(), NumberRange(1, 1000, _l("Write a number from 1 to 1,000."))],
            default=one.maximum if one else None,
        )
        rows[f"weight_{row}"] = IntegerField(
            _l("Weight of criterion %(number)d", number=row),
            [Optional(), NumberRange(1, 100, _l("Write a number from 1 to 100."))],
            default=one.weight if one else 1,
        )
        rows[f"document_{row}"] = StringField(
            _l("Document %(number)d", number=row), [Optional(), most(200)], default=wish.name if wish else ""
        )
        rows[f"required_{row}"] = BooleanField(_l("Document %(number)d is required", number=row), default=wish.required if wish else True)
    form: RulesForm = type("RulesForm", (RulesForm,), rows)()
    return form
