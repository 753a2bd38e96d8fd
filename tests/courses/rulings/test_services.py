"""Preparing and signing: everybody moves in one transaction, or nobody does."""

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import DatabaseError

from tests.courses.factories import make_cohort, make_enrolment, pool_of
from tests.courses.rulings.acting import GROUND, drafted, fresh, leave_until, line_of, loaded, manager, running, school_of, signed, studying
from tests.factories import actor_of, events_of, make_school
from training.audit.queries import history
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import Event as EnrolmentEvent
from training.courses.enrolments.workflow import Notice as EnrolmentNotice
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.rulings import services
from training.courses.rulings.models import Ruling, RulingLine
from training.courses.rulings.prospects import prospects
from training.courses.rulings.workflow import Event, Kind, Notice, Reason, State, What
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification
from training.trainees.engagements.queries import of as engagements_of
from training.turns.queries import of


def told(notice):
    db.session.rollback()
    return set(db.session.scalars(select(Notification.to_id).where(Notification.name == notice.value)))


def began(ruling, enrolment):
    """The enrolment that began by a ruling for somebody."""
    return db.session.get_one(Enrolment, line_of(ruling, enrolment).made_id)


def against(ruling):
    return [[str(words) for words in one.against] for one in prospects(ruling, clock.today("Europe/Samara"))]


@pytest.mark.usefixtures("app")
class TestDraft:
    def test_names_people_and_moves_nobody(self):
        cohort = running()
        people, actor = studying(cohort, 2), manager(cohort)

        ruling = drafted(actor, people, Kind.EXPULSION, What(reason=Reason.DEBT))

        assert (ruling.state, ruling.number, ruling.ground) == (State.DRAFT, None, GROUND)
        assert [fresh(one).state for one in people] == [EnrolmentState.ENROLLED] * 2
        assert events_of(ruling) == [Event.DRAFTED]

    def test_can_take_everybody_whom_it_can_be_over(self):
        cohort = running()
        studying(cohort, 3)
        make_enrolment(cohort, state=EnrolmentState.ON_LEAVE)

        ruling = services.draft(manager(cohort), cohort, kind=Kind.GRADUATION, ground=GROUND, everyone=True)

        assert len(prospects(loaded(ruling), clock.today())) == 3

    def test_waits_for_the_managers_signature(self):
        cohort = running()
        (one,) = studying(cohort, 1)
        chief = manager(cohort)
        ruling = drafted(actor_of(school_of(cohort), Role.TEACHER), [one], Kind.ENROLMENT)

        assert [(turn.verb, turn.party_id, turn.roles) for turn in of(ruling)] == [("sign", cohort.school_id, Role.MANAGER.bit)]
        assert told(Notice.DRAFTED) == {chief.account_id}

    def test_needs_somebody(self):
        cohort = running()

        with pytest.raises(NotNow):
            services.draft(manager(cohort), cohort, kind=Kind.ENROLMENT, ground=GROUND)

    def test_takes_nobody_of_another_cohort_or_school(self):
        cohort, other = running(), running()
        (stranger,) = studying(other, 1)

        with pytest.raises(NotNow):
            services.draft(manager(cohort), cohort, kind=Kind.ENROLMENT, ground=GROUND, chosen=[stranger.id])
        with pytest.raises(NotAllowed):
            services.draft(manager(cohort), other, kind=Kind.ENROLMENT, ground=GROUND, chosen=[stranger.id])

    def test_leads_into_no_cohort_of_another_school(self):
        cohort, other = running(), running()
        (one,) = studying(cohort, 1)

        with pytest.raises(NotNow):
            services.draft(manager(cohort), cohort, kind=Kind.TRANSFER, ground=GROUND, chosen=[one.id], what=What(to_cohort_id=other.id))

    def test_takes_more_people_with_another_order(self):
        cohort = running()
        first, second = studying(cohort, 2)
        actor = manager(cohort)
        ruling = drafted(actor, [first], Kind.EXPULSION, What(reason=Reason.DEBT))

        added = services.add(actor, ruling, cohort=cohort, chosen=[first.id, second.id], what=What(reason=Reason.ABSENCE, words="60 hours"))

        assert added == 1
        assert line_of(ruling, second).reason is Reason.ABSENCE
        assert line_of(ruling, first).reason is Reason.DEBT

    def test_can_be_dropped(self):
        cohort = running()
        (one,) = studying(cohort, 1)
        actor = manager(cohort)
        ruling = drafted(actor, [one], Kind.ENROLMENT)

        services.drop(actor, ruling)

        assert (loaded(ruling).state, of(ruling)) == (State.DROPPED, [])
        with pytest.raises(NotNow):
            services.sign(actor, ruling)


