"""What stands in a school's OneRoster bundle."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import joinedload

from training.courses.cohorts.models import Cohort
from training.courses.cohorts.policies import visible_to as visible_cohorts
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.policies import visible_to
from training.courses.enrolments.workflow import STUDYING, State
from training.courses.programmes.models import ProgrammeVersion
from training.kernel.db import db
from training.kernel.policy import Actor, Member
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee

Line = Mapping[str, str]


def bundle(actor: Actor, trainees: Iterable[Trainee], version: str, *, public_url: str) -> dict[str, Sequence[Line]]:
    """The rows of each file: the school, its trainees, and the cohorts they have seats in; keys are addresses of ours, so they stay."""
    assert isinstance(actor, Member)
    school = db.session.get_one(Organisation, actor.organisation_id)
    home = f"{public_url}/o/{school.slug}"
    people = list(trainees)
    keys = {one.id: f"{home}/trainees/{one.slug}" for one in people}
    enrolments = [one for one in _seated(actor) if one.trainee_id in keys]
    cohorts = _cohorts(actor, {one.cohort_id for one in enrolments})
    programmes = {one.programme_version.programme for one in cohorts}
    files: dict[str, Sequence[Line]] = {
        "orgs": [{"sourcedId": home, "name": str(school), "type": "school"}],
        "academicSessions": [_term(home, one) for one in cohorts],
        "courses": [
            {"sourcedId": f"{home}/programmes/{one.slug}", "title": one.title, "courseCode": one.code, "orgSourcedId": home}
            for one in sorted(programmes, key=lambda one: one.id)
        ],
        "classes": [_class(home, one) for one in cohorts],
        "enrollments": [_place(home, keys[one.trainee_id], one) for one in enrolments],
        "demographics": [{"sourcedId": keys[one.id], "birthDate": one.born_on.isoformat()} for one in people],
        "users": [_user(home, keys[one.id], one) for one in people],
    }
    if version != "1.1":
        files["roles"] = [_role(home, key) for key in keys.values()]
    return files


def _seated(actor: Actor) -> Sequence[Enrolment]:
    return db.session.scalars(visible_to(actor).where(Enrolment.state.in_((*STUDYING, State.COMPLETED))).order_by(Enrolment.id)).all()


def _cohorts(actor: Member, ids: set[int]) -> Sequence[Cohort]:
    """The school's cohorts of these ids, with their programmes."""
    query = visible_cohorts(actor).where(Cohort.school_id == actor.organisation_id).order_by(Cohort.id)
    loaded = query.options(joinedload(Cohort.programme_version).joinedload(ProgrammeVersion.programme))
    return [one for one in db.session.scalars(loaded) if one.id in ids]


def _user(home: str, key: str, one: Trainee) -> Line:
    """A trainee as a user of both versions: the newer has the role in a file of its own."""
    return {
        "sourcedId": key,
        "enabledUser": "true" if one.account_id is not None else "false",
        "orgSourcedIds": home,
        "role": "student",
        "username": one.slug,
        "givenName": one.given_name,
        "familyName": one.family_name,
        "middleName": one.patronymic or "",
        "email": one.email or "",
        "phone": one.phone or "",
        "primaryOrgSourcedId": home,
    }


def _role(home: str, key: str) -> Line:
    return {"sourcedId": f"{key}/student", "userSourcedId": key, "roleType": "primary", "role": "student", "orgSourcedId": home}


def _term(home: str, one: Cohort) -> Line:
    """The time in which a cohort studies."""
    return {
        "sourcedId": f"{home}/cohorts/{one.id}/term",
        "title": one.code,
        "type": "term",
        "startDate": one.starts_on.isoformat(),
        "endDate": one.ends_on.isoformat(),
        "schoolYear": str(one.ends_on.year),
    }


def _class(home: str, one: Cohort) -> Line:
    programme = one.programme_version.programme
    return {
        "sourcedId": f"{home}/cohorts/{one.id}",
        "title": f"{one.code} {programme.title}",
        "courseSourcedId": f"{home}/programmes/{programme.slug}",
        "classCode": one.code,
        "classType": "scheduled",
        "schoolSourcedId": home,
        "termSourcedIds": f"{home}/cohorts/{one.id}/term",
    }


def _place(home: str, key: str, one: Enrolment) -> Line:
    return {
        "sourcedId": f"{home}/enrolments/{one.id}",
        "classSourcedId": f"{home}/cohorts/{one.cohort_id}",
        "schoolSourcedId": home,
        "userSourcedId": key,
        "role": "student",
        "beginDate": one.enrolled_on.isoformat() if one.enrolled_on else "",
        "endDate": one.ended_on.isoformat() if one.ended_on else "",
    }
