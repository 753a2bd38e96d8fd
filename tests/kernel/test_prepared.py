"""Statements built once: what differs between two askings is put in when they are asked."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event

from tests.courses.factories import make_cohort
from tests.factories import make_employer, make_school
from training.courses.cohorts import queries as cohorts
from training.kernel import clock, prepared
from training.kernel.db import NotFound, db
from training.kernel.policy import Actor, Bearer, Learner, Member, OrganisationKind, Role, System, Visitor
from training.organisations import queries
from training.organisations.workflow import State

SHAPES: list[Actor] = [
    *(
        Member(11, 22, kind, frozenset({role}))
        for kind, role in [(OrganisationKind.SCHOOL, Role.MANAGER), (OrganisationKind.EMPLOYER, Role.MENTOR)]
    ),
    Member(11, 22, OrganisationKind.EMPLOYER, frozenset({Role.RECRUITER})),
    Learner(11, 33),
    Visitor(),
    System("test"),
]


def values_in(statement) -> list[object]:
    compiled = statement.compile()
    return [one.value for one in compiled.binds.values() if one.callable is None]


@pytest.mark.parametrize("actor", SHAPES, ids=repr)
def test_no_key_and_no_day_is_built_into_a_statement(app, actor):
    shape = prepared.shape(actor)
    assert shape is not None
    assert len(prepared.ALL) > 15

    for one in prepared.ALL:
        found = values_in(one.statement(shape))
        assert not [value for value in found if isinstance(value, date | datetime) or value in (11, 22, 33)], one


def key_of(actor: Actor) -> object:
    shape = prepared.shape(actor)
    assert shape is not None
    return shape.key


def test_a_shape_tells_apart_what_rules_tell_apart():
    assert len({key_of(actor) for actor in SHAPES}) == len(SHAPES)
    assert key_of(Member(1, 2, OrganisationKind.SCHOOL, frozenset({Role.MANAGER}))) == key_of(SHAPES[0])


def test_whoever_has_no_shape_is_asked_for_anew(app):
    assert prepared.shape(Bearer(1, "claim", 2)) is None
    assert prepared.shape(Visitor(7)) is None
    school = make_school()

    assert queries.organisation(Visitor(7), school.id) is school


def test_two_members_ask_the_same_statement_and_see_their_own(app):
    asked: list[str] = []
    ours, theirs = make_employer(state=State.PENDING), make_employer(state=State.PENDING)
    us = Member(1, ours.id, OrganisationKind.EMPLOYER, frozenset({Role.MANAGER}))
    them = Member(2, theirs.id, OrganisationKind.EMPLOYER, frozenset({Role.MANAGER}))
    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", lambda conn, cursor, statement, *rest: asked.append(statement))

    assert queries.organisation(us, ours.id) is ours
    assert queries.organisation(them, theirs.id) is theirs
    with pytest.raises(NotFound):
        queries.organisation(us, theirs.id)
    assert len(set(asked)) == 1


def test_the_moment_is_that_of_the_asking():
    moment = prepared.present()

    with clock.at(clock.now() + timedelta(days=400)):
        assert moment.effective_value == clock.now()


def test_a_cohort_comes_whole_in_one_statement(app):
    key = make_cohort().id
    asked: list[str] = []
    db.session.expire_all()
    event.listen(db.session.connection(), "before_cursor_execute", lambda conn, cursor, statement, *rest: asked.append(statement))

    found = cohorts.cohort(System("test"), key)

    assert found.programme_version.programme.school is not None
    assert found.pools
    assert len(asked) == 1
