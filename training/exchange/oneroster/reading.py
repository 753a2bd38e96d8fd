"""Reading a kept bundle: its files, what each row refers to, and everything that is wrong; only the worker and the command line load it."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from training.exchange import decoding
from training.exchange.oneroster import standard
from training.exchange.oneroster.standard import MANIFEST
from training.files import archives
from training.kernel.i18n import LazyString, _l
from training.kernel.policy import NotNow

MOST_ROWS = 200_000
_DAMAGED = _l("This file is damaged and cannot be opened. Save it again and send that one.")


@dataclass(frozen=True)
class Defect:
    """Something that the standard does not allow: in a column of a row, or in the row as a whole."""

    column: str | None
    sentence: LazyString
    stops: bool = True
    """Whether the row is left out for it."""


@dataclass
class Line:
    """A row of a file: its number as spreadsheet programs show it, its cells by heading, and what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    defects: list[Defect] = field(default_factory=list)

    def wrong(self, column: str | None, sentence: LazyString, *, stops: bool = True) -> None:
        """The standard does not allow this."""
        self.defects.append(Defect(column, sentence, stops))

    @property
    def key(self) -> str:
        """The row's sourcedId."""
        return self.cells.get("sourcedId", "")


@dataclass
class File:
    """A file of a bundle; `entry` is its name there, `place` its number among the files of its version."""

    name: str
    entry: str
    place: int
    heading: list[str]
    lines: list[Line]
    text_as_asked: bool = True
    """Whether it came as UTF-8."""

    @property
    def title(self) -> str:
        """The file's name as the standard writes it."""
        return f"{self.name}.csv"

    @property
    def head(self) -> Line:
        """The heading as a row, to which what is wrong with the whole file is tied."""
        return Line(1, {})


@dataclass(frozen=True)
class Student:
    """What a bundle says of one of its students outside users.csv."""

    born_on: str = ""
    group: str = ""


