"""Writing, reviewing and publishing programmes."""

from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from tests.courses.factories import SYSTEM, make_occupation, make_programme, make_skill, make_version
from tests.factories import acting, actor_of, events_of, make_member, make_organisation, make_school
from training.courses.modules import services as modules
from training.courses.programmes import policies, queries, services
from training.courses.programmes.models import Module, Programme, ProgrammeVersion
from training.courses.programmes.workflow import Event, Kind, Notice, State
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, OrganisationKind, Role, Visitor
from training.notices.models import Notification
from training.organisations.workflow import State as OrganisationState
from training.search.queries import hits
from training.search.services import PUBLIC

ROW: dict[str, Any] = {"code": "15.01.05", "title": "Welder", "kind": "profession", "code_system": "fgos", "hours": 100, "months": 10}


def school_with_two():
    school = make_school()
    return school, actor_of(school, Role.TEACHER), actor_of(school, Role.MANAGER)


def written(author, school):
    """A draft with two modules that add up."""
    version = services.create(author, school, **ROW)
    modules.add(author, version, code="PM.01", title="Cutting", hours=60, skills={make_skill().id: 3})
    modules.add(author, version, code="PM.02", title="Joining", hours=40)
    return version


def loaded(version):
    db.session.rollback()
    db.session.expire_all()
    return queries.version(SYSTEM, version.id)


def found(words):
    matching = hits("programme", words, [PUBLIC])
    return list(db.session.scalars(select(Programme.title).join(matching, matching.c.subject_id == Programme.id)))


@pytest.mark.usefixtures("app")
class TestCreate:
    def test_makes_a_programme_with_its_first_draft(self):
        school, teacher, _ = school_with_two()

        version = services.create(teacher, school, **ROW)

        assert events_of(version) == [Event.CREATED]
        there = loaded(version)
        assert (there.state, there.number, there.hours_total, there.programme.kind) == (State.DRAFT, 1, 100, Kind.PROFESSION)

    def test_refuses_the_same_code_and_title_twice(self):
        school, teacher, _ = school_with_two()
        services.create(teacher, school, **ROW)

        with pytest.raises(NotNow):
            services.create(teacher, school, **ROW | {"title": "welder "})

    @pytest.mark.parametrize(("kind", "hours"), [("advanced_training", 15), ("retraining", 249)])
    def test_refuses_too_few_hours(self, kind, hours):
        school, teacher, _ = school_with_two()

        with pytest.raises(NotNow):
            services.create(teacher, school, **ROW | {"kind": kind, "hours": hours})

    def test_is_not_for_placement_officers(self):
        school = make_school()

        with pytest.raises(NotAllowed):
            services.create(actor_of(school, Role.PLACEMENT_OFFICER), school, **ROW)

    def test_imports_many_at_once_and_leaves_known_ones_alone(self):
        school, teacher, _ = school_with_two()
        services.create(teacher, school, **ROW)
        rows = [ROW, ROW | {"code": "15.01.35", "title": "Fitter"}, ROW | {"code": "15.01.35", "title": "Fitter"}]

        versions = services.import_programmes(teacher, rows)

        assert [events_of(one) for one in versions] == [[Event.IMPORTED]]


@pytest.mark.usefixtures("app")
class TestReview:
    def test_a_second_person_publishes(self):
        school, teacher, manager = school_with_two()
        version = written(teacher, school)

        services.submit(teacher, version)
        services.publish(manager, version)

        assert events_of(version)[-2:] == [Event.SUBMITTED, Event.PUBLISHED]
        there = loaded(version)
        assert (there.state, len(there.content_digest or "")) == (State.PUBLISHED, 64)
        names = db.session.scalars(select(Notification.name).where(Notification.subject_id == version.id)).all()
        assert names == [Notice.SUBMITTED, Notice.PUBLISHED]

    def test_whoever_handed_it_in_does_not_publish(self):
        school, _, manager = school_with_two()
        version = written(manager, school)
        services.submit(manager, version)

        with pytest.raises(NotAllowed):
            services.publish(manager, version)

    def test_hours_that_do_not_add_up_are_not_handed_in(self):
        school, teacher, _ = school_with_two()
        version = written(teacher, school)
        modules.add(teacher, version, code="PM.03", title="More", hours=1)

        with pytest.raises(NotNow, match="101"):
            services.submit(teacher, version)

    def test_parts_that_do_not_add_up_are_not_handed_in(self):
        school, teacher, _ = school_with_two()
        version = written(teacher, school)
        modules.add(teacher, version, code="MDK", title="Theory", hours=1, parent_id=loaded(version).modules[0].id)

        with pytest.raises(NotNow, match="add up to 1 hours"):
            services.submit(teacher, version)

    def test_comments_send_it_back(self):
        school, teacher, manager = school_with_two()
        version = written(teacher, school)
        services.submit(teacher, version)

        services.send_back(manager, version, reason="Name the exam")

        assert loaded(version).state is State.DRAFT
        assert events_of(version)[-1] == Event.SENT_BACK

    def test_an_unverified_school_does_not_publish(self):
        school = make_organisation(OrganisationKind.SCHOOL, state=OrganisationState.PENDING)
        teacher, manager = actor_of(school, Role.TEACHER), actor_of(school, Role.MANAGER)
        version = written(teacher, school)
        services.submit(teacher, version)

        with pytest.raises(NotNow):
            services.publish(manager, version)

    def test_a_foreign_school_touches_nothing(self):
        version = make_version(state=State.DRAFT)

        with pytest.raises(NotAllowed):
            services.submit(actor_of(make_school(), Role.MANAGER), version)


