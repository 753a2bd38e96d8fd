"""The forms of vacancies."""

from collections.abc import Iterable
from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.candidates.vacancies.workflow import Employment, Schedule
from training.kernel.forms import REQUIRED, Form, most, of_kind, options
from training.kernel.i18n import _l
from training.kernel.money import Money
from training.taxonomy.fields import TermField
from training.taxonomy.models import Occupation, Skill

LEVELS = [(0, _l("Not asked")), (1, "1"), (2, "2"), (3, "3"), (4, "4")]
HIGHEST_PAY = 20_000_000


class VacancyForm(Form):
    """What is offered, for what pay, where and when."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    title = StringField(_l("Title"), [REQUIRED, most(200)], description=_l("As somebody would look for it: CNC setter-operator."))
    occupation_id = TermField(
        _l("Occupation"), [REQUIRED], kind=Occupation, description=_l("The skills it usually asks for are taken over.")
    )
    description = TextAreaField(_l("What the work is"), [REQUIRED, most(4000)], render_kw={"rows": 8})
    positions = IntegerField(_l("Positions"), [REQUIRED, NumberRange(1, 500, _l("From 1 to 500."))], default=1)
    pay_from = IntegerField(
        _l("Pay a month from, roubles"),
        [Optional(), NumberRange(1, HIGHEST_PAY, _l("A number of roubles; leave it empty when it is not stated."))],
    )
    pay_to = IntegerField(
        _l("Pay a month to, roubles"),
        [Optional(), NumberRange(1, HIGHEST_PAY, _l("A number of roubles; leave it empty when it is not stated."))],
    )
    employment = SelectField(_l("Employment"), [REQUIRED], choices=of_kind(Employment))
    schedule = SelectField(_l("Schedule"), [REQUIRED], choices=of_kind(Schedule))
    site_id = SelectField(_l("Site"), [Optional()], coerce=int)
    town = StringField(_l("Town"), [Optional(), most(200)], description=_l("Leave empty when it is where the employer is."))
    closes_on = DateField(_l("Last day to apply"), [Optional()])

    @property
    def fields(self) -> dict[str, Any]:
        """The values as the services take them."""
        values = super().fields
        return values | {
            "employment": Employment(values["employment"]),
            "schedule": Schedule(values["schedule"]),
            "site_id": values["site_id"] or None,
            **{name: Money.of(values[name]).minor if values[name] is not None else None for name in ("pay_from", "pay_to")},
        }


class AskForm(Form):
    """Which skills the work needs; the levels asked so far come as `level_<skill id>`, one more can be added."""

    version = IntegerField(widget=HiddenInput())
    add_id = TermField(_l("One more skill"), [Optional()], kind=Skill)
    add_level = SelectField(_l("Its level"), [Optional()], coerce=int, choices=options(LEVELS[1:]), default=2)

    @property
    def skills(self) -> dict[int, int]:
        """The level asked by skill."""
        levels: dict[int, Any] = {
            int(name.removeprefix("level_")): field.data for name, field in self._fields.items() if name.startswith("level_")
        }
        if self.add_id.data:
            levels[self.add_id.data] = self.add_level.data
        return {skill_id: level for skill_id, level in levels.items() if level}


def ask_form(asked: Iterable[tuple[int, str, int]], version: int) -> AskForm:
    """The form for a vacancy: a list of levels for each skill asked so far (id, title, level), and one more to add."""
    rows = {f"level_{skill_id}": SelectField(title, coerce=int, choices=options(LEVELS), default=level) for skill_id, title, level in asked}
    form: AskForm = type("AskForm", (AskForm,), rows)(version=version)
    return form


class StagesForm(Form):
    """The stages of coming vacancies."""

    names = TextAreaField(
        _l("Stages, one a line"), [REQUIRED, most(600)], description=_l("In the order candidates go through them."), render_kw={"rows": 8}
    )

    @property
    def lines(self) -> list[str]:
        """The names as they were typed, empty lines left aside."""
        return [" ".join(line.split()) for line in (self.names.data or "").splitlines() if line.strip()]


class CloseForm(Form):
    """One button."""
