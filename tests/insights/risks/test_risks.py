"""Who is at risk, and why: as a list, as a page, as a file."""

from datetime import timedelta

import pytest
from sqlalchemy import event, update

from tests.courses.assessments.factories import ZONE, Class, fresh
from tests.courses.factories import SYSTEM
from tests.factories import make_employer, make_member, save
from tests.internships.factories import make_entry, make_placement
from training.courses.assessments import queries as assessments
from training.courses.assessments import services
from training.courses.assessments.workflow import Kind
from training.courses.enrolments import queries as enrolments
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State
from training.insights.risks.lists import RISKS
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State as PlacementState
from training.kernel import clock
from training.kernel.db import db
from training.kernel.lists import Wanted
from training.kernel.policy import Role


def old(people=2, **given):
    """A class whose people have studied for a while."""
    group = Class(people)
    db.session.execute(
        update(Enrolment).values(enrolled_on=clock.today(ZONE) - timedelta(days=60)).execution_options(synchronize_session=False)
    )
    db.session.commit()
    return group


def reasons(group, **filters):
    fresh()
    found = RISKS.page(group.teacher, Wanted(filters=filters))
    return {group.enrolments.index(one.id): list(one.reasons) for one in found.rows}


@pytest.mark.usefixtures("app")
class TestReasons:
    def test_a_failed_assessment_is_one_until_it_is_passed(self):
        group = old()
        key = group.add(days=3)
        group.grade(key, "1", "14")
        assert reasons(group) == {0: ["Not passed: Test of lathes."]}

        group.grade(key, "15", attempt=2)

        assert reasons(group) == {}

    def test_not_coming_is_a_failure_and_a_correction_takes_it_back(self):
        group = old()
        key = group.add(days=3)
        group.grade(key, "н", "14")
        assert set(reasons(group, reason=["failed"])) == {0}

        group.correct(key, 0, "12")

        assert reasons(group) == {}

    def test_a_result_that_others_have_and_one_has_not_is_one_after_a_week(self):
        group = old()
        recent, before = group.add(days=3, title="New"), group.add(days=20, title="Drawing")
        group.add(days=30, title="Nobody was marked")
        group.grade(recent, "14")
        group.grade(before, "14")

        assert reasons(group) == {1: ["No result: Drawing."]}

    def test_whoever_came_later_owes_nothing_of_before(self):
        group = old()
        group.grade(group.add(days=20), "14")
        later = update(Enrolment).where(Enrolment.id == group.enrolments[1]).values(enrolled_on=clock.today(ZONE))
        db.session.execute(later.execution_options(synchronize_session=False))
        db.session.commit()

        assert reasons(group) == {}

    def test_what_the_chair_has_not_confirmed_does_not_count(self):
        group = old()
        key = group.exam(days=20)
        group.grade(key, "3", "64")
        assert reasons(group) == {}

        services.hand_in(group.teacher, group.assessment(key))
        services.confirm(group.manager, group.assessment(key))

        assert reasons(group) == {0: ["Not passed: Final exam."]}

    def test_a_logbook_without_entries_for_a_week_is_one(self):
        group = old(1)
        trainee = enrolments.enrolment(SYSTEM, group.enrolments[0]).trainee
        trainee.school_id = group.school.id
        placement = make_placement(trainee=save(trainee), state=PlacementState.ACTIVE)
        days = {
            "school_id": group.school.id,
            "starts_on": clock.today() - timedelta(days=20),
            "ends_on": clock.today() + timedelta(days=20),
        }
        db.session.execute(
            update(Placement).where(Placement.id == placement.id).values(**days).execution_options(synchronize_session=False)
        )
        db.session.commit()
        [[said]] = reasons(group).values()
        assert said.startswith("Nothing in the logbook at")

        fresh()
        make_entry(db.session.get_one(Placement, placement.id), worked_on=clock.today() - timedelta(days=1))

        assert reasons(group) == {}

    def test_whoever_does_not_study_any_more_is_not_at_risk(self):
        group = old()
        group.grade(group.add(days=3), "1", "1")
        db.session.execute(update(Enrolment).values(state=State.EXPELLED).execution_options(synchronize_session=False))
        db.session.commit()

        assert reasons(group) == {}

    def test_several_reasons_come_first_and_can_be_narrowed(self):
        group = old(2)
        group.grade(group.add(days=20, title="Drawing"), None, "14")
        group.grade(group.add(days=19, title="Lathes", kind=Kind.CREDIT), "1", "2")
        fresh()

        rows = RISKS.page(group.teacher, Wanted()).rows

        assert [len(one.reasons) for one in rows] == [2, 1]
        assert set(reasons(group, reason=["missing"])) == {0}
        assert len(list(RISKS.walk(group.teacher, Wanted()))) == 2


def test_a_teacher_sees_the_own_school_s_and_others_see_nothing(client):
    group, other = old(), old()
    group.grade(group.add(days=3, title="Turning"), "1")
    other.grade(other.add(days=3, title="Milling"), "1")
    client.sign_in(group.account)

    page = client.get(f"/o/{group.school.slug}/risks")

    assert "Not passed: Turning." in page.words
    assert "Milling" not in page.words
    client.sign_in(make_member(group.school, Role.PLACEMENT_OFFICER).account)
    assert client.get(f"/o/{group.school.slug}/risks").status == 403
    employer = make_employer()
    client.sign_in(make_member(employer, Role.MANAGER).account)
    assert client.get(f"/o/{employer.slug}/risks").status == 403


def test_without_anybody_at_risk_it_says_so(client):
    group = old()
    client.sign_in(group.account)

    assert "Nobody is at risk" in client.get(f"/o/{group.school.slug}/risks").words


def test_as_many_statements_for_forty_people_as_for_two(client):
    counts = []
    for number in (2, 40):
        group = old(number)
        group.grade(group.add(days=3), *["1"] * number)
        assert assessments.people(group.cohort_id)
        client.sign_in(group.account)
        client.get(f"/o/{group.school.slug}/risks")
        seen: list[str] = []

        def note(*args, seen=seen):
            seen.append(args[2])

        event.listen(db.engine, "before_cursor_execute", note)
        client.get(f"/o/{group.school.slug}/risks")
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(seen))

    assert counts[0] == counts[1]
