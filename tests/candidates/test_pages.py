"""The pages of candidates, as the people of both sides walk through them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.candidates.factories import (
    anew,
    application,
    draft_vacancy,
    interviewer_of,
    let_employers_find,
    make_application,
    make_interview,
    make_occupation,
    make_offer,
    make_vacancy,
    show_skill,
    skills_of,
    vacancy,
)
from tests.client import Browser
from tests.factories import make_account, make_employer, make_member, make_minor, make_trainee
from training.accounts.models import Account
from training.candidates.applications.models import Application
from training.candidates.applications.workflow import State
from training.candidates.interviews.models import Interview
from training.candidates.offers.models import Offer
from training.candidates.offers.workflow import State as OfferState
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.queries import stages
from training.candidates.vacancies.workflow import State as VacancyState
from training.kernel import clock
from training.kernel.db import db
from training.kernel.i18n import format_moment
from training.kernel.policy import Role


class Settled(Browser):
    """A browser before whose every request the test's own reading ends: what the request writes is not undone with it."""

    def get(self, url, **options):
        db.session.commit()
        return super().get(url, **options)

    def post(self, url, values=None, **options):
        db.session.commit()
        return super().post(url, values, **options)


@pytest.fixture
def client(app):
    return Settled(app)


@pytest.fixture
def house(app):
    """An employer with a recruiter who is signed in: (employer, browser, address of its pages)."""
    employer = make_employer()
    person = make_account()
    make_member(employer, Role.RECRUITER, account=person)
    return employer, Settled(app).sign_in(person), f"/o/{employer.slug}"


def fresh(kind, key):
    return anew(lambda: db.session.get_one(kind, key))


def one_of(kind):
    return anew(lambda: db.session.scalars(select(kind)).one())


def learner_at(app, person):
    return Settled(app).sign_in(db.session.get_one(Account, person.account_id))


def steps(page):
    """The names along an application's way."""
    [relay] = [one for one in page.all("ol") if "relay" in (one.get("class") or "").split()]
    return ["".join(name.itertext()).rpartition(": ")[2] for name in relay.iter("b")]


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


class TestCandidate:
    def test_applies_sees_where_it_stands_and_withdraws(self, app):
        person, offered = make_trainee(), make_vacancy()
        browser = learner_at(app, person)

        sent = browser.submit(f"/me/vacancies/{offered.slug}/apply", letter="From July.", follow=True)
        found = one_of(Application)

        assert "is considering your application" in sent.words
        assert offered.title in browser.get("/me/applications").words
        browser.submit(f"/me/applications/{found.id}/withdraw", reason="study", words="I go on.")
        assert fresh(Application, found.id).state is State.WITHDRAWN
        assert "You withdrew it" in browser.get(f"/me/applications/{found.id}").words

    def test_a_minor_is_told_how_to_get_the_consent(self, app):
        minor, offered = make_minor(), make_vacancy()
        browser = learner_at(app, minor)

        page = browser.submit(f"/me/vacancies/{offered.slug}/apply", letter="I want it.")

        assert page.status == 409
        assert "parent or guardian agrees" in page.words
        assert "I want it." in page.text
        assert any("/me/consents/ask" in (link.get("href") or "") for link in page.all("a"))

    def test_does_not_see_a_rejection_before_it_is_told(self, app, house):
        employer, recruiter, base = house
        found = make_application(make_vacancy(employer))
        browser = learner_at(app, application(found.id).trainee)
        recruiter.submit(f"{base}/applications/{found.id}/reject", reason="skills", words="The Fanuc course helps.")

        before = browser.get(f"/me/applications/{found.id}")
        with clock.at(clock.now() + timedelta(minutes=31)):
            after = browser.get(f"/me/applications/{found.id}")

        assert "Rejected" not in before.words
        assert "A skill the work needs is missing" in after.words
        assert "The Fanuc course helps." in after.words

    def test_confirms_and_declines_an_interview(self, app):
        first = make_interview()
        browser = learner_at(app, first.application.trainee)
        second = make_interview(application(first.application_id), hour=15)

        assert "Room 6" in browser.get(f"/me/applications/{first.application_id}/interviews").words
        browser.press(f"/me/interviews/{first.id}/confirm", page=f"/me/interviews/{first.id}")
        browser.submit(f"/me/interviews/{second.id}/decline", reason="An exam.")
        calendar = browser.get(f"/me/interviews/{first.id}/invitation.ics")

        assert fresh(Interview, first.id).state == "confirmed"
        assert fresh(Interview, second.id).state == "declined"
        assert calendar.response.mimetype == "text/calendar"
        assert "BEGIN:VEVENT" in calendar.text

    def test_accepts_an_offer(self, app):
        found = make_offer()
        browser = learner_at(app, found.application.trainee)
        page = f"/me/applications/{found.application_id}/offers"

        browser.press(f"/me/offers/{found.id}/accept", page=page)

        assert fresh(Offer, found.id).state is OfferState.ACCEPTED
        standing = browser.get(f"/me/applications/{found.application_id}")
        assert "You are hired" in standing.words
        assert "Interview" not in steps(standing)
        assert steps(standing)[-1] == "Hired"

    def test_a_hire_leaves_no_interview_to_come(self, app):
        applied = make_application()
        meeting = make_interview(applied)
        found = make_offer(applied)
        browser = learner_at(app, found.application.trainee)
        before = browser.get(f"/me/applications/{found.application_id}")

        browser.press(f"/me/offers/{found.id}/accept", page=f"/me/applications/{found.application_id}/offers")

        after = browser.get(f"/me/applications/{found.application_id}")
        when = format_moment(meeting.starts_at, zone=found.application.vacancy.employer.zone)
        assert when in before.words
        assert when not in after.words

    def test_declines_an_offer_with_a_reason(self, app):
        found = make_offer()
        browser = learner_at(app, found.application.trainee)

        browser.submit(f"/me/offers/{found.id}/decline", reason="pay")

        assert fresh(Offer, found.id).state is OfferState.DECLINED
        assert "The pay" in browser.get(f"/me/applications/{found.application_id}/offers").words

    def test_nobody_else_s_pages_are_open(self, app):
        found = make_offer()
        meeting = make_interview(make_application())
        browser = learner_at(app, make_trainee())

        for path in (
            f"/me/applications/{found.application_id}",
            f"/me/applications/{found.application_id}/offers",
            f"/me/applications/{found.application_id}/withdraw",
            f"/me/offers/{found.id}/decline",
            f"/me/interviews/{meeting.id}",
            f"/me/interviews/{meeting.id}/invitation.ics",
        ):
            assert browser.get(path).status == 404


