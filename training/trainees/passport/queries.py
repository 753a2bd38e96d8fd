"""Reading passports."""

from collections.abc import Collection, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload

from training.kernel.db import NotFound, db, rows
from training.kernel.policy import Actor
from training.taxonomy.models import Skill
from training.trainees.passport.models import Evidence, EvidenceKind
from training.trainees.passport.policies import visible_to


def of(trainee_id: int) -> Sequence[tuple[Skill, int, Sequence[Evidence]]]:
    """Each skill with its highest level and all its evidence, strongest first: one statement."""
    query = select(Evidence).join(Evidence.skill).where(Evidence.trainee_id == trainee_id)
    query = query.options(contains_eager(Evidence.skill), joinedload(Evidence.organisation))
    by_skill: dict[int, list[Evidence]] = {}
    for evidence in db.session.scalars(query.order_by(Evidence.level.desc(), Evidence.id)):
        by_skill.setdefault(evidence.skill_id, []).append(evidence)
    return [(rows[0].skill, rows[0].level, rows) for rows in by_skill.values()]


def modules(trainee_id: int) -> Sequence[Evidence]:
    """The modules that a trainee has passed, newest first, one row of each with its school and mark: one statement."""
    mine = (Evidence.trainee_id == trainee_id, Evidence.kind == EvidenceKind.MODULE, Evidence.part_id > 0)
    query = select(Evidence).where(*mine).options(joinedload(Evidence.organisation))
    found: dict[tuple[int, int], Evidence] = {}
    for one in db.session.scalars(query.order_by(Evidence.attested_at.desc(), Evidence.subject_id.desc(), Evidence.part_id, Evidence.id)):
        found.setdefault((one.subject_id, one.part_id), one)
    return list(found.values())


def evidence(actor: Actor, evidence_id: int) -> Evidence:
    """One of the actor's own pieces of evidence."""
    found = db.session.scalars(visible_to(actor).where(Evidence.id == evidence_id)).one_or_none()
    if found is None:
        raise NotFound
    return found


def levels(trainee_ids: Collection[int], skill_ids: Collection[int] | None = None) -> dict[int, dict[int, int]]:
    """The highest level by skill, of all skills or of these, for each of many trainees: one statement."""
    found: dict[int, dict[int, int]] = {key: {} for key in trainee_ids}
    query = select(Evidence.trainee_id, Evidence.skill_id, func.max(Evidence.level)).where(Evidence.trainee_id.in_(trainee_ids))
    query = query if skill_ids is None else query.where(Evidence.skill_id.in_(skill_ids))
    for trainee_id, skill_id, level in rows(query.group_by(Evidence.trainee_id, Evidence.skill_id)) if trainee_ids else ():
        found[trainee_id][skill_id] = level
    return found


def stated(trainee_id: int) -> dict[int, int]:
    """The levels that a trainee states of their own skills, by skill."""
    mine = (Evidence.trainee_id == trainee_id, Evidence.kind == EvidenceKind.OWN)
    return {row.skill_id: row.level for row in db.session.execute(select(Evidence.skill_id, Evidence.level).where(*mine))}
