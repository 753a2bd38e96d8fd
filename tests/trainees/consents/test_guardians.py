"""A school asks a guardian, by mail or on paper; the guardian's one page; fresh links."""

import io
import re

from pypdf import PdfReader
from sqlalchemy import func, select

from tests.client import Browser
from tests.factories import events_of, learner, make_employer, make_member, make_minor, make_school, make_trainee
from tests.files.pictures import jpeg
from tests.internships.factories import make_placement
from tests.trainees.consents.answering import answer
from training.accounts.models import Account, Link
from training.accounts.services import mint
from training.internships.placements.workflow import State as PlacementState
from training.jobs.models import Job
from training.jobs.worker import run_due
from training.kernel.db import db
from training.kernel.policy import Role, System
from training.notices.models import Notification
from training.organisations.models import Organisation
from training.trainees.consents.models import Consent, Guardian
from training.trainees.consents.queries import is_given
from training.trainees.consents.workflow import How, State
from training.trainees.disclosures.services import choose_visibility
from training.trainees.papers.models import ConsentPaper
from training.trainees.papers.workflow import State as PaperState
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Visibility


def staff(app, school, role=Role.PLACEMENT_OFFICER):
    return Browser(app).sign_in(make_member(school, role).account)


def asked(app, *, email="olga@example.org", trainee=None):
    """A school asks; gives the school, the trainee, the officer's browser and the consent's page."""
    person = trainee or make_minor(16, school_id=make_school().id)
    school = db.session.get_one(Organisation, person.school_id)
    browser = staff(app, school)
    way = "mail" if email else "paper"
    sent = browser.submit(
        f"/o/{school.slug}/trainees/{person.id}/consents/ask", name="Ольга Белова", way=way, email=email or "", language="ru"
    )
    assert sent.status == 302, sent.words
    db.session.commit()
    return school, person, browser, sent.location


def link_of():
    """The token of the newest link to a guardian's page."""
    query = select(Link).where(Link.purpose == "consent").order_by(Link.id.desc()).limit(1)
    token = mint(System("tests"), db.session.scalars(query).one())
    db.session.commit()
    return token


def state():
    db.session.commit()
    return db.session.scalars(select(Consent.state).order_by(Consent.id.desc()).limit(1)).one()


def test_a_school_asks_by_mail_and_reads_the_answer(app):
    school, trainee, officer, page = asked(app)
    guardian = Browser(app)
    inside = guardian.get(f"/l/{link_of()}").location

    assert school.short_name in guardian.get(inside).words, "who asked"
    answer(guardian, inside, "give")

    assert (state(), is_given(trainee.id)) == (State.GIVEN, True)
    shown = officer.get(page).words
    assert "By link" in shown
    assert {"consent.answered", "consent.given"} <= set(db.session.scalars(select(Notification.name)))


def test_another_school_and_a_mentor_cannot_ask(app):
    school = make_school()
    trainee = make_minor(16, school_id=school.id)
    other = make_school()
    employer = make_employer()

    assert staff(app, other).get(f"/o/{other.slug}/trainees/{trainee.id}/consents/ask").status == 404
    assert staff(app, employer, Role.MENTOR).get(f"/o/{employer.slug}/trainees/{trainee.id}/consents/ask").status == 404


def test_an_address_is_needed_by_mail_only(app):
    school = make_school()
    trainee = make_minor(16, school_id=school.id)
    page = f"/o/{school.slug}/trainees/{trainee.id}/consents/ask"

    shown = staff(app, school).submit(page, name="Ольга", way="mail", email="", language="ru")

    assert 'id="email-error"' in shown.text
    assert staff(app, school).submit(page, name="Ольга", way="paper", email="", language="ru").status == 302


