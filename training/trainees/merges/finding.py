"""Finding records that are probably one person's."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from rapidfuzz.distance import OSA
from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union_all
from sqlalchemy.orm import aliased

from training.kernel import clock, keys
from training.kernel.db import among, by_id, db
from training.kernel.policy import Member
from training.trainees.disclosures.models import Disclosure
from training.trainees.merges.models import Pair
from training.trainees.merges.workflow import Reason, State
from training.trainees.profiles.models import Trainee

MOST = 100
"""Pairs that are shown; the rest follow when some of these are decided."""
LOOKED_AT = 5_000
"""Pairs of one birth date whose names are compared."""
SLIPS = 2
"""Letters by which names that are alike may differ."""

_One, _Other = aliased(Trainee, name="one"), aliased(Trainee, name="other")


@dataclass(frozen=True)
class Probable:
    """Two records, by key, and why they may be one person's."""

    first: Trainee
    second: Trainee
    reasons: Sequence[Reason]


def probable(school: Member) -> Sequence[Probable]:
    """The pairs among those whom the school has on its list or who asked it for a seat, the likeliest first: two statements."""
    found: dict[tuple[int, int], list[Reason]] = {}
    for row in db.session.execute(_candidates(school.organisation_id)):
        reasons = list(reasons_of(row))
        if reasons:
            found[min(row.one, row.other), max(row.one, row.other)] = reasons
    order = list(Reason)
    likeliest = sorted(found.items(), key=lambda item: ([order.index(one) for one in item[1]], item[0]))[:MOST]
    people = by_id(select(Trainee).where(among(Trainee.id, {key for pair, _reasons in likeliest for key in pair}))) if likeliest else {}
    return [Probable(people[first], people[second], reasons) for (first, second), reasons in likeliest]


def reasons_of(row: Any) -> Iterator[Reason]:
    """Why two people of these names, birth dates and contacts may be one."""
    born = row.one_born == row.other_born
    named = [keys.sort_key(f"{family} {given}") for family, given in ((row.one_family, row.one_given), (row.other_family, row.other_given))]
    if born and sorted(named[0].split()) == sorted(named[1].split()):
        yield Reason.SAME_NAME
    if row.one_email and row.one_email == row.other_email:
        yield Reason.SAME_EMAIL
    if row.one_phone and row.one_phone == row.other_phone:
        yield Reason.SAME_PHONE
    if born and 0 < OSA.distance(*named) <= SLIPS:
        yield Reason.LIKE_NAME


def _candidates(school_id: int) -> Select[Any]:
    """Records of one birth date whose names begin alike, of one e-mail address, of one telephone number; each part ends soon."""
    begins = or_(func.substr(_One.name_key, 1, 2) == func.substr(_Other.name_key, 1, 2), _One.given_name == _Other.given_name)
    alike: Sequence[tuple[int, ColumnElement[bool]]] = [
        (LOOKED_AT, and_(_One.born_on == _Other.born_on, or_(begins, _One.family_name == _Other.given_name))),
        (MOST, _One.email == _Other.email),
        (MOST, _One.phone == _Other.phone),
    ]
    parts = [_part(same, belongs, most) for (most, same), belongs in product(alike, _belonging(school_id))]
    known = (_One.school_id == school_id, _One.merged_into_id.is_(None), _Other.merged_into_id.is_(None), _One.born_on > date(1900, 1, 1))
    return union_all(*(select(part.where(*known, ~_said_apart()).subquery()) for part in parts))  # type: ignore[return-value]  # a compound is selected from as one is


def _part(same: ColumnElement[bool], belongs: ColumnElement[bool], most: int) -> Select[Any]:
    columns: list[Any] = [
        column.label(f"{side}_{name}")
        for side, person in (("one", _One), ("other", _Other))
        for name, column in (
            ("family", person.family_name),
            ("given", person.given_name),
            ("born", person.born_on),
            ("email", person.email),
            ("phone", person.phone),
        )
    ]
    query: Select[Any] = select(_One.id.label("one"), _Other.id.label("other"), *columns).join(_Other, and_(same, belongs))
    return query.order_by(_One.id, _Other.id).limit(most)


def _belonging(school_id: int) -> Sequence[ColumnElement[bool]]:
    """As conditions on the other: of the same list, each pair once; or of nobody's list, and open to the school."""
    still = or_(Disclosure.until_at.is_(None), Disclosure.until_at > clock.now())
    opened = exists().where(Disclosure.trainee_id == _Other.id, Disclosure.organisation_id == school_id, still)
    return [and_(_Other.school_id == school_id, _One.id < _Other.id), and_(_Other.school_id.is_(None), opened)]


def _said_apart() -> ColumnElement[bool]:
    either = or_(and_(Pair.first_id == _One.id, Pair.second_id == _Other.id), and_(Pair.first_id == _Other.id, Pair.second_id == _One.id))
    return exists().where(either, Pair.state == State.APART)
