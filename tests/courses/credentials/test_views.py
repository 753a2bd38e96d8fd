"""Pages of credentials."""

import pytest
from sqlalchemy import event

from tests.courses.factories import make_cohort, make_enrolment, make_version
from tests.factories import actor_of, make_member, make_school, make_trainee
from training.courses.cohorts.workflow import State as CohortState
from training.courses.credentials import services
from training.courses.credentials.models import Credential
from training.courses.enrolments.workflow import State as EnrolmentState
from training.jobs import worker
from training.kernel.db import db
from training.kernel.policy import Role


def issued(version=None, trainee=None):
    enrolment = make_enrolment(make_cohort(version, state=CohortState.COMPLETED), trainee, state=EnrolmentState.COMPLETED)
    return services.issue(actor_of(enrolment.cohort.programme_version.programme.school, Role.MANAGER), enrolment)


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
        credential = issued()

        page = client.get(f"/credentials/{credential.slug}")

        assert page.status == 200
        assert "it is valid" in page.words
        assert credential.holder in page.words
        [taught] = [one.get("href") for one in page.all("a") if one.get("href", "").startswith("/programmes/")]
        assert credential.title in client.get(taught).words

    def test_by_issuer_number_and_family_name(self, client):
        credential = issued()
        asked = f"/credentials?school={credential.school_id}&number={credential.number}&name="

        right, wrong = client.get(asked + credential.holder.split()[0].upper()), client.get(asked + "Nobody")

        assert right.location == f"/credentials/{credential.slug}"
        assert "There is no such credential." in wrong.words

    def test_says_that_one_is_revoked(self, client):
        credential = issued()
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
        credential = issued(trainee=trainee)
        worker.run_due()
        client.sign_in(trainee.account)

        listed, page = client.get("/me/credentials"), client.get(f"/me/credentials/{credential.id}")
        document = client.get(f"/me/credentials/{credential.id}/document")

        assert credential.number in listed.words
        assert "Download the PDF" in page.words
        assert (document.status, document.response.mimetype) == (200, "application/pdf")

    def test_nobody_else_does(self, client):
        credential = issued()
        client.sign_in(make_trainee().account)

        assert client.get(f"/me/credentials/{credential.id}/document").status == 404


class TestSchool:
    def test_issues_and_revokes(self, client):
        cohort = make_cohort(state=CohortState.COMPLETED)
        one = make_enrolment(cohort, state=EnrolmentState.COMPLETED)
        make_enrolment(cohort, state=EnrolmentState.COMPLETED)
        school = cohort.programme_version.programme.school
        client.sign_in(make_member(school, Role.MANAGER).account)
        here = f"/o/{school.slug}"

        assert client.press(f"{here}/enrolments/{one.id}/credential", page=f"{here}/enrolments/{one.id}").status == 302
        assert client.press(f"{here}/cohorts/{cohort.id}/credentials", page=f"{here}/cohorts/{cohort.id}").status == 302
        first, second = db.session.query(Credential).order_by(Credential.id)
        revoked = client.submit(f"{here}/credentials/{first.id}/revoke", reason="Mistake", follow=True)

        assert "Mistake" in revoked.words
        page = client.get(f"{here}/credentials?state=issued")
        assert (first.number in page.words, second.number in page.words) == (False, True)

    def test_of_another_school_finds_nothing(self, client):
        credential, school = issued(), make_school()
        client.sign_in(make_member(school, Role.MANAGER).account)

        assert client.get(f"/o/{school.slug}/credentials/{credential.id}").status == 404

    def test_the_list_asks_as_much_for_forty_rows_as_for_two(self, client, statements):
        version = make_version()
        client.sign_in(make_member(version.programme.school, Role.MANAGER).account)
        here = f"/o/{version.programme.school.slug}/credentials"
        for _ in range(2):
            issued(version)
        statements.clear()
        client.get(here)
        few = len(statements)
        for _ in range(38):
            issued(version)
        statements.clear()

        assert "40 credentials" in client.get(here).words
        assert len(statements) == few
