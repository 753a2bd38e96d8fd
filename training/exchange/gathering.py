"""What the files of a bundle say together of its classes and the places in them, for the nouns that take these."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from training.exchange.bundles import Entry
from training.exchange.cells import email, shown
from training.exchange.oneroster import standard
from training.exchange.oneroster.checks import gone
from training.exchange.oneroster.reading import Bundle, Line, split
from training.exchange.workflow import Outcome
from training.kernel.i18n import _l

LONGEST = 60
"""Letters of a cohort's code."""
Taken = dict[str, dict[str, Mapping[str, Any]]]
"""By file and sourcedId: what the rows say that are taken, or were there already."""


class Gathering:
    """Fills in what rows mean by the rows of other files, of which those count that are taken themselves."""

    def __init__(self, bundle: Bundle, taken: Taken) -> None:
        """With what earlier runs of the same check have found."""
        self.bundle, self.taken = bundle, taken
        self._courses = {line.key: line for line in reversed(bundle.lines("courses"))}
        self._terms = {line.key: line for line in reversed(bundle.lines("academicSessions"))}
        self._students = Counter(line.cells.get("classSourcedId", "") for line in bundle.lines("enrollments") if _studies(line))

    def fill(self, entry: Entry) -> None:
        """Says what the row of a part means, or what is wrong with it."""
        gather = GATHERED.get(entry.part or "")
        if entry.line is not None and gather is not None and not entry.row.errors:
            gather(self, entry, entry.line)

    def keep(self, entry: Entry, outcome: Outcome) -> None:
        """Later rows may refer to this one, where it is taken."""
        if entry.line is not None and outcome in (Outcome.READY, Outcome.SAME):
            self.taken.setdefault(entry.file, {})[entry.line.key] = entry.row.values

    def class_of(self, entry: Entry, line: Line) -> None:
        """A class with its course, its days and the number of its students."""
        said = line.cells
        code = " ".join((said.get("classCode") or said.get("title", "")).split())
        course = self._courses.get(said.get("courseSourcedId", ""))
        terms = [self._terms[key] for key in split(said.get("termSourcedIds", "")) if key in self._terms]
        entry.cells[-1] = shown(code)
        if len(code) > LONGEST:
            column = "classCode" if said.get("classCode") else "title"
            entry.row.wrong(column, _l("At most %(most)d characters fit here; these are %(found)d.", most=LONGEST, found=len(code)))
        entry.row.values |= {
            "sourcedId": line.key,
            "code": code,
            "course": course.cells.get("title", "") if course else "",
            "courseCode": course.cells.get("courseCode", "") if course else "",
            "starts_on": min((day for one in terms if (day := _day(one, "startDate"))), default=None),
            "ends_on": max((day for one in terms if (day := _day(one, "endDate"))), default=None),
            "students": self._students[line.key],
        }

    def place_of(self, entry: Entry, line: Line) -> None:
        """A student's place in a class, both of which come in with this bundle or were there."""
        user, group = line.cells.get("userSourcedId", ""), line.cells.get("classSourcedId", "")
        if not _studies(line):
            entry.row.wrong(
                "role", _l("Only students are enrolled. Who teaches is said in the timetable, lesson by lesson: it is not taken.")
            )
            return
        person, cohort = self.taken.get("users", {}).get(user), self.taken.get("classes", {}).get(group)
        if person is None:
            self._untaken(entry, "userSourcedId", "users", user)
        else:
            entry.cells[1:4] = [shown(person.get(name) or "") for name in ("family_name", "given_name", "born_on")]
        if cohort is None:
            self._untaken(entry, "classSourcedId", "classes", group)
        else:
            entry.cells[-1] = shown(cohort["code"])
        if person is not None and cohort is not None:
            entry.row.values |= {name: person.get(name) for name in ("family_name", "given_name", "patronymic", "born_on")}
            entry.row.values |= {"userSourcedId": user, "classSourcedId": group, "code": cohort["code"], "ends_on": _day(line, "endDate")}

    def member_of(self, entry: Entry, line: Line) -> None:
        """Somebody who works at the school."""
        entry.cells[1:3] = [shown(line.cells.get(name, "")) for name in ("familyName", "givenName")]
        said = line.cells.get("email", "")
        entry.row.values |= {"email": email(said) if said else None, "role": self.bundle.staff[line.key]}

    def _untaken(self, entry: Entry, column: str, file: str, key: str) -> None:
        where = {"file": f"{file}.csv", "row": self.bundle.keys.get(file, {}).get(key, 0)}
        if where["row"]:
            entry.row.wrong(column, _l("Row %(row)d of %(file)s is not taken, so this one is not either. Correct that one first.", **where))
        else:
            entry.row.wrong(column, _l("What it refers to is not in %(file)s of this bundle.", **where))


GATHERED: Mapping[str, Callable[[Gathering, Entry, Line], None]] = {
    "staff": Gathering.member_of,
    "classes": Gathering.class_of,
    "enrolments": Gathering.place_of,
}
"""By part: what is filled in. Staff have `email` and `role`; classes have `sourcedId`, `code`, `course`, `courseCode`, `starts_on`, `ends_on` and the number of `students`; enrolments the
four by which a roster knows people, `userSourcedId`, `classSourcedId`, `code` and `ends_on`."""


def _studies(line: Line) -> bool:
    return line.cells.get("role", "").casefold() == standard.STUDENT and not gone(line)


def _day(line: Line, column: str) -> date | None:
    try:
        return date.fromisoformat(line.cells.get(column, ""))
    except ValueError:
        return None
