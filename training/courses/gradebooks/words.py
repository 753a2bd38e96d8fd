"""What a gradebook says: how each mark was formed, and the gradebook as the rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from training.courses.assessments.book import Book, Column, Progress, cell_label
from training.courses.assessments.forming import Formed, Way
from training.courses.assessments.models import Assessment, Result
from training.courses.enrolments.models import Enrolment
from training.courses.recognitions.models import Recognition
from training.kernel.i18n import _, _l, format_date, ngettext
from training.kernel.listings import OutColumn


@dataclass(frozen=True)
class Cell:
    """What somebody achieved in one assessment."""

    assessment: Assessment
    label: str
    failed: bool
    history: Sequence[Result]


@dataclass(frozen=True)
class Group:
    """Somebody's marks in one module, and the module's mark."""

    column: Column
    cells: Sequence[Cell]
    formed: Formed
    how: str


@dataclass(frozen=True)
class Person:
    """Somebody's line of a gradebook."""

    enrolment: Enrolment
    progress: Progress
    groups: Sequence[Group]


def people_of(book: Book, enrolments: Sequence[Enrolment]) -> list[Person]:
    """The lines of a gradebook."""
    return [person_of(book, one) for one in enrolments]


def person_of(book: Book, enrolment: Enrolment) -> Person:
    """The line of one person."""
    groups = []
    for column in book.columns:
        cells = []
        for one in column.assessments:
            attempts = book.attempts(one, enrolment.id)
            failed = bool(attempts) and not (attempts[-1].band is not None and attempts[-1].band.passes)
            cells.append(Cell(one, cell_label(one, attempts), failed, book.history(one, enrolment.id)))
        formed = book.formed(column, enrolment.id)
        groups.append(Group(column, cells, formed, how(formed, column, book.recognition(column, enrolment.id))))
    return Person(enrolment, book.progress(enrolment.id), groups)


def how(formed: Formed, column: Column, recognition: Recognition | None = None) -> str:
    """How a mark was formed, in a sentence or two."""
    titles = {one.id: one.title for one in column.assessments}
    match formed.way:
        case Way.FINAL:
            return _("The last counted attempt in “%(title)s”.", title=titles[formed.by or 0])
        case Way.MEAN:
            return _("The weighted mean of all results: %(percent)s of the points.", percent=percent(formed))
        case Way.SO_FAR:
            said = ngettext(
                "So far, from %(num)s result of %(of)s:", "So far, from %(num)s results of %(of)s:", formed.counted, of=formed.of
            )
            mean = _("the weighted mean is %(percent)s of the points.", percent=percent(formed))
            final = next((one.title for one in column.assessments if one.final), None)
            return " ".join([said, mean, *([_("“%(title)s” decides.", title=final)] if final else [])])
        case Way.RECOGNISED if recognition is not None and (by := recognition.decision) is not None:
            day = format_date(by.decided_on, relative=False, weekday=False)
            return _("Learnt before: recognised by %(name)s on %(day)s. %(words)s", name=by.by.name, day=day, words=by.words)
        case _:
            return _("No result yet.") if formed.of else _("Nothing is assessed yet.")


def percent(formed: Formed) -> str:
    """The mean in percent as people read it, rounded down to a tenth."""
    tenths = int(formed.share or 0) // 10
    figure = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
    return f"{figure}\u202f%"


def out_columns(book: Book) -> list[OutColumn]:
    """The columns of the gradebook as a file."""

    def mark(place: int, inner: int) -> OutColumn:
        assessment = book.columns[place].assessments[inner]
        label = f"{code(book.columns[place])}: {assessment.title}"
        return OutColumn(label, lambda row: row.groups[place].cells[inner].label)

    def module(place: int) -> OutColumn:
        label = _("%(module)s: mark", module=code(book.columns[place]))
        return OutColumn(label, lambda row: row.groups[place].formed.label)

    found = [
        OutColumn(_l("Name"), lambda row: row.enrolment.trainee.full_name),
        OutColumn(_l("State"), lambda row: row.enrolment.state),
        OutColumn(_l("Modules passed"), lambda row: row.progress.done),
        OutColumn(_l("Modules"), lambda row: row.progress.of),
    ]
    for place, column in enumerate(book.columns):
        found += [mark(place, inner) for inner in range(len(column.assessments))]
        if column.module is not None:
            found.append(module(place))
    return found


def code(column: Column) -> str:
    """How a column's module is called in short."""
    return column.module.code if column.module is not None else _("Programme")
