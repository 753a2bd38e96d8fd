"""Pages of credentials."""

import pytest
from sqlalchemy import event

from tests.courses.factories import make_credential, make_version
from tests.factories import actor_of, make_member, make_school, make_trainee
from training.courses.credentials import services
from training.jobs import worker
from training.kernel.db import db
from training.kernel.policy import Role


@pytest.fixture
def statements(app):
    """Counts what the database is asked within the block."""
    seen: list[str] = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


class TestCheck:
    def test_by_address(self, client):
        credential = make_credential()

        page = client.get(f"/credentials/{credential.slug}")

        assert page.status == 200
        assert "it is valid" in page.words
        assert credential.holder in page.words
        [taught] = [one.get("href") for one in page.all("a") if one.get("href", "").startswith("/programmes/")]
        assert credential.title in client.get(taught).words

    def test_by_issuer_number_and_family_name(self, client):
        credential = make_credential()
        asked = f"/credentials?school={credential.school_id}&number={credential.number}&name="

        right, wrong = client.get(asked + credential.holder.split()[0].upper()), client.get(asked + "Nobody")

        assert right.location == f"/credentials/{credential.slug}"
        assert "There is no such credential." in wrong.words

    def test_says_that_one_is_revoked(self, client):
        credential = make_credential()
        services.revoke(actor_of(credential.school, Role.MANAGER), credential, reason="Mistake")

        page = client.get(f"/credentials/{credential.slug}")

        assert "It is not valid any more." in page.words
        assert "Mistake" not in page.words

    def test_an_unknown_address_is_nothing(self, client):
        assert client.get("/credentials/nothing").status == 404

    @pytest.mark.parametrize("query", ["school=99999999999&number=1&name=x", "school=²&number=%00&name=%00", "school=a", ""])
    def test_takes_any_input(self, client, query):
        assert client.get(f"/credentials?{query}").status == 200


class TestHolder:
    def test_sees_and_downloads(self, client):
        trainee = make_trainee()
        account = trainee.account
        credential = make_credential(trainee=trainee)
        worker.run_due()
        client.sign_in(account)

        listed, page = client.get("/me/credentials"), client.get(f"/me/credentials/{credential.id}")
        document = client.get(f"/me/credentials/{credential.id}/document")

        assert credential.number in listed.words
        assert "Download the PDF" in page.words
        assert (document.status, document.response.mimetype) == (200, "application/pdf")

    def test_nobody_else_does(self, client):
        credential = make_credential()
        client.sign_in(make_trainee().account)

        assert client.get(f"/me/credentials/{credential.id}/document").status == 404


class TestSchool:
    def test_of_another_school_finds_nothing(self, client):
        credential, school = make_credential(), make_school()
        client.sign_in(make_member(school, Role.MANAGER).account)

        assert client.get(f"/o/{school.slug}/credentials/{credential.id}").status == 404

    def test_the_list_asks_as_much_for_forty_rows_as_for_two(self, client, statements):
        version = make_version()
        client.sign_in(make_member(version.programme.school, Role.MANAGER).account)
        here = f"/o/{version.programme.school.slug}/credentials"
        for _ in range(2):
            make_credential(version=version)
        statements.clear()
        client.get(here)
        few = len(statements)
        for _ in range(38):
            make_credential(version=version)
        statements.clear()

        assert "40 credentials" in client.get(here).words
        assert len(statements) == few
