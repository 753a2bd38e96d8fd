"""Adding evidence to a passport: inside the transactions of the records that show a skill, and by its owner's own statement."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, insert

from training.audit.services import record
from training.kernel import clock
from training.kernel.db import Record, db, transaction
from training.kernel.policy import Actor, authorise
from training.taxonomy.models import Skill
from training.trainees.passport import policies
from training.trainees.passport.models import Evidence, EvidenceKind
from training.trainees.passport.workflow import Event
from training.trainees.profiles.models import Trainee


def attest(trainee: Trainee, levels: Mapping[int, int], kind: EvidenceKind, subject: Record) -> None:
    """`subject` shows that the trainee has these skills (level 1–4 by skill id); said again it replaces what it said before: two statements."""
    if not levels:
        return
    about = {"trainee_id": trainee.id, "kind": kind, "subject_kind": subject.__tablename__, "subject_id": subject.id}
    mine = (Evidence.trainee_id == trainee.id, Evidence.kind == kind, Evidence.skill_id.in_(levels))
    same = (Evidence.subject_kind == subject.__tablename__, Evidence.subject_id == subject.id)
    db.session.execute(delete(Evidence).where(*mine, *same).execution_options(synchronize_session=False))
    now = clock.now()
    rows = [about | {"skill_id": skill_id, "level": level, "attested_at": now} for skill_id, level in levels.items()]
    db.session.execute(insert(Evidence), rows)


def attest_each(kind: EvidenceKind, shown: Sequence[tuple[int, Record, Mapping[int, int]]]) -> None:
    """Many subjects of one table at once, each of one trainee (by id): what such a subject showed before is replaced; two statements."""
    if not shown:
        return
    table = shown[0][1].__tablename__
    mine = (
        Evidence.kind == kind,
        Evidence.subject_kind == table,
        Evidence.subject_id.in_([subject.id for _trainee, subject, _levels in shown]),
    )
    db.session.execute(delete(Evidence).where(*mine).execution_options(synchronize_session=False))
    now = clock.now()
    rows = [
        {"trainee_id": trainee, "skill_id": skill, "level": level, "kind": kind, "subject_kind": table, "subject_id": subject.id}
        | {"attested_at": now}
        for trainee, subject, levels in shown
        for skill, level in levels.items()
    ]
    if rows:
        db.session.execute(insert(Evidence), rows)


def retract(subject: Record) -> None:
    """What `subject` showed no longer counts."""
    db.session.execute(delete(Evidence).where(Evidence.subject_kind == subject.__tablename__, Evidence.subject_id == subject.id))


@transaction()
def state(actor: Actor, trainee: Trainee, *, skill: Skill, level: int) -> None:
    """The trainee says what they can do; until somebody confirms it, it stands as their own statement."""
    authorise(policies.can_state, actor, trainee)
    attest(trainee, {skill.id: level}, EvidenceKind.OWN, trainee)
    record(actor, Event.STATED, trainee, skill=skill.id, level=level)


@transaction()
def take_back(actor: Actor, evidence: Evidence) -> None:
    """The trainee takes an own statement back."""
    authorise(policies.can_take_back, actor, evidence)
    record(actor, Event.TAKEN_BACK, db.session.get_one(Trainee, evidence.trainee_id), skill=evidence.skill_id)
    db.session.delete(evidence)
