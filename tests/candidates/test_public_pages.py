"""The public pages of vacancies, and the house that writes them."""

from datetime import timedelta

from tests.candidates.factories import (
    draft_vacancy,
    make_occupation,
    make_vacancy,
    skills_of,
    vacancy,
)
from tests.candidates.walking import Settled, fresh, one_of
from tests.factories import make_account
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.queries import stages
from training.candidates.vacancies.workflow import State as VacancyState
from training.kernel import clock


class TestPublic:
    def test_the_catalogue_lists_finds_and_narrows(self, client):
        shown = make_vacancy(title="CNC setter-operator", town="Dimitrovgrad")
        make_vacancy(title="Press operator", town="Ulyanovsk", pay_from=None, pay_to=None)

        everything = client.get("/vacancies")
        narrowed = client.get("/vacancies?town=Dimitrovgrad&employment=full&schedule=shifts&q=setter")

        assert "CNC setter-operator" in everything.words
        assert "Pay not stated" in everything.words
        assert shown.title in narrowed.words
        assert "Press operator" not in narrowed.words

    def test_nothing_found_says_what_to_do(self, client):
        make_vacancy(title="Moulding machine operator")

        page = client.get("/vacancies?q=mouldin+machin+operatr")

        assert page.status == 200
        assert "Nothing fits" in page.words

    def test_a_vacancy_s_page_is_a_job_posting_for_machines(self, client):
        shown = make_vacancy(closes_on=clock.today() + timedelta(days=9), positions=4)

        page = client.get(f"/vacancies/{shown.slug}")
        properties = {element.get("itemprop"): element for element in page.root.iter() if element.get("itemprop")}

        required = {"title", "description", "datePosted", "hiringOrganization", "jobLocation", "addressCountry", "addressLocality"}
        assert required <= set(properties)
        assert properties["employmentType"].get("content") == "FULL_TIME"
        assert (properties["minValue"].get("content"), properties["maxValue"].get("content")) == ("58000.00", "72000.00")
        assert any(link.get("href") == f"/me/vacancies/{shown.slug}/apply" for link in page.all("a"))

    def test_an_unchanged_page_is_not_sent_again(self, client):
        make_vacancy()
        first = client.get("/vacancies")

        again = client.get("/vacancies", headers={"If-None-Match": first.response.headers["ETag"]})

        assert again.status == 304

    def test_a_draft_is_not_there(self, client):
        assert client.get(f"/vacancies/{draft_vacancy().slug}").status == 404

    def test_somebody_without_a_profile_is_led_to_make_one(self, app):
        shown = make_vacancy()

        page = Settled(app).sign_in(make_account()).get(f"/vacancies/{shown.slug}")

        assert any("learning/new" in (link.get("href") or "") for link in page.all("a"))


class TestVacancies:
    def test_from_the_first_draft_to_the_public_page_and_back(self, house):
        _employer, browser, base = house
        occupation = make_occupation()

        sent = browser.submit(
            f"{base}/vacancies/new",
            title="CNC setter-operator",
            occupation_id=str(occupation.id),
            description="You set up lathes.",
            positions="2",
            pay_from="58000",
            closes_on=(clock.today() + timedelta(days=20)).isoformat(),
        )
        found = one_of(Vacancy)
        assert (sent.location, found.pay_from, found.pay_to) == (f"{base}/vacancies/{found.id}", 5_800_000, None)

        browser.press(f"{base}/vacancies/{found.id}/publish", page=f"{base}/vacancies/{found.id}")
        assert fresh(Vacancy, found.id).state is VacancyState.LIVE
        browser.press(f"{base}/vacancies/{found.id}/pause", page=f"{base}/vacancies/{found.id}")
        browser.press(f"{base}/vacancies/{found.id}/resume", page=f"{base}/vacancies/{found.id}")
        told = browser.get(f"{base}/vacancies/{found.id}")
        assert "The vacancy is public again. Undo" in told.words
        assert "Undo" not in browser.get(f"{base}/vacancies/{found.id}").words
        listed = browser.get(f"{base}/vacancies?state=live")
        assert "CNC setter-operator" in listed.words
        assert "0 of 2" in listed.words
        browser.submit(f"{base}/vacancies/{found.id}/close")
        assert fresh(Vacancy, found.id).state is VacancyState.CLOSED

    def test_pay_of_zero_is_refused_beside_its_field(self, house):
        _employer, browser, base = house
        make_occupation()

        page = browser.submit(f"{base}/vacancies/new", title="Setter", description="Work", pay_from="0")

        assert "leave it empty when it is not stated" in page.words

    def test_edit_and_skills(self, house):
        employer, browser, base = house
        found = draft_vacancy(employer, levels=(2, 3))
        first, second = skills_of(found)

        browser.submit(f"{base}/vacancies/{found.id}/edit", title="Another title", pay_to="80000")
        browser.submit(f"{base}/vacancies/{found.id}/skills", **{f"level_{first}": "4", f"level_{second}": "0"})

        found = vacancy(found.id)
        assert (found.title, found.pay_to) == ("Another title", 8_000_000)
        assert [(one.skill_id, one.level) for one in found.asked] == [(first, 4)]

    def test_an_unverified_employer_is_told_why_it_cannot_publish(self, house):
        employer, browser, base = house
        found = draft_vacancy(employer, skills={})

        page = browser.press(f"{base}/vacancies/{found.id}/publish", page=f"{base}/vacancies/{found.id}")

        assert page.status == 409
        assert "asks for no skill" in page.words

    def test_the_stages_of_coming_vacancies_can_be_chosen(self, house):
        employer, browser, base = house

        refused = browser.submit(f"{base}/vacancies/stages", names="Only one")
        browser.submit(f"{base}/vacancies/stages", names="New\nTest piece\nDecision")

        assert refused.status == 409
        assert [str(one) for one in stages(draft_vacancy(employer).id)] == ["New", "Test piece", "Decision"]

    def test_another_employer_s_and_a_missing_one_look_the_same(self, house):
        _employer, browser, base = house
        foreign = make_vacancy()

        for path in ("", "/edit", "/skills", "/close", "/board", "/applications"):
            answers = [browser.get(f"{base}/vacancies/{key}{path}") for key in (foreign.id, 987_654)]
            assert [one.status for one in answers] == [404, 404]
            assert answers[0].words == answers[1].words
