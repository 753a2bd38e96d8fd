"""Writing what a draft teaches: the tree of modules, hours by kind, outcomes, skills."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from tests.courses.factories import SYSTEM, make_skill, make_version
from tests.factories import actor_of, events_of, make_school
from training.courses.modules import services
from training.courses.modules.policies import why_not_spread
from training.courses.modules.workflow import Event
from training.courses.programmes import policies as programmes
from training.courses.programmes import queries
from training.courses.programmes import services as versions
from training.courses.programmes.content import digest
from training.courses.programmes.models import Module
from training.courses.programmes.tree import branches, spread, under
from training.courses.programmes.workflow import HourKind
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role

ROW: dict[str, Any] = {"code": "15.01.05", "title": "Welder", "kind": "profession", "code_system": "fgos", "hours": 100, "months": 10}
BLANK: dict[str, Any] = {"spread": {}, "parent_id": None, "outcomes": [], "skills": {}}


def begun():
    """A teacher and an empty draft of 100 hours."""
    school = make_school()
    teacher = actor_of(school, Role.TEACHER)
    return teacher, versions.create(teacher, school, **ROW)


def again(version):
    db.session.rollback()
    db.session.expire_all()
    return queries.version(SYSTEM, version.id)


def codes(version):
    """The modules in the order of the tree, each with its depth."""
    return [(branch.module.code, branch.depth) for branch in branches(again(version).modules)]


@pytest.mark.usefixtures("app")
class TestAdd:
    def test_keeps_hours_by_kind_outcomes_and_skills(self):
        teacher, version = begun()
        skill = make_skill()

        services.add(
            teacher,
            version,
            code="PM.01",
            title="Cutting",
            hours=100,
            spread={HourKind.THEORY: 70, HourKind.PLANT: 30},
            outcomes=["Cuts plates", "Cuts pipes", "Cuts plates"],
            skills={skill.id: 3},
        )

        [module] = again(version).modules
        assert module.spread == {HourKind.THEORY: 70, HourKind.PLANT: 30}
        assert [one.words for one in module.outcomes] == ["Cuts plates", "Cuts pipes"]
        assert [(one.slug, level) for one, level in queries.skills_of(version.id)] == [(skill.slug, 3)]
        assert events_of(version)[-1] == Event.ADDED

    def test_parts_have_parts(self):
        teacher, version = begun()
        whole = services.add(teacher, version, code="PM.01", title="Cutting", hours=100)
        part = services.add(teacher, version, code="MDK.01", title="Theory", hours=60, parent_id=whole.id)
        services.add(teacher, version, code="PM.02", title="Joining", hours=1)
        services.add(teacher, version, code="T.1", title="Metals", hours=60, parent_id=part.id)

        assert codes(version) == [("PM.01", 0), ("MDK.01", 1), ("T.1", 2), ("PM.02", 0)]

    def test_not_under_a_module_of_another_version(self):
        teacher, version = begun()

        with pytest.raises(NotNow) as refusal:
            services.add(teacher, version, code="X", title="X", hours=1, parent_id=make_version().modules[0].id)

        assert refusal.value.field == "parent_id"

    def test_kinds_fit_into_the_hours(self):
        teacher, version = begun()

        with pytest.raises(NotNow, match="add up to 11, the module has 10") as refusal:
            services.add(teacher, version, code="X", title="X", hours=10, spread={HourKind.THEORY: 6, HourKind.PRACTICAL: 5})

        assert refusal.value.field == "hours"

    def test_the_database_keeps_kinds_within_the_hours(self):
        _teacher, version = begun()
        module = Module(version_id=version.id, code="X", title="X", hours=10, position=1, theory_hours=11)
        db.session.add(module)

        with pytest.raises(DBAPIError):
            db.session.flush()

    def test_is_for_writers_of_the_school(self):
        _teacher, version = begun()

        with pytest.raises(NotAllowed):
            services.add(actor_of(make_school(), Role.TEACHER), version, code="X", title="X", hours=1)


@pytest.mark.usefixtures("app")
class TestEdit:
    def test_an_outcome_whose_words_stay_keeps_its_key(self):
        teacher, version = begun()
        services.add(teacher, version, code="PM.01", title="Cutting", hours=100, outcomes=["Cuts plates", "Cuts pipes"])
        [module] = again(version).modules
        plates, _pipes = module.outcomes

        services.edit(
            teacher, version, module=module, code="PM.01", title="C", hours=90, **BLANK | {"outcomes": ["Cuts foil", "Cuts plates"]}
        )

        [there] = again(version).modules
        assert (there.title, there.hours) == ("C", 90)
        assert [one.words for one in there.outcomes] == ["Cuts foil", "Cuts plates"]
        assert there.outcomes[1].id == plates.id

    def test_moves_with_its_parts_under_another_but_never_under_its_own(self):
        teacher, version = begun()
        first = services.add(teacher, version, code="PM.01", title="Cutting", hours=50)
        services.add(teacher, version, code="PM.02", title="Joining", hours=50)
        services.add(teacher, version, code="MDK.01", title="Theory", hours=50, parent_id=first.id)
        one, two, part = again(version).modules

        services.edit(teacher, version, module=one, code="PM.01", title="Cutting", hours=50, **BLANK | {"parent_id": two.id})
        with pytest.raises(NotNow, match="its own parts"):
            services.edit(teacher, version, module=two, code="PM.02", title="Joining", hours=50, **BLANK | {"parent_id": part.id})

        assert codes(version) == [("PM.02", 0), ("PM.01", 1), ("MDK.01", 2)]

    def test_places_change_among_those_beside_it(self):
        teacher, version = begun()
        for code in ("A", "B", "C"):
            services.add(teacher, version, code=code, title=code, hours=10)
        services.add(teacher, version, code="B.1", title="Part", hours=5, parent_id=again(version).modules[1].id)

        def module(code):
            return next(one for one in again(version).modules if one.code == code)

        services.place(teacher, version, module=module("B"), by=-1)
        assert codes(version) == [("B", 0), ("B.1", 1), ("A", 0), ("C", 0)]
        services.place(teacher, version, module=module("C"), by=1)
        services.place(teacher, version, module=module("B.1"), by=-1)
        assert codes(version) == [("B", 0), ("B.1", 1), ("A", 0), ("C", 0)]

    def test_one_with_parts_stays(self):
        teacher, version = begun()
        whole = services.add(teacher, version, code="PM.01", title="Cutting", hours=100, outcomes=["Cuts"], skills={make_skill().id: 1})
        part = services.add(teacher, version, code="MDK.01", title="Theory", hours=100, parent_id=whole.id)

        with pytest.raises(NotNow, match="has parts"):
            services.remove(teacher, version, module=whole)
        services.remove(teacher, version, module=part)
        services.remove(teacher, version, module=whole)

        assert again(version).modules == []

    def test_only_in_a_draft(self):
        version = make_version()
        manager = actor_of(version.programme.school, Role.MANAGER)
        db.session.execute(update(type(version)).where(type(version).id == version.id).values(state="in_review"))
        db.session.commit()
        db.session.expire_all()
        module = queries.version(SYSTEM, version.id).modules[0]

        with pytest.raises(NotNow, match="Only a draft"):
            services.place(manager, queries.version(SYSTEM, version.id), module=module, by=1)


@pytest.mark.usefixtures("app")
class TestSums:
    def against(self, version):
        there = again(version)
        return [str(one) for one in programmes.why_not_submit(there.programme, there, modules=there.modules)]

    def test_kinds_add_up_to_the_module_and_parts_to_its_kinds(self):
        teacher, version = begun()
        whole = services.add(teacher, version, code="PM.01", title="Cutting", hours=100, spread={HourKind.THEORY: 60, HourKind.PLANT: 30})
        part = {HourKind.THEORY: 70, HourKind.PLANT: 30}
        services.add(teacher, version, code="MDK", title="Theory", hours=100, spread=part, parent_id=whole.id)

        assert self.against(version) == [
            "The kinds of hours of PM.01 Cutting add up to 90, it has 100.",
            "Lessons: the parts of PM.01 Cutting have 70 hours, it has 60.",
        ]

    def test_nothing_is_said_where_hours_are_not_divided(self):
        teacher, version = begun()
        whole = services.add(teacher, version, code="PM.01", title="Cutting", hours=100)
        services.add(teacher, version, code="MDK", title="Theory", hours=100, parent_id=whole.id, spread={HourKind.THEORY: 100})

        assert self.against(version) == []

    def test_the_next_version_has_all_of_it_and_another_digest_only_when_something_changes(self):
        teacher, version = begun()
        whole = services.add(teacher, version, code="PM.01", title="Cutting", hours=100, spread={HourKind.THEORY: 100}, outcomes=["Cuts"])
        services.add(teacher, version, code="MDK", title="Theory", hours=100, parent_id=whole.id, spread={HourKind.THEORY: 100})
        there = again(version)
        before = digest(there.programme, there, there.modules)
        manager = actor_of(there.programme.school, Role.MANAGER)
        versions.submit(teacher, there)
        versions.publish(manager, again(version))

        following = again(versions.begin_next(teacher, again(version)))

        assert codes(following) == [("PM.01", 0), ("MDK", 1)]
        assert [one.words for one in following.modules[0].outcomes] == ["Cuts"]
        following.number = 1
        assert digest(following.programme, following, following.modules) == before
        following.modules[0].spend({HourKind.PRACTICAL: 100})
        assert digest(following.programme, following, following.modules) != before
        db.session.rollback()


def module(key, parent, hours=1):
    return Module(id=key, parent_id=parent, code=str(key), title="", hours=hours, position=key, plant_hours=hours)


@given(st.lists(st.integers(0, 30), max_size=30))
def test_every_module_stands_once_in_the_tree_after_what_it_is_part_of(parents):
    modules = [module(key, (parent % key) or None) for key, parent in enumerate(parents, 1)]

    found = branches(modules)

    order = [branch.module.id for branch in found]
    assert sorted(order) == [one.id for one in modules]
    for branch in found:
        parent = branch.module.parent_id
        assert branch.depth == (0 if parent is None else found[order.index(parent)].depth + 1)
        assert parent is None or order.index(parent) < order.index(branch.module.id)
        assert branch.shared_out == sum(one.hours for one in modules if one.parent_id == branch.module.id)
        assert under(branch.module.id, modules) >= {branch.module.id, *(one.id for one in branch.parts)}
    assert spread(modules).get(HourKind.PLANT, 0) == sum(one.hours for one in modules if one.parent_id is None)


@given(st.dictionaries(st.sampled_from(list(HourKind)), st.integers(0, 50)), st.integers(1, 200))
def test_kinds_are_refused_exactly_when_they_are_more_than_the_whole(kinds, hours):
    assert bool(why_not_spread(hours, kinds)) == (sum(kinds.values()) > hours)
