import pytest
from sqlalchemy import func, select

from tests.client import Browser, fields_of
from tests.courses.factories import make_version
from tests.factories import acting, make_account, make_member, make_school, make_trainee
from training.accounts.models import Account
from training.courses.programmes.workflow import State
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role, Visitor
from training.saved_views import policies, queries, services
from training.saved_views.models import SavedView

DRAFTS = "?state=draft&sort=-hours"


@pytest.fixture
def school(app):
    found = make_school()
    make_version(state=State.DRAFT)
    return found


def enter(app, school, *roles):
    person = make_member(school, *(roles or (Role.TEACHER,)))
    return Browser(app).sign_in(db.session.get_one(Account, person.account_id)), f"/o/{school.slug}", acting(person)


def keep(browser, base, name="My drafts", query=DRAFTS, **more):
    address = f"{base}/programmes{query}"
    return browser.submit(f"{base}/views/new?of={address.replace('?', '%3F').replace('&', '%26')}", name=name, **more)


class TestSave:
    def test_keeps_filters_and_order_under_a_name_and_leads_back(self, app, school):
        browser, base, member = enter(app, school)

        sent = keep(browser, base)

        [view] = queries.own(member, "programmes")
        assert (view.name, view.query) == ("My drafts", {"state": ["draft"], "sort": "-hours"})
        assert sent.location == f"{base}/programmes{DRAFTS}"
        page = browser.get(sent.location)
        assert "My drafts" in page.words
        assert [link.get("href") for link in page.all("a") if link.get("aria-current") == "true"] == [f"{base}/programmes{DRAFTS}"]

    def test_the_page_says_what_is_kept_in_words(self, app, school):
        browser, base, _member = enter(app, school)

        page = browser.get(f"{base}/views/new?of={base}/programmes%3Fstate=draft%26q=weld%26sort=-hours")

        assert "Draft" in page.words
        assert "weld" in page.words
        assert "Hours, most first" in page.words

    def test_needs_a_name(self, app, school):
        browser, base, member = enter(app, school)

        page = keep(browser, base, name=" ")

        assert "Give it a name" in page.words
        assert queries.own(member, "programmes") == []

    def test_replaces_one_of_ones_own(self, app, school):
        browser, base, member = enter(app, school)
        keep(browser, base)
        [view] = queries.own(member, "programmes")

        keep(browser, base, name="", query="?state=published", replaces=str(view.id))

        db.session.expire_all()
        assert [(one.name, one.query) for one in queries.own(member, "programmes")] == [("My drafts", {"state": ["published"]})]

    def test_two_of_one_name_are_refused_on_the_form(self, app, school):
        browser, base, _member = enter(app, school)
        keep(browser, base)

        page = keep(browser, base, name="MY DRAFTS", query="?sort=hours")

        assert page.status == 409
        assert "You have a view of that name" in page.words

    def test_there_is_an_end_to_them(self, app, school):
        _browser, _base, member = enter(app, school)
        for number in range(policies.MOST):
            services.save(member, "programmes", name=f"View {number}", query={"q": str(number)})

        with pytest.raises(NotNow, match="which is the most"):
            services.save(member, "programmes", name="One more", query={"q": "more"})

    @pytest.mark.parametrize(
        "address", ["/", "//evil.example/o/x/programmes", "https://evil.example/", "/sign-in", "/o/another/programmes", "x"]
    )
    def test_keeps_only_lists_of_the_organisation_one_acts_for(self, app, school, address):
        browser, base, _member = enter(app, school)

        assert browser.get(f"{base}/views/new?of={address}").status == 404

    def test_a_list_one_may_not_see_cannot_be_kept(self, app, school):
        browser, base, _member = enter(app, make_school(), Role.TEACHER)

        assert browser.get(f"{base}/views/new?of={base}/organisations").status in (403, 404)


