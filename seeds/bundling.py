"""A class that another college's system sent as a OneRoster bundle: checked, and waiting for the manager who brought it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from seeds.places import Region
from seeds.programmes import TITLES
from seeds.story import Life
from training.exchange import services
from training.exchange.oneroster import writing
from training.kernel.i18n import force_locale
from training.kernel.policy import Role

SCHOOL, CODE = "dtk", "15.01.05"
STUDENTS = ["Арбузова Злата", "Дружинин Лев", "Ерофеев Глеб", "Жилина Варвара", "Колосова Таисия", "Лопатин Савелий"]
"""The last has no birth date in the bundle, so that something needs the manager."""
Line = Mapping[str, str]


def bundle(region: Region) -> Life:
    """Uploaded on the last workday; the worker checks it in the evening."""
    story = region.story
    yield story.at(story.workday(-1), 15)
    with writing.made("1.2", _files(region)) as made, force_locale("ru"):
        services.upload(region.acting(SCHOOL, Role.MANAGER), made, name="OneRoster.zip", kind="trainees")


def _files(region: Region) -> dict[str, Sequence[Line]]:
    first = region.story.day(45)
    group = f"СВ-{first.year % 100}п"
    people = [(f"s{number}", *name.split()) for number, name in enumerate(STUDENTS, 1)]
    users = [
        {"sourcedId": key, "enabledUser": "true", "username": key, "familyName": family, "givenName": given}
        for key, family, given in people
    ]
    teacher = {"sourcedId": "t1", "enabledUser": "true", "username": "t1", "familyName": "Рогожина", "givenName": "Инна"}
    return {
        "orgs": [{"sourcedId": "college", "name": "Колледж", "type": "school"}],
        "users": [*users, teacher | {"email": "inna.rogozhina@college.example"}],
        "roles": [_role(key, "student") for key, _family, _given in people] + [_role("t1", "teacher")],
        "demographics": [
            {"sourcedId": key, "birthDate": f"{first.year - 17}-0{number}-15"}
            for number, (key, _family, _given) in enumerate(people[:-1], 1)
        ],
        "academicSessions": [
            {
                "sourcedId": "year",
                "title": group,
                "type": "schoolYear",
                "startDate": f"{first}",
                "endDate": f"{first + timedelta(days=660)}",
                "schoolYear": f"{first.year + 1}",
            }
        ],
        "courses": [{"sourcedId": "course", "title": TITLES[CODE], "courseCode": CODE, "orgSourcedId": "college"}],
        "classes": [
            {
                "sourcedId": "class",
                "title": group,
                "courseSourcedId": "course",
                "classCode": group,
                "classType": "homeroom",
                "schoolSourcedId": "college",
                "termSourcedIds": "year",
            }
        ],
        "enrollments": [_place(key, "student") for key, _family, _given in people] + [_place("t1", "teacher")],
    }


def _role(key: str, role: str) -> Line:
    return {"sourcedId": f"r-{key}", "userSourcedId": key, "roleType": "primary", "role": role, "orgSourcedId": "college"}


def _place(key: str, role: str) -> Line:
    return {"sourcedId": f"e-{key}", "classSourcedId": "class", "schoolSourcedId": "college", "userSourcedId": key, "role": role}
