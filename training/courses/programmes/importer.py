"""Programmes from a table: the codes and titles of a national list, or a school's own."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import aliased, contains_eager

from training.courses.programmes import policies, queries, services
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.workflow import Kind
from training.exchange import cells
from training.exchange.cells import BadCell, shown
from training.exchange.importers import Column, Importer, Made, Row, Undoing, laid_out
from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.keys import sort_key
from training.kernel.listings import Layout
from training.kernel.policy import Actor, Member, NotAllowed
from training.taxonomy.models import Occupation

_YEARS = re.compile(r"(\d+)\s*(?:год|лет|г\b|year|y\b)")
_MONTHS = re.compile(r"(\d+)\s*(?:мес|month|m\b)")
_LISTED = re.compile(r"\d\d\.(\d\d)\.\d\d")
KINDS = {
    "profession": Kind.PROFESSION.value,
    "specialty": Kind.SPECIALTY.value,
    "worker training": Kind.WORKER_TRAINING.value,
    "advanced training": Kind.ADVANCED_TRAINING.value,
    "retraining": Kind.RETRAINING.value,
    "worker_training": Kind.WORKER_TRAINING.value,
    "advanced_training": Kind.ADVANCED_TRAINING.value,
    "профессия": Kind.PROFESSION.value,
    "специальность": Kind.SPECIALTY.value,
    "профессиональное обучение": Kind.WORKER_TRAINING.value,
    "повышение квалификации": Kind.ADVANCED_TRAINING.value,
    "профессиональная переподготовка": Kind.RETRAINING.value,
}
"""How lists call the kinds of programmes."""
BY_CODE = {"01": Kind.PROFESSION, "02": Kind.SPECIALTY}
"""What the middle part of a code of the Russian list says (order 336 of 17 May 2022)."""


def length(cell: object) -> int:
    """A length in months: a number of months, or as lists write it, «3 года 10 мес.»."""
    written = sort_key(shown(cell))
    if written.isdigit():
        return int(cells.whole(1, 120)(cell))
    years, months = _YEARS.search(written), _MONTHS.search(written)
    if years is None and months is None:
        raise BadCell(_l("Write the length in months, or as 3 years 10 months."))
    return (int(years[1]) * 12 if years else 0) + (int(months[1]) if months else 0)


def check(actor: Actor, rows: Sequence[Row]) -> None:
    """Settles each row's kind and occupation, and says which programmes are there already."""
    if not isinstance(actor, Member):
        raise NotAllowed("programmes come in for a school")
    found = queries.known(actor.organisation_id, {row.values["code"] for row in rows})
    known = {(code, title_key) for _system, code, title_key in found}
    asked = {sort_key(row.values["occupation"]) for row in rows if row.values.get("occupation")}
    occupations = _occupations() if asked else {}
    for row in rows:
        row.same = (row.values["code"], sort_key(row.values["title"])) in known
        listed = _LISTED.fullmatch(row.values["code"])
        row.values["code_system"] = "fgos" if listed else "own"
        if row.same:
            continue
        kind = row.values.get("kind") or (BY_CODE.get(listed[1]) if listed else None)
        if kind is None:
            row.wrong("kind", _l("Say which kind of programme it is: its code does not tell."))
            continue
        row.values["kind"] = str(Kind(kind).value)
        if row.values.get("hours"):
            for sentence in policies.why_not_hours(Kind(kind), row.values["hours"]):
                row.wrong("hours", sentence)
        if row.values.get("occupation"):
            row.values["occupation_id"] = occupations.get(sort_key(row.values["occupation"]))
            if row.values["occupation_id"] is None:
                row.wrong("occupation", _l("This occupation is not known here. Write its name or code as the list of occupations has it."))


def apply(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[Made]:
    """The programmes with their first drafts."""
    if not isinstance(actor, Member):
        raise NotAllowed("programmes come in for a school")
    return [Made(one.id, one.version) for one in services.import_programmes(actor, rows)]


def withdraw(actor: Actor, made: Sequence[Made]) -> None:
    """Takes the drafts back that a list brought."""
    services.withdraw(actor, queries.whole([one.id for one in made]))


def _occupations() -> dict[str, int]:
    """Occupations by name in either language, and by slug."""
    found: dict[str, int] = {}
    for one in db.session.scalars(select(Occupation).order_by(Occupation.id.desc())):
        found |= {sort_key(one.title_en): one.id, sort_key(one.title_ru): one.id, one.slug: one.id}
    return found


PROGRAMMES = Importer(
    kind="programmes",
    title=_l("Programmes"),
    columns=(
        Column(
            "code", _l("Code"), ("Код специальности", "Код профессии", "Код программы"), required=True, read=cells.code, example="15.01.05"
        ),
        Column(
            "title",
            _l("Title"),
            ("name_ru", "Специальность", "Профессия", "Наименование", "Название программы"),
            required=True,
            example="Сварщик",
        ),
        Column("kind", _l("Kind of programme"), ("Вид", "Вид программы"), read=cells.member(Kind, KINDS), example="profession"),
        Column("qualification", _l("Qualification"), ("qualification_ru", "Присваиваемая квалификация"), example="Сварщик"),
        Column("hours", _l("Hours"), ("Часы", "Объём, ч", "Всего часов"), read=cells.whole(1, 20_000), example="2952"),
        Column("months", _l("Length"), ("duration_text_in_source", "Срок обучения", "Срок"), read=length, example="3 года 10 мес."),
        Column("occupation", _l("Occupation"), ("Профессия по МСКЗ",), example="welder"),
        Column("summary", _l("Summary"), ("Описание",), read=cells.prose),
    ),
    check=check,
    apply=apply,
    may=policies.can_create,
    key=("code", "title"),
    undoing=Undoing("programme_version", queries.versions_now, withdraw),
)


def newest(actor: Actor) -> ColumnElement[bool]:
    """Each programme once, by its newest version."""
    later = aliased(ProgrammeVersion)
    return ~exists().where(later.programme_id == ProgrammeVersion.programme_id, later.number > ProgrammeVersion.number)


def _occupation(row: ProgrammeVersion) -> str | None:
    """The occupation's name in the reader's language."""
    found = row.programme.occupation
    return found.title if found else None


LAYOUT = Layout(
    "programmes",
    laid_out(
        PROGRAMMES,
        code=lambda row: row.programme.code,
        title=lambda row: row.programme.title,
        kind=lambda row: row.programme.kind,
        qualification=lambda row: row.programme.qualification,
        hours=lambda row: row.hours_total or None,
        months=lambda row: row.months,
        occupation=_occupation,
        summary=lambda row: row.summary,
    ),
    may=policies.can_create,
    only=newest,
    loads=(contains_eager(ProgrammeVersion.programme).joinedload(Programme.occupation),),
)
"""Programmes as lists of them come in."""
