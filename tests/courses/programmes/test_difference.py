"""What one version says otherwise than another."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.courses.factories import SYSTEM, make_skill, make_version
from tests.factories import actor_of, make_member
from training.courses.modules import services as modules
from training.courses.programmes import queries
from training.courses.programmes import services as versions
from training.courses.programmes.difference import differences, marked
from training.courses.programmes.workflow import HourKind, How, State
from training.kernel.db import db
from training.kernel.policy import Role

BLANK: dict[str, Any] = {"spread": {}, "parent_id": None, "outcomes": [], "skills": {}}


def again(version):
    db.session.rollback()
    db.session.expire_all()
    return queries.version(SYSTEM, version.id)


def two(**modules_before):
    """A published version, the draft after it, and a teacher who may write."""
    before = make_version(state=State.PUBLISHED, modules=modules_before or None, skills={make_skill(title_en="Weld").id: 2})
    teacher = actor_of(before.programme.school, Role.TEACHER)
    return before, again(versions.begin_next(teacher, again(before))), teacher


def found(before, after):
    db.session.rollback()
    db.session.expire_all()
    return differences(queries.version(SYSTEM, before.id), queries.version(SYSTEM, after.id))


def told(before, after):
    return [(str(part.title), part.how, [(str(one.what), one.before, one.after) for one in part.changes]) for part in found(before, after)]


@pytest.mark.usefixtures("app")
class TestDifferences:
    def test_a_copy_differs_in_nothing(self):
        before, after, _teacher = two()

        assert told(before, after) == []

    def test_hours_months_and_summary(self):
        before, after, teacher = two()
        versions.edit_version(teacher, after, version=after.version, hours_total=120, months=None, summary="More of it")

        assert told(before, after) == [
            ("The programme", How.CHANGED, [("Hours", 100, 120), ("Length in months", 10, None), ("What one learns", None, "More of it")])
        ]
        assert found(before, after)[0].changes[0].gain == 20

    def test_modules_that_came_went_and_changed(self):
        before, after, teacher = two()
        first, second = after.modules
        skill = make_skill(title_en="Grind")
        modules.edit(
            teacher,
            after,
            module=first,
            code="PM.01",
            title="Module PM.01",
            hours=50,
            **BLANK | {"spread": {HourKind.PLANT: 10}, "outcomes": ["Cuts"], "skills": {skill.id: 1}},
        )
        modules.remove(teacher, after, module=second)
        modules.add(teacher, after, code="PM.09", title="New", hours=10, parent_id=first.id)

        assert told(before, after) == [
            (
                "PM.01 Module PM.01",
                How.CHANGED,
                [
                    ("Hours", 60, 50),
                    ("At a plant", None, 10),
                    ("Learning outcome", None, "Cuts"),
                    ("Level: Grind", None, 1),
                    ("Level: Weld", 2, None),
                ],
            ),
            ("PM.09 New", How.ADDED, [("Part of", None, "PM.01 Module PM.01"), ("Hours", None, 10)]),
            ("PM.02 Module PM.02", How.REMOVED, [("Hours", 40, None)]),
        ]

    def test_a_module_of_another_code_is_known_by_its_title(self):
        before, after, teacher = two()
        first = after.modules[0]
        modules.edit(
            teacher,
            after,
            module=first,
            code="PM.10",
            title=first.title,
            hours=60,
            **BLANK | {"skills": {one.skill_id: one.level for one in first.skills}},
        )

        assert told(before, after) == [("PM.10 Module PM.01", How.CHANGED, [("Code", "PM.01", "PM.10")])]


class TestPage:
    def test_compares_with_the_version_before_or_with_the_one_that_is_asked_for(self, client):
        before, after, teacher = two()
        versions.edit_version(teacher, after, version=after.version, hours_total=120, months=10, summary=None)
        school = before.programme.school
        client.sign_in(make_member(school, Role.TEACHER).account)

        page = client.get(f"/o/{school.slug}/programmes/{after.id}/changes")
        backwards = client.get(f"/o/{school.slug}/programmes/{before.id}/changes?since=2")

        assert "100 120 +20" in page.words
        assert "120 100 −20" in backwards.words

    def test_of_the_only_version_says_so(self, client):
        version = make_version()
        school = version.programme.school
        client.sign_in(make_member(school, Role.TEACHER).account)

        page = client.get(f"/o/{school.slug}/programmes/{version.id}/changes?since=7")

        assert "This is the only version" in page.words


@given(st.lists(st.sampled_from(["cuts", "welds", "grinds"])), st.lists(st.sampled_from(["cuts", "welds", "grinds"])))
def test_marked_pieces_are_the_whole_texts_and_what_is_not_marked_is_in_both(before, after):
    left, right = marked(" ".join(before), " ".join(after))

    assert " ".join(words for words, _ in left).split() == before
    assert " ".join(words for words, _ in right).split() == after
    assert [words for words, only in left if not only] == [words for words, only in right if not only]