def test_what_follows_is_said_before_a_consent_is_withdrawn(app):
    school = make_school()
    trainee = make_minor(17, school_id=school.id)
    _school, _trainee, officer, page = asked(app, trainee=trainee)
    guardian = Browser(app)
    inside = guardian.get(f"/l/{link_of()}").location
    answer(guardian, inside, "give")
    placement = make_placement(trainee=db.session.get_one(Trainee, trainee.id), state=PlacementState.ACTIVE)
    name = placement.employer.short_name
    db.session.commit()

    said = guardian.get(inside).words
    assert f"no longer see the profile: {name}" in said
    assert "no longer sees" in said
    answer(guardian, inside, "withdraw")

    assert state() is State.WITHDRAWN
    assert "Withdrawn" in guardian.get(inside).words
    assert "By link" in officer.get(page).words


def test_a_search_that_was_open_to_all_is_closed_for_good(app):
    trainee = make_minor(17, school_id=make_school().id)
    choose_visibility(learner(trainee), trainee, visibility=Visibility.EMPLOYERS)
    asked(app, trainee=trainee)
    guardian = Browser(app)
    inside = guardian.get(f"/l/{link_of()}").location
    answer(guardian, inside, "give")

    answer(guardian, inside, "withdraw")
    db.session.commit()
    run_due()

    db.session.expire_all()
    assert db.session.get_one(Trainee, trainee.id).visibility is Visibility.SCHOOL


def test_the_page_shows_everything_the_same_guardian_was_asked_and_nothing_else(app):
    trainee = make_minor(16, school_id=make_school().id)
    asked(app, trainee=trainee)
    guardian = Browser(app)
    inside = guardian.get(f"/l/{link_of()}").location
    answer(guardian, inside, "refuse")
    asked(app, trainee=trainee, email="Olga@Example.org")
    assert db.session.scalar(select(func.count()).select_from(Guardian)) == 1, "the same guardian"
    assert guardian.get(inside).status == 404, "a newer letter has replaced it"

    newer = guardian.get(f"/l/{link_of()}").location
    assert guardian.get(newer).words.count("Employers see the profile") == 2
    asked(app, email="other@example.org")
    assert guardian.get(newer).words.count("Employers see the profile") == 2


class TestFreshLink:
    def test_goes_to_the_address_that_was_asked(self, app, mailbox):
        asked(app)
        mailbox("olga@example.org")
        before = link_of()

        sent = Browser(app).submit("/guardian", email="OLGA@example.org")
        assert sent.location == "/guardian/sent"
        letter = mailbox("olga@example.org")[0]

        assert Browser(app).get(f"/l/{before}").status == 404
        fresh = next(one for one in letter.links if "/l/" in one)
        assert Browser(app).get(fresh.removeprefix("http://localhost")).status == 302

    def test_tells_nobody_whether_an_address_is_known(self, app):
        asked(app)
        answers = [Browser(app).submit("/guardian", email=email) for email in ("olga@example.org", "nobody@example.org")]

        assert [(one.status, one.location) for one in answers] == [(302, "/guardian/sent")] * 2
        assert db.session.scalar(select(func.count()).where(Notification.name == "consent.link")) == 1


