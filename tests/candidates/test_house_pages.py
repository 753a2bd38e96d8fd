"""The pages of whoever recruits: board, interviews, offers, talent."""

from datetime import timedelta

from tests.candidates.factories import (
    application,
    interviewer_of,
    let_employers_find,
    make_application,
    make_interview,
    make_vacancy,
    show_skill,
    skills_of,
)
from tests.candidates.walking import Settled, fresh, learner_at, one_of
from tests.factories import make_account, make_member, make_trainee
from training.candidates.applications.models import Application
from training.candidates.applications.workflow import State
from training.candidates.interviews.models import Interview
from training.candidates.offers.models import Offer
from training.candidates.offers.workflow import State as OfferState
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role


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
