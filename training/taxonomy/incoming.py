"""What a row of a list makes of the occupation, skill or code that it names: new, changed, or the same as it is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import insert, select, tuple_, update

from training.kernel.db import Record, db
from training.kernel.keys import sort_key
from training.taxonomy.models import Occupation, ProgrammeCode, Skill

Values = Mapping[str, Any]


@dataclass
class Incoming:
    """Rows that are new, rows that change with their ids, and of each row of the list whether it is there already as it stands."""

    kind: type[Record]
    fresh: list[dict[str, Any]] = field(default_factory=list)
    changed: list[dict[str, Any]] = field(default_factory=list)
    same: list[bool] = field(default_factory=list)

    def add(self, there: Values | None, wanted: Values, *, made: Values) -> None:
        """One row: what is there of it, what it says, and what a new one has besides."""
        differs = {name: value for name, value in wanted.items() if there is None or there[name] != value}
        if there is None:
            self.fresh.append({**made, **wanted})
        elif differs:
            self.changed.append({"id": there["id"], **differs})
        self.same.append(not differs)

    def write(self) -> None:
        """All of it: at most two statements."""
        if self.fresh:
            db.session.execute(insert(self.kind), self.fresh)
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for one in self.changed:
            alike.setdefault(tuple(sorted(one)), []).append(one)
        for rows in alike.values():
            db.session.execute(update(self.kind), rows)


def terms(kind: type[Occupation | Skill], rows: Sequence[Values]) -> Incoming:
    """Occupations or skills of ESCO; one of the region's own list that is called so becomes ESCO's and keeps its names."""
    found = Incoming(kind)
    by_uri, by_name = _known(kind, rows)
    for row in rows:
        there = by_uri.get(row["uri"])
        if there is None and (own := by_name.pop(_name(row), None)) is not None:
            there = own
        wanted = {name: row[name] for name in ("uri", "isco", "esco", "kind", "deprecated") if row.get(name) is not None}
        wanted |= _titles(there, row["title_en"], row.get("title_ru"))
        found.add(there, wanted, made={"slug": f"esco-{row['uri'].rsplit('/', 1)[-1]}"[:60], "deprecated": False, **_unsaid(kind)})
    return found


def _unsaid(kind: type[Occupation | Skill]) -> Values:
    """What a new row has where the list says nothing, so that all new rows are of one shape."""
    return {"esco": None} if kind is Occupation else {}


def _name(row: Values) -> tuple[str, str | None]:
    return sort_key(row["title_en"]), row.get("isco")


def _known(kind: type[Occupation | Skill], rows: Sequence[Values]) -> tuple[dict[str, Values], dict[tuple[str, str | None], Values]]:
    """What is there by address, and by name (and group of occupations) what has no address yet: two statements."""
    columns = kind.__table__.c
    query = select(*columns)
    named = query.where(columns.uri.is_(None), columns.key_en.in_([sort_key(row["title_en"]) for row in rows])).order_by(columns.id.desc())
    return (
        {one["uri"]: one for one in _rows(query.where(columns.uri.in_([row["uri"] for row in rows])))},
        {(one["key_en"], one.get("isco")): one for one in _rows(named)},
    )


def _rows(query: Any) -> Iterable[Values]:
    return [dict(row) for row in db.session.execute(query).mappings()]


def _titles(there: Values | None, english: str, russian: str | None) -> Values:
    """The names with their keys: what differs in nothing but case stays, a Russian name that is only the English one again follows it."""
    if there is not None and there["key_en"] == sort_key(english):
        english = there["title_en"]
    if russian is None:
        echoes = there is None or there["title_ru"] == there["title_en"]
        russian = english if echoes or there is None else there["title_ru"]
    return {"title_en": english, "title_ru": russian, "key_en": sort_key(english), "key_ru": sort_key(russian)}


def codes(rows: Sequence[Values]) -> Incoming:
    """Codes of lists; what a row does not say of one that is there stays."""
    found = Incoming(ProgrammeCode)
    columns = ProgrammeCode.__table__.c
    asked = [(row["system"], row["code"]) for row in rows]
    there = {(one["system"], one["code"]): one for one in _rows(select(*columns).where(tuple_(columns.system, columns.code).in_(asked)))}
    said = [column.name for column in columns if column.name not in ("id", "title_en", "title_ru")]
    for row in rows:
        known = there.get((row["system"], row["code"]))
        wanted = {name: row[name] for name in said if row.get(name) is not None}
        english, russian = row.get("title_en"), row.get("title_ru")
        if known is None:
            wanted |= {"title_en": english or russian, "title_ru": russian or english}
        else:
            wanted |= {name: title for name, title in (("title_en", english), ("title_ru", russian)) if title}
        found.add(known, wanted, made=dict.fromkeys(said))
    return found
