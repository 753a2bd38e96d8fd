"""OneRoster bundles made by hand."""

import io
from collections.abc import Mapping, Sequence
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import select

from training.exchange import checking, queries, services
from training.exchange.models import ImportBatch
from training.kernel.db import db
from training.kernel.policy import Member
from training.trainees.profiles.models import Trainee

SECRET = "Sesame-Öffne-91"

USERS = (
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
    "identifier,email,sms,phone,agentSourcedIds,grades,password"
)
FILES = {
    "manifest.csv": (
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\nfile.users,bulk\nfile.demographics,bulk\n"
        "file.academicSessions,bulk\nfile.courses,bulk\nfile.classes,bulk\nfile.enrollments,bulk\n"
    ),
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nsch,,,College,school,,\n",
    "users.csv": (
        f"{USERS}\n"
        f"u1,,,true,sch,student,nina,,Nina,Orlova,Sergeevna,,nina@example.org,,+7 900,,,{SECRET}\n"
        f"u2,,,true,sch,student,pavel,,Pavel,Gordeev,,,,,,,,{SECRET}\n"
        f"u3,,,true,sch,teacher,anna,,Anna,Titova,,,,,,,,{SECRET}\n"
    ),
    "demographics.csv": (
        "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
        "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,countryOfBirthCode,"
        "stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus\n"
        "u1,,,2009-11-04,female,false,false,false,false,false,false,false,,,,\nu2,,,2009-02-03,,,,,,,,,,,,\n"
    ),
    "academicSessions.csv": (
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
        "y,,,Year,schoolYear,2026-09-01,2027-06-30,,2027\n"
    ),
    "courses.csv": (
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n"
        "c,,,y,Welding,,,sch,,\n"
    ),
    "classes.csv": (
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
        "termSourcedIds,subjects,subjectCodes,periods\nk,,,Group,,c,W-26,homeroom,,sch,y,,,\n"
    ),
    "enrollments.csv": (
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
        "e1,,,k,sch,u1,student,,,\ne3,,,k,sch,u3,teacher,true,,\n"
    ),
}
"""A sound bundle of version 1.1: two students and a teacher, all with passwords."""


def zipped(files: Mapping[str, str | bytes], **changed: str | bytes | None) -> bytes:
    """The files as an archive; `changed` ones by name without ending, None for one left out."""
    every = dict(files) | {f"{name}.csv": content for name, content in changed.items()}
    target = io.BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in every.items():
            if content is not None:
                archive.writestr(name, content)
    return target.getvalue()


def checked(manager: Member, content: bytes) -> ImportBatch:
    batch = services.upload(manager, content, name="roster.zip", kind="trainees")
    checking.check(batch.id)
    db.session.rollback()
    return queries.of_id(manager, batch.id)


def applied(manager: Member, batch: ImportBatch) -> None:
    services.confirm(manager, batch)
    checking.apply(batch.id)
    db.session.rollback()


def found(batch: ImportBatch) -> list[tuple[str, int, str, list[Any]]]:
    """File, row, outcome and the cells of what is wrong, of every row that is kept."""
    sheets = batch.layout["sheets"]
    return [
        (sheets[str(row.sheet)]["name"], row.number, row.outcome.value, [one["cell"] for one in row.errors or []])
        for row in queries.all_rows(batch)
    ]


def sentences(batch: ImportBatch) -> dict[tuple[str, int], str]:
    """By file and row: what is wrong."""
    sheets = batch.layout["sheets"]
    rows = queries.all_rows(batch)
    return {(sheets[str(row.sheet)]["name"], row.number): " ".join(one["sentence"] for one in row.errors or []) for row in rows}


def people(school_id: int) -> Sequence[Trainee]:
    return db.session.scalars(select(Trainee).where(Trainee.school_id == school_id).order_by(Trainee.name_key)).all()
