"""Arranging interviews so that nobody is in two at once."""

import threading
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from icalendar import Calendar
from sqlalchemy import select

from tests.candidates.factories import (
    application,
    interview,
    interviewer_of,
    make_application,
    make_interview,
    make_vacancy,
    race,
    recruiter_of,
)
from tests.factories import acting, actor_of, events_of, learner, make_account, make_employer, make_member, make_trainee
from training.accounts.memberships import queries as memberships
from training.candidates.applications import services as applications
from training.candidates.applications.workflow import Withdrawal
from training.candidates.interviews import queries, services, tasks
from training.candidates.interviews.calendar import invitation
from training.candidates.interviews.models import Interview
from training.candidates.interviews.workflow import Event, Notice, State
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import NotAllowed, NotNow, Role, System
from training.notices.models import Notification
from training.turns import queries as turns

pytestmark = pytest.mark.usefixtures("app")


def told(name):
    return set(db.session.scalars(select(Notification.to_id).where(Notification.name == name)).all())


class TestPropose:
    def test_asks_the_candidate_tells_the_panel_and_shows_on_the_application(self):
        found = make_interview()
        person = found.application.trainee

        assert told(Notice.PROPOSED) == {person.account_id, found.panel[0].membership.account_id}
        assert application(found.application_id).interview_at == found.starts_at
        (turn,) = turns.of(interview(found.id))
        assert (turn.party_kind, turn.verb, turn.due_at) == ("trainee", "confirm", found.starts_at)

    def test_the_silence_of_the_application_is_counted_from_the_interview(self):
        found = make_interview(days=10)

        (turn,) = turns.of(application(found.application_id))

        assert turn.due_at == found.starts_at + timedelta(days=30)

    def test_an_interviewer_who_sits_elsewhere_is_refused_by_name(self):
        employer = make_employer()
        member = interviewer_of(employer)
        make_interview(make_application(make_vacancy(employer)), members=[member])

        with pytest.raises(NotNow, match="another interview"):
            make_interview(make_application(make_vacancy(employer)), members=[member])

    def test_the_same_person_in_another_role_is_busy_too(self):
        employer = make_employer()
        person = make_account()
        mentor = make_member(employer, Role.MENTOR, account=person)
        manager = make_member(employer, Role.MANAGER, account=person)
        make_interview(make_application(make_vacancy(employer)), members=[mentor.id])

        with pytest.raises(NotNow, match="another interview"):
            make_interview(make_application(make_vacancy(employer)), members=[manager.id])

    def test_the_candidate_is_not_in_two_places(self):
        person = make_trainee()
        make_interview(make_application(trainee=person))

        with pytest.raises(NotNow, match="another interview"):
            make_interview(make_application(trainee=person))

    def test_one_after_the_other_is_no_clash(self):
        employer = make_employer()
        member = interviewer_of(employer)
        make_interview(make_application(make_vacancy(employer)), hour=10, members=[member])

        second = make_interview(make_application(make_vacancy(employer)), hour=11, members=[member])

        assert second.state is State.PROPOSED

    def test_needs_an_interviewer_of_the_employer_and_a_time_to_come(self):
        stranger = interviewer_of(make_employer())

        with pytest.raises(NotNow, match="interviewer"):
            make_interview(members=[stranger])
        with pytest.raises(NotNow, match="time is over"):
            make_interview(days=-1)

    def test_by_another_employer_is_refused(self):
        found = make_application()

        with pytest.raises(NotAllowed):
            services.propose(
                recruiter_of(make_employer()), application(found.id), starts_at=clock.now(), ends_at=clock.now(), place="x", members=[]
            )


class TestRace:
    def test_never_leaves_anybody_in_two_interviews(self, committing_app):
        results, count = race_for_one(committing_app, services.propose)

        assert count == 1
        assert sum(isinstance(result, NotNow) for result in results) == 3

    def test_the_twin_without_holding_and_checking_does(self, committing_app, monkeypatch):
        looked = threading.Barrier(4)

        def look_before_the_transaction(*given, **values):
            looked.wait(10)
            return services.propose(*given, **values)

        monkeypatch.setattr(queries, "busy", lambda *given: [])
        _results, count = race_for_one(committing_app, look_before_the_transaction)

        assert count == 4


def race_for_one(app, propose):
    employer = make_employer()
    offered = make_vacancy(employer, positions=4)
    ids = [make_application(offered).id for _number in range(4)]
    member = interviewer_of(employer)
    actors = [recruiter_of(employer) for _number in range(4)]
    starts_at = clock.now() + timedelta(days=2)

    def work(which):
        subject = application(ids[which])
        ends_at = starts_at + timedelta(minutes=30)
        return propose(actors[which], subject, starts_at=starts_at, ends_at=ends_at, place="Room 6", members=[member]).id

    results = race(app, 4, work)
    db.session.rollback()
    return results, len(db.session.scalars(select(Interview.id)).all())


