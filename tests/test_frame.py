"""The frame around a page is made once for those who see the same, and filled with what is each reader's own."""

from urllib.parse import parse_qs, urlsplit

from tests.client import Browser, Page
from tests.factories import make_account, make_member, make_school, make_trainee
from training.frame import ANYBODY
from training.kernel.policy import Role


def corner(page: Page) -> str:
    """The words of the masthead."""
    return "".join(page.all("header")[0].itertext())


def key_to_leave(page: Page) -> str:
    """The receipt key of the form that signs out."""
    return str(page.all("header")[0].xpath(".//input[@name='receipt_key']/@value")[0])


def test_people_of_different_schools_who_look_at_the_same_public_page_each_find_their_own_school(app):
    first, second = make_school(), make_school()
    people = [make_member(school, Role.MANAGER).account for school in (first, second)]

    pages = [Browser(app).sign_in(account).get("/programmes").text for account in people]

    assert f"/o/{first.slug}/" in pages[0]
    assert f"/o/{second.slug}/" not in pages[0]
    assert f"/o/{second.slug}/" in pages[1]
    assert f"/o/{first.slug}/" not in pages[1]


def test_trainees_share_a_frame_and_read_their_own_names_in_it(app):
    accounts = [make_trainee(account=make_account(name=name)).account for name in ("Мила Первая", "Тимур Второй")]

    pages = [Browser(app).sign_in(account).get("/me/study") for account in accounts]

    assert len([key for key in app.extensions["frames"] if "courses.enrolments.mine" in key]) == 1
    assert ["Мила Первая" in corner(page) for page in pages] == [True, False]
    assert ["Тимур Второй" in corner(page) for page in pages] == [False, True]


def test_a_name_stands_in_the_frame_as_text_even_where_it_looks_like_a_tag_or_a_mark(app):
    account = make_account(name=f"<b>Мила</b> {ANYBODY.receipt} {ANYBODY.back}")

    page = Browser(app).sign_in(account).get("/programmes")

    assert account.name in corner(page)
    assert key_to_leave(page) not in corner(page)


def test_a_change_of_language_leads_back_to_the_page_one_is_on(app):
    browser = Browser(app).sign_in(make_account())

    for path in ("/programmes?q=a%20b", "/internships", "/programmes?q=other"):
        other = browser.get(path).all("header")[0].xpath(".//a[@hreflang]/@href")[0]
        assert parse_qs(urlsplit(other).query)["next"] == [path]


def test_the_form_that_signs_out_has_a_new_key_on_every_page(app):
    browser = Browser(app).sign_in(make_account())

    assert len({key_to_leave(browser.get("/programmes")) for _time in range(3)}) == 3
