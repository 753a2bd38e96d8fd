"""A version's content as one text: what is hashed when it is published, and what can be found."""

import json
from collections.abc import Sequence
from hashlib import sha256

from training.courses.programmes.models import Module, Prerequisite, Programme, ProgrammeVersion
from training.courses.programmes.workflow import HourKind, State
from training.organisations.queries import finders
from training.search.services import Document
from training.taxonomy.models import ProgrammeCode


def digest(programme: Programme, version: ProgrammeVersion, modules: Sequence[Module], needed: Sequence[Prerequisite] = ()) -> str:
    """SHA-256 of everything that a published version says, in a fixed order."""
    assert bool(needed) == (version.needs is not None), "what it needs is loaded"
    places = {module.id: place for place, module in enumerate(modules)}
    content = {
        "code": [programme.code_system, programme.code],
        "kind": programme.kind.value,
        "title": programme.title,
        "qualification": programme.qualification,
        "occupation": programme.occupation_id,
        "number": version.number,
        "hours": version.hours_total,
        "months": version.months,
        "summary": version.summary,
        **({"valid": [version.valid_months, version.renewal_months]} if version.valid_months else {}),
        **({"needs": [version.needs.value, version.needs_least, *asked(needed)]} if version.needs else {}),
        "modules": [
            [
                module.code,
                module.title,
                module.hours,
                module.plant_hours,
                places.get(module.parent_id) if module.parent_id else None,
                sorted([skill.skill.slug, skill.level] for skill in module.skills),
                *further(module),
            ]
            for module in modules
        ],
    }
    return sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def asked(needed: Sequence[Prerequisite]) -> list[tuple[str, int]]:
    """What is completed beforehand, by the programmes' public addresses, each with its points."""
    return sorted((one.needed.slug, one.points) for one in needed)


def further(module: Module) -> list[object]:
    """What modules of earlier editions did not say, so that those keep their digests: the other kinds of hours, outcomes."""
    others = {kind.value: hours for kind, hours in module.spread.items() if kind is not HourKind.PLANT}
    outcomes = [outcome.words for outcome in module.outcomes]
    return [others, outcomes] if others or outcomes else []


def document(programme: Programme, version: ProgrammeVersion, modules: Sequence[Module], code: ProgrammeCode | None) -> Document:
    """What can be found of a programme in that version, in both languages where there are two; by its own school alone until it is published."""
    skills = [skill.skill for module in modules for skill in module.skills]
    occupation = programme.occupation
    words = [
        programme.code,
        programme.qualification,
        *((code.title_en, code.title_ru) if code else ()),
        *((occupation.title_en, occupation.title_ru) if occupation else ()),
        programme.school.native_name,
        programme.school.latin_name,
        programme.school.legal_name,
        programme.school.town,
        *(title for skill in skills for title in (skill.title_en, skill.title_ru)),
        *(module.title for module in modules),
        *(outcome.words for module in modules for outcome in module.outcomes),
        version.summary,
    ]
    return Document(
        "programme",
        programme.id,
        f"{programme.code} {programme.title}",
        " ".join(word for word in words if word),
        scopes=finders(programme.school, published=version.state is State.PUBLISHED),
    )
