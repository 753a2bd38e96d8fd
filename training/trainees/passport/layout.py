"""The passport as a file for other programs: a layout of its own, described in docs/skills-passport.md."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from training.taxonomy.models import Skill
from training.trainees.passport.models import Evidence, EvidenceKind

FORMAT, VERSION = "cadre-skills-passport", 1
"""A change that a reader of the file could notice raises the version."""
MOST = 4
"""The highest level."""
_MARKUP = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def laid_out(holder: str, skills: Sequence[tuple[Skill, int, Sequence[Evidence]]], made_at: datetime) -> dict[str, Any]:
    """What the file says: the holder's name, each skill with its level, and everything that shows it."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at.isoformat(timespec="seconds"),
        "holder": {"name": holder},
        "skills": [
            {
                "name": skill.title,
                "names": {"en": skill.title_en, "ru": skill.title_ru},
                "uri": skill.uri,
                "level": level,
                "of": MOST,
                "confirmed": any(one.confirmed for one in evidence),
                "evidence": [_of(one) for one in evidence],
            }
            for skill, level, evidence in skills
        ],
    }


def _of(one: Evidence) -> dict[str, Any]:
    by = one.organisation.legal_name if one.organisation is not None else None
    return {
        "kind": one.kind.value,
        "name": one.title or str(one.kind.label),
        "organisation": by,
        "day": one.attested_at.date().isoformat(),
        "level": one.level,
        "mark": one.mark,
        "hours": one.hours,
        "rating": one.level if one.kind is EvidenceKind.RATING else None,
        "confirmed": one.confirmed,
        "confirmed_by": by if one.confirmed else None,
    }


def written(document: Any) -> str:
    """The document as JSON; signs that markup is made of are written as numbers, so that it is harmless wherever it is pasted."""
    return json.dumps(document, ensure_ascii=False, indent=2).translate(_MARKUP) + "\n"