class TestAnswers:
    def test_confirmed_by_the_candidate_it_is_with_the_employer(self):
        found = make_interview()

        services.confirm(learner(found.application.trainee), found)

        (turn,) = turns.of(interview(found.id))
        assert (turn.party_kind, turn.verb) == ("organisation", "conclude")
        assert events_of(found) == [Event.PROPOSED, Event.CONFIRMED]

    def test_somebody_else_cannot_answer(self):
        with pytest.raises(NotAllowed):
            services.confirm(learner(make_trainee()), make_interview())

    def test_declined_frees_the_time_and_the_reason_is_read(self):
        found = make_interview()
        member = found.panel[0].membership_id
        services.decline(learner(found.application.trainee), found, reason="An exam that day.")

        assert interview(found.id).words == "An exam that day."
        assert application(found.application_id).interview_at is None
        other = make_application(make_vacancy(interview(found.id).employer))
        assert make_interview(other, members=[member]).state is State.PROPOSED

    def test_cancelled_tells_everybody_who_was_to_come(self):
        found = make_interview()
        services.cancel(recruiter_of(found.employer), found, reason="The shop is closed.")

        found = interview(found.id)
        assert found.state is State.CANCELLED
        assert told(Notice.CANCELLED) == {found.application.trainee.account_id, found.panel[0].membership.account_id}

    def test_is_concluded_only_after_it_began(self):
        found = make_interview()
        actor = recruiter_of(found.employer)
        with pytest.raises(NotNow, match="not begun"):
            services.conclude(actor, interview(found.id))

        found = interview(found.id)
        with clock.at(found.starts_at + timedelta(minutes=5)):
            services.conclude(actor, found)

        assert interview(found.id).state is State.HELD

    def test_ends_with_the_application(self):
        found = make_interview()
        subject = application(found.application_id)
        applications.withdraw(learner(subject.trainee), subject, reason=Withdrawal.STUDY)

        tasks.cancel_with_application(subject_id=found.application_id)

        assert interview(found.id).state is State.CANCELLED
        assert application(found.application_id).interview_at is None


class TestVisibility:
    def test_the_panel_sees_it_and_other_mentors_do_not(self):
        found = make_interview()
        inside = acting_of(found.panel[0].membership_id)

        assert queries.interview(inside, found.id).id == found.id
        for stranger in (actor_of(interview(found.id).employer, Role.MENTOR), recruiter_of(make_employer()), learner(make_trainee())):
            with pytest.raises(NotFound):
                queries.interview(stranger, found.id)


def acting_of(membership_id):
    return acting(memberships.membership(System("tests"), membership_id))


class TestInvitation:
    def test_is_a_calendar_event_of_the_right_hour(self):
        found = make_interview()

        name, media_type, content = invitation(found)
        (event,) = Calendar.from_ical(content).walk("VEVENT")

        assert (name, media_type) == (f"interview-{found.id}.ics", "text/calendar")
        assert event.decoded("dtstart") == found.starts_at
        assert str(event["location"]) == "Room 6"

    def test_no_name_or_place_can_add_a_line_to_it(self):
        found = make_interview(make_application(make_vacancy(title="Turner\r\nATTENDEE:mailto:eve@example.org")))
        found.place = "Room 6\nBEGIN:VALARM"

        _name, _media_type, content = invitation(found)
        lines = content.decode().replace("\r\n ", "").split("\r\n")

        assert not [line for line in lines if line.startswith(("ATTENDEE", "BEGIN:VALARM"))]
        db.session.rollback()

    def test_is_attached_to_the_letter(self, app, mailbox):
        found = make_interview()
        email = found.application.trainee.email

        titles = {one.name: one.subject for one in mailbox(email)}
        name = next(name for name, title in titles.items() if title.startswith("Interview"))
        whole = message_from_bytes((app.config["CADRE"].folder / "mail" / f"{name}.eml").read_bytes(), policy=policy.default)

        assert [part.get_filename() for part in whole.iter_attachments()] == [f"interview-{found.id}.ics"]
        body = whole.get_body(("plain",))
        assert body is not None
        assert "Room 6" in body.get_content()


def test_the_list_asks_as_often_for_six_as_for_one(statements):
    found = make_interview()
    subject_id = found.application_id
    with statements() as few:
        queries.of_application(System("tests"), subject_id)
    for hour in range(11, 16):
        make_interview(application(subject_id), hour=hour)
    db.session.expire_all()
    with statements() as many:
        queries.of_application(System("tests"), subject_id)

    assert len(few) == len(many)
