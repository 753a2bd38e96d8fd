"""The files and columns of OneRoster CSV 1.1 and 1.2 that are read here (1EdTech, OneRoster CSV Tables, versions 1.1 and 1.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from training.exchange.oneroster import words
from training.kernel.i18n import LazyString

VERSIONS = ("1.1", "1.2")
MANIFEST = "manifest"
BULK, DELTA, ABSENT = "bulk", "delta", "absent"
STUDENT = "student"
STAFF = {
    "teacher": "teacher",
    **dict.fromkeys(("administrator", "districtAdministrator", "principal", "siteAdministrator", "systemAdministrator"), "administrator"),
}
"""Whoever works at a school, as version 1.1 calls them, by the words of both versions."""
GONE = "tobedeleted"


class Fault(NamedTuple):
    """What is wrong with a value; one that does not stop the row is only told."""

    sentence: LazyString
    stops: bool = True


@dataclass(frozen=True)
class Field:
    """A column of a file; one without `kept` is known and never read."""

    name: str
    required: bool = field(default=False, kw_only=True)
    read: Callable[[str], Fault | None] | None = field(default=None, kw_only=True)
    to: str = field(default="", kw_only=True)
    """In which file each of its sourcedIds must stand."""
    stops: bool = field(default=True, kw_only=True)
    """Whether a row with a sourcedId that stands nowhere is left out."""
    kept: bool = field(default=True, kw_only=True)


def _read(check: Callable[[str], tuple[LazyString, bool] | None]) -> Callable[[str], Fault | None]:
    def read(value: str) -> Fault | None:
        found = check(value)
        return Fault(*found) if found else None

    return read


_ID, _DAY, _YEAR, _FLAG = _read(words.identifier), _read(words.day), _read(words.year), _read(words.flag)
_NAME, _EMAIL, _PAIRS = _read(words.name), _read(words.email), _read(words.pairs)


def _one_of(*choices: str) -> Callable[[str], Fault | None]:
    return _read(words.one_of(*choices))


def _key(to: str, *, required: bool = False, name: str = "", stops: bool = True) -> Field:
    return Field(name or f"{to}SourcedId", required=required, to=to, stops=stops)


def _file(*fields: Field) -> tuple[Field, ...]:
    first = Field("sourcedId", required=True, read=_ID)
    return first, Field("status", read=_one_of("active", GONE)), Field("dateLastModified", read=_read(words.moment)), *fields


def _unread(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, kept=False) for name in names)


_USER = ("administrator", "aide", "guardian", "parent", "proctor", "relative", STUDENT, "teacher")
_ROLE = _one_of(
    *["aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor", "relative", "siteAdministrator"],
    *(STUDENT, "systemAdministrator", "teacher"),
)
_NAMES = (Field("givenName", required=True, read=_NAME), Field("familyName", required=True, read=_NAME), Field("middleName", read=_NAME))
_CONTACT = (
    *_unread("identifier"),
    Field("email", read=_EMAIL),
    *_unread("sms"),
    Field("phone", read=_NAME),
    _key("users", name="agentSourcedIds", stops=False),
    *_unread("grades", "password"),
)
_RACES = _unread(
    "sex",
    "americanIndianOrAlaskaNative",
    "asian",
    "blackOrAfricanAmerican",
    "nativeHawaiianOrOtherPacificIslander",
    "white",
    "demographicRaceTwoOrMoreRaces",
    "hispanicOrLatinoEthnicity",
    "countryOfBirthCode",
    "stateOfBirthAbbreviation",
    "cityOfBirth",
    "publicSchoolResidenceStatus",
)

_COMMON: Mapping[str, tuple[Field, ...]] = {
    "orgs": _file(
        Field("name", required=True),
        Field("type", required=True, read=_one_of("department", "school", "district", "local", "state", "national")),
        Field("identifier"),
        _key("orgs", name="parentSourcedId"),
    ),
    "academicSessions": _file(
        Field("title", required=True),
        Field("type", required=True, read=_one_of("gradingPeriod", "semester", "schoolYear", "term")),
        Field("startDate", required=True, read=_DAY),
        Field("endDate", required=True, read=_DAY),
        _key("academicSessions", name="parentSourcedId"),
        Field("schoolYear", required=True, read=_YEAR),
    ),
    "courses": _file(
        _key("academicSessions", name="schoolYearSourcedId"),
        Field("title", required=True),
        Field("courseCode"),
        Field("grades"),
        _key("orgs", name="orgSourcedId", required=True),
        Field("subjects"),
        Field("subjectCodes"),
    ),
    "classes": _file(
        Field("title", required=True),
        Field("grades"),
        _key("courses", name="courseSourcedId", required=True),
        Field("classCode"),
        Field("classType", required=True, read=_one_of("homeroom", "scheduled")),
        Field("location"),
        _key("orgs", name="schoolSourcedId", required=True),
        _key("academicSessions", name="termSourcedIds", required=True),
        Field("subjects"),
        Field("subjectCodes"),
        Field("periods"),
    ),
    "enrollments": _file(
        _key("classes", name="classSourcedId", required=True),
        _key("orgs", name="schoolSourcedId", required=True),
        _key("users", name="userSourcedId", required=True),
        Field("role", required=True, read=_one_of("administrator", "proctor", STUDENT, "teacher")),
        Field("primary", read=_FLAG),
        Field("beginDate", read=_DAY),
        Field("endDate", read=_DAY),
    ),
    "demographics": _file(Field("birthDate", read=_DAY), *_RACES),
}

FILES: Mapping[str, Mapping[str, tuple[Field, ...]]] = {
    "1.1": {
        "orgs": _COMMON["orgs"],
        "users": _file(
            Field("enabledUser", required=True, read=_FLAG),
            _key("orgs", name="orgSourcedIds", required=True),
            Field("role", required=True, read=_one_of(*_USER)),
            Field("username", required=True),
            Field("userIds", read=_PAIRS),
            *_NAMES,
            *_CONTACT,
        ),
        **_COMMON,
    },
    "1.2": {
        "orgs": _COMMON["orgs"],
        "users": _file(
            Field("enabledUser", required=True, read=_FLAG),
            Field("username", required=True),
            Field("userIds", read=_PAIRS),
            *_NAMES,
            *_CONTACT,
            *_unread("userMasterIdentifier", "preferredGivenName", "preferredMiddleName", "preferredFamilyName"),
            _key("orgs", name="primaryOrgSourcedId"),
            *_unread("pronouns"),
        ),
        "roles": _file(
            _key("users", name="userSourcedId", required=True),
            Field("roleType", required=True, read=_one_of("primary", "secondary")),
            Field("role", required=True, read=_ROLE),
            Field("beginDate", read=_DAY),
            Field("endDate", read=_DAY),
            _key("orgs", name="orgSourcedId", required=True),
            *_unread("userProfileSourcedId"),
        ),
        **_COMMON,
    },
}
"""What is read of each version, in the order in which it is checked and taken: people before the classes they are in."""

UNREAD = {
    "1.1": ("categories", "classResources", "courseResources", "lineItems", "resources", "results"),
    "1.2": (
        *("categories", "classResources", "courseResources", "lineItemLearningObjectiveIds", "lineItems", "lineItemScoreScales"),
        *("resources", "resultLearningObjectiveIds", "results", "resultScoreScales", "scoreScales", "userProfiles", "userResources"),
    ),
}
"""Files of the standard that are neither kept nor read."""
NEEDED = {"1.1": ("orgs", "users"), "1.2": ("orgs", "users", "roles")}
"""Without which a roster says nothing of students."""


def kept(file: str) -> frozenset[str]:
    """The columns of a file that are kept, whatever the version; none of a file that is not read."""
    if file == MANIFEST:
        return frozenset({"propertyName", "value"})
    return frozenset(one.name for files in FILES.values() for one in files.get(file, ()) if one.kept)


def named(name: str, version: str | None = None) -> str | None:
    """What the standard calls the file of an archive's entry, whatever its case and folder; None for a stranger."""
    said = name.rpartition("/")[2].casefold()
    versions = VERSIONS if version is None else (version,)
    every = [MANIFEST] + [one for each in versions for one in (*FILES[each], *UNREAD[each])]
    return next((one for one in every if said == f"{one}.csv".casefold()), None)
