"""The pages of whoever applies."""

from datetime import timedelta

from tests.candidates.factories import (
    application,
    make_application,
    make_interview,
    make_offer,
    make_vacancy,
)
from tests.candidates.walking import fresh, learner_at, one_of, steps
from tests.factories import make_minor, make_trainee
from training.candidates.applications.models import Application
from training.candidates.applications.workflow import State
from training.candidates.interviews.models import Interview
from training.candidates.offers.models import Offer
from training.candidates.offers.workflow import State as OfferState
from training.kernel import clock
from training.kernel.i18n import format_moment


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
