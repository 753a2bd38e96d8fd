"""What the shared words hand down: the lists of them that operators keep and take in."""

from dataclasses import replace

from training.kernel.wiring import Wiring
from training.taxonomy import importers
from training.taxonomy.layouts import LAYOUTS
from training.taxonomy.lists import CODE_LIST, OCCUPATION_LIST, SKILL_LIST

WIRING = Wiring(
    lists={one.name: replace(one, layout=LAYOUTS[one.name]) for one in (CODE_LIST, OCCUPATION_LIST, SKILL_LIST)},
    importers={one.kind: one for one in (importers.CODES, importers.OCCUPATIONS, importers.SKILLS)},
)
