"""The pages of visits: planned by the officer, read and answered by mentor and trainee, each in a browser of their own."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.factories import make_account, make_member, make_school, make_trainee
from tests.internships.factories import loaded, make_opening, make_placement, make_visit, mentor_of, today
from tests.internships.visits.outings import whole
from training.accounts.models import Account
from training.internships.placements.workflow import State as PlacementState
from training.internships.visits import queries
from training.internships.visits.models import Visit
from training.internships.visits.workflow import Means, Standing, State
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role, System
from training.organisations.models import Organisation


def browser(app, account_id):
    return Browser(app).sign_in(db.session.get_one(Account, account_id))


def member(app, organisation_id, *roles):
    organisation = db.session.get_one(Organisation, organisation_id)
    person = make_member(organisation, *roles, account=make_account())
    return browser(app, person.account_id), f"/o/{organisation.slug}", person.id


def active(**given):
    first = today() - timedelta(days=3)
    opening = given.pop("opening", None) or make_opening(starts_on=first, ends_on=first + timedelta(days=100), places=50)
    return make_placement(state=PlacementState.ACTIVE, opening=opening, **given)


def mentor(app, placement):
    person = mentor_of(placement)
    return browser(app, person.account_id), f"/o/{person.organisation.slug}"


def now(visit):
    db.session.commit()
    db.session.expire_all()
    return queries.visit(System("tests"), visit.id)


@pytest.fixture
def stage(app):
    placement = active()
    officer, door, visitor = member(app, placement.school_id, Role.PLACEMENT_OFFICER)
    return placement, officer, door, visitor


def test_from_the_plan_to_both_answers(app, stage, mailbox):
    placement, officer, door, visitor = stage
    other = active(opening=loaded(placement).opening, trainee=make_trainee(school_id=placement.school_id))
    other_name, other_key = loaded(other).trainee.name, other.id
    placement = loaded(placement)
    email, key = placement.trainee.email, placement.id
    db.session.commit()

    form = officer.get(f"{door}/placements/{key}/visits/new")
    assert other_name in form.words
    day = str(today() + timedelta(days=1))
    sent = officer.submit(
        f"{door}/placements/{key}/visits/new", day=day, begins="10:00", agenda="Hours", others=str(other_key), follow=True
    )
    assert "2 visits planned" in sent.words
    visit = db.session.scalars(select(Visit).where(Visit.placement_id == key)).one()
    assert (visit.visitor_id, visit.means, visit.starts_at.hour) == (visitor, Means.AT_WORK, 6)  # ten o'clock in Samara
    letter = mailbox(email)[0]
    assert "Visit" in letter.subject
    assert any(b"text/calendar" in file.read_bytes() for file in (app.config["CADRE"].folder / "mail").glob("*.eml"))
    page = f"{door}/visits/{visit.id}"
    assert "Move it" in officer.get(page).words
    assert "Write the report" not in officer.get(page).words

    with clock.at(visit.ends_at + timedelta(minutes=5)):
        officer = browser(app, whole(visitor).account_id)  # the day before is over, and so is its session
        officer.submit(
            f"{page}/report", standing="watch", findings="Comes late", agreed="Signs in", school_note="Talk to the parents", follow=True
        )
        minding, minding_door = mentor(app, placement)
        seen = minding.get(f"{minding_door}/visits/{visit.id}").words
        assert "Comes late" in seen
        assert "Talk to the parents" not in seen
        assert minding.post(
            f"{minding_door}/visits/{visit.id}/confirm", minding.get(f"{minding_door}/visits/{visit.id}").form(action="confirm")
        ).status in (302, 303)
        own = browser(app, placement.trainee.account_id)
        assert "Answer the report of a visit" in own.get("/me/").words
        assert "Talk to the parents" not in own.get(f"/me/visits/{visit.id}").words
        own.submit(f"/me/visits/{visit.id}/comment", words="The bus was late", follow=True)

        told = officer.get(page).words
        assert "The bus was late" in told
        assert "Talk to the parents" in told
        assert now(visit).state is State.CONCLUDED


def test_a_clash_is_refused_on_the_form_and_nothing_typed_is_lost(app, stage):
    placement, officer, door, _visitor = stage
    other = active(trainee=make_trainee(school_id=placement.school_id))
    day = str(today() + timedelta(days=1))
    officer.submit(f"{door}/placements/{placement.id}/visits/new", day=day, begins="10:00")

    page = officer.submit(f"{door}/placements/{other.id}/visits/new", day=day, begins="10:30", agenda="My agenda")

    assert page.status == 409
    assert "makes another visit at that time" in page.words
    assert "My agenda" in page.text


def test_a_form_sent_with_mistakes_says_what_is_wrong(stage):
    placement, officer, door, _visitor = stage

    assert officer.submit(f"{door}/placements/{placement.id}/visits/new", day="x", begins="", place="").status == 200
    assert officer.submit(f"{door}/visits/cadence", weeks="99").status == 200


def test_a_visit_is_moved_and_called_off(app, stage):
    placement, officer, door, _visitor = stage
    day = today() + timedelta(days=1)
    officer.submit(f"{door}/placements/{placement.id}/visits/new", day=str(day), begins="10:00")
    visit = db.session.scalars(select(Visit)).one()
    page = f"{door}/visits/{visit.id}"

    officer.submit(f"{page}/reschedule", day=str(day + timedelta(days=2)), begins="11:30", means="phone", place="+7 800")
    moved = now(visit)
    assert (moved.means, moved.starts_at.hour, moved.starts_at.minute) == (Means.PHONE, 7, 30)
    assert "planned already" in officer.get(f"{door}/placements/{placement.id}/visits/new").words

    officer.submit(f"{page}/cancel", reason="The shop stands still")
    assert "The shop stands still" in officer.get(page).words
    own = browser(app, placement.trainee.account_id)
    assert "The shop stands still" in own.get(f"/me/visits/{visit.id}").words
    assert own.get(f"/me/visits/{visit.id}/invitation.ics").content.count(b"CANCEL") == 2


def test_a_stale_form_does_not_move_it(stage):
    placement, officer, door, _visitor = stage
    day = today() + timedelta(days=1)
    officer.submit(f"{door}/placements/{placement.id}/visits/new", day=str(day), begins="10:00")
    visit = db.session.scalars(select(Visit)).one()
    page = f"{door}/visits/{visit.id}/reschedule"
    old = officer.get(page).form() | {"begins": "12:00"}
    officer.submit(page, begins="11:30")

    assert officer.post(page, old).status == 409
    assert now(visit).starts_at.minute == 30


def test_the_lists_of_school_mentor_and_placement(app, stage):
    placement, officer, door, _visitor = stage
    make_visit(placement, state=State.HELD, standing=Standing.BEHIND)
    long_ago = today() - timedelta(days=90)
    late = make_placement(
        state=PlacementState.ACTIVE,
        opening=make_opening(starts_on=long_ago, ends_on=today() + timedelta(days=60)),
        trainee=make_trainee(school_id=placement.school_id),
    )
    late_name = loaded(late).trainee.name
    placement = loaded(placement)
    name = placement.trainee.name

    assert name in officer.get(f"{door}/visits").words
    assert "1 visit" in officer.get(f"{door}/visits?standing=behind&state=held&due=no").words
    assert "Nothing fits" in officer.get(f"{door}/visits?state=planned").words
    assert "0 visits" in officer.get(f"{door}/visits?due=yes").words
    due = officer.get(f"{door}/visits/due").words
    assert late_name in due
    assert "Plan a visit" in due
    minding, minding_door = mentor(app, placement)
    assert name in minding.get(f"{minding_door}/visits").words
    assert minding.get(f"{minding_door}/visits/due").status == 403
    assert "Behind the plan" in officer.get(f"{door}/placements/{placement.id}/visits").words
    assert "Behind the plan" in officer.get(f"{door}/placements/{placement.id}").words
    own = browser(app, placement.trainee.account_id)
    assert "Behind the plan" in own.get(f"/me/placements/{placement.id}/visits").words


def test_who_has_none_reads_what_will_be_here(app):
    officer, door, _key = member(app, make_school().id, Role.PLACEMENT_OFFICER)
    placement = active()
    minding, minding_door = mentor(app, placement)

    assert "No visit yet" in officer.get(f"{door}/visits").words
    assert "Nobody is due for a visit" in officer.get(f"{door}/visits/due").words
    assert "No visit yet" in minding.get(f"{minding_door}/visits").words
    assert "No visit yet" in minding.get(f"{minding_door}/placements/{placement.id}/visits").words


def test_a_recruiter_has_no_visits(app):
    placement = active()
    recruiter, door, _key = member(app, placement.employer_id, Role.RECRUITER)

    assert recruiter.get(f"{door}/visits").status == 403
    assert recruiter.get(f"{door}/placements/{placement.id}/visits").status == 403
    shown = recruiter.get(f"{door}/placements/{placement.id}")
    assert shown.status == 200
    assert f"/placements/{placement.id}/visits" not in shown.text


def test_what_is_due_waits_on_the_home_page_and_leads_to_the_plan(app, stage):
    placement, officer, door, _visitor = stage
    officer.submit(f"{door}/visits/cadence", weeks="1")

    assert "Plan a visit" in officer.get(f"{door}/").words
    assert "visits/new" in officer.get(f"{door}/placements/{placement.id}").text


def test_it_stands_in_the_calendar_of_all_three(app, stage):
    placement, officer, door, _visitor = stage
    visit = make_visit(placement, days=1)
    month = f"{visit.starts_at:%Y-%m}"
    placement = loaded(placement)
    minding, minding_door = mentor(app, placement)
    own = browser(app, placement.trainee.account_id)

    for who, way in ((officer, door), (minding, minding_door), (own, "/me")):
        assert f"/visits/{visit.id}" in who.get(f"{way}/calendar?month={month}").text


def test_a_list_goes_out_as_a_file_without_words_about_people(app, stage):
    placement, officer, door, _visitor = stage
    make_visit(placement, state=State.HELD, findings="Secret words", school_note="More secret words")
    form = officer.get(f"{door}/visits").form(action="/exports/new")
    sent = officer.post(f"{door}/exports/new", form | {"as": "csv"})
    text = officer.get(sent.location).content.decode()

    assert "On track" in text
    assert "ecret words" not in text
