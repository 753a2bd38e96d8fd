"""The navigation is made once for those who may the same, and each list of places is its own."""

import pytest

from tests.client import Browser, Page
from tests.factories import make_account, make_employer, make_member, make_organisation, make_school, make_trainee
from tests.internships.factories import make_placement
from training.accounts.models import Account
from training.internships.placements.workflow import State
from training.kernel.db import db
from training.kernel.pages import registered
from training.kernel.policy import OrganisationKind, Role
from training.navigation import WITHIN


def leads(page: Page, part: str) -> list[str]:
    """Where the links of a part of the page lead, in order."""
    return [link.get("href") for one in page.all(part) for link in one.iter("a")]


def test_a_trainee_s_home_has_their_own_places_above_and_the_public_catalogues_below(app):
    browser = Browser(app).sign_in(db.session.get_one(Account, make_trainee().account_id))

    for _time in range(2):
        home = browser.get("/me/")
        assert {"/me/", "/me/study", "/me/profile"} <= set(leads(home, "nav"))
        assert {"/programmes", "/internships", "/vacancies"} <= set(leads(home, "main"))
        assert "/me/study" not in leads(home, "main")


def test_roles_of_one_organisation_see_their_own_places(app):
    employer = make_employer()
    base = f"/o/{employer.slug}"

    places = {
        role: leads(Browser(app).sign_in(make_member(employer, role).account).get(f"{base}/"), "nav")
        for role in (Role.MENTOR, Role.RECRUITER)
    }

    assert f"{base}/talent" in places[Role.RECRUITER]
    assert f"{base}/talent" not in places[Role.MENTOR]


def test_one_person_in_two_organisations_stays_in_the_one_they_are_in(app):
    account = make_account()
    schools = [make_school(), make_school()]
    for school in schools:
        make_member(school, Role.MANAGER, account=account)
    browser = Browser(app).sign_in(account)

    for school in [*schools, *schools]:
        page = browser.get(f"/o/{school.slug}/")
        assert f"/o/{school.slug}/programmes" in leads(page, "nav")
        assert not [link for link in leads(page, "header") if link.endswith("/programmes") and school.slug not in link]


def current(page: Page) -> list[str]:
    """The places that the navigation says one is at."""
    return [link.get("href") for one in page.all("header") for link in one.iter("a") if link.get("aria-current") == "page"]


@pytest.mark.parametrize(
    ("page", "place"),
    [
        ("calendar", ""),
        ("people/roles", "people"),
        ("deliveries", "mail"),
        ("jobs", "jobs"),
        ("erasures", "erasures"),
        ("problems", "problems"),
    ],
)
def test_a_page_stands_under_one_place(app, page, place):
    operator = make_organisation(OrganisationKind.OPERATOR)
    browser = Browser(app).sign_in(make_member(operator, Role.OPERATOR).account)

    assert current(browser.get(f"/o/{operator.slug}/{page}")) == [f"/o/{operator.slug}/{place}"]


def test_what_belongs_to_an_internship_stands_under_internships(app):
    placement = make_placement(state=State.ACTIVE)
    browser = Browser(app).sign_in(db.session.get_one(Account, placement.trainee.account_id))

    for page in ("", "/logbook", "/agreement", "/evaluations"):
        assert current(browser.get(f"/me/placements/{placement.id}{page}")) == ["/me/placements"]


def test_the_name_of_the_organisation_leads_to_its_page(app):
    account, schools = make_account(), [make_school(), make_school()]
    alone = Browser(app).sign_in(make_member(schools[0], Role.TEACHER).account)
    for school in schools:
        make_member(school, Role.TEACHER, account=account)

    for browser in (alone, Browser(app).sign_in(account)):
        assert f"/o/{schools[0].slug}/organisations/{schools[0].id}" in leads(browser.get(f"/o/{schools[0].slug}/"), "header")


@pytest.mark.parametrize("noun", sorted(WITHIN))
def test_every_place_that_a_noun_stands_under_exists(app, noun):
    pages = registered(app)

    assert any(endpoint == noun or endpoint.startswith(f"{noun}.") for endpoint in pages)
    assert set(WITHIN[noun]) <= set(pages)


def test_whoever_is_signed_in_finds_the_way_back_from_public_pages(app):
    browser = Browser(app)
    assert "/account/home" not in leads(browser.get("/programmes"), "header")

    browser.sign_in(make_account())

    assert "/account/home" in leads(browser.get("/programmes"), "header")
