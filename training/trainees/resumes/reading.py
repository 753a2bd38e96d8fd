"""What a JSON Resume (jsonresume.org, schema v1.0.0) says, as far as a profile has a place for it; the rest is named, none of it opened."""

import re
from dataclasses import replace
from typing import Any

from training.kernel.i18n import LazyString, _l
from training.kernel.policy import NotNow
from training.trainees.resumes.leaving import left_out
from training.trainees.resumes.models import ABOUT, LINE, PHONE, TOWN, Ability, Left, Line, Resume
from training.trainees.resumes.parsing import parsed, short

MOST_LINES, MOST_SKILLS, MOST_SENTENCES = 50, 200, 10
YEARS = range(1950, 2101)
LEVELS = {
    "beginner novice basic elementary базовый начальный новичок": 1,
    "intermediate средний": 2,
    "advanced proficient competent продвинутый уверенный": 3,
    "master expert мастер эксперт": 4,
}
"""The words for levels that people use; another one, or none, says no more than that it has been tried."""
_LEVEL = {word: level for words, level in LEVELS.items() for word in words.split()}
_DATE = re.compile(r"([12][0-9]{3})(-[01][0-9](-[0-3][0-9])?)?")
TOO_LONG = _l("Too long for its place here.")


def read(content: bytes) -> Resume:
    """What there is to take and what is left; NotNow with each place that is wrong."""
    return _Reading(parsed(content)).resume()


class _Reading:
    """One pass over a document: what was read, what was wrong, what is left with a reason of its own."""

    def __init__(self, document: dict[str, Any]) -> None:
        """Nothing is read yet."""
        self.document = document
        self.used: set[str] = set()
        self.wrong: list[str | LazyString] = []
        self.left: list[Left] = []

    def resume(self) -> Resume:
        """All of it."""
        basics = self.object(self.document, "basics", "basics")
        place = self.object(basics, "location", "basics.location")
        found = Resume(
            phone=self.fitting(basics, "phone", "basics.phone", PHONE),
            town=self.fitting(place, "city", "basics.location.city", TOWN),
            about=self.fitting(basics, "summary", "basics.summary", ABOUT, flat=False),
            educations=self.educations(),
            certificates=self.certificates(),
            abilities=self.abilities(),
        )
        if self.wrong:
            raise NotNow(*self.wrong[:MOST_SENTENCES], field="file")
        return replace(found, left=[*self.left, *left_out(self.document, self.used)])

    def educations(self) -> list[Line]:
        """What was studied; with neither a school nor a subject there is nothing to write down."""
        found = []
        for path, entry in self.entries("education"):
            subject = [self.text(entry, name, f"{path}.{name}") for name in ("studyType", "area")]
            what, where = ", ".join(filter(None, subject)), self.text(entry, "institution", f"{path}.institution")
            years = [self.year(entry, name, f"{path}.{name}") for name in ("startDate", "endDate")]
            found.append(self.line(path, where, what, *years))
        return [one for one in found if one is not None]

    def certificates(self) -> list[Line]:
        """Certificates, each as a line: who issued it, what it is called, the year."""
        found = []
        for path, entry in self.entries("certificates"):
            what, who = (self.text(entry, name, f"{path}.{name}") for name in ("name", "issuer"))
            found.append(self.line(path, who, what, None, self.year(entry, "date", f"{path}.date")))
        return [one for one in found if one is not None]

    def abilities(self) -> list[Ability]:
        """Each skill and each of its keywords, at the level that the word of the skill means."""
        found: list[Ability] = []
        for path, entry in self.entries("skills"):
            word = self.text(entry, "level", f"{path}.level")
            level = _LEVEL.get((word or "").casefold(), 1)
            names = [(f"{path}.name", self.text(entry, "name", f"{path}.name"))]
            names += [(where, self.text({"": one}, "", where)) for where, one in self.items(entry, "keywords", f"{path}.keywords")]
            found += [Ability(name, level, where) for where, name in names if name]
        for one in found[MOST_SKILLS:]:
            self.leave(one.path, one.name, _l("Only %(most)d skills of a file are read.", most=MOST_SKILLS))
        return found[:MOST_SKILLS]

    def line(self, path: str, place: str | None, what: str | None, from_year: int | None, until_year: int | None) -> Line | None:
        """A line for the profile, or nothing and the reason why."""
        said = ", ".join(filter(None, (what, place)))
        reason: LazyString | None = None
        if not place or not what:
            reason = _l("A line here needs both where it was and what it was.")
        elif max(len(place), len(what)) > LINE:
            reason = TOO_LONG
        elif any(year is not None and year not in YEARS for year in (from_year, until_year)):
            reason = _l("Its year cannot be right.")
        elif from_year is not None and until_year is not None and from_year > until_year:
            reason = _l("It ends before it begins.")
        if reason is None:
            assert place is not None
            assert what is not None
            return Line(place, what, from_year, until_year, path)
        self.leave(path, said, reason)
        return None

    def fitting(self, holder: dict[str, Any], name: str, path: str, most: int, *, flat: bool = True) -> str | None:
        """A text for which there is room, or nothing and the reason why; on one line where it is `flat`."""
        text = self.text(holder, name, path, flat=flat)
        if text is None or len(text) <= most:
            return text
        self.leave(path, text, TOO_LONG)
        return None

    def leave(self, path: str, said: str, why: str | LazyString) -> None:
        """It was read and is not taken."""
        self.left.append(Left(path, 1, short(said), why))

    def entries(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        """The objects of a section, each with its path."""
        found = []
        for path, value in self.items(self.document, name, name):
            if isinstance(value, dict):
                found.append((path, value))
            else:
                self.wrong.append(_l("%(path)s: this must be an object in braces.", path=path))
        if len(found) > MOST_LINES:
            self.wrong.append(_l("%(path)s: at most %(most)d entries are read.", path=name, most=MOST_LINES))
        return found[:MOST_LINES]

    def items(self, holder: dict[str, Any], name: str, path: str) -> list[tuple[str, Any]]:
        """What stands in a list, each with its path."""
        value = holder.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong.append(_l("%(path)s: this must be a list in square brackets.", path=path))
            return []
        return [(f"{path}[{place}]", one) for place, one in enumerate(value)]

    def object(self, holder: dict[str, Any], name: str, path: str) -> dict[str, Any]:
        """An object; an empty one where there is none."""
        value = holder.get(name)
        if value is None or isinstance(value, dict):
            return value or {}
        self.wrong.append(_l("%(path)s: this must be an object in braces.", path=path))
        return {}

    def text(self, holder: dict[str, Any], name: str, path: str, *, flat: bool = True) -> str | None:
        """A text without blanks around it; nothing for a blank one."""
        self.used.add(path)
        value = holder.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            self.wrong.append(_l("%(path)s: this must be text in quotation marks.", path=path))
            return None
        return (" ".join(value.split()) if flat else value.replace("\r\n", "\n").strip()) or None

    def year(self, holder: dict[str, Any], name: str, path: str) -> int | None:
        """The year of a date of which month and day may be left out."""
        text = self.text(holder, name, path)
        if text is None:
            return None
        if (found := _DATE.fullmatch(text)) is None:
            self.wrong.append(_l("%(path)s: a date is 2024, 2024-05 or 2024-05-29.", path=path))
            return None
        return int(found[1])
