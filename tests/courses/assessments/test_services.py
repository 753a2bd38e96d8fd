"""Giving results, correcting them, confirming those of a commission."""

import pytest
from sqlalchemy import delete, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.courses.assessments.factories import ZONE, Class, fresh
from tests.courses.factories import SYSTEM, make_skill
from tests.factories import acting, actor_of, events_of, learner, make_employer, make_member, make_school
from training.courses.assessments import handing_over, queries, services
from training.courses.assessments.models import Result
from training.courses.assessments.reading import Outcome
from training.courses.assessments.services import Commission
from training.courses.assessments.workflow import Event, Kind, Level, Notice, State
from training.courses.enrolments import queries as enrolments
from training.courses.scales.workflow import ScaleKind
from training.kernel import clock
from training.kernel.db import NotFound, db, writing
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification
from training.trainees.passport import queries as passport
from training.turns.models import OpenTurn


def told(key):
    query = select(Notification.name).where(Notification.subject_kind == "assessment", Notification.subject_id == key)
    return list(db.session.scalars(query.order_by(Notification.id)))


def given_by(key):
    fresh()
    return [(one.points, one.band.label if one.band else None, one.absent) for one in queries.given_in(key)]


@pytest.mark.usefixtures("app")
class TestAdd:
    def test_the_scale_is_the_edition_of_the_day_and_stays_used(self):
        group = Class()

        key = group.add()

        one = group.assessment(key)
        assert (one.edition.kind, one.edition.used, one.state) == (ScaleKind.MARKS, True, State.MARKING)
        assert events_of(one) == [Event.ADDED]

    def test_it_is_held_while_the_cohort_studies_and_a_percent_needs_points(self):
        group = Class()

        with pytest.raises(NotNow, match="training begins"):
            group.add(days=400)
        with pytest.raises(NotNow, match="number of points"):
            group.add(scale=ScaleKind.PERCENT, maximum=None)

    def test_only_the_school_s_managers_and_teachers_add_one(self):
        group = Class()
        for actor in (
            actor_of(group.school, Role.PLACEMENT_OFFICER),
            actor_of(make_school(), Role.MANAGER),
            actor_of(make_employer(), Role.MANAGER),
        ):
            with pytest.raises(NotAllowed):
                services.add(
                    actor,
                    group.cohort,
                    kind=Kind.TEST,
                    title="T",
                    scale=ScaleKind.MARKS,
                    held_on=clock.today(ZONE),
                    teacher=group.member,
                )

    def test_another_school_does_not_see_it(self):
        key = Class().add()

        with pytest.raises(NotFound):
            queries.assessment(actor_of(make_school(), Role.MANAGER), key)


@pytest.mark.usefixtures("app")
class TestGrade:
    def test_a_column_is_given_at_once_and_everybody_told_once(self):
        group = Class(3)
        key = group.add()

        assert group.grade(key, "14", "3", "н") == 3

        assert given_by(key) == [(1400, "5", False), (300, "2", False), (None, None, True)]
        assert events_of(group.assessment(key)) == [Event.ADDED, Event.MARKED]
        assert told(key) == [Notice.MARKED] * 3
        group.grade(key, None, "15", "12", attempt=2)
        assert told(key) == [Notice.MARKED] * 3, "once a day"

    def test_as_many_statements_for_forty_as_for_two(self):
        counts = []
        for number in (2, 40):
            group = Class(number)
            key = group.add()
            seen: list[str] = []
            listener = lambda *args, seen=seen: seen.append(args[2])  # noqa: E731
            event.listen(db.engine, "before_cursor_execute", listener)
            group.grade(key, *["14"] * number)
            event.remove(db.engine, "before_cursor_execute", listener)
            counts.append(len(seen))

        assert counts[0] == counts[1]

    def test_whoever_passed_gets_no_further_attempt_and_whoever_failed_gets_one(self):
        group = Class(2)
        key = group.add()
        group.grade(key, "14", "1")

        with pytest.raises(NotNow, match="a result meanwhile"):
            group.grade(key, "15", attempt=2)
        group.grade(key, None, "13", attempt=2)

        assert group.marks(1)[0] == "4"

    def test_two_at_once_do_not_both_give_the_first_result(self):
        group = Class(1)
        key = group.add()
        group.grade(key, "14")

        with pytest.raises(NotNow):
            group.grade(key, "5", actor=group.manager)

    def test_nothing_is_given_before_the_day_or_by_a_colleague(self):
        group = Class(1)
        later = group.add(days=-3)
        key = group.add()

        with pytest.raises(NotNow, match="Results are given from that day on"):
            group.grade(later, "14")
        with pytest.raises(NotAllowed):
            group.grade(key, "14", actor=actor_of(group.school, Role.TEACHER))

    def test_a_passed_module_stands_in_the_passport_until_it_is_failed_after_all(self):
        skill = make_skill()
        group = Class(1, skills={skill.id: 3})
        enrolment = enrolments.enrolment(SYSTEM, group.enrolments[0])
        key = group.add(kind=Kind.EXAM)
        group.grade(key, "14")
        assert passport.levels([enrolment.trainee_id]) == {enrolment.trainee_id: {skill.id: 3}}
        [(_skill, _level, [shown])] = passport.of(enrolment.trainee_id)
        assert (shown.title, shown.mark, shown.organisation) == ("Module PM.01", "5", group.school)

        group.correct(key, 0, "2")

        assert passport.levels([enrolment.trainee_id]) == {enrolment.trainee_id: {}}


