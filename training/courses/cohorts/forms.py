"""The forms of cohorts."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import HiddenInput

from training.courses.cohorts.workflow import Admission, EntryBase, Funding, StudyForm
from training.kernel.forms import REQUIRED, Form, most, of_kind
from training.kernel.i18n import LazyString, _l

Choices = Sequence[tuple[str, str | LazyString]]
DAY = InputRequired(_l("Write the day as YYYY-MM-DD or pick it."))
SEATS = [Optional(), NumberRange(0, 10_000, _l("Write a number from 0 to 10,000."))]


class SeatsForm(Form):
    """Seats by who pays."""

    state = IntegerField(Funding.STATE.label, SEATS)
    target = IntegerField(Funding.TARGET.label, SEATS)
    paid = IntegerField(Funding.PAID.label, SEATS)
    employer = IntegerField(Funding.EMPLOYER.label, SEATS)

    @property
    def seats(self) -> dict[Funding, int]:
        """The numbers by who pays, blank ones as none."""
        return {funding: self[funding.value].data or 0 for funding in Funding}


class _Days(Form):
    opens_on = DateField(_l("Applications open"), [DAY])
    closes_on = DateField(_l("Last day of applications"), [DAY])
    starts_on = DateField(_l("Training begins"), [DAY])
    ends_on = DateField(_l("Training ends"), [DAY])
    study_form = SelectField(_l("Study form"), [REQUIRED], choices=of_kind(StudyForm))
    entry_base = SelectField(_l("For people after"), [REQUIRED], choices=of_kind(EntryBase))
    site_id = SelectField(_l("Where"), [Optional()])

    def __init__(self, *args: Any, sites: Choices, **kwargs: Any) -> None:
        """With the school's sites to choose from."""
        super().__init__(*args, **kwargs)
        self.choose(site_id=[("", _l("At the school")), *sites])

    @property
    def fields(self) -> dict[str, Any]:
        """Enumerations and keys as the services take them."""
        values = super().fields
        return values | {
            "study_form": StudyForm(values["study_form"]),
            "entry_base": EntryBase(values["entry_base"]),
            "site_id": int(values["site_id"]) if values["site_id"] else None,
        }


class PlanForm(SeatsForm, _Days):
    """A new cohort: its name, days and seats."""

    code = StringField(_l("Name of the cohort"), [REQUIRED, most(60)], description=_l("As your school calls it, for example СВ-26."))
    admission = SelectField(_l("How seats are given"), [REQUIRED], choices=of_kind(Admission))
    minimum = IntegerField(_l("Least number of people"), SEATS)
    joins_until_on = DateField(
        _l("Last joining day"), [Optional()], description=_l("Until then a freed seat goes to the next in the queue.")
    )

    @property
    def fields(self) -> dict[str, Any]:
        """What the service takes, the seats as one table."""
        values = {name: value for name, value in super().fields.items() if name not in set(Funding)}
        return values | {"seats": self.seats, "minimum": values["minimum"] or 0, "admission": Admission(values["admission"])}


class EditForm(_Days):
    """Days and place of a cohort."""

    version = IntegerField(widget=HiddenInput())
    joins_until_on = DateField(_l("Last joining day"), [DAY], description=_l("Until then a freed seat goes to the next in the queue."))


class ReasonForm(Form):
    """Why."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("Everybody in the cohort reads it in these words."))
