"""The forms of assessments, of a column of results, and of a correction."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import DateField, IntegerField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from training.courses.assessments.models import MOST_POINTS, MOST_WEIGHT
from training.courses.assessments.reading import Outcome, Unreadable, read
from training.courses.assessments.workflow import ORDINARY, Kind, Level
from training.courses.scales.workflow import ScaleKind
from training.kernel.forms import REQUIRED, Form, most, of_kind, posted
from training.kernel.i18n import _, _l

TYPED = 20
"""Characters of a result, at most."""


class EditForm(Form):
    """What can be changed of an assessment."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    title = StringField(_l("Title"), [REQUIRED, most(200)])
    held_on = DateField(_l("Held on"), [REQUIRED])
    maximum = IntegerField(
        _l("Points there are"),
        [Optional(), NumberRange(1, MOST_POINTS, _l("From 1 to 1,000."))],
        description=_l("Leave it empty to give marks without points."),
    )
    weight = IntegerField(
        _l("Weight"),
        [REQUIRED, NumberRange(1, MOST_WEIGHT, _l("From 1 to 10."))],
        default=1,
        description=_l("How much it counts in the mean of a module that has no exam or credit."),
    )
    teacher_id = SelectField(_l("Who gives the results"), [REQUIRED], coerce=int)

    @property
    def values(self) -> dict[str, Any]:
        """What services take, the people and the module aside."""
        given = self.fields
        return {name: given[name] for name in ("title", "held_on", "maximum", "weight")}


class AddForm(EditForm):
    """A new assessment."""

    kind = SelectField(
        _l("Kind of assessment"), [REQUIRED], choices=of_kind(ORDINARY), description=_l("An exam or a credit ends the module.")
    )
    module_id = SelectField(_l("Module"), [Optional()])
    scale = SelectField(_l("Scale"), [REQUIRED], choices=of_kind(ScaleKind))

    @property
    def values(self) -> dict[str, Any]:
        """What services take, the people and the module aside."""
        return super().values | {"kind": Kind(self.kind.data), "scale": ScaleKind(self.scale.data)}


class DemonstrationForm(EditForm):
    """A new demonstration exam with its commission."""

    module_id = SelectField(_l("Module"), [Optional()])
    scale = SelectField(_l("Scale"), [REQUIRED], choices=of_kind(ScaleKind))
    level = SelectField(_l("Level of the exam"), [REQUIRED], choices=of_kind(Level))
    kit_code = StringField(_l("Code of the assessment kit"), [REQUIRED, most(60)])
    centre = StringField(_l("Where it is held"), [REQUIRED, most(200)], description=_l("The centre of the demonstration exam."))
    chair_id = SelectField(
        _l("Chair of the commission"), [REQUIRED], coerce=int, description=_l("Confirms the results; somebody else than who gives them.")
    )
    members = SelectMultipleField(
        _l("Further examiners of the school"),
        [Optional()],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    outsiders = TextAreaField(_l("Examiners from outside"), [Optional(), most(1000)], description=_l("One name a line."))

    @property
    def values(self) -> dict[str, Any]:
        """What services take, the people and the module aside."""
        return super().values | {"kind": Kind.DEMONSTRATION, "scale": ScaleKind(self.scale.data)}

    def names(self) -> list[str]:
        """Those from outside."""
        return [line.strip()[:200] for line in (self.outsiders.data or "").splitlines() if line.strip()]


class ColumnForm(Form):
    """A column of results: a field for everybody who can get one, named by enrolment and attempt."""

    of: ClassVar[Any] = None
    """The assessment."""

    def rows(self) -> list[tuple[int, int, Any]]:
        """Enrolment, attempt and field of everybody who can get a result."""
        named = [(name.split("_"), field) for name, field in self._fields.items() if name.startswith("mark_")]
        return [(int(parts[1]), int(parts[2]), field) for parts, field in named]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether every result that was typed can be read."""
        sound = super().validate(extra_validators)
        if late := self._late():
            said = _("Somebody gave results meanwhile. Look at the column again; not taken: %(typed)s.", typed=", ".join(late))
            self.form_errors = [*self.form_errors, said]
            sound = False
        self.outcomes: dict[tuple[int, int], Outcome] = {}
        for enrolment_id, attempt, field in self.rows():
            if (field.data or "").strip() and not field.errors:
                try:
                    self.outcomes[enrolment_id, attempt] = _read(self.of, field.data)
                except Unreadable as error:
                    field.errors = [str(error.sentence)]
                    sound = False
        return sound

    def _late(self) -> list[str]:
        """What was typed where a result has been given meanwhile."""
        sent = ((name, values[0].strip()[:TYPED]) for name, values in posted().items() if name.startswith("mark_"))
        return [value for name, value in sent if value and name not in self._fields]


class CorrectForm(Form):
    """Another result in the place of one that was given."""

    of: ClassVar[Any] = None
    """The assessment."""
    value = StringField(_l("Result"), [REQUIRED, most(TYPED)])
    reason = TextAreaField(_l("Why it is corrected"), [REQUIRED, most(1000)], description=_l("The trainee reads it in these words."))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether the result can be read."""
        sound = super().validate(extra_validators)
        if not self.value.errors:
            try:
                self.outcome = _read(self.of, self.value.data or "")
            except Unreadable as error:
                self.value.errors = [str(error.sentence)]
                sound = False
        return sound


class ReasonForm(Form):
    """Why results are sent back."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The others read it in these words."))


def column_form(assessment: Any, people: Sequence[tuple[int, int, str]]) -> ColumnForm:
    """The form of a column for these people: enrolment, attempt that is next, name."""
    fields = {f"mark_{enrolment_id}_{attempt}": StringField(name, [Optional(), most(TYPED)]) for enrolment_id, attempt, name in people}
    form: ColumnForm = type("ColumnForm", (ColumnForm,), {**fields, "of": assessment})()
    return form


def correct_form(assessment: Any) -> CorrectForm:
    """The form of a correction in an assessment."""
    form: CorrectForm = type("CorrectForm", (CorrectForm,), {"of": assessment})()
    return form


def _read(assessment: Any, typed: str) -> Outcome:
    return read(typed, assessment.edition.kind, assessment.edition.bands, assessment.maximum)
