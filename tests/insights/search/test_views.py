"""The answer page, and the list under the box."""

import pytest

from tests.candidates.factories import make_vacancy
from tests.courses.factories import make_programme, make_version
from tests.factories import make_employer, make_member, make_school, make_trainee
from tests.insights.search.stage import index, make_region
from training.accounts.models import Account
from training.kernel.db import db
from training.kernel.policy import Role

HTMX = {"HX-Request": "true"}


def hrefs(page):
    return [link.get("href") for link in page.all("a")]


class TestThePage:
    def test_answers_the_public_by_kind_with_counts_and_links(self, client):
        make_region()

        page = client.get("/search?q=сварщик")

        assert "Everything 3" in page.words
        assert "Сварщик ручной сварки" in page.words
        assert "черновике" not in page.text
        assert any(href.startswith("/programmes/") for href in hrefs(page))

    def test_one_kind_alone_is_paged(self, client):
        school = make_school()
        for number in range(30):
            make_version(make_programme(school, title=f"Сварщик {number}"))
        index(school)

        page = client.get("/search?q=сварщик&kind=programmes&page=2")

        assert "26–30 of 30" in page.words

    def test_a_kind_that_is_not_the_readers_is_left_aside(self, client):
        make_region()

        assert "Everything" in client.get("/search?q=сварщик&kind=trainees").words
        assert client.get("/search?q=сварщик&kind=nonsense").status == 200

    def test_a_slip_is_named(self, client):
        make_region()

        assert "Nothing is called “свращик”. Shown is what there is for “сварщик”." in client.get("/search?q=свращик").words

    def test_says_what_to_do_when_nothing_is_found_and_when_nothing_was_typed(self, client):
        assert "Nothing is called “абракадабра”" in client.get("/search?q=абракадабра").words
        assert "What are you looking for?" in client.get("/search").words

    def test_members_and_trainees_have_their_own(self, client):
        region = make_region()
        client.sign_in(make_member(region.school, Role.MANAGER).account)
        inside = client.get(f"/o/{region.school.slug}/search?q=сварщик")
        assert f"/o/{region.school.slug}/cohorts/" in inside.text
        assert client.get("/me/search?q=сварщик").status == 404

        client.sign_in(db.session.get_one(Account, region.trainee.account_id))
        own = client.get("/me/search?q=сварщик")
        assert "Your study" in own.words
        assert client.get(f"/o/{region.school.slug}/search?q=сварщик").status == 404

    def test_what_was_typed_is_escaped(self, client):
        page = client.get("/search?q=<script>alert(1)</script>")

        assert "<script>alert" not in page.text

    def test_an_unchanged_answer_is_not_sent_again(self, client):
        make_region()
        first = client.get("/search?q=сварщик")

        again = client.get("/search?q=сварщик", headers={"If-None-Match": first.response.headers["ETag"]})

        assert again.status == 304


class TestTheBox:
    @pytest.mark.parametrize("path", ["/programmes", "/internships", "/vacancies", "/sign-in", "/nowhere"])
    def test_stands_on_every_public_page_as_a_plain_form(self, client, path):
        page = client.get(path)

        [form] = [form for form in page.all("form") if form.get("role") == "search" and form.get("action") == "/search"]
        assert form.get("method") == "get"
        [box] = [field for field in form.iter("input") if field.get("name") == "q"]
        assert (box.get("role"), box.get("aria-expanded")) == ("combobox", "false")
        assert page.root.find(f".//*[@id='{box.get('aria-controls')}']").get("role") == "listbox"

    def test_looks_as_whom_the_page_is_open(self, client):
        employer, trainee = make_employer(), make_trainee()
        client.sign_in(make_member(employer, Role.MANAGER).account)
        assert f'action="/o/{employer.slug}/search"' in client.get(f"/o/{employer.slug}/openings").text

        client.sign_in(trainee.account)
        assert 'action="/me/search"' in client.get("/me/study").text

    def test_costs_a_page_no_statement(self, client, statements):
        client.get("/programmes")
        with statements() as sent:
            client.get("/programmes")

        assert not [one for one in sent if "search_index" in one]


class TestTheOptions:
    def test_are_offered_with_their_pages_and_the_way_to_all(self, client):
        make_region()

        page = client.get("/search/options?q=сварщ", headers=HTMX)

        options = [element for element in page.root.iter() if isinstance(element.tag, str) and element.get("role") == "option"]
        assert len(options) == 4
        assert options[-1].get("href") == "/search?q=%D1%81%D0%B2%D0%B0%D1%80%D1%89"
        assert "answers are offered" in page.text

    def test_are_nothing_for_a_letter_and_for_nothing_found(self, client):
        make_region()

        assert client.get("/search/options?q=с", headers=HTMX).text.strip() == ""
        assert "Nothing is called so." in client.get("/search/options?q=абракадабра", headers=HTMX).text

    def test_asked_for_as_a_page_lead_to_the_answer(self, client):
        assert client.get("/search/options?q=weld").location == "/search?q=weld"

    def test_of_a_member_show_what_the_public_does_not_see(self, client):
        region = make_region()
        make_vacancy(region.employer, title="Сварщик третий")
        client.sign_in(make_member(region.employer, Role.MANAGER).account)

        assert "в черновике" in client.get(f"/o/{region.employer.slug}/search/options?q=черновике", headers=HTMX).text
        assert "в черновике" not in client.get("/search/options?q=черновике", headers=HTMX).text
