"""The pages of help, and the way to them from every page."""

import re

import pytest

from tests.factories import make_employer, make_member, make_trainee
from training.insights.help import texts
from training.kernel.policy import Role

PLACES = {
    "/programmes",
    "/internships",
    "/vacancies",
    "/credentials",
    "/sign-up",
    "/card",
    "/forgotten",
    "/problems/new",
    "/help/roles",
    "/badges/check",
}
OWN = {"/account", "/account/calendar", "/account/letters", "/me/data", "/me/calendar"}
"""Pages of whoever is signed in."""


def test_the_index_leads_to_every_text(client):
    page = client.get("/help")

    links = {link.get("href") for link in page.all("a")}
    assert {f"/help/{name}" for name in (*texts.ROLES, *texts.RULES)} <= links


@pytest.mark.parametrize("name", [*texts.ROLES, *texts.RULES])
def test_a_text_is_a_sound_page_whose_links_lead_somewhere(client, name):
    page = client.get(f"/help/{name}")

    assert page.status == 200
    inside = set(re.findall(r"\]\((/[^)]*)\)", texts.path(name, "en").read_text()))
    assert all(client.get(address).status == 200 for address in inside - OWN)
    client.sign_in(make_trainee().account)
    assert all(client.get(address).status == 200 for address in inside & OWN)
    assert inside <= PLACES | OWN | {f"/help/{one}" for one in (*texts.ROLES, *texts.RULES)}


def test_the_language_is_the_readers(client):
    page = client.get("/help/mentor", headers={"Accept-Language": "ru"})

    assert "Наставник" in page.words
    assert "Mentor" not in page.words


def test_an_unknown_text_is_not_there(client):
    assert client.get("/help/nothing").status == 404
    assert client.get("/help/..%2Fsecret").status == 404


def test_every_page_leads_to_help_rules_and_a_report(client):
    employer = make_employer()
    for address in ("/", "/programmes", "/nowhere"):
        links = [link.get("href") for link in client.get(address).all("a")]
        assert {"/help", "/help/privacy", "/help/terms", "/help/accessibility", f"/problems/new?page={address.replace('/', '/')}"} <= {
            link and link.replace("%2F", "/") for link in links
        }
    client.sign_in(make_member(employer, Role.MANAGER).account)
    assert '"/help"' in client.get(f"/o/{employer.slug}/").text
    client.sign_in(make_trainee().account)
    assert '"/help"' in client.get("/me/").text


def test_signing_up_leads_to_how_data_are_used(client):
    assert "/help/privacy" in [link.get("href") for link in client.get("/sign-up").all("a")]
