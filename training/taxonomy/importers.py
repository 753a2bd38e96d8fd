"""Lists that operators take in: codes of programmes and of occupations, and ESCO's occupations and skills in both of their layouts."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from training.exchange import cells
from training.exchange.cells import BadCell, shown
from training.exchange.importers import Column, Importer, Row
from training.kernel.i18n import _l
from training.kernel.policy import Actor
from training.taxonomy import incoming, policies, queries, services
from training.taxonomy.models import ISCO, Occupation, Skill, SkillKind

FGOS = re.compile(r"\d\d\.(\d\d)\.\d\d")
GROUP = re.compile(r"\d{1,4}")
BY_CODE = {"01": "profession", "02": "specialty"}
"""What the middle part of a code of the Russian list says (order 336 of 17 May 2022)."""
KINDS = {
    "profession": "profession",
    "specialty": "specialty",
    "профессия": "profession",
    "специальность": "specialty",
    "group": "group",
    "ISCOGroup": "group",
}
SYSTEMS = {"fgos": "fgos", "фгос": "fgos", "isco08": ISCO, "isco-08": ISCO, "мскз": ISCO, "own": "own"}
LEVELS = 4
"""How deep the hierarchy of skills is told, from level 0 to 3."""


def check_codes(actor: Actor, rows: Sequence[Row]) -> None:
    """Settles each row's list and kind, and says which codes stand there already as they are."""
    for row in rows:
        _settle(row)
    good = [row for row in rows if not row.errors]
    for row, same in zip(good, incoming.codes([row.values for row in good]).same, strict=True):
        row.same = same


def _settle(row: Row) -> None:
    values = row.values
    listed = FGOS.fullmatch(values["code"])
    system = values.get("system") or ("fgos" if listed else ISCO if GROUP.fullmatch(values["code"]) else None)
    if system is None:
        row.wrong("system", _l("Say which list the code stands in: the code does not tell."))
        return
    if system == ISCO:
        depth = str(values.get("level") or "")
        if depth in "1234":  # a number cell has lost the zero that the code begins with
            values["code"] = values["code"].zfill(int(depth or 1))
        values["level"] = depth or str(len(values["code"]))
    values["system"] = system
    values["kind"] = values.get("kind") or ("group" if system == ISCO else BY_CODE.get(listed[1]) if listed else None) or "other"
    if not values.get("title_en") and not values.get("title_ru"):
        row.wrong("title_ru", _l("Write how it is called, in one of the two languages."))
    if values["code"] in (values.get("predecessor"), values.get("successor")):
        row.wrong("code", _l("A code does not replace itself. Correct it."))
    begins, ends = values.get("valid_from_on"), values.get("admission_until_on")
    if begins and ends and ends < begins:
        row.wrong("admission_until_on", _l("Admission ends after the code begins. Correct one of the days."))


def system(cell: object) -> str:
    """The list that a code stands in: one of the known names, or a short name of another country's."""
    written = shown(cell).casefold()
    if not re.fullmatch(r"[\w-]{2,40}", written):
        raise BadCell(_l("Write the list's short name, for example fgos or isco08."))
    return SYSTEMS.get(written, written)


def uri(cell: object) -> str:
    """An address of ESCO."""
    written = cells.line(200)(cell)
    if not re.fullmatch(r"https?://\S+", written):
        raise BadCell(_l("Write the address of the concept, for example http://data.europa.eu/esco/skill/S5."))
    return written


def group(cell: object) -> str:
    """A group of ISCO-08 of four digits; a number cell has lost its leading zero."""
    written = shown(cell).removeprefix("C")
    if not GROUP.fullmatch(written):
        raise BadCell(_l("Write the group of ISCO-08 in four digits, for example 7212."))
    return written.zfill(4)


def gone(cell: object) -> bool:
    """Whether what the list says of a concept's standing means that it is not used any more."""
    return shown(cell).casefold() in ("deprecated", "obsolete", "withdrawn", "replaced")


def check_occupations(actor: Actor, rows: Sequence[Row]) -> None:
    """Says which occupations are there already as they are; their groups must be known where ISCO-08 has been taken in."""
    groups = {one.code for one in queries.codes(ISCO)}
    for row in rows:
        if groups and row.values["isco"] not in groups:
            row.wrong("isco", _l("ISCO-08 has no such group here. Take its list in first, or correct the code."))
    _check_terms(Occupation, rows)


def check_skills(actor: Actor, rows: Sequence[Row]) -> None:
    """Settles each row's address and name, which the hierarchy tells level by level, and says which skills are there already."""
    for row in rows:
        values = row.values
        for level in range(LEVELS):
            if values.get(f"uri_{level}"):
                values["uri"], values["title_en"] = values[f"uri_{level}"], values.get(f"title_{level}")
                values["kind"] = SkillKind.GROUP
        if not values.get("uri"):
            row.wrong("uri", _l("The address of the skill is missing. Fill it in."))
        elif not values.get("title_en"):
            row.wrong("title_en", _l("The name of the skill is missing. Fill it in."))
        else:
            across = values.get("reuse") == "transversal"
            values["kind"] = str(SkillKind(SkillKind.TRANSVERSAL if across else values.get("kind") or SkillKind.SKILL).value)
    _check_terms(Skill, rows)


