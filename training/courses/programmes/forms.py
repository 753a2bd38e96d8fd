"""The forms of programmes."""

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.courses.programmes.workflow import Kind
from training.kernel.forms import REQUIRED, Form, most, of_kind, options
from training.kernel.i18n import LazyString, _l

Choices = Sequence[tuple[str, str | LazyString]]
NOTHING: tuple[str, str] = ("", "–")
LEVELS: Choices = [("0", _l("Not taught")), ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")]
ROWS = 5
"""Skills that fit one form of a module."""

_SOME = [Optional(), NumberRange(0, 20_000, _l("Write a number from 0 to 20,000."))]
_MONTHS = [Optional(), NumberRange(1, 120, _l("Write the months as a number from 1 to 120."))]


class CreateForm(Form):
    """A new programme."""

    code = StringField(_l("Code"), [REQUIRED, most(60)], description=_l("As the list of programmes has it, for example 15.01.05."))
    title = StringField(_l("Title"), [REQUIRED, most(200)])
    kind = SelectField(_l("Kind of programme"), [REQUIRED], choices=of_kind(Kind))
    qualification = StringField(_l("Qualification"), [Optional(), most(200)])
    occupation_id = SelectField(_l("Occupation"), [Optional()])
    hours = IntegerField(_l("Hours"), _SOME)
    months = IntegerField(_l("Length in months"), _MONTHS)
    summary = TextAreaField(_l("What one learns"), [Optional(), most(4000)], description=_l("A few sentences for people who choose."))

    def __init__(self, *args: Any, occupations: Choices, **kwargs: Any) -> None:
        """With the occupations to choose from."""
        super().__init__(*args, **kwargs)
        self.choose(occupation_id=[NOTHING, *occupations])

    @property
    def fields(self) -> dict[str, Any]:
        """The occupation by its key."""
        values = super().fields
        return values | {"occupation_id": int(values["occupation_id"]) if values["occupation_id"] else None}


class EditForm(Form):
    """Hours, length and summary of a draft; its qualification and occupation in the first version."""

    version = IntegerField(widget=HiddenInput())
    hours_total = IntegerField(_l("Hours"), [REQUIRED, NumberRange(0, 20_000, _l("Write a number from 0 to 20,000."))])
    months = IntegerField(_l("Length in months"), _MONTHS)
    summary = TextAreaField(_l("What one learns"), [Optional(), most(4000)], description=_l("A few sentences for people who choose."))
    qualification = StringField(_l("Qualification"), [Optional(), most(200)])
    occupation_id = SelectField(_l("Occupation"), [Optional()])

    def __init__(self, *args: Any, occupations: Choices, first: bool, **kwargs: Any) -> None:
        """With the occupations to choose from; later versions keep what the programme is called."""
        super().__init__(*args, **kwargs)
        if first:
            self.choose(occupation_id=[NOTHING, *occupations])
        else:
            del self.qualification, self.occupation_id

    @property
    def fields(self) -> dict[str, Any]:
        """The occupation by its key."""
        values = super().fields
        if "occupation_id" in values:
            values["occupation_id"] = int(values["occupation_id"]) if values["occupation_id"] else None
        return values


class ModuleForm(Form):
    """A module, what it is part of, and the skills it teaches."""

    code = StringField(_l("Code"), [REQUIRED, most(60)], description=_l("For example ПМ.01."))
    title = StringField(_l("Title"), [REQUIRED, most(200)])
    hours = IntegerField(_l("Hours"), [REQUIRED, NumberRange(1, 20_000, _l("Write a number from 1 to 20,000."))])
    plant_hours = IntegerField(_l("Of these at a plant"), _SOME)
    parent_id = SelectField(_l("Part of"), [Optional()])

    def __init__(self, *args: Any, parents: Choices | None, **kwargs: Any) -> None:
        """With the modules that it can be a part of; with None it stays where it is."""
        super().__init__(*args, **kwargs)
        if parents is None:
            del self.parent_id
        else:
            self.choose(parent_id=[("", _l("Nothing: a module of its own")), *parents])

    @property
    def fields(self) -> dict[str, Any]:
        """What the service takes: the parent's key, the skills with their levels."""
        values = super().fields
        taught = {int(values.pop(f"skill_{row}") or 0): int(values.pop(f"level_{row}") or 0) for row in range(1, ROWS + 1)}
        if "parent_id" in values:
            values["parent_id"] = int(values["parent_id"]) if values["parent_id"] else None
        return values | {
            "plant_hours": values["plant_hours"] or 0,
            "skills": {skill: level for skill, level in taught.items() if skill and level},
        }

    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of each skill and its level."""
        return [(self[f"skill_{row}"], self[f"level_{row}"]) for row in range(1, ROWS + 1)]


def module_form(*, parents: Choices | None, skills: Choices, taught: Sequence[tuple[int, int]] = (), **kwargs: Any) -> ModuleForm:
    """The form of a module with rows for skills, those that it teaches filled in."""
    rows: dict[str, Any] = {}
    for row in range(1, ROWS + 1):
        skill, level = taught[row - 1] if row <= len(taught) else ("", 0)
        label = {"number": row}
        rows[f"skill_{row}"] = SelectField(
            _l("Skill %(number)d", **label), [Optional()], choices=options([NOTHING, *skills]), default=str(skill)
        )
        rows[f"level_{row}"] = SelectField(
            _l("Level of skill %(number)d", **label), [Optional()], choices=options(LEVELS), default=str(level)
        )
    form: ModuleForm = type("ModuleForm", (ModuleForm,), rows)(parents=parents, **kwargs)
    return form


class ReasonForm(Form):
    """What is to be changed."""

    reason = TextAreaField(_l("Comments"), [REQUIRED, most(1000)], description=_l("The author reads them in these words."))