@pytest.mark.usefixtures("app")
class TestCorrect:
    def test_a_further_row_replaces_the_former_which_stays(self):
        group = Class(1)
        key = group.add()
        group.grade(key, "2")

        made = group.correct(key, 0, "18", reason="Two pages were overlooked.")

        assert given_by(key) == [(200, "2", False), (1800, "5", False)]
        assert (made.reason, made.attempt) == ("Two pages were overlooked.", 1)
        assert group.marks()[0] == "5"
        assert told(key) == [Notice.MARKED, Notice.CORRECTED]
        assert events_of(group.assessment(key))[-1] == Event.CORRECTED

    def test_a_result_is_replaced_once(self):
        group = Class(1)
        key = group.add()
        group.grade(key, "2")
        [first] = queries.given_in(key)
        group.correct(key, 0, "18")
        fresh()

        one = group.assessment(key)
        outcome = Outcome(None, None, absent=True)
        with pytest.raises(NotNow, match="corrected this result already"):
            services.correct(group.teacher, queries.result(SYSTEM, first.id), outcome=outcome, reason="Again")
        assert one.state is State.MARKING

    def test_the_database_refuses_a_second_replacement_a_second_first_and_one_of_somebody_else(self):
        group = Class(2)
        key = group.add()
        group.grade(key, "2", "3")
        first, other = queries.given_in(key)
        row = {name: getattr(first, name) for name in ("school_id", "assessment_id", "enrolment_id", "attempt", "given_by_id", "given_at")}
        row |= {"points": None, "band_id": None, "absent": True}
        group.correct(key, 0, "18")
        for wrong in (
            row | {"replaces_id": first.id},
            row,
            row | {"replaces_id": other.id},
        ):
            with pytest.raises(IntegrityError), writing() as session:
                session.execute(insert(Result), [wrong])
            fresh()

    def test_the_database_keeps_every_row_but_lets_the_words_of_a_reason_be_erased(self):
        group = Class(1)
        key = group.add()
        group.grade(key, "2")
        group.correct(key, 0, "18")
        for wrong in (
            update(Result).values(points=1),
            update(Result).values(reason="other"),
            delete(Result),
            text("DELETE FROM assessment_result"),
        ):
            with pytest.raises(DBAPIError), writing() as session:
                session.execute(wrong.execution_options(synchronize_session=False))
            fresh()

        with writing() as session:
            session.execute(update(Result).values(reason=None).execution_options(synchronize_session=False))
        assert {one.reason for one in queries.given_in(key)} == {None}


