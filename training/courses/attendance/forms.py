"""The sheet of a lesson: a choice for each person, and a reason where it is late to change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wtforms import TextAreaField
from wtforms.validators import Optional

from training.courses.attendance.models import Attendance
from training.courses.attendance.workflow import Mark
from training.courses.enrolments.models import Enrolment
from training.kernel.forms import Form, most, posted
from training.kernel.i18n import _l

LATE = 10
"""Minutes that stand in the field until somebody writes others."""


@dataclass(frozen=True)
class Line:
    """A person on the sheet, with the mark that is chosen."""

    enrolment: Enrolment
    mark: Mark
    minutes: int

    @property
    def name(self) -> str:
        """How the person's choice is called in the form."""
        return f"mark-{self.enrolment.id}"

    @property
    def late(self) -> str:
        """How the person's minutes are called in the form."""
        return f"late-{self.enrolment.id}"


class MarkForm(Form):
    """The reason; who was there is read from the people's own fields."""

    reason = TextAreaField(_l("Why it is changed now"), [Optional(), most(1000)], description=_l("It stands in the history of the lesson."))


def lines(people: Sequence[Enrolment], marked: Mapping[int, Attendance]) -> list[Line]:
    """Everybody as typed, else as marked before, else as present."""
    typed = posted()
    return [_line(one, marked.get(one.id), typed) for one in people]


def _line(person: Enrolment, before: Attendance | None, typed: Mapping[str, Sequence[str]]) -> Line:
    mark, minutes = (before.mark, before.minutes or LATE) if before is not None else (Mark.PRESENT, LATE)
    [said] = typed.get(f"mark-{person.id}", [""])[:1]
    [number] = typed.get(f"late-{person.id}", [""])[:1]
    if said in list(Mark):
        mark = Mark(said)
    if number.isascii() and number.isdecimal() and len(number) < 4:
        minutes = int(number)
    return Line(person, mark, minutes)
