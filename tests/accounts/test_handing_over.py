"""What a member answers for, and how it passes to a colleague."""

import pytest

from tests.candidates.factories import interview, make_application, make_interview, make_vacancy
from tests.factories import acting, actor_of, events_of, make_account, make_employer, make_member, make_school, make_trainee, save
from tests.internships.factories import loaded, make_entry, make_opening, make_placement, today
from training.accounts.memberships import holdings, queries, services
from training.accounts.memberships.models import Membership
from training.internships.logbooks.workflow import LIFECYCLE as LOGBOOK
from training.internships.logbooks.workflow import State as EntryState
from training.internships.placements.models import MentorLoad, Placement
from training.internships.placements.workflow import State
from training.kernel.db import db, transaction
from training.kernel.policy import NotAllowed, NotNow, Role, System
from training.notices.models import Notification
from training.turns.models import OpenTurn
from training.turns.services import begin
from training.turns.services import move as moved

SYSTEM = System("tests")


def whole(membership: Membership) -> Membership:
    """The membership as its pages load it."""
    return queries.membership(SYSTEM, membership.id)


def make_mentees(employer, mentor, number: int) -> list[Placement]:
    """Trainees of one mentor, with the mentor's load."""
    opening = make_opening(employer=employer, places=number + 1, starts_on=today())
    save(MentorLoad(membership_id=mentor.id, most=3, held=number))
    return [
        make_placement(state=State.ACTIVE, opening=opening, trainee=make_trainee(school_id=make_school().id), mentor_id=mentor.id)
        for _ in range(number)
    ]


def told(name: str) -> list[int]:
    """The accounts that a notice went to."""
    db.session.rollback()
    rows = db.session.query(Notification).filter_by(name=name).order_by(Notification.id)
    return [row.to_id for row in rows]


def held_by(membership: Membership | None) -> dict[str, int]:
    """What a membership holds, by name."""
    assert membership is not None
    return {one.name: one.number for one in holdings.of(membership.id)}


class TestHoldings:
    def test_counts_each_kind_in_one_statement_however_many_members(self, app, statements):
        employer, school = make_employer(), make_school()
        mentor, teacher = make_member(employer, Role.MENTOR), make_member(school, Role.TEACHER)
        for one in make_mentees(employer, mentor, 2):
            one.supervisor_id = teacher.id
        db.session.commit()
        idle = make_member(employer, Role.MENTOR)

        with statements() as sent:
            found = holdings.each([mentor.id, teacher.id, idle.id])

        assert len(sent) == 1
        assert {key: [(one.name, one.number) for one in held] for key, held in found.items()} == {
            mentor.id: [("mentor", 2)],
            teacher.id: [("supervisor", 2)],
        }

    def test_what_is_over_is_held_no_more(self, app):
        placement = make_placement(state=State.COMPLETED)

        assert held_by(placement.mentor) == {}


