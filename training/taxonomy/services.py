"""Reference data, kept by the system; loading the same twice changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select

from training.kernel.db import Record, db, transaction
from training.kernel.policy import Actor, System, authorise
from training.taxonomy import incoming, policies
from training.taxonomy.models import LawRule, Occupation, OccupationSkill, ProgrammeCode, Skill

_KEYS: dict[type[Record], tuple[str, ...]] = {
    Occupation: ("slug",),
    Skill: ("slug",),
    OccupationSkill: ("occupation_id", "skill_id"),
    ProgrammeCode: ("system", "code"),
    LawRule: ("country", "name", "subject", "valid_from_on"),
}


@transaction()
def load(actor: System, kind: type[Record], *, rows: Iterable[Mapping[str, Any]]) -> int:
    """Adds the rows whose key is not there yet; returns how many."""
    key = _KEYS[kind]
    columns = kind.__table__.c
    known = {tuple(row) for row in db.session.execute(select(*(columns[name] for name in key)))}
    fresh = [dict(row) for row in rows if tuple(row[name] for name in key) not in known]
    if fresh:
        db.session.execute(insert(kind), fresh)
    return len(fresh)


def keys(kind: type[Occupation | Skill]) -> dict[str, int]:
    """The ids of all occupations or skills by their short key."""
    return {slug: key for slug, key in db.session.execute(select(kind.slug, kind.id))}  # noqa: C416 - dict() loses the types


@transaction()
def take_codes(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> None:
    """Codes of a list, new or as they are now; the same twice changes nothing."""
    authorise(policies.can_import, actor, None)
    incoming.codes(rows).write()


@transaction()
def take_terms(actor: Actor, kind: type[Occupation | Skill], *, rows: Sequence[Mapping[str, Any]]) -> None:
    """Occupations or skills of ESCO, new or as they are now; the same twice changes nothing."""
    authorise(policies.can_import, actor, None)
    incoming.terms(kind, rows).write()