def _check_terms(kind: type[Occupation | Skill], rows: Sequence[Row]) -> None:
    good = [row for row in rows if not row.errors]
    for row, same in zip(good, incoming.terms(kind, [row.values for row in good]).same, strict=True):
        row.same = same


def take_codes(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> None:
    """The codes, new or as they are now."""
    services.take_codes(actor, rows)


def take_occupations(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> None:
    """The occupations, new or as they are now."""
    services.take_terms(actor, Occupation, rows=rows)


def take_skills(actor: Actor, rows: Sequence[Mapping[str, Any]]) -> None:
    """The skills, new or as they are now."""
    services.take_terms(actor, Skill, rows=rows)


CODES = Importer(
    kind="codes",
    title=_l("Codes of programmes and occupations"),
    columns=(
        Column(
            "code", _l("Code"), ("Код специальности", "Код профессии", "Код программы"), required=True, read=cells.code, example="15.01.05"
        ),
        Column("system", _l("List"), ("code system", "Перечень"), read=system, example="fgos"),
        Column("title_ru", _l("Name in Russian"), ("name_ru", "Наименование", "Название", "Специальность", "Профессия"), example="Сварщик"),
        Column("title_en", _l("Name in English"), ("title", "name_en", "preferredLabel", "Description"), example="Welder"),
        Column("kind", _l("Kind"), ("Вид", "conceptType"), read=cells.choice(KINDS), example="profession"),
        Column("level", _l("Qualification level"), ("level", "Уровень квалификации", "Уровень"), read=cells.line(60)),
        Column("qualification", _l("Qualification"), ("qualification_ru", "Присваиваемая квалификация"), example="Сварщик"),
        Column("valid_from_on", _l("Valid from"), ("valid_from", "Действует с"), read=cells.day, example="01.09.2023"),
        Column("admission_until_on", _l("Admission until"), ("admission_until", "Приём до", "Приём прекращается"), read=cells.day),
        Column("predecessor", _l("Replaces"), ("predecessor", "Вместо кода", "Прежний код"), read=cells.code),
        Column("successor", _l("Replaced by"), ("successor", "Заменён на", "Новый код"), read=cells.code),
    ),
    check=check_codes,
    apply=take_codes,
    may=policies.can_import,
    key=("system", "code"),
)
OCCUPATIONS = Importer(
    kind="occupations",
    title=_l("Occupations of ESCO"),
    columns=(
        Column(
            "uri", _l("Address"), ("conceptUri", "ORIGINURI"), required=True, read=uri, example="http://data.europa.eu/esco/occupation/1"
        ),
        Column("isco", _l("Group of ISCO-08"), ("iscoGroup", "ISCOGROUPCODE"), required=True, read=group, example="7212"),
        Column("title_en", _l("Name in English"), ("preferredLabel",), required=True, example="welder"),
        Column("title_ru", _l("Name in Russian"), ("preferredLabel_ru", "preferredLabel ru", "name_ru"), example="сварщик"),
        Column("esco", _l("Code of ESCO"), ("code",), read=cells.line(60), example="7212.3"),
        Column("deprecated", _l("Standing"), ("status",), read=gone, example="released"),
    ),
    check=check_occupations,
    apply=take_occupations,
    may=policies.can_import,
    key=("uri",),
)
SKILLS = Importer(
    kind="skills",
    title=_l("Skills of ESCO"),
    columns=(
        Column("uri", _l("Address"), ("conceptUri", "ORIGINURI"), read=uri, example="http://data.europa.eu/esco/skill/1"),
        Column("title_en", _l("Name in English"), ("preferredLabel",), example="weld metal"),
        Column("title_ru", _l("Name in Russian"), ("preferredLabel_ru", "preferredLabel ru", "name_ru"), example="сваривать металл"),
        Column(
            "kind",
            _l("Kind"),
            ("skillType",),
            read=cells.choice({"skill/competence": "skill", **{one.value: one.value for one in SkillKind}}),
            example="skill/competence",
        ),
        Column("reuse", _l("How widely it is used"), ("reuseLevel",), example="sector-specific"),
        Column("deprecated", _l("Standing"), ("status",), read=gone, example="released"),
        *(
            Column(f"uri_{level}", _l("Address at level %(level)d", level=level), (f"Level {level} URI",), read=uri)
            for level in range(LEVELS)
        ),
        *(
            Column(f"title_{level}", _l("Name at level %(level)d", level=level), (f"Level {level} preferred term",))
            for level in range(LEVELS)
        ),
    ),
    check=check_skills,
    apply=take_skills,
    may=policies.can_import,
    key=("uri",),
)