class TestHandOver:
    def test_a_manager_hands_a_mentor_s_trainees_to_another_mentor_and_both_are_told(self, app):
        employer = make_employer()
        mentor, taker = make_member(employer, Role.MENTOR), make_member(employer, Role.MENTOR)
        placements = make_mentees(employer, mentor, 2)

        taken = services.hand_over(actor_of(employer, Role.MANAGER), whole(mentor), passing={"mentor": whole(taker)})

        assert [number for _to, number in taken] == [2]
        assert (held_by(mentor), held_by(taker)) == ({}, {"mentor": 2})
        assert [events_of(one) for one in placements] == [["placement.handed_over"]] * 2
        assert (events_of(mentor), events_of(taker)) == (["membership.handed_over"], ["membership.taken_over"])
        assert (told("membership.handed_over"), told("membership.taken_over")) == ([mentor.account_id], [taker.account_id])
        assert told("placement.handed_over") == [one.trainee.account_id for one in map(loaded, placements)]
        loads = {one.membership_id: one.held for one in db.session.query(MentorLoad)}
        assert (loads[mentor.id], loads[taker.id]) == (0, 2)

    def test_what_waited_for_the_one_waits_for_the_other_with_its_deadline(self, app):
        employer = make_employer()
        mentor, taker = make_member(employer, Role.MENTOR), make_member(employer, Role.MENTOR)
        [placement] = make_mentees(employer, mentor, 1)
        entry = make_entry(placement, state=EntryState.DRAFT)

        @transaction()
        def send(actor) -> None:
            begin(actor, LOGBOOK, entry)
            moved(actor, LOGBOOK, "submit", entry)

        send(SYSTEM)
        before = db.session.query(OpenTurn).filter_by(party_kind="membership", party_id=mentor.id).one()
        due = before.due_at

        services.hand_over(acting(whole(mentor)), whole(mentor), passing={"mentor": whole(taker)})

        db.session.expire_all()
        after = db.session.query(OpenTurn).filter_by(subject_kind="logbook_entry", subject_id=entry.id).one()
        assert (after.party_kind, after.party_id, after.due_at) == ("membership", taker.id, due)

    def test_days_that_still_wait_after_the_internship_was_broken_off_pass_as_well(self, app):
        employer = make_employer()
        mentor, taker = make_member(employer, Role.MENTOR), make_member(employer, Role.MENTOR)
        save(MentorLoad(membership_id=mentor.id, most=3, held=0))
        placement = make_placement(state=State.BROKEN_OFF, opening=make_opening(employer=employer), mentor_id=mentor.id)
        before = held_by(mentor)
        make_entry(placement, state=EntryState.SUBMITTED)

        services.hand_over(acting(whole(mentor)), whole(mentor), passing={"mentor": whole(taker)})

        assert before == {}
        assert loaded(placement).mentor_id == taker.id
        assert db.session.query(MentorLoad).filter_by(membership_id=mentor.id).one().held == 0

    def test_one_who_would_have_too_many_trainees_is_refused_and_nothing_has_moved(self, app):
        employer = make_employer()
        mentor, taker = make_member(employer, Role.MENTOR), make_member(employer, Role.MENTOR)
        make_mentees(employer, mentor, 2)
        make_mentees(employer, taker, 2)

        with pytest.raises(NotNow, match="3 trainees in all"):
            services.hand_over(acting(whole(mentor)), whole(mentor), passing={"mentor": whole(taker)})

        db.session.rollback()
        assert (held_by(mentor), held_by(taker)) == ({"mentor": 2}, {"mentor": 2})

    def test_a_teacher_s_internships_pass_to_the_placement_officer(self, app):
        school = make_school()
        teacher, officer = make_member(school, Role.TEACHER), make_member(school, Role.PLACEMENT_OFFICER)
        placement = make_placement(state=State.APPROVED, trainee=make_trainee(school_id=school.id), supervisor_id=teacher.id)

        services.hand_over(acting(whole(teacher)), whole(teacher), passing={"supervisor": whole(officer)})

        assert loaded(placement).supervisor_id == officer.id

    def test_an_interviewer_s_seat_passes_and_nobody_sits_twice_in_one_panel(self, app):
        employer = make_employer()
        mentor, recruiter = make_member(employer, Role.MENTOR), make_member(employer, Role.RECRUITER)
        alone = make_interview(make_application(make_vacancy(employer)), members=[mentor.id], hour=9)
        both = make_interview(make_application(make_vacancy(employer)), members=[mentor.id, recruiter.id], hour=12)

        services.hand_over(acting(whole(mentor)), whole(mentor), passing={"interviewer": whole(recruiter)})

        panels = [[seat.membership_id for seat in interview(one.id).panel] for one in (alone, both)]
        assert panels == [[recruiter.id], [recruiter.id]]

    def test_one_who_sits_elsewhere_at_that_time_cannot_take_the_interview(self, app):
        employer = make_employer()
        mentor, recruiter = make_member(employer, Role.MENTOR), make_member(employer, Role.RECRUITER)
        make_interview(make_application(make_vacancy(employer)), members=[mentor.id])
        make_interview(make_application(make_vacancy(employer)), members=[recruiter.id])

        with pytest.raises(NotNow, match="another interview"):
            services.hand_over(acting(whole(mentor)), whole(mentor), passing={"interviewer": whole(recruiter)})

    def test_only_the_chosen_kinds_pass(self, app):
        employer = make_employer()
        mentor, taker = make_member(employer, Role.MENTOR), make_member(employer, Role.MENTOR)
        make_mentees(employer, mentor, 1)
        make_interview(make_application(make_vacancy(employer)), members=[mentor.id])

        services.hand_over(acting(whole(mentor)), whole(mentor), passing={"interviewer": whole(taker)})

        assert (held_by(mentor), held_by(taker)) == ({"mentor": 1}, {"interviewer": 1})

    def test_each_kind_passes_as_a_whole_to_another_colleague_in_one_step(self, app):
        employer = make_employer()
        mentor, other, recruiter = (make_member(employer, role) for role in (Role.MENTOR, Role.MENTOR, Role.RECRUITER))
        make_mentees(employer, mentor, 2)
        make_interview(make_application(make_vacancy(employer)), members=[mentor.id])

        taken = services.hand_over(acting(whole(mentor)), whole(mentor), passing={"mentor": whole(other), "interviewer": whole(recruiter)})

        assert [number for _to, number in taken] == [2, 1]
        assert (held_by(mentor), held_by(other), held_by(recruiter)) == ({}, {"mentor": 2}, {"interviewer": 1})
        assert told("membership.taken_over") == [other.account_id, recruiter.account_id]
        assert told("membership.handed_over") == [mentor.account_id] * 2

    def test_where_one_of_two_colleagues_cannot_nothing_passes_to_the_other(self, app):
        employer = make_employer()
        mentor, other, recruiter = (make_member(employer, role) for role in (Role.MENTOR, Role.MENTOR, Role.RECRUITER))
        make_mentees(employer, mentor, 1)
        make_interview(make_application(make_vacancy(employer)), members=[mentor.id])
        make_interview(make_application(make_vacancy(employer)), members=[recruiter.id])

        with pytest.raises(NotNow, match="another interview"):
            services.hand_over(acting(whole(mentor)), whole(mentor), passing={"mentor": whole(other), "interviewer": whole(recruiter)})

        db.session.rollback()
        assert held_by(mentor) == {"interviewer": 1, "mentor": 1}

    def test_internships_may_stay_without_a_supervisor_and_the_school_answers_for_them(self, app):
        school = make_school()
        teacher, boss = make_member(school, Role.TEACHER), make_member(school, Role.MANAGER)
        placement = make_placement(state=State.APPROVED, trainee=make_trainee(school_id=school.id), supervisor_id=teacher.id)

        [(nobody, number)] = services.hand_over(acting(whole(teacher)), whole(teacher), passing={"supervisor": None})

        assert (nobody, number, loaded(placement).supervisor_id) == (None, 1, None)
        assert held_by(teacher) == {}
        assert events_of(placement)[-1] == "placement.unsupervised"
        assert events_of(teacher) == ["membership.left_unnamed"]
        assert told("membership.left_unnamed") == [teacher.account_id, boss.account_id]
        assert told("placement.unsupervised") == [loaded(placement).trainee.account_id]

    def test_an_internship_keeps_a_mentor(self, app):
        employer = make_employer()
        mentor = make_member(employer, Role.MENTOR)
        make_mentees(employer, mentor, 1)

        with pytest.raises(NotNow, match="This needs a person, choose a colleague: Mentor of trainees"):
            services.hand_over(acting(whole(mentor)), whole(mentor), passing={"mentor": None})

    def test_nothing_chosen_is_said(self, app):
        employer = make_employer()
        mentor = make_member(employer, Role.MENTOR)

        with pytest.raises(NotNow, match="Choose who takes over"):
            services.hand_over(acting(whole(mentor)), whole(mentor), passing={})

    @pytest.mark.parametrize("role", [Role.RECRUITER, Role.MANAGER])
    def test_a_colleague_without_the_role_cannot_take_trainees(self, app, role):
        employer = make_employer()
        mentor, other = make_member(employer, Role.MENTOR), make_member(employer, role)
        make_mentees(employer, mentor, 1)

        with pytest.raises(NotNow, match="cannot take this over"):
            services.hand_over(acting(whole(mentor)), whole(mentor), passing={"mentor": whole(other)})

    def test_somebody_of_another_organisation_or_who_has_left_cannot_take_over(self, app):
        employer = make_employer()
        mentor, stranger = make_member(employer, Role.MENTOR), make_member(make_employer(), Role.MENTOR)
        gone = make_member(employer, Role.MENTOR)
        gone.ended_on = today()
        db.session.commit()
        make_mentees(employer, mentor, 1)

        for other in (stranger, gone, mentor):
            with pytest.raises(NotNow, match="a member now"):
                services.hand_over(acting(whole(mentor)), whole(mentor), passing={"mentor": whole(other)})
            db.session.rollback()

    def test_a_colleague_and_another_employer_s_manager_may_not(self, app):
        employer = make_employer()
        mentor, taker = make_member(employer, Role.MENTOR), make_member(employer, Role.MENTOR)
        make_mentees(employer, mentor, 1)

        for actor in (acting(whole(taker)), actor_of(make_employer(), Role.MANAGER)):
            with pytest.raises(NotAllowed):
                services.hand_over(actor, whole(mentor), passing={"mentor": whole(taker)})