class TestBoard:
    def test_moves_a_card_without_a_script_on_the_page_that_its_menu_leads_to(self, house):
        employer, browser, base = house
        offered = make_vacancy(employer, levels=(2, 3))
        person = make_trainee(group_code="TM-21")
        show_skill(person, skills_of(offered)[0], 3)
        found = make_application(offered, trainee=person)
        board = browser.get(f"{base}/vacancies/{offered.id}/board")
        (link,) = [one for one in board.all("a") if one.get("data-menu")]
        page = browser.get(link.get("href").removesuffix("#move"))
        move = f"{base}/applications/{found.id}/move"
        form = next(one for one in page.all("form") if one.get("action") == move and "Interview" in "".join(one.itertext()))

        sent = browser.post(move, {one.get("name"): one.get("value") for one in form.iter("input")})

        assert "TM-21" in board.words
        assert "1 of 2" in board.words
        assert any(one.get("id") == "move" for one in page.all("section"))
        assert sent.location == f"{base}/applications/{found.id}"
        assert str(application(found.id).stage) == "Interview"
        told = browser.get(sent.location)
        assert "is in “Interview” now" in told.words

        undone = browser.post(move, told.form(action=move))
        assert undone.location == sent.location
        assert str(application(found.id).stage) == "New"

    def test_its_columns_take_what_the_menu_posts(self, house):
        employer, browser, base = house
        offered = make_vacancy(employer)
        make_application(offered)

        page = browser.get(f"{base}/vacancies/{offered.id}/board")
        columns = {one.get("data-stage") for one in page.all("ol") if one.get("data-stage")}
        buttons = {one.get("value") for one in page.all("button") if one.get("name") == "stage"}

        assert buttons < columns

    def test_an_empty_one_and_a_crowded_one_ask_as_often(self, house, statements):
        employer, browser, base = house
        offered = make_vacancy(employer)
        for _number in range(2):
            make_application(offered)
        browser.get(f"{base}/vacancies/{offered.id}/board")
        with statements() as few:
            browser.get(f"{base}/vacancies/{offered.id}/board")
        for _number in range(38):
            make_application(offered)
        with statements() as many:
            page = browser.get(f"{base}/vacancies/{offered.id}/board")

        assert len(few) == len(many)
        assert "Show all in New" in page.words

    def test_a_candidate_s_page_says_why_they_fit_and_undoes_a_rejection(self, house):
        employer, browser, base = house
        offered = make_vacancy(employer, levels=(2, 3))
        person = make_trainee()
        show_skill(person, skills_of(offered)[1], 1)
        found = make_application(offered, trainee=person, letter="From July.")
        address = f"{base}/applications/{found.id}"

        page = browser.get(address)
        assert "Asked 3, shown 1" in page.words
        assert "From July." in page.words
        rejected = browser.submit(f"{address}/reject", reason="skills", follow=True)
        assert "Undo" in rejected.words
        browser.press(f"{address}/reverse", page=address)
        assert fresh(Application, found.id).state is State.OPEN

    def test_moves_from_the_candidate_s_page_too(self, house):
        employer, browser, base = house
        found = make_application(make_vacancy(employer))
        page = browser.get(f"{base}/applications/{found.id}")

        sent = browser.post(f"{base}/applications/{found.id}/move", page.form(action="/move"))

        assert sent.location == f"{base}/applications/{found.id}"
        assert str(application(found.id).stage) == "Screening"

    def test_the_list_names_those_who_ended(self, house):
        employer, browser, base = house
        found = make_application(make_vacancy(employer))
        browser.submit(f"{base}/applications/{found.id}/reject", reason="pay")

        page = browser.get(f"{base}/vacancies/{found.vacancy_id}/applications?state=rejected")

        assert "No agreement on pay" in page.words

    def test_mentors_have_no_business_there(self, app, house):
        employer, _browser, base = house
        offered = make_vacancy(employer)
        person = make_account()
        make_member(employer, Role.MENTOR, account=person)

        assert Settled(app).sign_in(person).get(f"{base}/vacancies/{offered.id}/board").status in (403, 404)


