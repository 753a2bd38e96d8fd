"""Writing what a draft asks for beforehand, and what of it can be fulfilled."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, update
from sqlalchemy.exc import DBAPIError

from tests.courses.factories import SYSTEM, make_programme, make_version
from tests.courses.prerequisites.asking import again, make_asking, make_taught
from tests.factories import actor_of, events_of, make_school
from training.courses.prerequisites import queries, services
from training.courses.prerequisites.lacking import lack
from training.courses.prerequisites.workflow import Event
from training.courses.programmes import queries as programmes
from training.courses.programmes import services as versions
from training.courses.programmes.content import digest
from training.courses.programmes.difference import differences
from training.courses.programmes.models import Prerequisite, ProgrammeVersion
from training.courses.programmes.queries import path
from training.courses.programmes.workflow import Event as VersionEvent
from training.courses.programmes.workflow import Needs, State
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role

ALL, ANY, POINTS = Needs.ALL, Needs.ANY, Needs.POINTS


def begun():
    """A teacher, and a draft of the same school."""
    version = make_version(make_programme(make_school()), state=State.DRAFT)
    return actor_of(version.programme.school, Role.TEACHER), version


def asks(version):
    there = again(version)
    return (there.needs, there.needs_least, [(one.needed_id, one.points) for one in there.prerequisites])


@pytest.mark.usefixtures("app")
class TestWriting:
    def test_the_first_programme_makes_all_of_them_needed(self):
        teacher, version = begun()
        first, second = make_taught(), make_taught()

        services.add(teacher, version, programme_id=first.id)
        services.add(teacher, again(version), programme_id=second.id)

        assert asks(version) == (ALL, None, [(first.id, 1), (second.id, 1)])
        assert events_of(version) == [Event.ADDED, Event.ADDED]

    def test_so_many_of_them_or_points_are_needed_instead(self):
        teacher, version = begun()
        one = make_taught()
        services.add(teacher, version, programme_id=one.id)

        services.edit(teacher, again(version), version=again(version).version, needs=POINTS, least=3, points={one.id: 5})
        weighed = asks(version)
        services.edit(teacher, again(version), version=again(version).version, needs=ANY, least=1, points={one.id: 5})

        assert weighed == (POINTS, 3, [(one.id, 5)])
        assert asks(version) == (ANY, 1, [(one.id, 1)])

    def test_after_the_last_one_nothing_is_needed(self):
        teacher, version = begun()
        one = make_taught()
        services.add(teacher, version, programme_id=one.id)
        services.edit(teacher, again(version), version=again(version).version, needs=ANY, least=1, points={})

        services.remove(teacher, again(version), programme_id=one.id)

        assert asks(version) == (None, None, [])

    def test_a_number_goes_with_a_rule_that_counts(self):
        teacher, version = begun()
        services.add(teacher, version, programme_id=make_taught().id)

        with pytest.raises(NotNow, match="how many points"):
            services.edit(teacher, again(version), version=again(version).version, needs=POINTS, least=None, points={})

    def test_neither_itself_nor_one_twice_nor_what_nobody_can_learn(self):
        teacher, version = begun()
        one, draft = make_taught(), make_version(state=State.DRAFT)
        services.add(teacher, version, programme_id=one.id)

        for key, why in ((version.programme_id, "nobody can learn"), (one.id, "already"), (draft.programme_id, "nobody can learn")):
            with pytest.raises(NotNow, match=why):
                services.add(teacher, again(version), programme_id=key)

    def test_its_own_published_version_is_never_its_prerequisite(self):
        before = make_version()
        teacher = actor_of(before.programme.school, Role.TEACHER)
        draft = versions.begin_next(teacher, again(before))

        with pytest.raises(NotNow, match="never its own"):
            services.add(teacher, again(draft), programme_id=before.programme_id)

    def test_only_a_draft_changes_and_only_by_whoever_writes_it(self):
        published, one = make_version(), make_taught()
        teacher, guest = actor_of(published.programme.school, Role.TEACHER), actor_of(make_school(), Role.TEACHER)

        with pytest.raises(NotNow, match="Only a draft"):
            services.add(teacher, published, programme_id=one.id)
        with pytest.raises(NotAllowed):
            services.add(guest, again(published), programme_id=one.id)

    def test_the_search_offers_what_is_taught_anywhere_and_is_not_asked_for_yet(self):
        _teacher, version = begun()
        one = make_taught(title="Reading drawings")
        make_version(make_programme(title="Reading drawings in secret"), state=State.DRAFT)
        there = make_asking(one, state=State.DRAFT)

        assert queries.offered(there, "drawings") == []
        assert [found.id for found in queries.offered(again(version), "drawings")] == [one.id]


@pytest.mark.usefixtures("app")
class TestContent:
    def test_the_digest_says_what_is_asked_for(self):
        one = make_taught()
        version = make_asking(one, state=State.DRAFT)
        before = digest(version.programme, version, version.modules, version.prerequisites)

        version.needs, version.needs_least = ANY, 1

        assert digest(version.programme, version, version.modules, version.prerequisites) != before
        db.session.rollback()

    def test_the_next_version_asks_for_the_same(self):
        version = make_asking(make_taught(), make_taught(), needs=POINTS, least=5, points=(2, 3))
        before = digest(version.programme, version, version.modules, version.prerequisites)

        following = again(versions.begin_next(actor_of(version.programme.school, Role.TEACHER), version))

        assert asks(following) == (POINTS, 5, [(one.needed_id, one.points) for one in again(version).prerequisites])
        following = again(following)
        following.number = 1
        assert digest(following.programme, following, following.modules, following.prerequisites) == before
        db.session.rollback()

    def test_the_difference_is_told_in_words(self):
        first, second = make_taught(title="Drawings"), make_taught(title="Metals")
        before = make_asking(first, second)
        teacher = actor_of(before.programme.school, Role.TEACHER)
        after = again(versions.begin_next(teacher, before))
        services.remove(teacher, after, programme_id=second.id)
        services.edit(teacher, again(after), version=again(after).version, needs=ANY, least=1, points={})

        [part] = differences(again(before), programmes.version(SYSTEM, after.id))

        assert [(str(one.what), one.before, one.after) for one in part.changes] == [
            ("Before it you need", "all of:", "any 1 of:"),
            ("Prerequisite", f"Metals ({second.school.short_name})", None),
        ]

    def test_what_is_published_can_neither_be_changed_nor_removed_in_the_database(self):
        version = make_asking(make_taught())
        row = {"version_id": version.id, "programme_id": version.programme_id, "needed_id": make_taught().id, "points": 1}

        for statement in (
            insert(Prerequisite).values(row),
            update(Prerequisite).where(Prerequisite.version_id == version.id).values(points=9),
        ):
            with pytest.raises(DBAPIError, match="frozen"):
                db.session.execute(statement)
            db.session.rollback()
        with pytest.raises(DBAPIError, match="frozen"):
            db.session.execute(update(ProgrammeVersion).where(ProgrammeVersion.id == version.id).values(needs=None))
        db.session.rollback()

    def test_the_database_refuses_no_points_itself_and_a_rule_without_its_number(self):
        version, one = make_asking(state=State.DRAFT), make_taught()
        row = {"version_id": version.id, "programme_id": version.programme_id, "needed_id": one.id, "points": 1}

        for wrong in ({"points": 0}, {"needed_id": version.programme_id}, {"programme_id": one.id, "needed_id": version.programme_id}):
            with pytest.raises(DBAPIError):
                db.session.execute(insert(Prerequisite).values(row | wrong))
            db.session.rollback()
        for said in ({"needs": ANY}, {"needs": ANY, "needs_least": 0}, {"needs": ALL, "needs_least": 1}, {"needs_least": 1}):
            with pytest.raises(DBAPIError):
                db.session.execute(update(ProgrammeVersion).where(ProgrammeVersion.id == version.id).values(**said))
            db.session.rollback()


@pytest.mark.usefixtures("app")
class TestPublishing:
    def test_a_rule_that_nobody_can_fulfil_is_not_handed_in(self):
        some = make_asking(make_taught(), needs=ANY, least=2, state=State.DRAFT)

        with pytest.raises(NotNow, match="2 programmes are needed, only 1 named"):
            versions.submit(actor_of(some.programme.school, Role.TEACHER), some)
        points = make_asking(make_taught(), make_taught(), needs=POINTS, least=6, points=(2, 3), state=State.DRAFT)
        with pytest.raises(NotNow, match="6 points are needed, all together give only 5"):
            versions.submit(actor_of(points.programme.school, Role.TEACHER), points)

    def test_programmes_that_would_wait_for_each_other_are_not_published(self):
        far = make_taught(title="Far")
        middle = make_asking(far, programme=make_programme(title="Middle"))
        teacher, head = actor_of(far.school, Role.TEACHER), actor_of(far.school, Role.MANAGER)
        first = programmes.published_of(far.id)
        assert first is not None
        draft = again(versions.begin_next(teacher, again(first)))
        services.add(teacher, draft, programme_id=middle.programme_id)

        with pytest.raises(NotNow, match="Middle → Far"):
            versions.submit(teacher, again(draft))

        with pytest.raises(NotNow, match="Middle → Far"):
            versions.publish(head, _in_review(draft))

    def test_what_can_be_fulfilled_is_published(self):
        version = make_asking(make_taught(), needs=ANY, least=1, state=State.DRAFT)
        school = version.programme.school
        versions.submit(actor_of(school, Role.TEACHER), version)

        versions.publish(actor_of(school, Role.MANAGER), again(version))

        assert (again(version).state, events_of(version)[-1]) == (State.PUBLISHED, VersionEvent.PUBLISHED)


def _in_review(draft):
    """The draft as if somebody had handed it in before the others were published."""
    rows = update(ProgrammeVersion).where(ProgrammeVersion.id == draft.id).values(state=State.IN_REVIEW)
    db.session.execute(rows.execution_options(synchronize_session=False))
    db.session.commit()
    return again(draft)


@given(st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=4), max_size=7), st.lists(st.integers(0, 6), max_size=3))
def test_a_way_is_found_when_there_is_one_and_every_step_of_it_stands(steps, begin):
    reached = set(begin)
    while more := {to for key in reached for to in steps.get(key, ())} - reached:
        reached |= more

    way = path(steps, begin, 0)

    assert bool(way) == (0 in reached)
    if way:
        assert (way[0] in begin, way[-1], len(set(way))) == (True, 0, len(way))
        assert all(after in steps[one] for one, after in pairwise(way))


@given(
    st.sampled_from(Needs),
    st.lists(st.tuples(st.integers(1, 5), st.booleans()), min_size=1, max_size=6),
    st.integers(1, 20),
)
def test_somebody_lacks_exactly_what_is_short(needs, rows, least):
    asked = [Prerequisite(needed_id=key, points=points) for key, (points, _done) in enumerate(rows)]
    done = {key for key, (_points, done) in enumerate(rows) if done}
    version = ProgrammeVersion(needs=needs, needs_least=None if needs is ALL else least)

    found = lack(version, asked, done)

    has = {ALL: len(done), ANY: len(done), POINTS: sum(rows[key][0] for key in done)}[needs]
    wanted = len(rows) if needs is ALL else least
    assert (found.short if found else 0) == max(0, wanted - has)
    if found:
        assert {one.needed_id for one in found.missing} == set(range(len(rows))) - done