@pytest.mark.usefixtures("app")
class TestSign:
    def test_numbers_dates_and_names_the_signer(self):
        cohort = running()
        actor = manager(cohort)

        first = signed(actor, studying(cohort, 1), Kind.ENROLMENT)
        second = signed(actor, studying(cohort, 1), Kind.ENROLMENT)

        year = clock.today("Europe/Samara").year
        assert [first.number, second.number] == [f"{year}-0001", f"{year}-0002"]
        assert (first.state, first.signed_on) == (State.SIGNED, clock.today("Europe/Samara"))
        assert first.signer
        assert events_of(first) == [Event.DRAFTED, Event.SIGNED]

    def test_of_enrolment_moves_nobody_and_is_given_once(self):
        cohort = running()
        people, actor = studying(cohort, 2), manager(cohort)

        signed(actor, people, Kind.ENROLMENT)

        assert [fresh(one).state for one in people] == [EnrolmentState.ENROLLED] * 2
        assert told(EnrolmentNotice.ORDERED) == {one.trainee.account_id for one in map(fresh, people)}
        assert all("has ordered this enrolment already" in words[0] for words in against(drafted(actor, people, Kind.ENROLMENT)))

    def test_expels_frees_the_seats_and_says_why(self):
        cohort = running(seats=3)
        people, actor = studying(cohort, 3), manager(cohort)

        ruling = signed(actor, people[:2], Kind.EXPULSION, What(reason=Reason.ABSENCE, words="More than 60 hours"))

        assert [fresh(one).state for one in people] == [EnrolmentState.EXPELLED, EnrolmentState.EXPELLED, EnrolmentState.ENROLLED]
        assert pool_of(cohort).held == 1
        happened, detail = history(("enrolment", people[0].id))[0]
        assert (happened.name, happened.facts["ruling"]) == (EnrolmentEvent.EXPELLED.value, ruling.id)
        assert detail == {"reason": "More than 60 hours", "ruling": f"№ {ruling.number}"}
        assert told(EnrolmentNotice.EXPELLED) == {one.trainee.account_id for one in map(fresh, people[:2])}

    def test_gives_freed_seats_to_those_who_wait(self):
        cohort = make_cohort(seats=2)
        people, actor = studying(cohort, 2), manager(cohort)
        waits = [make_enrolment(cohort, state=EnrolmentState.WAITLISTED) for _ in range(3)]

        signed(actor, people, Kind.DEFERRAL, leave_until())

        assert [fresh(one).state for one in waits] == [EnrolmentState.OFFERED, EnrolmentState.OFFERED, EnrolmentState.WAITLISTED]
        assert pool_of(cohort).held == 2

    def test_lets_pause_and_takes_back(self):
        cohort = running()
        people, actor = studying(cohort, 2), manager(cohort)

        signed(actor, people, Kind.LEAVE, leave_until())
        paused = [fresh(one).state for one in people]
        signed(actor, people, Kind.RETURN)

        assert paused == [EnrolmentState.ON_LEAVE] * 2
        assert [fresh(one).state for one in people] == [EnrolmentState.ENROLLED] * 2
        assert pool_of(cohort).held == 2

    def test_graduates_once_training_has_begun(self):
        cohort, coming = running(), make_cohort()
        people, early = studying(cohort, 2), studying(coming, 1)

        signed(manager(cohort), people, Kind.GRADUATION)

        done = fresh(people[0])
        assert (done.state, done.ended_on) == (EnrolmentState.COMPLETED, clock.today("Europe/Samara"))
        assert against(drafted(manager(coming), early, Kind.GRADUATION)) == [["Training has not begun yet."]]

    def test_of_practice_moves_nobody_here(self):
        cohort = running()
        people = studying(cohort, 1)

        ruling = signed(manager(cohort), people, Kind.PRACTICE)

        assert (ruling.number is not None, fresh(people[0]).state) == (True, EnrolmentState.ENROLLED)

    def test_signs_nothing_while_somebody_cannot_be_ordered_it(self):
        cohort = running()
        people, actor = studying(cohort, 2), manager(cohort)
        away = make_enrolment(cohort, state=EnrolmentState.ON_LEAVE)
        ruling = drafted(actor, [*people, away], Kind.LEAVE, leave_until())

        with pytest.raises(NotNow):
            services.sign(actor, ruling)
        assert [fresh(one).state for one in people] == [EnrolmentState.ENROLLED] * 2
        ruling = loaded(ruling)
        assert services.leave_out_all(actor, ruling) == 1
        services.sign(actor, ruling)

        assert [fresh(one).state for one in (*people, away)] == [EnrolmentState.ON_LEAVE] * 3
        assert db.session.scalars(select(RulingLine.enrolment_id).where(RulingLine.enrolment_id == away.id)).all() == []

    def test_is_for_managers_of_the_school(self):
        cohort = running()
        ruling = drafted(manager(cohort), studying(cohort, 1), Kind.ENROLMENT)

        for stranger in (actor_of(school_of(cohort), Role.TEACHER), actor_of(make_school(), Role.MANAGER)):
            with pytest.raises(NotAllowed):
                services.sign(stranger, ruling)

    def test_signed_it_never_changes(self):
        cohort = running()
        people, actor = studying(cohort, 1), manager(cohort)
        ruling = signed(actor, people, Kind.ENROLMENT)
        line = line_of(ruling, people[0])

        with pytest.raises(NotNow):
            services.edit(actor, ruling, version=ruling.version, ground="Other")
        for statement in (
            update(Ruling).where(Ruling.id == ruling.id).values(ground="Other"),
            update(Ruling).where(Ruling.id == ruling.id).values(number="2020-0001"),
            update(RulingLine).where(RulingLine.id == line.id).values(made_id=people[0].id),
            update(RulingLine).where(RulingLine.id == line.id).values(words="Other"),
            delete(RulingLine).where(RulingLine.id == line.id),
            insert(RulingLine).values(ruling_id=ruling.id, school_id=ruling.school_id, enrolment_id=people[0].id, repeats=False),
        ):
            with pytest.raises(DatabaseError, match="frozen"), db.session.begin_nested():
                db.session.execute(statement)
        db.session.rollback()

    def test_the_preview_asks_as_much_for_twenty_as_for_two(self, statements):
        cohort = running(seats=60)
        actor = manager(cohort)
        few, many = studying(cohort, 2), studying(cohort, 20)
        small, large = drafted(actor, few, Kind.LEAVE, leave_until()), drafted(actor, many, Kind.LEAVE, leave_until())
        looked = []
        for one in (small, large):
            ruling = loaded(one)
            with statements() as sent:
                prospects(ruling, clock.today())
            looked.append(len(sent))

        assert looked[0] == looked[1]


