"""The forms of prerequisites."""

from collections.abc import Sequence
from typing import Any

from wtforms import IntegerField, RadioField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.courses.programmes.models import Prerequisite
from training.courses.programmes.workflow import Needs
from training.kernel.forms import REQUIRED, Form, options
from training.kernel.i18n import _l

_NUMBER = NumberRange(1, 1000, _l("Write a number from 1 to 1,000."))


class ChooseForm(Form):
    """Which programme is meant."""

    programme_id = IntegerField(_l("Programme"), [REQUIRED, NumberRange(1, 2**31 - 1)], widget=HiddenInput())


class RuleForm(Form):
    """How much of what is asked for is needed."""

    version = IntegerField(widget=HiddenInput())
    needs = RadioField(
        _l("How much of it is needed"),
        [REQUIRED],
        choices=options(
            [
                (Needs.ALL.value, _l("All of them")),
                (Needs.ANY.value, _l("As many of them as I say, whichever they are")),
                (Needs.POINTS.value, _l("As many points as I say; each programme gives its own")),
            ]
        ),
    )
    least = IntegerField(_l("How many programmes or points"), [Optional(), _NUMBER])

    keys: Sequence[int] = ()
    """The programmes that give points."""

    def weights(self) -> list[Any]:
        """The fields of the points, in the order of the programmes."""
        return [self[f"points_{key}"] for key in self.keys]

    @property
    def fields(self) -> dict[str, Any]:
        """What the service takes: the rule, the number, points by programme."""
        given = {key: self[f"points_{key}"].data for key in self.keys}
        return {
            "version": self.version.data,
            "needs": Needs(self.needs.data),
            "least": self.least.data,
            "points": {key: points for key, points in given.items() if points},
        }


def rule_form(needed: Sequence[Prerequisite], **kwargs: Any) -> RuleForm:
    """The form with a field for the points of each programme."""
    rows: dict[str, Any] = {"keys": [one.needed_id for one in needed]}
    for one in needed:
        label = _l("Points: %(programme)s", programme=str(one))
        rows[f"points_{one.needed_id}"] = IntegerField(label, [Optional(), _NUMBER], default=one.points)
    form: RuleForm = type("RuleForm", (RuleForm,), rows)(**kwargs)
    return form
