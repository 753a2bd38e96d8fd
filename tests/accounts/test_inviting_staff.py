"""Teachers and administrators of a OneRoster bundle are invited when somebody asks for it, and never members by themselves."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from tests.accounts.test_invitations import bearer
from tests.exchange.oneroster.bundles import FILES, USERS, applied, checked, found, people, sentences, zipped
from tests.factories import actor_of, make_school
from training.accounts.invitations import queries
from training.accounts.invitations import services as joining
from training.accounts.invitations.models import Invitation
from training.accounts.invitations.workflow import State
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.exchange import checking, services, undoing
from training.exchange.workflow import State as ImportState
from training.kernel.db import db
from training.kernel.policy import NotNow, Role, System

STAFF = (
    "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
    "agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
    "primaryOrgSourcedId,pronouns\n"
    "t1,,,true,anna,,Anna,Titova,,,anna@example.org,,,,,,,,,,sch,\nt2,,,true,oleg,,Oleg,Belov,,,oleg@example.org,,,,,,,,,,sch,\n"
)
ROLES = (
    "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\n"
    "r1,,,t1,primary,teacher,,,sch,\nr2,,,t2,primary,principal,,,sch,\n"
)
MANIFEST = "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\nfile.users,bulk\n"
PEOPLE_ONLY: Mapping[str, None] = dict.fromkeys(("demographics", "academicSessions", "courses", "classes", "enrollments"))
WITH_ANNA = {"users": FILES["users.csv"].replace("Titova,,,,,", "Titova,,,anna@example.org,,")}


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def manager(school):
    return actor_of(school, Role.MANAGER)


def bundle(*users: str) -> bytes:
    """A bundle of people alone, a line of users.csv each."""
    return zipped(FILES, users="\n".join((USERS, *users, "")), manifest=MANIFEST, **PEOPLE_ONLY)


def user(key: str, role: str, email: str = "") -> str:
    return f"{key},,,true,sch,{role},{key},,Anna,Titova,,,{email},,,,,"


def taken(manager, content, *chosen):
    batch = checked(manager, content)
    services.confirm(manager, batch, chosen=chosen or None)
    checking.apply(batch.id)
    db.session.rollback()
    return batch


def invitations() -> list[tuple[str, Role, State]]:
    return [(one.email, one.role, one.state) for one in db.session.scalars(select(Invitation).order_by(Invitation.id))]


def test_teachers_are_invited_as_teachers_and_administrators_as_managers(manager):
    content = bundle(user("t1", "teacher", "anna@example.org"), user("t2", "administrator", "oleg@example.org"))
    assert "invites anna@example.org as Teacher" in sentences(checked(manager, content))["users.csv", 2]

    taken(manager, content, "staff")

    assert invitations() == [("anna@example.org", Role.TEACHER, State.SENT), ("oleg@example.org", Role.MANAGER, State.SENT)]
    assert db.session.scalars(select(Membership.role).where(Membership.organisation_id == manager.organisation_id)).all() == [Role.MANAGER]


def test_the_newer_version_says_it_in_roles(manager):
    manifest = MANIFEST.replace("1.1", "1.2") + "file.roles,bulk\n"

    taken(manager, zipped(FILES, users=STAFF, roles=ROLES, manifest=manifest, **PEOPLE_ONLY), "staff")

    assert [role for _email, role, _state in invitations()] == [Role.TEACHER, Role.MANAGER]


def test_nobody_is_invited_unless_it_was_asked_for(manager):
    batch = checked(manager, zipped(FILES, **WITH_ANNA))
    assert batch.ready == 3

    applied(manager, batch)

    assert (invitations(), len(people(manager.organisation_id))) == ([], 2)
    assert sentences(batch)["users.csv", 4] == "It was not asked for when the import was confirmed."
    assert (batch.ready, batch.applied) == (0, 2)


def test_an_import_of_nothing_is_not_begun(manager):
    batch = checked(manager, bundle(user("t1", "teacher", "anna@example.org")))

    with pytest.raises(NotNow, match="at least one kind"):
        services.confirm(manager, batch)

    db.session.refresh(batch)
    assert (batch.state, batch.ready) == (ImportState.CHECKED, 1)


def test_members_and_people_invited_already_are_the_same(manager):
    own = db.session.get_one(Account, manager.account_id).email
    content = bundle(user("t1", "teacher", "anna@example.org"), user("t2", "teacher", own or ""))
    taken(manager, content, "staff")

    again = checked(manager, content)

    assert [row[2] for row in found(again)] == ["same", "same"]
    assert len(invitations()) == 1


def test_who_has_no_address_is_named_and_parents_are_left_alone(manager):
    batch = checked(manager, bundle(user("t1", "teacher"), user("p1", "parent", "mother@example.org"), user("s1", "aide")))

    assert found(batch) == [("users.csv", 2, "bad", ["M2"])]
    assert "nobody can be invited" in sentences(batch)["users.csv", 2]


def test_an_import_taken_back_revokes_what_nobody_has_answered(manager):
    batch = taken(manager, bundle(user("t1", "teacher", "anna@example.org")), "staff")

    services.undo(manager, batch)
    undoing.undo(batch.id)
    db.session.refresh(batch)

    assert (batch.state, [state for _email, _role, state in invitations()]) == (ImportState.UNDONE, [State.REVOKED])


def test_an_invitation_that_was_accepted_keeps_the_import(manager):
    batch = taken(manager, bundle(user("t1", "teacher", "anna@example.org")), "staff")
    sent = db.session.scalars(select(Invitation.id)).one()
    invitation = queries.invitation(System("test"), sent)
    joining.accept(bearer(invitation), invitation, name="Anna Titova", password="hash")

    services.undo(manager, batch)
    undoing.undo(batch.id)
    db.session.refresh(batch)

    assert (batch.state, batch.kept) == (ImportState.DONE, 1)


class TestChoosing:
    def test_letters_are_not_chosen_beforehand(self, client, school, manager):
        batch = checked(manager, zipped(FILES, **WITH_ANNA))
        client.sign_in(db.session.get_one(Account, manager.account_id))
        page = client.get(f"/o/{school.slug}/imports/{batch.slug}")
        assert "Invitations of staff" in page.text

        form = client.get(f"/o/{school.slug}/imports/{batch.slug}/choose").form()

        assert form["chosen"] in ("students", ["students"])

    def test_what_is_chosen_is_taken(self, client, school, manager):
        batch = checked(manager, zipped(FILES, **WITH_ANNA))
        client.sign_in(db.session.get_one(Account, manager.account_id))
        address = f"/o/{school.slug}/imports/{batch.slug}/choose"

        sent = client.post(address, client.get(address).form() | {"chosen": "staff"})
        assert sent.status in (302, 303)
        checking.apply(batch.id)

        assert (len(invitations()), people(school.id)) == (1, [])

    def test_nothing_chosen_is_said_beside_the_boxes(self, client, school, manager):
        batch = checked(manager, zipped(FILES))
        client.sign_in(db.session.get_one(Account, manager.account_id))
        address = f"/o/{school.slug}/imports/{batch.slug}/choose"
        form = client.get(address).form()
        form.pop("chosen")

        assert "Choose at least one kind" in client.post(address, form).text
