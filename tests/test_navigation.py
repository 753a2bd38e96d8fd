"""The navigation is made once for those who may the same, and each list of places is its own."""

from tests.client import Browser, Page
from tests.factories import make_account, make_employer, make_member, make_school, make_trainee
from training.accounts.models import Account
from training.kernel.db import db
from training.kernel.policy import Role


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