class TestWhose:
    def test_a_view_is_private_to_its_owner(self, app, school):
        browser, base, _member = enter(app, school)
        keep(browser, base)
        colleague, _base, _other = enter(app, school)

        assert "My drafts" not in colleague.get(f"{base}/programmes").words
        view = db.session.scalars(select(SavedView)).one()
        assert colleague.get(f"{base}/views/{view.id}/edit").status == 404

    def test_a_manager_shares_one_with_the_organisation(self, app, school):
        manager, base, _member = enter(app, school, Role.MANAGER)
        keep(manager, base, name="For all of us", shared="y")
        colleague, _base, other = enter(app, school)
        stranger, elsewhere, _third = enter(app, make_school())

        assert "For all of us" in colleague.get(f"{base}/programmes").words
        assert "For all of us" not in stranger.get(f"{elsewhere}/programmes").words
        view = db.session.scalars(select(SavedView)).one()
        assert colleague.get(f"{base}/views/{view.id}/edit").status == 403
        with pytest.raises(NotAllowed):
            services.delete(other, queries.one(other, view.id))

    def test_others_cannot_share(self, app, school):
        browser, base, member = enter(app, school)

        page = browser.get(f"{base}/views/new?of={base}/programmes%3Fstate=draft")
        services.save(member, "programmes", name="Mine", query={"q": "x"}, shared=True)

        assert "everybody in my organisation" not in page.words
        assert queries.own(member, "programmes")[0].shared is False

    def test_the_same_person_keeps_different_ones_for_each_organisation_and_for_themselves(self, app):
        person = make_account()
        here, there = (acting(make_member(make_school(), Role.TEACHER, account=person)) for _ in range(2))
        services.save(here, "programmes", name="Here", query={"q": "here"})
        services.save(Visitor(person.id), "programmes", name="Own", query={"q": "own"})

        assert [one.name for one in queries.of_list(here, "programmes")] == ["Here"]
        assert [one.name for one in queries.of_list(there, "programmes")] == []
        assert [one.name for one in queries.of_list(Visitor(person.id), "programmes")] == ["Own"]


class TestPreferred:
    def test_a_list_that_is_opened_plainly_opens_with_it(self, app, school):
        browser, base, _member = enter(app, school)
        keep(browser, base, preferred="y")

        opened = browser.get(f"{base}/programmes")

        assert (opened.status, opened.location) == (302, f"{base}/programmes{DRAFTS}")
        assert browser.get(f"{base}/programmes?view=all").status == 200
        assert f"{base}/programmes?view=all" in [link.get("href") for link in browser.get(opened.location).all("a")]

    def test_there_is_one_at_most(self, app, school):
        _browser, _base, member = enter(app, school)
        services.save(member, "programmes", name="First", query={"q": "a"}, preferred=True)
        services.save(member, "programmes", name="Second", query={"q": "b"}, preferred=True)
        first = queries.named(member, "programmes", "First")
        assert first is not None

        services.edit(member, first, name="First", preferred=True)

        db.session.expire_all()
        assert [(one.name, one.preferred) for one in queries.own(member, "programmes")] == [("First", True), ("Second", False)]


class TestChange:
    def test_renames_and_deletes(self, app, school):
        browser, base, member = enter(app, school)
        keep(browser, base)
        [view] = queries.own(member, "programmes")
        edit = f"{base}/views/{view.id}/edit?of={base}/programmes%3Fstate=draft%26sort=-hours"

        renamed = browser.submit(edit, name="Unfinished")
        assert "Unfinished" in browser.get(renamed.location).words
        gone = browser.post(f"{base}/views/{view.id}/delete?of={base}/programmes", browser.get(edit).form(action="/delete"))

        assert gone.location == f"{base}/programmes?view=all"
        assert db.session.scalar(select(func.count()).select_from(SavedView)) == 0

    def test_a_deleted_one_comes_back_as_it_was(self, app, school):
        browser, base, member = enter(app, school)
        keep(browser, base)
        [view] = queries.own(member, "programmes")
        before = (view.name, view.query, view.preferred, view.shared)
        delete = f"{base}/views/{view.id}/delete?of={base}/programmes"
        gone = browser.post(delete, browser.get(f"{base}/views/{view.id}/edit?of={base}/programmes").form(action="/delete"))

        undo = next(one for one in browser.get(gone.location).all("form") if "/views/new" in one.get("action"))
        browser.post(undo.get("action"), fields_of(undo))

        db.session.expire_all()
        [again] = queries.own(member, "programmes")
        assert (again.name, again.query, again.preferred, again.shared) == before

    def test_someone_who_is_nobody_keeps_nothing(self, app):
        make_trainee()

        assert Browser(app).get("/account/views/new?of=/programmes").location.startswith("/sign-in")
