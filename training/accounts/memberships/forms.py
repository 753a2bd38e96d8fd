"""The forms of members."""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import RadioField, SelectField, StringField

from training.kernel.forms import REQUIRED, Form, most, options
from training.kernel.i18n import _l
from training.kernel.policy import OrganisationKind


class FoundForm(Form):
    """A new organisation."""

    kind = RadioField(
        _l("What it is"),
        [REQUIRED],
        choices=options([(OrganisationKind.SCHOOL.value, _l("A school")), (OrganisationKind.EMPLOYER.value, _l("An employer"))]),
    )
    legal_name = StringField(_l("Full legal name"), [REQUIRED, most(200)])
    short_name = StringField(_l("Short name"), [REQUIRED, most(200)], description=_l("As people call it."))
    town = StringField(_l("Town"), [REQUIRED, most(200)])
    address = StringField(_l("Address"), [REQUIRED, most(200)], render_kw={"autocomplete": "street-address"})


class HandOverForm(Form):
    """What passes to whom: a field for each kind of charge, by its name."""

    def told(self) -> dict[str, str]:
        """What was chosen for each kind, without those that stay."""
        return {field.name: field.data for field in self if isinstance(field, SelectField) and field.data}


def hand_over_form(charges: Mapping[str, tuple[Any, Sequence[tuple[str, Any]]]]) -> HandOverForm:
    """A form that asks of each kind of charge, by name, with its label and whom one can choose, who takes it over."""
    fields = {
        name: SelectField(
            label,
            choices=options([("", _l("Stays as it is")), *choices]),
            description="" if choices else _l("No colleague has the role for it yet."),
        )
        for name, (label, choices) in charges.items()
    }
    made: HandOverForm = type("HandOverForm", (HandOverForm,), fields)()
    return made


class EndForm(Form):
    """One button."""
