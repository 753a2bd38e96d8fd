"""The service call as the unit of work, in two phases: read, then one short writing transaction."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from sqlalchemy import Select, bindparam, inspect, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapper, RelationshipProperty, Session
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.exc import StaleDataError

from training.kernel.db.engine import HASTY, READING, WRITING, db, writers_queue
from training.kernel.db.record import Record

P = ParamSpec("P")
T = TypeVar("T")

DEADLOCK = "40P01"
"""PostgreSQL's code for two transactions that wait for each other."""

Opening = Callable[[Session], None]


class Closing(Protocol):
    """What a transaction gathers, to be written at once just before it commits."""

    def close(self, session: Session) -> None:
        """Writes what was gathered."""


C = TypeVar("C", bound=Closing)


class NotFound(Exception):
    """What was asked for is not there, or not for this reader."""


class Contended(Exception):
    """Two transactions waited for each other and the database ended this one; asked again it goes through."""


class Stale(Exception):
    """Somebody else changed the record since it was shown."""


def open_with(opening: Opening) -> None:
    """The coming outermost transaction begins with `opening(session)`: a receipt, a lease."""
    db.session.info.setdefault("openings", []).append(opening)


def gathered(kind: type[C]) -> C:
    """The running transaction's own `kind()`, made when it is first asked for."""
    closings = db.session.info.get("closings")
    if closings is None:
        raise RuntimeError(f"{kind.__name__} outside a transaction: nobody would write it")
    found: C = closings.get(kind) or closings.setdefault(kind, kind())
    return found


@contextmanager
def writing(*, hasty: bool = False) -> Iterator[Session]:
    """One writing transaction: the reading ends, locks are taken at once on SQLite, the block's end commits.

    A `hasty` one does not wait for the disk: a power cut may undo it, and nobody may have been promised anything by it.
    """
    session = db.session
    if session.new or session.dirty or session.deleted:
        raise RuntimeError(f"changed outside a transaction: {[*session.new, *session.dirty, *session.deleted]}")
    session.commit()
    session.info.pop(READING, None)
    with writers_queue(db.engine):
        session.connection(execution_options={WRITING: HASTY if hasty else True})
        yield from _written(session)


def _written(session: Session) -> Iterator[Session]:
    session.info["writing"] = True
    closings: dict[type[Closing], Closing] = {}
    session.info["closings"] = closings
    try:
        for opening in session.info.pop("openings", ()):
            opening(session)
        yield session
        session.flush()  # what was gathered may refer to it
        for closing in closings.values():
            closing.close(session)
        session.commit()
    except StaleDataError as error:
        session.rollback()
        raise Stale from error
    except OperationalError as error:
        session.rollback()
        if getattr(error.orig, "sqlstate", None) == DEADLOCK:
            raise Contended from error
        raise
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False
        session.info["closings"] = None


def transaction() -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Makes a verb a unit of work; called by another verb it joins that one's transaction.

    The outermost call reads its subject (the second argument) again, locked, before the verb looks at it.
    """

    def decorate(verb: Callable[P, T]) -> Callable[P, T]:
        @wraps(verb)
        def run(*args: P.args, **kwargs: P.kwargs) -> T:
            if db.session.info.get("writing"):
                return verb(*args, **kwargs)
            with writing() as session:
                if len(args) > 1 and isinstance(args[1], Record):
                    reread(session, args[1])
                return verb(*args, **kwargs)

        run.__dict__["transaction"] = True
        return run

    return decorate


def reread(session: Session, subject: Record) -> None:
    """The columns of `subject` as they are now, locked against other writers; its loaded relationships stay."""
    state = inspect(subject)
    if state.session is not session:
        raise RuntimeError(f"{subject!r} was not loaded in this session")
    names, question = _columns(type(subject))
    row = session.connection().execute(question, {"key": subject.id}).one_or_none()
    if row is None:
        raise NotFound
    known = subject.__dict__
    changed = {name: value for name, value in zip(names, row, strict=True) if name not in known or _differ(known[name], value)}
    for name, value in changed.items():
        set_committed_value(subject, name, value)
    for relation in state.mapper.relationships if changed else ():
        if relation.key in known and not changed.keys().isdisjoint(_own_keys(state.mapper, relation)):
            session.expire(subject, [relation.key])


def _differ(known: Any, value: Any) -> bool:
    """Whether a value is not what is stored; a word is not the member of an enumeration that it equals."""
    return type(known) is not type(value) or known != value


@cache
def _columns(kind: type[Record]) -> tuple[list[str], Select[Any]]:
    """The names of a record's columns, and the statement that reads and locks them under a key."""
    mapped = inspect(kind).column_attrs
    columns = [one.columns[0] for one in mapped]
    return [one.key for one in mapped], select(*columns).where(kind.id == bindparam("key")).with_for_update(key_share=True)


def _own_keys(mapper: Mapper[Any], relation: RelationshipProperty[Any]) -> set[str]:
    """The columns of a record by which it finds its related ones."""
    return {mapper.get_property_by_column(column).key for column in relation.local_columns}


def hold(*owners: Record) -> None:
    """Locks the owners until the transaction ends, in id order; on SQLite the writing transaction holds everything already."""
    if db.engine.dialect.name == "sqlite":
        return
    for owner in sorted(owners, key=lambda one: (one.__tablename__, one.id)):
        db.session.execute(select(type(owner).id).where(type(owner).id == owner.id).with_for_update())


def expect(subject: Record, version: int) -> None:
    """Raises Stale unless `subject` is still in the version that its reader saw."""
    if subject.__dict__.get("version") != version:
        raise Stale
