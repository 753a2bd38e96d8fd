"""The roster of a cohort as a list of its own: narrowed, kept under a name, opened with it on every cohort."""

import pytest

from tests.courses.factories import make_cohort, make_enrolment, make_version
from tests.factories import make_account, make_member, make_trainee
from tests.listed import file_of
from training.courses.enrolments.workflow import State
from training.kernel.db import db
from training.kernel.policy import Role
from training.saved_views.models import SavedView


def seated(cohort, name, state=State.ENROLLED):
    trainee = make_trainee(account=make_account())
    trainee.call(family_name=name, given_name="Nina", patronymic=None, born_on=trainee.born_on)
    db.session.commit()
    make_enrolment(cohort, trainee, state=state)


@pytest.fixture
def desk(client):
    """A teacher's browser, and the pages of two cohorts of the school."""
    version = make_version()
    first, second = make_cohort(version), make_cohort(version)
    seated(first, "Titova")
    seated(first, "Orlova", State.COMPLETED)
    seated(second, "Ershova", State.COMPLETED)
    school = version.programme.school
    here = f"/o/{school.slug}"
    client.sign_in(make_member(school, Role.TEACHER).account)
    return client, here, f"{here}/cohorts/{first.id}", f"{here}/cohorts/{second.id}"


def roster(page):
    links = [link for head in page.all("th") for link in head.iter("a") if "/enrolments/" in link.get("href")]
    return [link.text.split()[0] for link in links]


def test_is_narrowed_by_state_and_ordered_either_way(desk):
    browser, _here, first, _second = desk

    assert roster(browser.get(f"{first}?state=completed")) == ["Orlova"]
    assert roster(browser.get(f"{first}?sort=-name")) == ["Titova", "Orlova"]
    assert file_of(browser, f"{first}?state=completed")[1][0] == "Orlova Nina"


def test_who_fits_nobody_is_told_how_to_see_all(desk):
    browser, _here, first, _second = desk

    page = browser.get(f"{first}?q=zzz")

    assert "Nobody here fits" in page.words
    assert f"{first}?view=all" in [link.get("href") for link in page.all("a")] or first in [link.get("href") for link in page.all("a")]


def test_a_view_kept_on_one_cohort_stands_on_every_other(desk):
    browser, here, first, second = desk

    browser.submit(f"{here}/views/new?of={first}%3Fstate=completed", name="Who is through")

    page = browser.get(f"{second}?view=all")
    assert f"{second}?state=completed" in [link.get("href") for link in page.all("a")]
    assert "Who is through" in page.words


def test_a_cohort_opens_with_the_view_that_its_reader_prefers(desk):
    browser, here, first, second = desk
    browser.submit(f"{here}/views/new?of={first}%3Fstate=completed", name="Who is through", preferred="y")

    assert browser.get(second).location == f"{second}?state=completed"
    assert roster(browser.get(f"{first}?view=all")) == ["Orlova", "Titova"]


def test_deleting_a_view_leads_back_to_the_whole_roster(desk):
    browser, here, first, _second = desk
    browser.submit(f"{here}/views/new?of={first}%3Fstate=completed", name="Who is through")
    view = db.session.query(SavedView).one()

    page = f"{here}/views/{view.id}/edit?of={first}%3Fstate=completed"
    sent = browser.post(f"{here}/views/{view.id}/delete?of={first}%3Fstate=completed", browser.get(page).form(action="/delete"))

    assert sent.location == f"{first}?view=all"
