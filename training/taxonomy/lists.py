"""The lists that operators keep: codes, occupations and skills."""

from sqlalchemy import ColumnElement, Select, select

from training.kernel.db import db
from training.kernel.i18n import _l
from training.kernel.keys import sort_key
from training.kernel.listings import Listing, Order, OutColumn, Sort, of_kind, of_text, of_yes
from training.kernel.policy import Actor
from training.taxonomy.models import Occupation, ProgrammeCode, Skill, SkillKind
from training.taxonomy.policies import can_import


def systems(actor: Actor, subject: object) -> list[tuple[str, str]]:
    """The lists that codes stand in."""
    query = select(ProgrammeCode.system).distinct().order_by(ProgrammeCode.system)
    return [(system, system) for system in db.session.scalars(query)]


def code_word(text: str) -> ColumnElement[bool]:
    """The beginning of a code, or a part of its name."""
    named = ProgrammeCode.title_ru.icontains(text, autoescape=True) | ProgrammeCode.title_en.icontains(text, autoescape=True)
    return ProgrammeCode.code.startswith(text, autoescape=True) | named


def occupation_word(text: str) -> ColumnElement[bool]:
    """A part of a name, or the beginning of the code."""
    key = sort_key(text)
    named = Occupation.key_en.contains(key, autoescape=True) | Occupation.key_ru.contains(key, autoescape=True)
    return named | Occupation.isco.startswith(text, autoescape=True) | Occupation.esco.startswith(text, autoescape=True)


def skill_word(text: str) -> ColumnElement[bool]:
    """A part of a name."""
    key = sort_key(text)
    return Skill.key_en.contains(key, autoescape=True) | Skill.key_ru.contains(key, autoescape=True)


def all_codes(actor: Actor) -> Select[ProgrammeCode]:
    """Everybody's."""
    return select(ProgrammeCode)


def all_occupations(actor: Actor) -> Select[Occupation]:
    """Everybody's."""
    return select(Occupation)


def all_skills(actor: Actor) -> Select[Skill]:
    """Everybody's."""
    return select(Skill)


def standing(row: Occupation | Skill) -> str:
    """The word that ESCO's files have for it."""
    return "deprecated" if row.deprecated else "released"


def kind_of(row: Skill) -> str:
    """The word of the kind, as files have it."""
    return row.kind.value


CODE_LIST = Listing(
    name="codes",
    title=_l("Codes of programmes and occupations"),
    endpoint="taxonomy.codes",
    may=can_import,
    rows=all_codes,
    key=ProgrammeCode.id,
    words=_l("Code or name"),
    word=code_word,
    filters=(
        of_text("system", _l("List"), ProgrammeCode.system, systems),
        of_yes(
            "over",
            _l("Admission"),
            (_l("Ends or ended"), ProgrammeCode.admission_until_on.is_not(None)),
            (_l("No end is known"), ProgrammeCode.admission_until_on.is_(None)),
        ),
    ),
    sorts=(
        Sort("code", _l("Code"), Order.TEXT, (ProgrammeCode.code, ProgrammeCode.system)),
        Sort("until", _l("Admission until"), Order.DAY, (ProgrammeCode.admission_until_on, ProgrammeCode.code)),
    ),
    first="code",
    columns=(
        OutColumn(_l("Code"), lambda row: row.code),
        OutColumn(_l("List"), lambda row: row.system),
        OutColumn(_l("Name in Russian"), lambda row: row.title_ru),
        OutColumn(_l("Name in English"), lambda row: row.title_en),
        OutColumn(_l("Kind"), lambda row: row.kind if row.kind != "other" else None),
        OutColumn(_l("Qualification level"), lambda row: row.level),
        OutColumn(_l("Qualification"), lambda row: row.qualification),
        OutColumn(_l("Valid from"), lambda row: row.valid_from_on),
        OutColumn(_l("Admission until"), lambda row: row.admission_until_on),
        OutColumn(_l("Replaces"), lambda row: row.predecessor),
        OutColumn(_l("Replaced by"), lambda row: row.successor),
    ),
)
OCCUPATION_LIST = Listing(
    name="occupations",
    title=_l("Occupations"),
    endpoint="taxonomy.occupations",
    may=can_import,
    rows=all_occupations,
    key=Occupation.id,
    words=_l("Name or code"),
    word=occupation_word,
    filters=(
        of_yes("esco", _l("ESCO"), (_l("In ESCO"), Occupation.uri.is_not(None)), (_l("The region's own"), Occupation.uri.is_(None))),
        of_yes(
            "used",
            _l("Standing"),
            (_l("Used"), Occupation.deprecated.is_(False)),
            (_l("Not used any more"), Occupation.deprecated.is_(True)),
        ),
    ),
    sorts=(
        Sort("english", _l("Name in English"), Order.TEXT, (Occupation.key_en,)),
        Sort("russian", _l("Name in Russian"), Order.TEXT, (Occupation.key_ru,)),
        Sort("group", _l("Group of ISCO-08"), Order.TEXT, (Occupation.isco, Occupation.key_en)),
    ),
    first="english",
    columns=(
        OutColumn(_l("Address"), lambda row: row.uri),
        OutColumn(_l("Group of ISCO-08"), lambda row: row.isco),
        OutColumn(_l("Name in English"), lambda row: row.title_en),
        OutColumn(_l("Name in Russian"), lambda row: row.title_ru),
        OutColumn(_l("Code of ESCO"), lambda row: row.esco),
        OutColumn(_l("Standing"), standing),
    ),
)
SKILL_LIST = Listing(
    name="skills",
    title=_l("Skills"),
    endpoint="taxonomy.skills",
    may=can_import,
    rows=all_skills,
    key=Skill.id,
    words=_l("Name"),
    word=skill_word,
    filters=(
        of_kind("kind", _l("Kind"), Skill.kind, SkillKind),
        of_yes("esco", _l("ESCO"), (_l("In ESCO"), Skill.uri.is_not(None)), (_l("The region's own"), Skill.uri.is_(None))),
        of_yes("used", _l("Standing"), (_l("Used"), Skill.deprecated.is_(False)), (_l("Not used any more"), Skill.deprecated.is_(True))),
    ),
    sorts=(
        Sort("english", _l("Name in English"), Order.TEXT, (Skill.key_en,)),
        Sort("russian", _l("Name in Russian"), Order.TEXT, (Skill.key_ru,)),
    ),
    first="english",
    columns=(
        OutColumn(_l("Address"), lambda row: row.uri),
        OutColumn(_l("Name in English"), lambda row: row.title_en),
        OutColumn(_l("Name in Russian"), lambda row: row.title_ru),
        OutColumn(_l("Kind"), kind_of),
        OutColumn(_l("Standing"), standing),
    ),
)
