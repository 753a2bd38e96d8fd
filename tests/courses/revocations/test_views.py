"""Pages of proposals to revoke credentials."""

from tests.courses.factories import make_credential
from tests.factories import make_member, make_trainee
from training.courses.revocations.models import Revocation
from training.kernel.db import db
from training.kernel.policy import Role


def proposed(client, credential):
    """A teacher proposes; gives the proposal's address, and then a manager is signed in."""
    school = credential.school
    client.sign_in(make_member(school, Role.TEACHER).account)
    here = f"/o/{school.slug}"
    page = client.submit(f"{here}/credentials/{credential.id}/revoke", reason="Wrong hours", follow=True)
    assert "Wrong hours" in page.words
    client.sign_in(make_member(school, Role.MANAGER).account)
    return f"{here}/revocations/{db.session.query(Revocation).one().id}"


def test_a_second_person_revokes_and_every_check_says_so(client):
    trainee = make_trainee()
    account = trainee.account
    credential = make_credential(trainee=trainee)
    address = proposed(client, credential)
    assert "it is valid" in client.get(f"/credentials/{credential.slug}").words

    assert client.press(f"{address}/confirm", page=address).status == 302

    page = client.get(f"/credentials/{credential.slug}")
    assert "It is not valid any more." in page.words
    assert "Wrong hours" not in page.words
    client.sign_in(account)
    assert "Wrong hours" in client.get(f"/me/credentials/{credential.id}").words


def test_a_second_person_turns_it_down(client):
    credential = make_credential()
    address = proposed(client, credential)

    page = client.submit(f"{address}/turn-down", reason="The hours are right", follow=True)

    assert "The hours are right" in page.words
    assert "it is valid" in client.get(f"/credentials/{credential.slug}").words
