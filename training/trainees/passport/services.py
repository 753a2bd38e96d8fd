"""Adding evidence to a passport, inside the transactions of the records that show a skill."""

from sqlalchemy import delete

from training.kernel import clock
from training.kernel.db import Record, db
from training.taxonomy.models import Skill
from training.trainees.passport.models import Evidence, EvidenceKind
from training.trainees.profiles.models import Trainee


def attest(trainee: Trainee, skill: Skill, level: int, kind: EvidenceKind, subject: Record) -> None:
    """`subject` shows that the trainee has the skill at this level (1–4); said again it replaces what it said before."""
    mine = (Evidence.trainee_id == trainee.id) & (Evidence.skill_id == skill.id) & (Evidence.kind == kind)
    db.session.execute(delete(Evidence).where(mine, Evidence.subject_kind == subject.__tablename__, Evidence.subject_id == subject.id))
    db.session.add(
        Evidence(
            trainee_id=trainee.id,
            skill_id=skill.id,
            level=level,
            kind=kind,
            subject_kind=subject.__tablename__,
            subject_id=subject.id,
            attested_at=clock.now(),
        )
    )


def retract(subject: Record) -> None:
    """What `subject` showed no longer counts."""
    db.session.execute(delete(Evidence).where(Evidence.subject_kind == subject.__tablename__, Evidence.subject_id == subject.id))