@pytest.mark.usefixtures("app")
class TestTransfer:
    def test_begins_in_the_other_cohort_on_a_seat_of_the_same_kind(self):
        cohort = running(seats={Funding.STATE: 5, Funding.PAID: 5})
        there = running(cohort.programme_version, seats={Funding.STATE: 5, Funding.PAID: 5})
        people = [make_enrolment(cohort), make_enrolment(cohort, funding=Funding.PAID)]

        ruling = signed(manager(cohort), people, Kind.TRANSFER, What(to_cohort_id=there.id))

        first, second = (began(ruling, one) for one in people)
        assert [fresh(one).state for one in people] == [EnrolmentState.TRANSFERRED] * 2
        assert [(one.state, one.cohort_id) for one in (first, second)] == [(EnrolmentState.ENROLLED, there.id)] * 2
        assert [(pool_of(one).held, pool_of(one, Funding.PAID).held) for one in (cohort, there)] == [(0, 0), (1, 1)]
        assert events_of(first) == [EnrolmentEvent.ARRIVED]

    def test_moves_the_engagement(self):
        cohort = running()
        there = running(cohort.programme_version)
        (one,) = studying(cohort, 1)

        signed(manager(cohort), [one], Kind.TRANSFER, What(to_cohort_id=there.id))

        (now,) = engagements_of(one.trainee_id)
        assert (now.organisation_id, now.until_on) == (cohort.school_id, there.ends_on)

    def test_says_when_seats_run_out(self):
        cohort = running()
        there = running(cohort.programme_version, seats=1)
        people = studying(cohort, 2)

        ruling = drafted(manager(cohort), people, Kind.TRANSFER, What(to_cohort_id=there.id))

        assert sorted(len(words) for words in against(ruling)) == [0, 1]

    def test_repeats_a_year_only_later_in_the_same_programme(self):
        cohort = running()
        same, later = running(cohort.programme_version), make_cohort(cohort.programme_version)
        (one,), actor = studying(cohort, 1), manager(cohort)

        early = against(drafted(actor, [one], Kind.TRANSFER, What(to_cohort_id=same.id, repeats=True)))
        late = against(drafted(actor, [one], Kind.TRANSFER, What(to_cohort_id=later.id, repeats=True)))

        assert (len(early[0]), late) == (1, [[]])

    def test_nobody_is_in_the_other_cohort_twice(self):
        cohort = running()
        there = make_cohort(cohort.programme_version)
        (one,) = studying(cohort, 1)
        make_enrolment(there, one.trainee, state=EnrolmentState.WAITLISTED)

        assert len(against(drafted(manager(cohort), [one], Kind.TRANSFER, What(to_cohort_id=there.id)))[0]) == 1


@pytest.mark.usefixtures("app")
class TestDeferral:
    def test_gives_the_seat_back_until_they_come_back_into_another_cohort(self):
        cohort = running(seats=1)
        later = make_cohort(cohort.programme_version)
        (one,), actor = studying(cohort, 1), manager(cohort)

        signed(actor, [one], Kind.DEFERRAL, What(to_cohort_id=later.id))
        deferred = (fresh(one).state, pool_of(cohort).held)
        ruling = signed(actor, [one], Kind.RETURN, What(to_cohort_id=later.id))

        made = began(ruling, one)
        assert deferred == (EnrolmentState.DEFERRED, 0)
        assert (fresh(one).state, made.state, made.cohort_id) == (EnrolmentState.DEFERRED, EnrolmentState.ENROLLED, later.id)
        assert against(drafted(actor, [one], Kind.RETURN, What(to_cohort_id=later.id))) == [["Has come back already."]]

    def test_says_when_or_where(self):
        cohort = running()

        ruling = drafted(manager(cohort), studying(cohort, 1), Kind.DEFERRAL)

        assert against(ruling) == [["Say into which cohort they come back, or when."]]