class TestOnPaper:
    def letter(self, app):
        school, trainee, officer, page = asked(app, email=None)
        assert "is being made" in officer.get(page).words
        db.session.commit()
        run_due()
        return school, trainee, officer, page

    def test_a_letter_is_printed_and_its_code_opens_the_guardian_s_page(self, app):
        school, trainee, officer, page = self.letter(app)

        got = officer.get(f"{page}/letter")
        text = " ".join("".join(one.extract_text() for one in PdfReader(io.BytesIO(got.content)).pages).split())

        assert "Ольга Белова" in text
        assert trainee.full_name in text
        token = re.search(r"/l/([\w-]{32})", text.replace(" ", ""))
        assert token
        assert Browser(app).get(f"/l/{token[1]}").status == 302
        assert events_of(db.session.scalars(select(Consent)).one())[-1] == "consent.letter_printed"
        assert not any(token[1] in str(job.args) for job in db.session.scalars(select(Job)))
        assert staff(app, make_school()).get(f"{page}/letter".replace(school.slug, "nowhere")).status == 404

    def test_a_signed_sheet_counts_once_a_second_person_has_compared_it(self, app):
        school, trainee, officer, page = self.letter(app)
        sent = bring(officer, page, says="agrees")
        paper = sent.location
        assert "somebody else at your school" in officer.get(paper).words
        assert state() is State.ASKED, "one person alone changes nothing"
        refused = officer.post(f"{paper}/confirm", officer.token(f"{paper}/turn-down"))
        assert (refused.status, state()) == (409, State.ASKED)

        manager = staff(app, school, Role.MANAGER)
        assert manager.get(f"{paper}/scan").response.mimetype == "image/jpeg"
        manager.press(f"{paper}/confirm", page=paper)

        assert (state(), is_given(trainee.id)) == (State.GIVEN, True)
        consent = db.session.scalars(select(Consent)).one()
        assert consent.how is How.PAPER
        row = db.session.scalars(select(ConsentPaper)).one()
        assert row.state is PaperState.CONFIRMED
        assert events_of(row) == ["consent_paper.brought", "consent_paper.confirmed"]

    def test_a_sheet_that_refuses_refuses(self, app):
        school, trainee, officer, page = self.letter(app)
        paper = bring(officer, page, says="refuses").location

        staff(app, school, Role.TEACHER).press(f"{paper}/confirm", page=paper)

        assert (state(), is_given(trainee.id)) == (State.REFUSED, False)

    def test_a_sheet_that_is_not_right_is_not_taken_and_another_can_be_brought(self, app):
        school, _trainee, officer, page = self.letter(app)
        paper = bring(officer, page, says="agrees").location
        again = bring(officer, page, says="agrees")
        assert (again.status, "waits to be compared" in again.words) == (409, True)

        staff(app, school, Role.MANAGER).submit(f"{paper}/turn-down", reason="Not signed")

        assert state() is State.ASKED
        assert "Not signed" in officer.get(paper).words
        assert bring(officer, page, says="agrees").status == 302

    def test_what_is_no_scan_is_refused(self, app):
        _school, _trainee, officer, page = self.letter(app)

        shown = bring(officer, page, says="agrees", content=b"<html><script>1</script></html>", name="scan.pdf")

        assert 'id="file-error"' in shown.text
        assert db.session.scalars(select(ConsentPaper)).all() == []

    def test_a_scan_is_its_school_s_alone(self, app):
        school, _trainee, officer, page = self.letter(app)
        paper = bring(officer, page, says="agrees").location
        other = make_school()

        assert staff(app, other).get(f"{paper}/scan".replace(school.slug, other.slug)).status == 404

    def test_the_school_withdraws_at_once_on_the_guardian_s_word(self, app):
        school, trainee, officer, page = self.letter(app)
        paper = bring(officer, page, says="agrees").location
        staff(app, school, Role.MANAGER).press(f"{paper}/confirm", page=paper)

        shown = officer.get(f"{page}/withdraw").words
        assert "This is what follows at once" in shown
        officer.submit(f"{page}/withdraw")

        assert (state(), is_given(trainee.id)) == (State.WITHDRAWN, False)
        assert "By word to the school" in officer.get(page).words


def bring(browser, page, *, says, content=None, name="scan.jpg"):
    filled = browser.get(f"{page}/paper").form() | {"says": says}
    sent = browser.post(f"{page}/paper", filled | {"file": (io.BytesIO(content or jpeg()), name)})
    db.session.commit()
    return sent


def test_the_trainee_s_own_page_says_how_it_stands(app):
    trainee = make_minor(16, school_id=make_school().id)
    asked(app, trainee=trainee)
    own = Browser(app).sign_in(db.session.get_one(Account, trainee.account_id))

    assert "Asked for" in own.get("/me/profile").words


def test_nobody_of_age_is_asked_about(app):
    school = make_school()
    trainee = make_trainee(school_id=school.id)

    shown = staff(app, school).submit(
        f"/o/{school.slug}/trainees/{trainee.id}/consents/ask", name="Ольга", way="paper", email="", language="ru"
    )

    assert (shown.status, "of age" in shown.words) == (409, True)
