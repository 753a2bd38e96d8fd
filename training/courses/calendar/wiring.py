"""What the academic calendar hands down."""

from flask import url_for

from training.courses.calendar import queries
from training.courses.calendar.models import AcademicYear
from training.courses.calendar.workflow import Event
from training.kernel.i18n import _
from training.kernel.policy import Actor, Member
from training.kernel.wiring import Kind, Wiring
from training.organisations.queries import slug_of


def title(year: AcademicYear) -> str:
    """Its name."""
    return _("Academic year %(year)s", year=year.name)


def page(actor: Actor, year: AcademicYear) -> str:
    """Where the actor finds the year; only the school's people do."""
    slug = slug_of(actor.organisation_id) if isinstance(actor, Member) else ""
    return url_for("courses.calendar.show", organisation=slug, year_id=year.id)


WIRING = Wiring(
    kinds={"academic_year": Kind(find=queries.year, title=title, url=page, each=queries.each)},
    events={event.value: event for event in Event},
)