class TestLeaving:
    def test_asks_for_a_handover_first(self, app):
        employer = make_employer()
        make_member(employer, Role.MANAGER)
        mentor, taker = make_member(employer, Role.MENTOR), make_member(employer, Role.MENTOR)
        make_mentees(employer, mentor, 1)

        with pytest.raises(NotNow, match="Hand it over"):
            services.end(acting(whole(mentor)), whole(mentor))
        db.session.rollback()
        services.hand_over(acting(whole(mentor)), whole(mentor), passing={"mentor": whole(taker)})
        services.end(acting(whole(mentor)), whole(mentor))

        assert queries.acting(mentor.account_id, employer.id) is None


class TestPages:
    def test_a_manager_comes_from_the_list_of_people_to_the_end_of_it(self, app, client, mailbox):
        employer = make_employer()
        boss = make_account()
        make_member(employer, Role.MANAGER, account=boss)
        mentor, taker = make_member(employer, Role.MENTOR), make_member(employer, Role.MENTOR)
        [placement] = make_mentees(employer, mentor, 1)
        here = f"/o/{employer.slug}/people"
        client.sign_in(boss)

        listed = client.get(here)
        refused = client.get(f"{here}/{mentor.id}/end")
        sent = client.submit(f"{here}/{mentor.id}/hand-over", mentor=str(taker.id))

        assert f"{here}/{mentor.id}/hand-over" in listed.text
        assert f"{here}/{taker.id}/hand-over" not in listed.text
        assert f"{here}/{mentor.id}/hand-over" in refused.text
        assert sent.location.endswith(f"{here}/{mentor.id}")
        assert "1 record is with" in client.get(sent.location).words
        assert loaded(placement).mentor_id == taker.id
        assert "You take over from" in mailbox(whole(taker).account.email)[0].subject
        assert "has taken over from you" in mailbox(whole(mentor).account.email)[0].subject

    def test_one_comes_from_one_s_account_to_one_s_own_part_and_hands_it_over(self, app, client):
        employer = make_employer()
        person = make_account()
        mentor, taker = make_member(employer, Role.MENTOR, account=person), make_member(employer, Role.MENTOR)
        [placement] = make_mentees(employer, mentor, 1)
        here = f"/o/{employer.slug}/people/{mentor.id}"
        client.sign_in(person)

        account, own = client.get("/account"), client.get(here)
        client.submit(f"{here}/hand-over", mentor=str(taker.id))

        assert here in account.text
        assert f"{here}/hand-over" in own.text
        assert loaded(placement).mentor_id == taker.id

    def test_a_form_sent_after_all_is_refused_with_the_way_there(self, app, client):
        employer = make_employer()
        make_member(employer, Role.MANAGER)
        person = make_account()
        mentor = make_member(employer, Role.MENTOR, account=person)
        here = f"/o/{employer.slug}/people/{mentor.id}"
        client.sign_in(person)
        form = client.get(f"{here}/end").form()
        make_mentees(employer, mentor, 1)

        answer = client.post(f"{here}/end", form)

        assert answer.status == 409
        assert "Hand it over to a colleague first." in answer.words
        assert f"{here}/hand-over" in answer.text

    def test_a_teacher_without_a_colleague_leaves_internships_to_the_school_on_the_page(self, app, client, mailbox):
        school = make_school()
        person = make_account()
        teacher = make_member(school, Role.TEACHER, account=person)
        placement = make_placement(state=State.APPROVED, trainee=make_trainee(school_id=school.id), supervisor_id=teacher.id)
        here = f"/o/{school.slug}/people/{teacher.id}"
        client.sign_in(person)

        page = client.get(f"{here}/hand-over")
        nothing = client.post(f"{here}/hand-over", page.form())
        sent = client.submit(f"{here}/hand-over", supervisor="nobody")

        assert "Without a person: managers and placement officers" in page.words
        assert nothing.status == 409
        assert "1 record is with nobody by name now." in client.get(sent.location).words
        assert loaded(placement).supervisor_id is None
        assert "answers for less" in mailbox(person.email)[0].subject

    def test_where_nobody_can_take_over_the_page_says_whom_it_needs(self, app, client):
        employer = make_employer()
        person = make_account()
        mentor = make_member(employer, Role.MENTOR, account=person)
        make_mentees(employer, mentor, 1)

        page = client.sign_in(person).get(f"/o/{employer.slug}/people/{mentor.id}/hand-over")

        assert "Nobody can take it over yet" in page.words

    def test_as_many_statements_for_forty_records_as_for_two(self, app, client, statements):
        school = make_school()
        person = make_account()
        teacher = make_member(school, Role.TEACHER, account=person)
        make_member(school, Role.TEACHER)
        opening = make_opening(places=50)
        client.sign_in(person)
        sent = []
        for number in (2, 38):
            for _ in range(number):
                trainee = make_trainee(school_id=school.id)
                make_placement(state=State.APPROVED, opening=opening, trainee=trainee, supervisor_id=teacher.id)
            db.session.expunge_all()
            with statements() as these:
                assert client.get(f"/o/{school.slug}/people/{teacher.id}/hand-over").status == 200
            sent.append(len(these))

        assert sent[0] == sent[1]
