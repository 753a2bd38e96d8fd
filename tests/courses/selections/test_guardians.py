"""An applicant under 18: a seat that is offered waits for the guardian, who is asked by a link or signs a paper."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from tests.client import Browser
from tests.courses.factories import SYSTEM
from tests.courses.selections.factories import again, applies, bring, closed, make_applicant, make_selection, manager_of
from tests.factories import learner, make_member, make_minor, make_trainee
from tests.files.pictures import png
from tests.trainees.consents.answering import answer, token_of_newest
from training.accounts.models import Account
from training.accounts.workflow import Purpose as LinkPurpose
from training.courses.enrolments import services as enrolments
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.selections import calling
from training.courses.selections import queries as selections
from training.courses.selections import services as selecting
from training.courses.selections.workflow import What
from training.files import storage
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Bearer, NotNow, Role, System
from training.kernel.wiring import wired
from training.notices import texts
from training.notices.models import Notification
from training.organisations.models import Organisation
from training.trainees.consents import queries, services
from training.trainees.consents.workflow import How, Purpose, State
from training.trainees.papers import queries as paper_queries
from training.trainees.papers import services as papers
from training.trainees.papers.workflow import Says
from training.trainees.profiles.models import Trainee
from training.turns.models import OpenTurn

pytestmark = pytest.mark.usefixtures("app")


def called(trainee, *, days=3):
    """Somebody to whom a seat is offered, the only one of the list."""
    cohort = make_selection(seats=1)
    made = make_applicant(cohort, trainee)
    manager = manager_of(cohort)
    calling.publish(manager, closed(cohort))
    calling.offer(manager, closed(cohort), until_on=clock.today("Europe/Samara") + timedelta(days=days))
    return again(made)


def consent_of(candidacy):
    db.session.rollback()
    db.session.expire_all()
    found = queries.about("enrolment", candidacy.enrolment_id)
    return queries.consent(SYSTEM, found.id) if found is not None else None


def named(candidacy, **given):
    me = learner(candidacy.enrolment.trainee)
    services.name(me, consent_of(candidacy), **{"name": "Olga Belova", "email": "olga@example.org", "language": "ru", **given})
    return again(candidacy)


def by_link(candidacy, verb, **given):
    consent = consent_of(candidacy)
    verb(Bearer(1, LinkPurpose.CONSENT, consent.id), consent, **given)


def take(candidacy):
    found = again(candidacy)
    calling.take(learner(found.enrolment.trainee), found)
    return again(candidacy).enrolment.state


def turns_of(candidacy):
    consent = consent_of(candidacy)
    query = select(OpenTurn.party_kind, OpenTurn.verb, OpenTurn.due_at).where(OpenTurn.subject_kind == "consent")
    return [tuple(row) for row in db.session.execute(query.where(OpenTurn.subject_id == consent.id))]


class TestOffer:
    def test_a_minors_seat_waits_for_a_guardian_to_be_named_until_its_day(self):
        made = called(make_minor())

        found = consent_of(made)

        assert (found.state, found.purpose, found.until_at) == (State.WANTED, Purpose.ADMISSION, made.enrolment.claim_until_at)
        assert made.enrolment.cohort.code in found.about
        assert turns_of(made) == [("trainee", "name", made.enrolment.claim_until_at)]
        assert "consent.wanted" in set(db.session.scalars(select(Notification.name)))

    def test_a_guardian_who_is_known_is_written_to_at_once(self):
        trainee = make_minor()
        services.ask(System("tests"), trainee, name="Olga Belova", email="olga@example.org", language="ru")

        made = called(db.session.get_one(Trainee, trainee.id))

        assert consent_of(made).state is State.ASKED
        assert turns_of(made) == [("guardian", "give", made.enrolment.claim_until_at)]

    def test_of_age_nobody_is_asked(self):
        made = called(make_trainee())

        assert consent_of(made) is None
        assert take(made) is EnrolmentState.ENROLLED

    def test_a_paper_is_not_needed_to_be_on_the_list(self):
        made = applies(make_selection(), make_minor())

        assert [one.what for one in made.missing] == [What.CERTIFICATE]


class TestTake:
    def test_nobody_takes_a_seat_before_the_answer(self):
        made = called(make_minor())
        with pytest.raises(NotNow, match="name the parent or guardian"):
            take(made)

        named(made)

        with pytest.raises(NotNow, match="Olga Belova is waited for"):
            take(made)

    def test_the_other_way_to_take_a_held_seat_waits_too(self):
        made = named(called(make_minor()))

        with pytest.raises(NotNow, match="is waited for"):
            enrolments.claim(learner(made.enrolment.trainee), made.enrolment)

    def test_yes_lets_the_seat_be_taken(self):
        made = named(called(make_minor()))

        by_link(made, services.give)

        assert take(made) is EnrolmentState.ENROLLED
        assert consent_of(made).how is How.LINK

    def test_no_stops_it_and_a_change_of_mind_lets_it_go_on(self):
        made = named(called(make_minor()))

        by_link(made, services.refuse, reason="Not this year.")

        with pytest.raises(NotNow, match="Olga Belova has not agreed"):
            take(made)
        by_link(made, services.give)
        assert (take(made), consent_of(made).reason) == (EnrolmentState.ENROLLED, None)

    def test_a_consent_taken_back_stops_it_again(self):
        made = named(called(make_minor()))
        by_link(made, services.give)

        by_link(made, services.withdraw)

        with pytest.raises(NotNow, match="has withdrawn"):
            take(made)

    def test_a_consent_taken_back_later_leaves_the_study_and_tells_the_school(self):
        made = named(called(make_minor()))
        by_link(made, services.give)
        take(made)

        by_link(made, services.withdraw)

        assert again(made).enrolment.state is EnrolmentState.ENROLLED
        assert "consent.answered" in set(db.session.scalars(select(Notification.name)))

    def test_the_consent_to_employers_is_another_one(self):
        made = named(called(make_minor()))

        by_link(made, services.give)

        assert not queries.is_given(made.enrolment.trainee_id)

    def test_a_seat_that_is_lost_waits_for_nobody(self):
        made = named(called(make_minor()))

        with clock.at(made.enrolment.claim_until_at + timedelta(minutes=1)):
            enrolments.lapse(System("tests"), again(made).enrolment)

        assert (consent_of(made).state, turns_of(made)) == (State.LAPSED, [])


class TestPaper:
    def paper(self, candidacy):
        return next(one for one in candidacy.documents if one.what is What.CONSENT)

    def test_a_signed_paper_that_is_accepted_counts_as_the_answer(self):
        cohort = make_selection()
        made = applies(cohort, make_minor())
        bring(made, self.paper(made))

        selecting.accept(manager_of(cohort), selections.document(SYSTEM, self.paper(made).id))

        assert (consent_of(made).state, consent_of(made).how) == (State.GIVEN, How.PAPER)

    def test_one_that_is_sent_back_does_not_count_any_more(self):
        cohort = make_selection()
        made = applies(cohort, make_minor())
        bring(made, self.paper(made))
        selecting.accept(manager_of(cohort), selections.document(SYSTEM, self.paper(made).id))

        selecting.send_back(manager_of(cohort), selections.document(SYSTEM, self.paper(made).id), reason="Not signed.")

        assert consent_of(made).state is State.WITHDRAWN

    def test_it_can_still_be_brought_while_the_seat_is_held(self):
        made = applies(make_selection(seats=1), make_minor())
        cohort = made.enrolment.cohort
        for one in made.documents:
            if one.what is not What.CONSENT:
                bring(made, one)
                selecting.accept(manager_of(cohort), selections.document(SYSTEM, one.id))
        calling.publish(manager_of(cohort), closed(cohort))
        calling.offer(manager_of(cohort), closed(cohort), until_on=clock.today("Europe/Samara") + timedelta(days=3))

        bring(made, self.paper(made))
        selecting.accept(manager_of(cohort), selections.document(SYSTEM, self.paper(made).id))

        asked = db.session.scalars(select(OpenTurn.verb).where(OpenTurn.subject_kind == "enrolment")).all()
        assert asked == ["claim"]
        assert take(made) is EnrolmentState.ENROLLED

    def test_a_letter_to_sign_asks_about_the_seat(self):
        made = called(make_minor())
        services.name(manager_of(made.enrolment.cohort), consent_of(made), name="Olga Belova", email=None, language="en")

        run_due()

        letter = queries.letter(consent_of(made))
        assert letter is not None
        words = " ".join("".join(one.extract_text() for one in PdfReader(storage.folder() / letter.place).pages).split())
        assert "has been offered a seat" in words
        assert "employer" not in words

    def test_a_school_brings_in_what_was_signed_on_the_letter(self):
        made = called(make_minor())
        manager = manager_of(made.enrolment.cohort)
        services.name(manager, consent_of(made), name="Olga Belova", email=None, language="ru")

        brought = papers.bring(manager, consent_of(made), says=Says.AGREES, source=BytesIO(png()), name="sheet.png")
        second = manager_of(made.enrolment.cohort)
        papers.confirm(second, paper_queries.paper(second, brought.id))

        assert take(made) is EnrolmentState.ENROLLED


class TestPages:
    def test_one_page_of_the_guardian_shows_every_question(self, app):
        trainee = make_minor()
        services.ask(System("tests"), trainee, name="Olga Belova", email="olga@example.org", language="en")
        made = called(db.session.get_one(Trainee, trainee.id))
        db.session.commit()
        guardian = Browser(app)
        inside = guardian.get(f"/l/{token_of_newest()}").location

        shown = guardian.get(inside).words
        assert "has been offered a seat" in shown
        assert "1 more question waits" in shown
        assert "Employers see the profile" in shown
        answer(guardian, inside, "give")

        assert (consent_of(made).state, queries.is_given(trainee.id)) == (State.GIVEN, False)

    def test_the_applicant_and_the_school_see_who_is_waited_for(self, app):
        made = called(make_minor())
        key, enrolment_id = consent_of(made).id, made.enrolment_id
        school = db.session.get_one(Organisation, made.school_id)
        slug = school.slug
        teacher = Browser(app).sign_in(make_member(school, Role.TEACHER).account)
        me = Browser(app).sign_in(db.session.get_one(Account, made.enrolment.trainee.account_id))
        own = me.get(f"/me/admissions/{enrolment_id}")
        assert "Nobody is named yet" in own.words
        assert f"/me/admissions/{enrolment_id}/take" not in own.text

        me.submit(f"/me/consents/{key}/name", name="Olga Belova", email="olga@example.org", language="en")

        for page in (me.get(f"/me/admissions/{enrolment_id}"), teacher.get(f"/o/{slug}/applicants/{enrolment_id}")):
            assert "Olga Belova has been written to" in page.words
            assert "Answer by" in page.words
        assert "is waited for" in me.get(f"/me/admissions/{enrolment_id}/take").words
        guardian = Browser(app)
        inside = guardian.get(f"/l/{token_of_newest()}").location
        answer(guardian, inside, "refuse", reason="Not this year.")
        for page in (me.get(f"/me/admissions/{enrolment_id}"), teacher.get(f"/o/{slug}/applicants/{enrolment_id}")):
            assert "Not this year." in page.words
        answer(guardian, inside, "give")
        assert f"/me/admissions/{enrolment_id}/take" in me.get(f"/me/admissions/{enrolment_id}").text


def test_every_letter_says_what_it_is_about():
    made = named(called(make_minor()))
    by_link(made, services.refuse, reason="Not this year.")
    by_link(made, services.give)
    by_link(made, services.withdraw)
    code = made.enrolment.cohort.code

    letters = {}
    for notification in db.session.scalars(select(Notification).where(Notification.subject_kind == "consent").order_by(Notification.id)):
        consent = queries.consent(SYSTEM, notification.subject_id)
        address = wired().addresses[notification.to_kind](notification.to_id, notification.organisation_id)
        letters[notification.name] = texts.compose(notification, consent, address)

    assert {"consent.wanted", "consent.asked", "consent.refused", "consent.given", "consent.withdrawn", "consent.answered"} <= set(letters)
    for name, words in letters.items():
        assert code in f"{words}", name
        assert "employer" not in f"{words}".lower(), name
