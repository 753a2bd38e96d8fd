"""The forms of evaluations."""

from collections.abc import Sequence
from typing import Any

from wtforms import RadioField, TextAreaField
from wtforms.validators import Optional

from training.internships.evaluations.workflow import Recommendation
from training.kernel.forms import REQUIRED, Form, most, of_kind, options
from training.kernel.i18n import _l
from training.taxonomy.models import Skill

LEVELS = [("1", _l("1, has tried it")), ("2", _l("2, with help")), ("3", _l("3, alone")), ("4", _l("4, can teach it"))]


class EvaluationForm(Form):
    """A comment, what is recommended, and a level for each skill; `of` makes the form for a placement's skills."""

    comment = TextAreaField(_l("In your words"), [REQUIRED, most(4000)], description=_l("What went well, what is still to learn."))

    @property
    def fields(self) -> dict[str, Any]:
        """The values as the service takes them."""
        values = super().fields
        rated = {
            int(name.removeprefix("skill_")): int(values.pop(name)) for name in list(values) if name.startswith("skill_") and values[name]
        }
        chosen = values.get("recommendation")
        return {
            "comment": values["comment"],
            "ratings": rated,
            "recommendation": Recommendation(chosen) if chosen else None,
        }


def of(skills: Sequence[Skill], *, recommends: bool) -> EvaluationForm:
    """The form with a row of levels for each skill, and with the recommendation for whoever gives one."""
    parts: dict[str, Any] = {
        f"skill_{skill.id}": RadioField(skill.title, [REQUIRED] if recommends else [Optional()], choices=options(LEVELS))
        for skill in skills
    }
    if recommends:
        parts["recommendation"] = RadioField(
            _l("What you recommend"),
            [REQUIRED],
            choices=of_kind(Recommendation),
            default=Recommendation.NONE.value,
        )
    made: type[EvaluationForm] = type("PlacementEvaluationForm", (EvaluationForm,), parts)
    return made()


class DisagreeForm(Form):
    """What the trainee sees otherwise."""

    comment = TextAreaField(_l("What you see otherwise"), [REQUIRED, most(2000)], description=_l("It stands beside the evaluation."))


class CompleteForm(Form):
    """One button."""
