"""A trainee's résumé in the layout of jsonresume.org, schema v1.0.0: nothing that their card does not show."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from training.organisations.models import Organisation
from training.taxonomy.models import Skill
from training.trainees.employments.models import Employment
from training.trainees.passport.models import Evidence, EvidenceKind
from training.trainees.profiles.models import Education, Trainee

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
WORDS = {1: "Beginner", 2: "Intermediate", 3: "Advanced", 4: "Master"}
"""The levels in the words of other résumés; `reading` gives them back as they were."""


def laid_out(
    trainee: Trainee,
    educations: Sequence[Education],
    jobs: Sequence[tuple[Employment, Organisation]],
    skills: Sequence[tuple[Skill, int, Sequence[Evidence]]],
    made_at: datetime,
) -> dict[str, Any]:
    """What the file says; what is not known is left out."""
    basics = {"name": trainee.full_name, "email": trainee.email, "phone": trainee.phone, "summary": trainee.about}
    return {
        "$schema": SCHEMA,
        "basics": _known(basics | {"location": _known({"city": trainee.town}) or None}),
        "work": [
            _known({"name": employer.legal_name, "position": job.position, "startDate": _day(job.began_on), "endDate": _day(job.ended_on)})
            for job, employer in jobs
        ],
        "education": [
            _known({"institution": one.place, "area": one.what, "startDate": _year(one.from_year), "endDate": _year(one.until_year)})
            for one in educations
        ],
        "certificates": _certificates(skills),
        "skills": [{"name": skill.title, "level": WORDS[level]} for skill, level, _evidence in skills],
        "meta": {"version": "v1.0.0", "lastModified": made_at.strftime("%Y-%m-%dT%H:%M:%S")},
    }


def _certificates(skills: Sequence[tuple[Skill, int, Sequence[Evidence]]]) -> list[dict[str, Any]]:
    """Each credential once, whatever number of skills it shows; the newest first."""
    shown = {(one.subject_kind, one.subject_id): one for _skill, _level, evidence in skills for one in evidence if _is_credential(one)}
    return [
        _known({"name": one.title, "date": _day(one.attested_at), "issuer": one.organisation.legal_name if one.organisation else None})
        for one in sorted(shown.values(), key=lambda one: (one.attested_at, one.id), reverse=True)
    ]


def _is_credential(one: Evidence) -> bool:
    return one.kind is EvidenceKind.CREDENTIAL and one.title is not None


def _known(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value is not None}


def _day(day: Any) -> str | None:
    return day.strftime("%Y-%m-%d") if day is not None else None


def _year(year: int | None) -> str | None:
    return str(year) if year is not None else None