@pytest.mark.usefixtures("app")
class TestPublished:
    def test_content_never_changes(self):
        version = make_version()
        editor = actor_of(version.programme.school, Role.MANAGER)

        with pytest.raises(NotNow):
            modules.add(editor, version, code="X", title="X", hours=1)
        with pytest.raises(NotNow):
            services.edit_version(editor, version, version=version.version, hours_total=1, months=None, summary=None)

    @pytest.mark.parametrize(
        "statement",
        [
            update(Module).values(hours=1, plant_hours=0),
            update(ProgrammeVersion).values(hours_total=1),
            update(ProgrammeVersion).values(summary="other"),
            delete(Module),
        ],
    )
    def test_nor_does_the_database_let_it(self, statement):
        make_version()

        with pytest.raises(DBAPIError, match="frozen"), db.session.begin_nested():
            db.session.execute(statement)

    def test_the_next_version_copies_and_then_replaces_it(self):
        skill = make_skill()
        before = make_version(skills={skill.id: 2})
        school = before.programme.school
        teacher, manager = actor_of(school, Role.TEACHER), actor_of(school, Role.MANAGER)

        following = services.begin_next(teacher, before)
        copied = [(one.code, one.hours, [taught.level for taught in one.skills]) for one in loaded(following).modules]
        services.submit(teacher, loaded(following))
        services.publish(manager, loaded(following))

        assert copied == [("PM.01", 60, [2]), ("PM.02", 40, [])]
        assert (loaded(before).state, loaded(following).state, following.number) == (State.RETIRED, State.PUBLISHED, 2)

    def test_only_one_next_version_at_a_time(self):
        version = make_version()
        teacher = actor_of(version.programme.school, Role.TEACHER)
        services.begin_next(teacher, version)

        with pytest.raises(NotNow):
            services.begin_next(teacher, version)

    def test_can_be_found_by_stems_in_both_languages_until_it_retires(self):
        school, teacher, manager = school_with_two()
        occupation = make_occupation(title_en="Welding operator", title_ru="Электросварщик")
        version = services.create(teacher, school, **ROW | {"title": "Сварщик ручной сварки", "occupation_id": occupation.id})
        modules.add(teacher, version, code="PM.01", title="Резка металла", hours=100)
        services.submit(teacher, version)
        services.publish(manager, version)

        assert found("сварщики") == found("operators") == found("15.01") == found("резкой металлов") == ["Сварщик ручной сварки"]
        services.retire(manager, loaded(version))
        assert found("сварщики") == []

    def test_everybody_sees_it_and_nobody_else_sees_a_draft(self):
        version = make_version()
        draft = make_version(make_programme(version.programme.school), state=State.DRAFT)

        seen = {one.id for one in db.session.scalars(policies.visible_to(Visitor()))}

        assert (version.id in seen, draft.id in seen) == (True, False)

    def test_of_a_suspended_school_is_seen_by_nobody_else(self):
        version = make_version(make_programme(make_organisation(OrganisationKind.SCHOOL, state=OrganisationState.SUSPENDED)))
        own = acting(make_member(version.programme.school, Role.MANAGER))

        assert db.session.scalars(policies.visible_to(Visitor())).all() == []
        assert [one.id for one in db.session.scalars(policies.visible_to(own))] == [version.id]