@dataclass
class Bundle:
    """A bundle: its version, and its files by name."""

    version: str
    modes: Mapping[str, str]
    """What the manifest says of each file: bulk, delta or absent."""
    manifest: File
    files: Mapping[str, File]
    unread: Mapping[str, str]
    """Entries that the standard knows and nobody reads here, by the name of their file."""
    keys: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By file and sourcedId: the number of the row in which it stands first."""
    no_schools: frozenset[str] = frozenset()
    """The organisations of another type than school."""
    students: Mapping[str, Student] = field(default_factory=dict)
    """By sourcedId: those whose role is student."""
    staff: Mapping[str, str] = field(default_factory=dict)
    """By sourcedId: teachers and administrators who are no students."""

    def lines(self, name: str) -> Sequence[Line]:
        """The rows of a file; none of one that is not there."""
        return self.files[name].lines if name in self.files else ()


def read(path: Path) -> Bundle:
    """The bundle in a kept archive; NotNow with a sentence when it cannot be read at all."""
    archives.check_contents(path)
    try:
        with ZipFile(path) as archive:
            entries = {name: one for one in archive.namelist() if (name := standard.named(one)) is not None}
            if MANIFEST not in entries:
                raise NotNow(_l("This archive is no OneRoster bundle: there is no manifest.csv in it."))
            manifest = _file(archive, MANIFEST, entries.pop(MANIFEST), 0)
            said = {one.cells.get("propertyName", ""): one.cells.get("value", "") for one in manifest.lines}
            version = said.get("oneroster.version", "")
            if version not in standard.VERSIONS:
                raise NotNow(
                    _l(
                        "The manifest says OneRoster version “%(version)s”. Versions %(known)s are read here: see oneroster.version in manifest.csv.",
                        version=version[:20],
                        known=", ".join(standard.VERSIONS),
                    )
                )
            known = list(standard.FILES[version])
            files = {name: _file(archive, name, entries[name], place) for place, name in enumerate(known, 1) if name in entries}
    except (BadZipFile, csv.Error, KeyError) as error:
        raise NotNow(_DAMAGED) from error
    for name in standard.NEEDED[version]:
        if name not in files:
            raise NotNow(_l("There is no %(file)s in the bundle, without which it says nothing of students.", file=f"{name}.csv"))
    modes = {name.removeprefix("file."): mode for name, mode in said.items() if name.startswith("file.")}
    unread = {name: entry for name, entry in entries.items() if name not in files}
    found = Bundle(version, modes, manifest, files, unread)
    found.keys = {name: _keys(file) for name, file in files.items()}
    found.no_schools = frozenset(one.key for one in found.lines("orgs") if one.cells.get("type", "").casefold() != "school")
    found.students = students(found)
    found.staff = {key: role for key, role in _roles(found, standard.STAFF) if key not in found.students}
    return found


def _file(archive: ZipFile, name: str, entry: str, place: int) -> File:
    content = archive.read(entry)
    rows = csv.reader(io.StringIO(decoding.decoded(content), newline=""))
    heading = [cell.strip() for cell in next(rows, [])]
    last = max((place for place, cell in enumerate(heading, 1) if cell), default=0)
    lines = []
    for number, row in enumerate(rows, 2):
        if number > MOST_ROWS:
            raise NotNow(_l("There are more than %(rows)d rows. Divide the file.", rows=MOST_ROWS))
        if not any(row):
            continue
        line = Line(
            number, {label: decoding.plain(cell.strip()) for label, cell in reversed(list(zip(heading, row, strict=False))) if label}
        )
        if len(row) < last:
            line.wrong(None, _l("The cells of this row do not fit the heading. Look for a comma or a quotation mark too many or too few."))
        lines.append(line)
    return File(name, entry, place, heading, lines, not content.startswith((b"\xff\xfe", b"\xfe\xff")))


def _keys(file: File) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in file.lines:
        if line.key:
            found.setdefault(line.key, line.number)
    return found


def split(value: str) -> list[str]:
    """The keys in a cell that may hold several."""
    return [one.strip() for one in value.split(",") if one.strip()]


def _roles(bundle: Bundle, wanted: Mapping[str, str]) -> list[tuple[str, str]]:
    """Users with a role that is wanted, and what it is called here; the newer version has roles in a file of their own."""
    called = {word.casefold(): role for word, role in wanted.items()}
    if bundle.version == "1.1":
        said = [(line.key, line.cells.get("role", "")) for line in bundle.lines("users")]
    else:
        roles = [line.cells for line in bundle.lines("roles") if line.cells.get("status", "").casefold() != standard.GONE]
        said = [(one.get("userSourcedId", ""), one.get("role", "")) for one in roles]
    return [(key, called[role.casefold()]) for key, role in said if role.casefold() in called]


def students(bundle: Bundle) -> dict[str, Student]:
    """The students of a bundle by sourcedId: those whose role is student, with birth date and the code of their only homeroom class."""
    found = [key for key, _role in _roles(bundle, {standard.STUDENT: standard.STUDENT})]
    born = {line.key: line.cells.get("birthDate", "") for line in bundle.lines("demographics")}
    homerooms = {
        line.key: line.cells.get("classCode") or line.cells.get("title", "")
        for line in bundle.lines("classes")
        if line.cells.get("classType", "").casefold() == "homeroom"
    }
    groups: dict[str, set[str]] = defaultdict(set)
    for line in bundle.lines("enrollments"):
        if line.cells.get("classSourcedId") in homerooms and line.cells.get("role", "").casefold() == standard.STUDENT:
            groups[line.cells.get("userSourcedId", "")].add(homerooms[line.cells["classSourcedId"]])
    return {key: Student(born.get(key, ""), groups[key].pop() if len(groups[key]) == 1 else "") for key in found}


def lettered(file: File) -> Iterator[tuple[str, int]]:
    """Where each heading of a file stands, the first of equals."""
    seen = set()
    for place, label in enumerate(file.heading):
        if label and label not in seen:
            seen.add(label)
            yield label, place
