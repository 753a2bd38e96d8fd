"""The form of a module."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional

from training.courses.programmes.workflow import HourKind
from training.kernel.forms import REQUIRED, Form, most, options
from training.kernel.i18n import LazyString, _, _l
from training.taxonomy.fields import TermField
from training.taxonomy.models import Skill

Choices = Sequence[tuple[str, str | LazyString]]
LEVELS: Choices = [("0", _l("Not taught")), ("1", "1"), ("2", "2"), ("3", "3"), ("4", "4")]
SKILLS, FREE = 5, 2
"""Rows for skills on a form, at least, and those of them that are empty."""
OUTCOMES, SENTENCE = 20, 200
"""Outcomes of a module, and the characters of one."""


class ModuleForm(Form):
    """A module, what it is part of, how its hours are spent, and what one learns in it."""

    code = StringField(_l("Code"), [REQUIRED, most(60)], description=_l("For example ПМ.01."))
    title = StringField(_l("Title"), [REQUIRED, most(200)])
    parent_id = SelectField(_l("Part of"), [Optional()])
    hours = IntegerField(_l("Hours"), [REQUIRED, NumberRange(1, 20_000, _l("Write a number from 1 to 20,000."))])
    outcomes = TextAreaField(
        _l("Outcomes"), [Optional(), most(OUTCOMES * SENTENCE)], description=_l("What one is able to do afterwards; one sentence a line.")
    )

    rows: int = SKILLS
    """How many skills fit it."""

    def __init__(self, *args: Any, parents: Choices, **kwargs: Any) -> None:
        """With the modules that it can be a part of."""
        super().__init__(*args, **kwargs)
        self.choose(parent_id=[("", _l("Nothing: a module of its own")), *parents])

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Whether everything fits, the lines of the outcomes too."""
        sound = super().validate(extra_validators)
        lines = self.sentences()
        if len(lines) > OUTCOMES:
            self.outcomes.errors = [_("At most %(most)d outcomes fit a module. Join some, or divide the module.", most=OUTCOMES)]
        elif long := next((place for place, line in enumerate(lines, 1) if len(line) > SENTENCE), None):
            self.outcomes.errors = [_("Line %(line)d is longer than %(most)d characters. Shorten it.", line=long, most=SENTENCE)]
        else:
            return sound
        return False

    def sentences(self) -> list[str]:
        """The outcomes, one a line, without empty lines."""
        return [line.strip() for line in (self.outcomes.data or "").splitlines() if line.strip()]

    def kinds(self) -> list[Any]:
        """The fields of the hours by kind."""
        return [self[f"{kind.value}_hours"] for kind in HourKind]

    def pairs(self) -> list[tuple[Any, Any]]:
        """The fields of each skill and its level."""
        return [(self[f"skill_{row}"], self[f"level_{row}"]) for row in range(1, self.rows + 1)]

    @property
    def fields(self) -> dict[str, Any]:
        """What the service takes: the parent's key, hours by kind, outcomes, levels by skill."""
        taught = {int(skill.data or 0): int(level.data or 0) for skill, level in self.pairs()}
        return {
            "code": super().fields["code"],
            "title": super().fields["title"],
            "hours": self.hours.data,
            "parent_id": int(self.parent_id.data) if self.parent_id.data else None,
            "spread": {kind: self[f"{kind.value}_hours"].data for kind in HourKind if self[f"{kind.value}_hours"].data},
            "outcomes": self.sentences(),
            "skills": {skill: level for skill, level in taught.items() if skill and level},
        }


def module_form(*, parents: Choices, taught: Sequence[tuple[Skill, int]] = (), **kwargs: Any) -> ModuleForm:
    """The form with a field for each kind of hours and rows for skills, those that the module teaches filled in."""
    some = [Optional(), NumberRange(0, 20_000, _l("Write a number from 0 to 20,000."))]
    rows: dict[str, Any] = {f"{kind.value}_hours": IntegerField(kind.label, some) for kind in HourKind}
    rows["rows"] = max(SKILLS, len(taught) + FREE)
    for row in range(1, rows["rows"] + 1):
        skill, level = taught[row - 1] if row <= len(taught) else (None, 0)
        label = {"number": row}
        rows[f"skill_{row}"] = TermField(_l("Skill %(number)d", **label), [Optional()], kind=Skill, default=skill, description="")
        rows[f"level_{row}"] = SelectField(
            _l("Level of skill %(number)d", **label), [Optional()], choices=options(LEVELS), default=str(level)
        )
    form: ModuleForm = type("ModuleForm", (ModuleForm,), rows)(parents=parents, **kwargs)
    return form
