"""The pages beside the story: refusals, changes, ends, filters; each is sound HTML and acts."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.factories import acting, make_account, make_employer, make_member, make_school, make_trainee
from tests.internships.factories import (
    birth,
    load_rules,
    loaded,
    make_entry,
    make_occupation,
    make_opening,
    make_placement,
    mentor_of,
    today,
)
from training.accounts.models import Account
from training.internships.agreements import services as agreements
from training.internships.agreements import tasks
from training.internships.agreements.workflow import State as AgreementState
from training.internships.evaluations import services as evaluations
from training.internships.evaluations.workflow import Recommendation
from training.internships.logbooks.models import LogbookEntry
from training.internships.logbooks.workflow import State as EntryState
from training.internships.openings.models import Opening
from training.internships.openings.workflow import Hazard
from training.internships.openings.workflow import State as OpeningState
from training.internships.placements.models import Placement
from training.internships.placements.skills import asked_of
from training.internships.placements.workflow import State
from training.kernel.db import db
from training.kernel.policy import Role
from training.notices.delivery import deliver
from training.notices.models import Notification
from training.organisations.models import Organisation


@pytest.fixture(autouse=True)
def rules(app):
    load_rules()


def browser(app, account_id):
    return Browser(app).sign_in(db.session.get_one(Account, account_id))


def member(app, organisation_id, *roles):
    organisation = db.session.get_one(Organisation, organisation_id)
    person = make_member(organisation, *roles, account=make_account())
    return browser(app, person.account_id), f"/o/{organisation.slug}", person


def school_of(app, placement):
    return member(app, placement.school_id, Role.PLACEMENT_OFFICER)[:2]


def host_of(app, placement):
    return member(app, placement.employer_id, Role.MANAGER)[:2]


def mentor(app, placement):
    person = mentor_of(placement)
    return browser(app, person.account_id), f"/o/{person.organisation.slug}"


def now(record):
    db.session.commit()
    return db.session.get_one(type(record), record.id, populate_existing=True)


def deliver_all():
    db.session.commit()
    rows = db.session.scalars(select(Notification.id).order_by(Notification.id)).all()
    for key in rows:
        deliver(key)
    db.session.commit()
    return db.session.scalars(select(Notification).order_by(Notification.id).execution_options(populate_existing=True)).all()


class TestCatalogue:
    def test_is_narrowed_by_town_occupation_and_month_and_searched(self, app, client):
        near = make_opening(town="Dimitrovgrad")
        far = make_opening(town="Melekess", starts_on=today() + timedelta(days=70))

        assert near.title in client.get("/internships").words
        by_town = client.get("/internships?town=Melekess").words
        by_month = client.get(f"/internships?start={far.starts_on:%Y-%m}").words
        by_work = client.get(f"/internships?occupation={near.occupation.slug}&start=rubbish&town=").words

        assert far.title in by_town
        assert near.title not in by_town
        assert far.title in by_month
        assert near.title not in by_month
        assert near.title in by_work
        assert client.get("/internships?q=nothing+at+all").status == 200

    def test_a_draft_and_a_missing_one_look_the_same(self, client):
        draft = make_opening(state=OpeningState.DRAFT)

        assert client.get(f"/internships/{draft.slug}").words == client.get("/internships/nosuchslug").words

    def test_an_unchanged_page_is_not_sent_again(self, app, client):
        opening = make_opening()
        first = client.client.get(f"/internships/{opening.slug}")
        again = client.client.get(f"/internships/{opening.slug}", headers={"If-None-Match": first.headers["ETag"]})

        assert (first.status_code, again.status_code) == (200, 304)


class TestOpenings:
    def test_a_manager_changes_closes_opens_again_and_withdraws(self, app):
        opening = make_opening(hazard=Hazard.HEAT, pay_minor=1_840_000, pay_currency="RUB")
        manager, door, _person = member(app, opening.employer_id, Role.MANAGER)
        page = f"{door}/openings/{opening.id}"

        form = manager.get(f"{page}/edit").form()
        assert (form["hazard"], form["places"], form["pay"]) == ("heat", "2", "18400.00")
        assert manager.submit(f"{page}/edit", places="5", title="Miller").status == 302
        manager.press(f"{page}/close", page=page)
        assert now(opening).state is OpeningState.CLOSED
        manager.press(f"{page}/open", page=page)
        assert manager.submit(f"{page}/withdraw", reason="").status == 200
        assert manager.submit(f"{page}/withdraw", reason="The line is rebuilt.").status == 302
        assert (now(opening).state, now(opening).title, now(opening).hazard) == (OpeningState.WITHDRAWN, "Miller", Hazard.HEAT)
        assert "Miller" in manager.get(f"{door}/openings?state=withdrawn&q=Mil").words

    def test_what_was_typed_stays_when_it_cannot_be(self, app):
        employer = make_employer()
        manager, door, _person = member(app, employer.id, Role.MANAGER)
        first = today() + timedelta(days=9)

        typed = {
            "title": "Turner",
            "occupation_id": str(make_occupation().id),
            "places": "2",
            "starts_on": first.isoformat(),
            "ends_on": (first - timedelta(days=1)).isoformat(),
        }
        shown = manager.submit(f"{door}/openings/new", **typed)

        assert (shown.status, shown.form()["title"]) == (409, "Turner")
        assert "before the first" in shown.words
        assert db.session.scalars(select(Opening)).all() == []

    def test_mentors_read_and_do_not_change(self, app):
        opening = make_opening()
        reader, door, _person = member(app, opening.employer_id, Role.MENTOR)

        assert reader.get(f"{door}/openings/{opening.id}").status == 200
        assert reader.get(f"{door}/openings/{opening.id}/edit").status == 403
        assert reader.get(f"{door}/openings/new").status == 403

    def test_another_employers_opening_is_not_there(self, app):
        opening = make_opening()
        stranger, door, _person = member(app, make_employer().id, Role.MANAGER)

        assert stranger.get(f"{door}/openings/{opening.id}").status == 404
        assert stranger.get(f"{door}/openings/{opening.id}").words == stranger.get(f"{door}/openings/999999").words


class TestPlacements:
    def test_the_school_refuses_and_the_trainee_reads_why(self, app):
        placement = make_placement()
        officer, door = school_of(app, placement)

        assert officer.submit(f"{door}/placements/{placement.id}/refuse", reason="Exams that week.").status == 302

        own = browser(app, loaded(placement).trainee.account_id)
        assert now(placement).state is State.REFUSED
        assert "Exams that week." in own.get(f"/me/placements/{placement.id}").words
        assert "Exams that week." in own.get("/me/placements").words
        assert {row.dropped for row in deliver_all()} == {None}

    def test_a_minor_without_consent_is_not_approved_and_the_page_says_how(self, app):
        placement = make_placement(trainee=make_trainee(born_on=birth(16), school_id=make_school().id))
        officer, door = school_of(app, placement)

        shown = officer.get(f"{door}/placements/{placement.id}/approve")

        assert "no parent or guardian has agreed yet" in shown.words
        assert "Checked against the law" in shown.words

    def test_the_trainee_withdraws(self, app):
        placement = make_placement(state=State.ACCEPTED)
        own = browser(app, placement.trainee.account_id)

        assert own.submit(f"/me/placements/{placement.id}/withdraw", reason="I move away.").status == 302

        assert now(placement).state is State.WITHDRAWN
        deliver_all()

    def test_cancelled_before_and_broken_off_after_the_first_day(self, app):
        before, after = make_placement(state=State.AGREED), make_placement(state=State.ACTIVE)
        officer, door = school_of(app, before)
        manager, host = host_of(app, loaded(after))

        assert officer.submit(f"{door}/placements/{before.id}/cancel", reason="Ill.").status == 302
        assert manager.submit(f"{host}/placements/{after.id}/break-off", reason="No order.").status == 302

        assert (now(before).state, now(after).state) == (State.CANCELLED, State.BROKEN_OFF)
        assert manager.get(f"{host}/placements/{after.id}").status == 200
        deliver_all()

    def test_without_a_free_mentor_the_page_says_what_to_do(self, app):
        placement = make_placement(state=State.APPROVED)
        manager, door = host_of(app, placement)

        assert "No mentor has room" in manager.get(f"{door}/placements/{placement.id}/accept").words

    def test_somebody_without_a_school_reads_what_to_do(self, app):
        opening = make_opening()
        own = browser(app, make_trainee().account_id)

        assert "no school has you on its roster" in own.get(f"/me/openings/{opening.slug}/request").words

    def test_the_same_form_sent_twice_asks_once(self, app):
        opening = make_opening()
        own = browser(app, make_trainee(school_id=make_school().id).account_id)
        url = f"/me/openings/{opening.slug}/request"
        typed = own.get(url).form()

        answers = {own.post(url, typed).location for _time in range(5)}

        assert len(answers) == 1
        assert len(db.session.scalars(select(Placement)).all()) == 1

    def test_lists_are_empty_with_something_to_do(self, app):
        for organisation, role in ((make_school(), Role.PLACEMENT_OFFICER), (make_employer(), Role.MANAGER)):
            person, door, _member = member(app, organisation.id, role)
            assert person.get(f"{door}/placements").status == 200
            assert person.get(f"{door}/placements?state=active&q=x").status == 200
        assert browser(app, make_trainee().account_id).get("/me/placements").status == 200


class TestAgreements:
    def test_until_the_text_is_fixed_the_page_says_so(self, app):
        placement = make_placement(state=State.ACCEPTED)
        officer, door = school_of(app, placement)
        officer.submit(f"{door}/placements/{placement.id}/agreement/make", follow=True)
        waiting = officer.get(f"{door}/placements/{placement.id}/agreement", follow_redirects=True)

        assert "The text is being prepared" in waiting.words

    def test_the_school_cancels_and_prepares_another(self, app):
        placement = make_placement(state=State.ACCEPTED)
        officer, door, person = member(app, placement.school_id, Role.PLACEMENT_OFFICER)
        agreement = agreements.make(acting(person), loaded(placement), language="ru")
        tasks.render(agreement.id)

        assert officer.get(f"{door}/agreements/{agreement.id}").status == 200
        assert officer.get(f"{door}/agreements/{agreement.id}/pdf").response.headers["Content-Disposition"].startswith("attachment")
        assert officer.submit(f"{door}/agreements/{agreement.id}/cancel", reason="Wrong dates.").status == 302
        assert now(agreement).state is AgreementState.CANCELLED
        assert "Prepare the agreement" in officer.get(f"{door}/placements/{placement.id}/agreement").words
        deliver_all()

    def test_nobody_signs_without_the_tick(self, app):
        placement = make_placement(state=State.ACCEPTED)
        officer, door, person = member(app, placement.school_id, Role.MANAGER)
        agreement = agreements.make(acting(person), loaded(placement), language="en")
        tasks.render(agreement.id)

        shown = officer.submit(f"{door}/agreements/{agreement.id}/sign")

        assert "Tick the box" in shown.words
        assert now(agreement).state is AgreementState.SIGNING


class TestLogbooks:
    def test_a_draft_is_changed_sent_returned_and_sent_again(self, app):
        placement = make_placement(state=State.ACTIVE)
        own = browser(app, placement.trainee.account_id)
        page = f"/me/placements/{placement.id}/logbook"

        assert own.submit(f"{page}/new", hours="4.25", task="Turned.", draft="1").status == 302
        entry = db.session.scalars(select(LogbookEntry)).one()
        assert (entry.state, entry.minutes) == (EntryState.DRAFT, 255)
        assert own.submit(f"/me/logbook/{entry.id}", task="Turned and measured.", draft="1").status == 302
        own.press(f"/me/logbook/{entry.id}/submit", page=page)
        person, door = mentor(app, loaded(placement))
        assert person.submit(f"{door}/logbook/{entry.id}/send-back", reason="Name the machine.").status == 302
        assert "Name the machine." in own.get(f"/me/logbook/{entry.id}").words
        assert own.submit(f"/me/logbook/{entry.id}", task="Lathe 16K20.").status == 302
        assert now(entry).state is EntryState.SUBMITTED
        assert "stays as it is" in own.get(f"/me/logbook/{entry.id}").words
        deliver_all()

    def test_wrong_hours_are_said_beside_the_field(self, app):
        placement = make_placement(state=State.ACTIVE)
        own = browser(app, placement.trainee.account_id)

        shown = own.submit(f"/me/placements/{placement.id}/logbook/new", hours="7.3", task="Turned.")

        assert "Hours go in quarters" in shown.words
        assert shown.form()["task"] == "Turned."

    @pytest.mark.parametrize("monday", ["2026-02-30", "x", "9999-99-99"])
    def test_a_week_that_does_not_exist_is_not_there(self, app, monday):
        placement = make_placement(state=State.ACTIVE)
        person, door = mentor(app, placement)

        assert person.get(f"{door}/placements/{placement.id}/weeks/{monday}").status == 404

    def test_the_school_and_the_mentor_see_no_drafts(self, app):
        placement = make_placement(state=State.ACTIVE)
        make_entry(placement, state=EntryState.DRAFT, task="Not for you yet.")
        officer, door = school_of(app, loaded(placement))
        person, host = mentor(app, placement)

        for reader, where in ((officer, door), (person, host)):
            assert "Not for you yet." not in reader.get(f"{where}/placements/{placement.id}/logbook").words


class TestEvaluations:
    def test_the_trainee_says_what_they_see_otherwise(self, app):
        placement = make_placement(state=State.ACTIVE)
        ratings = {skill.id: 2 for skill, _level in asked_of(placement)}
        written = evaluations.write(
            acting(mentor_of(placement)), placement, ratings=ratings, comment="Slow.", recommendation=Recommendation.RETRAIN
        )
        own = browser(app, loaded(placement).trainee.account_id)

        assert own.submit(f"/me/evaluations/{written.id}/disagree", comment="The lathe was broken.").status == 302

        assert "The lathe was broken." in own.get(f"/me/placements/{placement.id}/evaluations").words
        deliver_all()

    def test_what_is_missing_stands_where_the_button_would(self, app):
        placement = make_placement(state=State.ACTIVE)
        manager, door = host_of(app, placement)

        shown = manager.get(f"{door}/placements/{placement.id}/complete")

        assert "The mentor has not written the evaluation yet." in shown.words


def test_home_pages_say_what_waits(app):
    opening = make_opening()
    trainee = make_trainee(school_id=make_school().id)
    officer, door, _person = member(app, trainee.school_id, Role.PLACEMENT_OFFICER)
    browser(app, trainee.account_id).submit(f"/me/openings/{opening.slug}/request")

    assert "Answer a request for an internship" in officer.get(f"{door}/").words
