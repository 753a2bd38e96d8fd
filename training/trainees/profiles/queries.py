"""Finding one's own profile."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import aliased, joinedload

from training.accounts.models import Account
from training.kernel.db import NotFound, among, db
from training.kernel.policy import Actor
from training.kernel.wiring import Person, Side
from training.kernel.workflow import Party
from training.notices.models import Recipient
from training.organisations.models import Organisation
from training.trainees.profiles.models import Education, Photo, Trainee
from training.trainees.profiles.policies import visible_to

_ID = select(Trainee.id).where(Trainee.account_id == bindparam("account"))
"""Asked on every page of somebody who is signed in, so it is built once."""


OF_ACCOUNT = select(Trainee.id).where(Trainee.account_id == Account.id).scalar_subquery()
"""As a column beside an account: the trainee that it is."""


_KNOWN = aliased(Trainee)
"""A record by which somebody is known, though another of theirs may be kept instead."""


def id_of(account_id: int) -> int | None:
    """The trainee that an account is."""
    return db.session.scalar(_ID, {"account": account_id})


def own(actor: Actor) -> Trainee:
    """The actor's own profile, with the school."""
    found = db.session.scalars(visible_to(actor).options(joinedload(Trainee.school)).limit(2)).one_or_none()
    if found is None:
        raise NotFound
    return found


def by_id(trainee_id: int) -> Trainee:
    """A trainee, for services that hold the id of a record they were allowed to see."""
    found = db.session.get(Trainee, trainee_id)
    if found is None:
        raise NotFound
    return found


def identified(school_id: int, keys: Collection[str]) -> Select[str, Trainee]:
    """Those on a school's roster who have one of these identity keys, each with its key; in a merged record's place the one kept."""
    query = select(_KNOWN.identity_key, Trainee).join(Trainee, Trainee.id == func.coalesce(_KNOWN.merged_into_id, _KNOWN.id))
    return query.where(_KNOWN.school_id == school_id, among(_KNOWN.identity_key, keys))


def versions(school_id: int, keys: Collection[str]) -> Select[str, int, int]:
    """The same as key, id and version."""
    query: Select[str, int, int] = identified(school_id, keys).with_only_columns(_KNOWN.identity_key, Trainee.id, Trainee.version)
    return query


def on_roster(school_id: int, keys: Collection[str]) -> dict[str, Trainee]:
    """The people of a school's roster by the identity keys asked for."""
    rows: Any = db.session.execute(identified(school_id, keys))
    return dict(rows.all())


def reach(trainee: Trainee) -> list[Recipient]:
    """Where a trainee is told things: their account, when they have one."""
    return [Recipient("account", trainee.account_id)] if trainee.account_id is not None else []


def zone_of(account_id: int) -> str | None:
    """Where the clock of a trainee's school is; None for whoever has none."""
    return db.session.scalar(
        select(Organisation.zone).join(Trainee, Trainee.school_id == Organisation.id).where(Trainee.account_id == account_id)
    )


def side(trainee: Trainee) -> Side:
    """The trainee's side of a record: nobody is reached while they have no account."""
    people = [Person(trainee.account_id, trainee.name)] if trainee.account_id is not None else []
    return Side(Party.TRAINEE, trainee.name, None, people)


def names(ids: Collection[int]) -> dict[int, str]:
    """The names by id: one statement."""
    rows = db.session.scalars(select(Trainee).where(Trainee.id.in_(ids))) if ids else ()
    return {trainee.id: trainee.name for trainee in rows}


def photo(trainee_id: int) -> Photo | None:
    """The photograph of a trainee with its file, if there is one; who may see it is asked before."""
    return db.session.scalars(select(Photo).where(Photo.trainee_id == trainee_id).options(joinedload(Photo.file))).one_or_none()


def educations(trainee_id: int) -> Sequence[Education]:
    """What a trainee studied elsewhere, newest first."""
    query = select(Education).where(Education.trainee_id == trainee_id)
    return db.session.scalars(query.order_by(Education.until_year.desc(), Education.id.desc())).all()


def education_count(trainee_id: int) -> int:
    """How many lines there are."""
    return db.session.scalar(select(func.count()).where(Education.trainee_id == trainee_id)) or 0


def education(actor: Actor, education_id: int) -> Education:
    """One of the actor's own lines of education."""
    mine = visible_to(actor).with_only_columns(Trainee.id)
    found = db.session.scalars(select(Education).where(Education.id == education_id, Education.trainee_id.in_(mine))).one_or_none()
    if found is None:
        raise NotFound
    return found
