"""Everything that is wrong in a bundle, row by row."""

from collections.abc import Iterator
from itertools import chain

from training.exchange.oneroster import standard
from training.exchange.oneroster.reading import Bundle, File, Line, split
from training.exchange.oneroster.standard import ABSENT, BULK, DELTA, GONE, MANIFEST, STUDENT
from training.kernel.i18n import _l

DATED = {"academicSessions": ("startDate", "endDate"), "enrollments": ("beginDate", "endDate"), "roles": ("beginDate", "endDate")}


def checked(bundle: Bundle) -> Iterator[tuple[File, Line]]:
    """The rows of the bundle file by file, each with what is wrong with it; of the manifest and the headings only those with something."""
    for line in _manifest(bundle):
        yield bundle.manifest, line
    for name, file in bundle.files.items():
        head = _heading(bundle, file)
        if head.defects:
            yield file, head
        users: dict[str, int] = {}
        for line in file.lines:
            if not line.defects:
                _row(bundle, name, line)
                _shared(line, users)
            yield file, line


def _manifest(bundle: Bundle) -> Iterator[Line]:
    """The rows of the manifest with something wrong: the heading stands for files that it does not name."""
    file, head, found = bundle.manifest, _heading(bundle, bundle.manifest), []
    there = {one.name: one.entry for one in bundle.files.values()} | dict(bundle.unread)
    named = set()
    for line in file.lines:
        said, value = line.cells.get("propertyName", ""), line.cells.get("value", "")
        if said == "manifest.version" and value != "1.0":
            line.wrong("value", _l("The version of the manifest is 1.0."))
        if said.startswith("file."):
            name = said.removeprefix("file.")
            named.add(name)
            if value not in (BULK, DELTA, ABSENT):
                line.wrong(
                    "value",
                    _l("“%(value)s” is not among the words of the standard: %(words)s.", value=value[:40], words="bulk, delta, absent"),
                )
            elif name not in standard.FILES[bundle.version] and name not in standard.UNREAD[bundle.version]:
                line.wrong(
                    "propertyName", _l("OneRoster %(version)s has no file %(file)s.", version=bundle.version, file=f"{name[:60]}.csv")
                )
            elif value == ABSENT and name in there:
                line.wrong("value", _l("%(file)s is in the bundle, though the manifest says that it is absent.", file=f"{name}.csv"))
            elif value != ABSENT and name not in there:
                line.wrong("value", _l("%(file)s is not in the bundle.", file=f"{name}.csv"))
        found.append(line)
    for name in sorted(there.keys() - named):
        head.wrong("propertyName", _l("The manifest does not name %(file)s, which is in the bundle.", file=f"{name}.csv"))
    for name, entry in sorted(bundle.unread.items()):
        _entry(head, name, entry)
    yield from (line for line in [head, *found] if line.defects)


def _entry(head: Line, name: str, entry: str) -> None:
    """Files lie at the top of the archive, under exactly their names."""
    if "/" in entry:
        head.wrong(None, _l("%(file)s lies in a folder. The standard wants it at the top of the archive.", file=f"{name}.csv"))
    if (said := entry.rpartition("/")[2]) != f"{name}.csv":
        head.wrong(None, _l("%(said)s is to be called %(file)s.", said=said, file=f"{name}.csv"))


def _heading(bundle: Bundle, file: File) -> Line:
    """What is wrong with a file as a whole."""
    head = file.head
    _entry(head, file.name, file.entry)
    if not file.text_as_asked:
        head.wrong(None, _l("The file is not written in UTF-8. Its letters were guessed."))
    fields = [] if file.name == MANIFEST else list(standard.FILES[bundle.version][file.name])
    known = {one.name for one in fields} or {"propertyName", "value"}
    for label in dict.fromkeys(file.heading):
        if not label:
            head.wrong(None, _l("There are columns without a heading."))
        elif file.heading.count(label) > 1:
            head.wrong(label, _l("The column stands there twice; the first is read."))
        elif label not in known:
            head.wrong(label, _l("OneRoster %(version)s has no such column in this file. It is not read.", version=bundle.version))
    for lacking in (one.name for one in fields if one.name not in file.heading):
        head.wrong(None, _l("The column %(column)s is missing.", column=lacking))
    if file.heading and known.isdisjoint(file.heading):
        head.wrong(None, _l("The first row is no heading of this file."))
    return head


