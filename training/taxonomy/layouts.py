"""The shared lists as files of them come in, so that what went out can come back."""

from sqlalchemy import ColumnElement, true

from training.kernel.listings import Layout
from training.kernel.policy import Actor
from training.taxonomy.lists import CODE_LIST, OCCUPATION_LIST, SKILL_LIST
from training.taxonomy.models import Occupation, Skill
from training.taxonomy.policies import can_import


def in_esco(actor: Actor) -> ColumnElement[bool]:
    """What has an address, so that it can come back."""
    return Occupation.uri.is_not(None)


def skill_in_esco(actor: Actor) -> ColumnElement[bool]:
    """What has an address, so that it can come back."""
    return Skill.uri.is_not(None)


def every(actor: Actor) -> ColumnElement[bool]:
    """All of them can come back."""
    return true()


LAYOUTS = {
    CODE_LIST.name: Layout("codes", CODE_LIST.columns, may=can_import, only=every),
    OCCUPATION_LIST.name: Layout("occupations", OCCUPATION_LIST.columns, may=can_import, only=in_esco),
    SKILL_LIST.name: Layout("skills", SKILL_LIST.columns, may=can_import, only=skill_in_esco),
}
"""By list."""
