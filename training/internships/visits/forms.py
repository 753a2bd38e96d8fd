"""The forms of visits."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField, TimeField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from training.internships.visits.models import MOST_WEEKS
from training.internships.visits.workflow import Means, Standing
from training.kernel.forms import REQUIRED, Form, most, of_kind, options
from training.kernel.i18n import _l, lazy_ngettext

MINUTES = (15, 30, 45, 60, 90, 120, 180, 240, 480)


class TimeForm(Form):
    """When, how long, how and where people meet, and who comes from the school."""

    day = DateField(_l("Day"), [REQUIRED])
    begins = TimeField(_l("Begins"), [REQUIRED])
    minutes = SelectField(
        _l("Lasts"),
        [REQUIRED],
        coerce=int,
        default=60,
        choices=options((count, lazy_ngettext("%(num)d minute", "%(num)d minutes", count)) for count in MINUTES),
    )
    means = RadioField(_l("How people meet"), [REQUIRED], default=Means.AT_WORK.value, choices=of_kind(Means))
    place = StringField(_l("Place, number, or the address of the call"), [REQUIRED, most(200)])
    visitor_id = SelectField(_l("Who comes from the school"), [REQUIRED], coerce=int)

    def values(self, zone: str) -> dict[str, Any]:
        """The values as services take them: the hour is the host's."""
        given = self.fields
        assert self.day.data is not None
        assert self.begins.data is not None
        starts_at = datetime.combine(self.day.data, self.begins.data, ZoneInfo(zone)).astimezone(UTC)
        times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=given["minutes"])}
        rest = {name: value for name, value in given.items() if name not in ("day", "begins", "minutes", "visitor_id")}
        return rest | times | {"means": Means(given["means"])}


class PlanForm(TimeForm):
    """A visit, and which further trainees it sees."""

    agenda = TextAreaField(_l("What is to be talked about"), [Optional(), most(2000)], description=_l("Mentor and trainee read it before."))
    others = SelectMultipleField(
        _l("Further trainees there"),
        [Optional()],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description=_l("Each has a report of their own, which the others do not see."),
    )

    def values(self, zone: str) -> dict[str, Any]:
        """The values as services take them."""
        given = super().values(zone)
        return given | {"others": given.get("others") or []}


class RescheduleForm(TimeForm):
    """Another time, place or person."""

    version = IntegerField(validators=[Optional()], widget=HiddenInput())
    also = SelectMultipleField(
        _l("Visits at the same time that move too"),
        [Optional()],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def values(self, zone: str) -> dict[str, Any]:
        """The values as services take them."""
        given = super().values(zone)
        return given | {"also": given.get("also") or [], "version": given["version"] or 0}


class CancelForm(Form):
    """Why it does not take place, and what else does not."""

    reason = TextAreaField(_l("Reason"), [REQUIRED, most(1000)], description=_l("The others read it in these words."))
    also = SelectMultipleField(
        _l("Visits at the same time that are cancelled too"),
        [Optional()],
        coerce=int,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    @property
    def fields(self) -> dict[str, Any]:
        """The values as services take them."""
        given = super().fields
        return given | {"also": given.get("also") or []}


class ReportForm(Form):
    """What was found and agreed."""

    standing = RadioField(
        _l("How it stands"),
        [REQUIRED],
        choices=of_kind(Standing),
        description=_l("Hours against the plan, attendance, and the work itself."),
    )
    findings = TextAreaField(_l("What was found"), [REQUIRED, most(4000)], description=_l("Mentor and trainee read it and answer."))
    agreed = TextAreaField(_l("What was agreed"), [Optional(), most(4000)], description=_l("Who does what, and by when."))
    follow_up_on = DateField(_l("Next visit by"), [Optional()], description=_l("Only when it is wanted sooner than usual."))
    school_note = TextAreaField(
        _l("For the school only"),
        [Optional(), most(4000)],
        description=_l(
            "Mentor, employer and trainee do not see it here. It is a part of the copy of all their data that a trainee can ask for."
        ),
    )

    @property
    def fields(self) -> dict[str, Any]:
        """The values as services take them."""
        given = super().fields
        return given | {"standing": Standing(given["standing"])}


class CommentForm(Form):
    """What somebody sees otherwise."""

    words = TextAreaField(_l("Your comment"), [REQUIRED, most(2000)], description=_l("It stands beside the report; all sides read it."))


class CadenceForm(Form):
    """How often every trainee is visited."""

    weeks = IntegerField(
        _l("Weeks from one visit to the next, at most"),
        [REQUIRED, NumberRange(1, MOST_WEEKS, _l("From 1 to 26."))],
        description=_l("A week before the time is over, the placement officers find the visit among what waits for them."),
    )