@pytest.mark.usefixtures("app")
class TestDemonstration:
    def test_trainees_see_nothing_before_the_chair_has_confirmed_it(self):
        group = Class(1)
        key = group.exam()
        group.grade(key, "64.5")
        assert (group.marks()[-1], told(key)) == ("–", [])

        services.hand_in(group.teacher, group.assessment(key))
        turn = db.session.scalars(select(OpenTurn).where(OpenTurn.subject_kind == "assessment")).one()
        assert (turn.party_kind, turn.party_id, turn.verb) == ("membership", group.leader.id, "confirm")
        with pytest.raises(NotNow):
            group.grade(key, "70", attempt=2)
        services.confirm(group.manager, group.assessment(key))

        assert (group.marks()[-1], told(key)) == ("4", [Notice.HANDED_IN, Notice.MARKED])
        assert group.assessment(key).state is State.CONFIRMED

    def test_a_correction_counts_once_the_chair_has_confirmed_it_too(self):
        group = Class(1)
        key = group.exam()
        group.grade(key, "64.5")
        services.hand_in(group.teacher, group.assessment(key))
        services.confirm(group.manager, group.assessment(key))

        group.correct(key, 0, "90")
        assert (group.marks()[-1], group.assessment(key).state) == ("4", State.MARKING)
        services.hand_in(group.teacher, group.assessment(key))
        services.confirm(group.manager, group.assessment(key))

        assert group.marks()[-1] == "5"

    def test_the_chair_sends_back_with_a_reason(self):
        group = Class(1)
        key = group.exam()
        group.grade(key, "64.5")
        services.hand_in(group.teacher, group.assessment(key))

        services.send_back(group.manager, group.assessment(key), reason="Sheet 3 is missing.")

        assert (group.assessment(key).state, told(key)[-1]) == (State.MARKING, Notice.SENT_BACK)

    def test_nobody_confirms_what_they_gave_and_nobody_but_the_chair_confirms(self):
        group = Class(1)
        key = group.exam()
        group.grade(key, "64.5", actor=group.manager)
        services.hand_in(group.teacher, group.assessment(key))

        with pytest.raises(NotNow, match="gave some of these results yourself"):
            services.confirm(group.manager, group.assessment(key))
        with pytest.raises(NotAllowed):
            services.confirm(group.teacher, group.assessment(key))
        with pytest.raises(NotAllowed):
            services.confirm(actor_of(group.school, Role.MANAGER), group.assessment(key))

    def test_a_commission_is_three_people_and_the_chair_does_not_give_the_marks(self):
        group = Class(1)
        few = Commission(Level.BASIC, "1", "Centre", group.leader, [], ["Petr"])
        with pytest.raises(NotNow, match="at least three people"):
            group.exam(commission=few)
        with pytest.raises(NotNow, match="somebody else gives them"):
            group.exam(chair=group.member)
        with pytest.raises(NotNow, match="has a commission"):
            group.exam(commission=None)

    def test_an_ordinary_assessment_is_not_handed_in(self):
        group = Class(1)
        key = group.add()
        group.grade(key, "14")

        with pytest.raises(NotNow, match="Only the results"):
            services.hand_in(group.teacher, group.assessment(key))


@pytest.mark.usefixtures("app")
class TestEditAndCancel:
    def test_points_stay_once_results_were_given(self):
        group = Class(1)
        key = group.add()
        one = group.assessment(key)
        services.edit(
            group.teacher, one, version=one.version, title="Lathes", maximum=30, weight=2, held_on=one.held_on, teacher=group.member
        )
        group.grade(key, "30")
        one = group.assessment(key)

        with pytest.raises(NotNow, match="their number stays"):
            services.edit(
                group.teacher, one, version=one.version, title="X", maximum=40, weight=2, held_on=one.held_on, teacher=group.member
            )

    def test_it_is_cancelled_only_without_results(self):
        group = Class(1)
        empty, marked = group.add(), group.add()
        group.grade(marked, "14")

        services.cancel(group.teacher, group.assessment(empty))
        with pytest.raises(NotNow, match="results already"):
            services.cancel(group.teacher, group.assessment(marked))

        assert len(queries.book(group.cohort).assessments) == 1


@pytest.mark.usefixtures("app")
def test_a_trainee_sees_the_assessments_of_the_own_cohort_only():
    group, other = Class(1), Class(1)
    mine, foreign = group.add(), other.add()
    me = learner(enrolments.enrolment(SYSTEM, group.enrolments[0]).trainee)

    assert queries.assessment(me, mine).id == mine
    with pytest.raises(NotFound):
        queries.assessment(me, foreign)


@pytest.mark.usefixtures("app")
def test_results_of_a_cohort_change_with_its_day():
    group = Class(1)
    group.grade(group.add(days=10, kind=Kind.TEST), "2")
    group.grade(group.add(days=5, kind=Kind.CREDIT, scale=ScaleKind.PASS, maximum=None), "+")

    assert group.marks() == ["Pass", "–"]
    outcome = queries.outcome(enrolments.enrolment(SYSTEM, group.enrolments[0]), queries.book(group.cohort).modules[0])
    assert outcome is not None
    assert outcome.done


@pytest.mark.usefixtures("app")
class TestHandingOver:
    def test_marks_to_give_pass_to_a_colleague(self):
        group = Class(1)
        key = group.add()
        colleague = make_member(group.school, Role.TEACHER)
        actor = acting(colleague)

        with writing():
            passed = handing_over.teach(group.manager, group.member, colleague)

        assert (passed, group.assessment(key).teacher_id) == (1, colleague.id)
        assert group.grade(key, "14", actor=actor) == 1

    def test_the_chair_passes_to_somebody_who_does_not_give_the_marks(self):
        group = Class(1)
        key = group.exam()
        group.grade(key, "64.5")
        services.hand_in(group.teacher, group.assessment(key))
        other = make_member(group.school, Role.MANAGER)
        actor = acting(other)
        with pytest.raises(NotNow, match="Choose somebody else"), writing():
            handing_over.chair(group.manager, group.leader, group.member)
        fresh()

        with writing():
            handing_over.chair(group.manager, group.leader, other)

        services.confirm(actor, group.assessment(key))
        assert group.marks()[-1] == "4"
