"""A school's OneRoster bundle comes in: its students, once, and no password anywhere."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Text, cast, func, select

from tests.exchange.oneroster.bundles import FILES, SECRET, USERS, applied, checked, found, people, sentences, zipped
from tests.factories import actor_of, make_school
from training.exchange.workflow import Outcome, State
from training.files import queries as files
from training.files import storage
from training.kernel.db import Record, db
from training.kernel.policy import NotNow, Role


@pytest.fixture
def manager(app):
    return actor_of(make_school(), Role.MANAGER)


class TestSound:
    def test_students_come_in_with_birth_date_and_homeroom_and_nobody_else(self, manager):
        batch = checked(manager, zipped(FILES))
        assert (batch.state, batch.ready) == (State.CHECKED, 2)
        assert [row[:3] for row in found(batch)][2:] == [
            ("users.csv", 4, "bad"),
            ("classes.csv", 2, "bad"),
            ("enrollments.csv", 2, "bad"),
            ("enrollments.csv", 3, "bad"),
        ]

        applied(manager, batch)

        pavel, nina = people(manager.organisation_id)
        assert (nina.full_name, nina.born_on, nina.group_code) == ("Orlova Nina Sergeevna", date(2009, 11, 4), "W-26")
        assert (nina.email, nina.phone) == ("nina@example.org", "+7 900")
        assert (pavel.full_name, pavel.born_on, pavel.group_code) == ("Gordeev Pavel", date(2009, 2, 3), None)

    def test_the_same_bundle_twice_changes_nothing(self, manager):
        applied(manager, checked(manager, zipped(FILES)))
        before = [(one.id, one.version) for one in people(manager.organisation_id)]

        again = checked(manager, zipped(FILES))

        assert (again.ready, again.same) == (0, 2)
        assert [(one.id, one.version) for one in people(manager.organisation_id)] == before

    def test_a_bundle_of_1_2_says_in_roles_who_is_a_student(self, manager):
        users = (
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
            "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
            "primaryOrgSourcedId,pronouns\n"
            f"u1,,,true,nina,,Nina,Orlova,,,,,,,,{SECRET},,,,,sch,\nu2,,,true,pavel,,Pavel,Gordeev,,,,,,,,{SECRET},,,,,sch,\n"
        )
        roles = (
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n"
            "r1,,,u1,primary,student,,,sch,\nr2,,,u2,primary,teacher,,,sch,\n"
        )
        manifest = FILES["manifest.csv"].replace("1.1", "1.2") + "file.roles,bulk\n"
        enrollments = FILES["enrollments.csv"].replace("u3", "u2")

        batch = checked(manager, zipped(FILES, users=users, roles=roles, manifest=manifest, enrollments=enrollments))

        assert found(batch)[0] == ("users.csv", 2, "ready", [])
        assert {(row[0], row[2]) for row in found(batch)[1:]} == {(name, "bad") for name in ("users.csv", "classes.csv", "enrollments.csv")}

    def test_whoever_has_address_and_name_of_a_trainee_needs_no_birth_date(self, manager):
        applied(manager, checked(manager, zipped(FILES)))
        manifest = FILES["manifest.csv"].replace("file.demographics,bulk", "file.demographics,absent")
        users = FILES["users.csv"].replace("+7 900", "+7 911").replace("Sergeevna", "")

        batch = checked(manager, zipped(FILES, demographics=None, manifest=manifest, users=users))

        assert [row[:3] for row in found(batch)][:2] == [("users.csv", 2, "ready"), ("users.csv", 3, "bad")]
        assert sentences(batch)["users.csv", 3].startswith("The date of birth is missing")
        applied(manager, batch)
        assert [(one.full_name, one.phone) for one in people(manager.organisation_id)][1:] == [("Orlova Nina Sergeevna", "+7 911")]

    def test_students_to_be_deleted_are_left_alone(self, manager):
        users = FILES["users.csv"].replace("u1,,,", "u1,tobedeleted,2026-09-01T00:00:00Z,")

        batch = checked(manager, zipped(FILES, users=users, manifest=FILES["manifest.csv"].replace("users,bulk", "users,delta")))

        assert [row[:3] for row in found(batch)][:2] == [("users.csv", 3, "ready"), ("users.csv", 4, "bad")]


class TestPasswords:
    def test_no_password_lies_in_a_table_a_file_or_the_report(self, manager, client, caplog):
        caplog.set_level("DEBUG")
        shifted = f"u4,,,true,sch,student,ivan,,Ivan,Belov,,,,,,,,,{SECRET}\nu5,,,true,sch,student,{SECRET},Ilya\n"
        quoted = f'u6,,,true,sch,student,oleg,,"Oleg,Belov,,,,,,,,{SECRET}\nu7,,,true,sch,student,lev,,Lev",Belov,,,,,,,,{SECRET}\n'
        others = {"userProfiles.csv": f"sourcedId,password\np,{SECRET}\n", "notes.txt": SECRET, "results.csv": SECRET}

        batch = checked(manager, zipped(FILES | others, users=FILES["users.csv"] + shifted + quoted))
        applied(manager, batch)

        assert len(people(manager.organisation_id)) == 2
        kept = zip_texts(files.path(batch.file))
        assert "Orlova" in kept
        assert SECRET not in kept
        for place in Path(storage.folder()).rglob("*"):
            assert not place.is_file() or SECRET.encode() not in place.read_bytes()
        assert holding(SECRET) == []
        assert holding("Orlova") != []
        assert SECRET not in caplog.text

    def test_a_bundle_without_headings_keeps_nothing_of_its_rows(self, manager):
        batch = checked(manager, zipped(FILES, users=f"u1,,,true,sch,student,nina,,Nina,Orlova,,,,,,,,{SECRET}\n"))

        assert "Orlova" not in zip_texts(files.path(batch.file))
        assert "users.csv" in {name for name, *_rest in found(batch)}


def zip_texts(path: Path) -> str:
    with ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def holding(words: str) -> list[str]:
    """The columns of all tables in which the words stand."""
    return [
        f"{table.name}.{column.name}"
        for table in Record.metadata.sorted_tables
        for column in table.columns
        if db.session.scalar(select(func.count()).select_from(table).where(cast(column, Text).contains(words)))
    ]


class TestRefused:
    def test_an_archive_without_a_manifest_is_no_bundle(self, manager):
        with pytest.raises(NotNow, match="no manifest"):
            checked(manager, zipped({"users.csv": USERS}))

    def test_an_archive_that_unpacks_to_far_more_is_refused(self, manager):
        with pytest.raises(NotNow, match="unpacks to far more"):
            checked(manager, zipped(FILES, users=USERS + "\n" * 50_000_000))

    def test_another_version_is_named(self, manager):
        batch = checked(manager, zipped(FILES, manifest=FILES["manifest.csv"].replace("1.1", "1.3")))

        assert batch.state is State.FAILED
        assert "1.3" in str(batch.sentence)

    def test_a_file_that_stands_twice_is_named(self, manager):
        with pytest.raises(NotNow, match=r"users\.csv stands twice"):
            checked(manager, zipped(FILES | {"copy/Users.csv": USERS}))

    def test_ready_rows_keep_their_remarks(self, manager):
        batch = checked(manager, zipped(FILES, users=FILES["users.csv"].replace("u1,,,true", "u1,,,TRUE")))

        assert found(batch)[0] == ("users.csv", 2, Outcome.READY.value, ["D2"])