class TestHouse:
    def test_proposes_an_interview_in_its_own_zone_cancels_and_concludes(self, house):
        employer, browser, base = house
        found = make_application(make_vacancy(employer))
        member = interviewer_of(employer)
        day = (clock.today() + timedelta(days=4)).isoformat()
        page = f"{base}/applications/{found.id}/interviews/new"

        browser.submit(page, day=day, begins="14:00", minutes="45", place="Room 6", members=str(member))
        clash = browser.submit(page, day=day, begins="14:30", minutes="45", place="Room 7", members=str(member))
        meeting = one_of(Interview)

        assert (meeting.starts_at.hour, clash.status) == (10, 409)  # 14:00 in Samara is 10:00 in UTC
        assert "another interview" in clash.words
        assert "Room 6" in browser.get(f"{base}/applications/{found.id}/interviews").words
        meeting.starts_at = clock.now() - timedelta(minutes=5)
        db.session.commit()
        browser.press(f"{base}/interviews/{meeting.id}/conclude", page=f"{base}/interviews/{meeting.id}")
        assert fresh(Interview, meeting.id).state == "held"

    def test_cancels_an_interview_with_a_reason(self, house):
        employer, browser, base = house
        meeting = make_interview(make_application(make_vacancy(employer)))

        browser.submit(f"{base}/interviews/{meeting.id}/cancel", reason="The shop is closed.")

        assert "The shop is closed." in browser.get(f"{base}/interviews/{meeting.id}").words

    def test_makes_an_offer_and_withdraws_it(self, house):
        employer, browser, base = house
        found = make_application(make_vacancy(employer))
        days = {"starts_on": clock.today() + timedelta(days=20), "answer_by": clock.today() + timedelta(days=5)}

        browser.submit(f"{base}/applications/{found.id}/offers/new", pay="66000", **{name: day.isoformat() for name, day in days.items()})
        made = one_of(Offer)
        board = browser.get(f"{base}/vacancies/{found.vacancy_id}/board")
        browser.submit(f"{base}/offers/{made.id}/withdraw", reason="The order was cancelled.")

        assert (made.pay, made.expires_at) == (6_600_000, clock.end_of(days["answer_by"], employer.zone))
        assert "Answer by" in board.words
        assert fresh(Offer, made.id).state is OfferState.WITHDRAWN

    def test_finds_people_who_agreed_and_invites_them(self, house):
        employer, browser, base = house
        offered = make_vacancy(employer, levels=(2,))
        person, hidden = let_employers_find(make_trainee(town="Dimitrovgrad")), make_trainee()
        show_skill(person, skills_of(offered)[0], 2)

        page = browser.get(f"{base}/talent?vacancy={offered.id}&level=1")
        card = browser.get(f"{base}/talent/{person.id}")
        browser.submit(f"{base}/talent/{person.id}/invite", vacancy_id=str(offered.id))

        assert person.name in page.words
        assert hidden.name not in page.words
        assert "1 person lets verified employers find them" in page.words
        assert "1 of 1 skills" in card.words
        assert "invited" in browser.get(f"{base}/talent/{person.id}").words
        assert browser.get(f"{base}/talent/{hidden.id}").status == 404

    def test_a_new_application_and_an_interview_stand_on_the_home_pages(self, app, house):
        employer, browser, base = house
        found = make_application(make_vacancy(employer))
        make_interview(application(found.id))
        person = application(found.id).trainee

        assert f"Look at an application {person.name}" in browser.get(f"{base}/").words
        assert "Interview: CNC setter-operator" in learner_at(app, person).get("/me/").words
