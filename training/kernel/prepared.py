"""Statements that many pages ask: built once for each kind of actor; the actor's own keys and the moment are put in when they are asked."""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar, cast

from sqlalchemy import BindParameter, Integer, Result, ScalarResult, Select, bindparam, literal_column
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ExecutableOption

from training.kernel import clock
from training.kernel.db import NotFound, db, rows
from training.kernel.db.types import Moment
from training.kernel.policy import Actor, Learner, Member, System, Visitor

T = TypeVar("T")


class Shape(NamedTuple):
    """What a rule may tell actors apart by, such an actor with the keys left open, and what goes there."""

    key: Hashable
    actor: Actor
    keys: dict[str, int]


ACCOUNT, ORGANISATION, TRAINEE = (cast("int", bindparam(f"actor_{name}")) for name in ("account", "organisation", "trainee"))
"""Where an actor's keys go; rules put them into their conditions like any number."""


def shape(actor: Actor) -> Shape | None:
    """The shape of whoever acts; none for those whose keys the rules look at themselves: one's own account, the bearer of a link."""
    match actor:
        case Member(account_id=account, organisation_id=organisation, kind=kind, roles=roles):
            keys = {"actor_account": account, "actor_organisation": organisation}
            return Shape((kind, roles), Member(ACCOUNT, ORGANISATION, kind, roles), keys)
        case Learner(account_id=account, trainee_id=trainee):
            return Shape(None, Learner(ACCOUNT, TRAINEE), {"actor_account": account, "actor_trainee": trainee})
        case Visitor(account_id=None) | System():
            return Shape(actor, actor, {})
        case _:
            return None


def present() -> BindParameter[datetime]:
    """The moment at which a statement is asked, however long ago it was built."""
    return bindparam(None, callable_=clock.now, type_=Moment())


class Prepared(Generic[T]):
    """A statement about records that an actor may see, with places (`bindparam`) for what is asked of it each time.

    `build(actor)` may read the actor's class, kind and roles, and put its keys into conditions; it must not look at the keys or the clock.
    """

    def __init__(self, build: Callable[[Actor], Select[T]], *options: ExecutableOption) -> None:
        """By the function that builds it, with what is loaded beside the records."""
        self.build, self.options = build, options
        self.built: dict[Hashable, Select[T]] = {}
        self.looks: dict[Hashable, Select[int]] = {}
        ALL.append(self)

    def whole(self, actor: Actor) -> Select[T]:
        """The statement for one actor."""
        return self.build(actor).options(*self.options)

    def statement(self, found: Shape) -> Select[T]:
        """What is asked for actors of a shape."""
        built = self.built.get(found.key)
        if built is None:
            built = self.built[found.key] = self.whole(found.actor)
        return built

    def ask(self, actor: Actor, **values: Any) -> Result[T]:
        """The rows for these values."""
        found = shape(actor)
        if found is None:
            return db.session.execute(self.whole(actor), values)
        return db.session.execute(self.statement(found), found.keys | values)

    def rows(self, actor: Actor, **values: Any) -> Result[T]:
        """The rows for these values, of a statement that names columns, no records."""
        found = shape(actor)
        return rows(self.whole(actor), values) if found is None else rows(self.statement(found), found.keys | values)

    def look(self, actor: Actor, **values: Any) -> bool:
        """Whether there is any row for these values."""
        found = shape(actor)
        if found is None:
            return rows(_one_of(self.build(actor)), values).first() is not None
        built = self.looks.get(found.key)
        if built is None:
            built = self.looks[found.key] = _one_of(self.build(found.actor))
        return rows(built, found.keys | values).first() is not None

    def seldom(self, actor: Actor, **values: Any) -> Sequence[T]:
        """The records for these values where mostly there are none: they are loaded only where a look finds one."""
        return self.some(actor, **values).all() if self.look(actor, **values) else []

    def some(self, actor: Actor, **values: Any) -> ScalarResult[T]:
        """The records for these values."""
        return self.ask(actor, **values).scalars().unique()

    def one(self, actor: Actor, **values: Any) -> T:
        """The one record for these values; NotFound when there is none that the actor may see."""
        found = self.some(actor, **values).one_or_none()
        if found is None:
            raise NotFound
        return found


def _one_of(statement: Select[Any]) -> Select[int]:
    """A statement that finds 1 where the given one finds a row."""
    return statement.with_only_columns(literal_column("1", Integer())).order_by(None).limit(1)


ALL: list[Prepared[Any]] = []
"""Every prepared statement, for the test that looks whether a day or a key was built into one."""


def by_key(seen: Callable[[Actor], Select[T]], column: InstrumentedAttribute[Any], *options: ExecutableOption) -> Prepared[T]:
    """The record that an actor may see under the value of a column, asked as `key`, with what is loaded beside it."""
    return Prepared(lambda actor: seen(actor).where(column == bindparam("key")), *options)
