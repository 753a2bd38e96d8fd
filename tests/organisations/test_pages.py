"""The pages of organisations: hidden until verified, with their history."""

from tests.client import Browser
from tests.factories import (
    make_account,
    make_authority,
    make_employer,
    make_member,
)
from training.kernel.policy import Role


class TestOrganisations:
    def test_a_new_one_is_hidden_until_the_authority_verifies_it(self, client):
        authority = make_authority()
        coordinator = make_member(authority, Role.COORDINATOR)
        account = make_account()
        client.sign_in(account)
        page = client.submit(
            "/account/organisations/new", kind="employer", legal_name="New, limited", short_name="New", town="Town", address="1 Street"
        )
        assert page.status == 302
        slug = page.location.split("/")[2]
        assert client.get(f"/organisations/{slug}").status == 404

        desk = Browser(client.app).sign_in(coordinator.account)
        home = desk.get(f"/o/{authority.slug}/")
        [link] = [one.get("href") for tasks in home.all("ol") for one in tasks.iter("a") if "/organisations/" in (one.get("href") or "")]
        verified = desk.submit(f"{link}/verify")

        assert verified.status == 302
        assert Browser(client.app).get(f"/organisations/{slug}").status == 200

    def test_reasons_stand_in_the_history(self, client):
        authority = make_authority()
        employer = make_employer(authority_id=authority.id)
        client.sign_in(make_member(authority, Role.COORDINATOR).account)
        url = f"/o/{authority.slug}/organisations/{employer.id}"

        client.submit(f"{url}/suspend", reason="Addresses do not fit")

        assert "Addresses do not fit" in client.get(url).words
        assert client.press(f"{url}/reinstate", page=url).status == 302