def _row(bundle: Bundle, name: str, line: Line) -> None:
    """A row's values and references; the key must be the only one of its kind."""
    if line.key and (first := bundle.keys[name][line.key]) != line.number:
        line.wrong("sourcedId", _l("The same sourcedId stands in row %(row)d already.", row=first))
    _delta(bundle, name, line)
    for one in standard.FILES[bundle.version][name]:
        if not one.kept:
            continue
        if value := line.cells.get(one.name, ""):
            _value(bundle, one, line, value)
        elif one.required and one.name in bundle.files[name].heading:
            line.wrong(one.name, _l("The value is missing."))
    _together(bundle, name, line)


def _value(bundle: Bundle, one: standard.Field, line: Line, value: str) -> None:
    """A value is written as the standard has it, and refers to what is there."""
    if one.to:
        _references(bundle, one, line, value)
    elif one.read is not None and (fault := one.read(value)) is not None:
        line.wrong(one.name, fault.sentence, stops=fault.stops and one.name != "status")


def _together(bundle: Bundle, name: str, line: Line) -> None:
    """What the cells of a row say together."""
    if name in DATED and not line.defects:
        first_day, last_day = (line.cells.get(column, "") for column in DATED[name])
        if first_day and last_day and first_day > last_day:
            line.wrong(DATED[name][1], _l("It ends before it begins. Check the dates."))
    user = line.cells.get("userSourcedId", "")
    if name == "enrollments" and line.cells.get("role") == STUDENT and user in bundle.keys["users"] and user not in bundle.students:
        line.wrong("role", _l("The user “%(key)s” is not a student.", key=user[:80]), stops=False)
    if name == "demographics" and line.key and line.key not in bundle.keys["users"]:
        line.wrong("sourcedId", _l("“%(key)s” does not stand in %(file)s.", key=line.key[:80], file="users.csv"))


def _delta(bundle: Bundle, name: str, line: Line) -> None:
    """Status and date of change are empty in a whole file, and filled in one of changes."""
    delta = bundle.modes.get(name) == DELTA
    for column in ("status", "dateLastModified"):
        if delta and not line.cells.get(column):
            line.wrong(column, _l("A file of changes (delta) says this of each row."), stops=False)
        if not delta and line.cells.get(column):
            line.wrong(column, _l("A whole file (bulk) leaves this empty."), stops=False)


def _references(bundle: Bundle, one: standard.Field, line: Line, value: str) -> None:
    """Every key in the cell stands in the file that it refers to; in a file of changes it may be known from before."""
    if bundle.modes.get(one.to) == DELTA:
        return
    for key in split(value):
        if one.to not in bundle.files:
            line.wrong(
                one.name,
                _l("“%(key)s” stands in %(file)s, which is not in the bundle.", key=key[:80], file=f"{one.to}.csv"),
                stops=one.stops,
            )
        elif key not in bundle.keys[one.to]:
            line.wrong(one.name, _l("“%(key)s” does not stand in %(file)s.", key=key[:80], file=f"{one.to}.csv"), stops=one.stops)
        elif one.name == "schoolSourcedId" and key in bundle.no_schools:
            line.wrong(one.name, _l("“%(key)s” is an organisation of another type than school.", key=key[:80]), stops=False)


def _shared(line: Line, seen: dict[str, int]) -> None:
    """Further keys of users are their own."""
    for pair in split(line.cells.get("userIds", "")):
        if seen.setdefault(pair, line.number) != line.number:
            sentence = _l("The user in row %(row)d has the same key %(pair)s.", row=seen[pair], pair=pair[:80])
            line.wrong("userIds", sentence, stops=False)


def gone(line: Line) -> bool:
    """Whether the row is to be deleted at the receiver's."""
    return line.cells.get("status", "").casefold() == GONE


def counts(bundle: Bundle) -> dict[str, int]:
    """How many rows each file has."""
    return {file.title: len(file.lines) for file in chain([bundle.manifest], bundle.files.values())}
