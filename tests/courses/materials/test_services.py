"""Giving materials, placing, taking down, and telling the cohort once a day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.courses.assessments.factories import Class
from tests.courses.factories import make_cohort
from tests.courses.materials.factories import SYSTEM, add_file, add_link, all_of, newcomer, titles, trainee_of, whole
from tests.factories import actor_of, events_of, make_school
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.workflow import State as EnrolmentState
from training.courses.materials import policies, queries, services
from training.courses.materials.workflow import Event, State
from training.courses.programmes.queries import modules_of
from training.kernel import clock
from training.kernel.db import NotFound, Stale, db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification

NOON = datetime(2026, 9, 7, 8, tzinfo=UTC)
"""A Monday, noon at the school."""


@pytest.fixture(autouse=True)
def monday(app):
    with clock.at(NOON):
        yield


def later(**by):
    return clock.at(NOON + timedelta(**by))


def told() -> list[Notification]:
    db.session.rollback()
    rows = select(Notification).where(Notification.name == "material.added").order_by(Notification.id)
    return list(db.session.scalars(rows))


class TestAdd:
    def test_the_teacher_gives_a_file_and_it_leaves_a_trace(self):
        material = add_file(Class(1), description="Read it before the lesson.")

        assert (material.state, material.position, material.url) == (State.SHOWN, 1, None)
        assert material.file is not None
        assert (material.file.name, material.file.media_type) == ("threads.pdf", "application/pdf")
        assert (material.file.subject_kind, material.file.subject_id) == ("material", material.id)
        assert events_of(material) == [Event.ADDED]

    def test_each_further_one_is_the_last_of_its_module(self):
        group = Class(1)
        add_file(group, title="A", module=1)
        add_link(group, title="B", module=0)
        add_link(group, title="C", module=1)

        assert titles(group) == ["B", "A", "C"]

    def test_a_file_is_judged_by_its_content(self):
        with pytest.raises(NotNow, match="kind of file"):
            add_file(Class(1), source=b"<html><script>alert(1)</script></html>", name="slides.pdf")

    def test_a_module_of_another_programme_is_refused(self):
        group, other = Class(1), Class(1)
        module = modules_of(other.cohort.version_id)[0]

        with pytest.raises(NotNow, match="not one of the cohort's programme"):
            services.add_link(group.teacher, group.cohort, url="https://a.example/", module=module, title="A")

    def test_a_cancelled_cohort_gets_nothing(self):
        school = make_school()
        made = make_cohort(state=CohortState.CANCELLED)
        cohort = cohorts.cohort(SYSTEM, made.id)
        teacher = actor_of(cohort.programme_version.programme.school, Role.TEACHER)

        with pytest.raises(NotNow, match="cancelled"):
            services.add_link(teacher, cohort, url="https://a.example/", module=modules_of(cohort.version_id)[0], title="A")
        with pytest.raises(NotAllowed):
            services.add_link(
                actor_of(school, Role.TEACHER), cohort, url="https://a.example/", module=modules_of(cohort.version_id)[0], title="A"
            )

    def test_a_list_that_is_full_takes_no_more(self, monkeypatch):
        group = Class(1)
        monkeypatch.setattr(policies, "MOST", 1)
        services.withdraw(group.teacher, add_link(group))

        with pytest.raises(NotNow, match="1 materials at most"):
            add_link(group)


@pytest.mark.parametrize(
    "url",
    [
        "http://plain.example/",
        "javascript:alert(1)",
        "https://",
        "https://localhost/",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[/",
        "https://a.example:port/",
        "https://good.example@evil.example/",
        "https://a.example/\u202egpj.exe",
        "https://a.example/x y",
        "https://evil.example\\@good.example/",
        "//a.example/",
        "a.example",
    ],
)
def test_an_address_that_is_none_or_misleads_is_refused(url):
    assert policies.why_not_link(url)


@pytest.mark.parametrize("url", ["https://a.example", "https://колледж.рф/материалы?x=1#y", "https://a.example:8443/b/c.pdf"])
def test_a_whole_https_address_is_taken(url):
    assert policies.why_not_link(url) == []


class TestSeen:
    @pytest.mark.parametrize("state", [EnrolmentState.ENROLLED, EnrolmentState.ON_LEAVE, EnrolmentState.COMPLETED])
    def test_whoever_studies_or_has_completed_sees_it(self, state):
        group = Class(1)
        material = add_file(group)
        person = newcomer(group, state)

        assert queries.material(person, material.id).id == material.id

    @pytest.mark.parametrize(
        "state",
        [one for one in EnrolmentState if one not in (EnrolmentState.ENROLLED, EnrolmentState.ON_LEAVE, EnrolmentState.COMPLETED)],
    )
    def test_whoever_waits_or_has_left_does_not(self, state):
        group = Class(1)
        material = add_file(group)
        person = newcomer(group, state)

        with pytest.raises(NotFound):
            queries.material(person, material.id)
        assert queries.of_cohort(person, group.cohort_id) == []

    def test_other_cohorts_and_schools_do_not(self):
        material, other = add_file(Class(1)), Class(1)

        for stranger in (trainee_of(other), other.teacher, other.manager):
            with pytest.raises(NotFound):
                queries.material(stranger, material.id)

    def test_a_trainee_sees_it_from_its_day_at_the_school_on(self):
        group = Class(1)
        material = add_file(group, shown_from_on=date(2026, 9, 8))
        me = trainee_of(group)

        with clock.at(datetime(2026, 9, 7, 19, 59, tzinfo=UTC)), pytest.raises(NotFound):
            queries.material(me, material.id)
        with clock.at(datetime(2026, 9, 7, 20, 0, tzinfo=UTC)):
            assert queries.material(me, material.id).id == material.id

    def test_what_was_taken_down_stays_with_the_school_alone(self):
        group = Class(1)
        key, me = add_file(group).id, trainee_of(group)

        services.withdraw(group.teacher, whole(key))

        db.session.rollback()
        with pytest.raises(NotFound):
            queries.material(me, key)
        assert queries.material(group.manager, key).state is State.WITHDRAWN
        services.put_back(group.manager, whole(key))
        db.session.rollback()
        assert queries.material(me, key).state is State.SHOWN
        assert events_of(whole(key)) == [Event.ADDED, Event.WITHDRAWN, Event.PUT_BACK]


class TestChange:
    def test_words_module_and_day_change_the_file_stays(self):
        group = Class(1)
        add_link(group, module=1)
        material = add_file(group)
        key, file_id = material.id, material.file_id
        module = modules_of(group.cohort.version_id)[1]
        values: dict[str, Any] = {"title": "Threads", "description": None, "shown_from_on": date(2026, 9, 20)}

        services.edit(group.manager, material, version=material.version, module=module, **values)

        changed = whole(key)
        assert (changed.title, changed.module.code, changed.position, changed.file_id) == ("Threads", "PM.02", 2, file_id)
        assert changed.is_to_come
        with pytest.raises(Stale):
            services.edit(group.manager, changed, version=changed.version - 1, module=module, **values)

    def test_a_link_stays_an_https_one(self):
        group = Class(1)
        link = add_link(group)
        values: dict[str, Any] = {"title": link.title, "description": None, "shown_from_on": None}

        with pytest.raises(NotNow, match="https"):
            services.edit(group.teacher, link, version=link.version, module=link.module, url="http://a.example/", **values)

    def test_it_changes_places_with_what_is_shown_beside_it(self):
        group = Class(1)
        for title in ("A", "B", "C"):
            add_link(group, title=title)
        _first, second, third = (one.id for one in all_of(group))
        services.withdraw(group.teacher, whole(second))

        services.place(group.teacher, whole(third), by=-1)
        assert titles(group) == ["C", "B", "A"]
        services.place(group.teacher, whole(third), by=-1)
        assert titles(group) == ["C", "B", "A"], "the first stays the first"
        services.place(group.teacher, whole(second), by=1)
        assert titles(group) == ["C", "B", "A"], "what is taken down stays where it is"


class TestTell:
    def test_a_batch_is_told_once_when_nothing_more_comes(self):
        group = Class(2)
        add_file(group)
        with later(minutes=20):
            add_link(group)
        with later(minutes=40):
            assert services.tell(SYSTEM) == 0
        with later(minutes=51):
            assert services.tell(SYSTEM) == 1

        assert [one.facts["number"] for one in told()] == [2, 2]
        assert {one.to_id for one in told()} == {account.id for account in group.accounts if account is not None}
        assert {one.told_on for one in all_of(group)} == {date(2026, 9, 7)}

    def test_a_cohort_hears_once_a_day_however_much_is_added(self):
        group = Class(1)
        add_file(group)
        with later(hours=1):
            services.tell(SYSTEM)
            add_link(group)
        with later(hours=3):
            assert services.tell(SYSTEM) == 0
        with later(days=1):
            assert services.tell(SYSTEM) == 1

        assert [one.facts["number"] for one in told()] == [1, 1]

    def test_what_is_not_shown_yet_or_any_more_is_told_when_it_is(self):
        group = Class(1)
        add_file(group, shown_from_on=date(2026, 9, 10))
        services.withdraw(group.teacher, add_link(group))
        with later(days=1):
            assert services.tell(SYSTEM) == 0
        with later(days=3):
            assert services.tell(SYSTEM) == 1

        assert [one.subject_id for one in told()] == [all_of(group)[0].id]

    def test_many_cohorts_are_told_in_the_same_number_of_statements(self, statements):
        def counted(number):
            for _one in range(number):
                add_link(Class(1))
            statements.clear()
            with later(hours=1):
                assert services.tell(SYSTEM) == number
            db.session.rollback()
            return len(statements)

        assert counted(2) == counted(9)
