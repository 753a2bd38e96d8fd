"""Adding evidence to a passport: inside the transactions of the records that show a skill, and by its owner's own statement."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import ColumnElement, delete, insert

from training.audit.services import record
from training.kernel import clock
from training.kernel.db import Record, db, transaction
from training.kernel.policy import Actor, authorise
from training.taxonomy.models import Skill
from training.trainees.passport import policies
from training.trainees.passport.models import Evidence, EvidenceKind, Shown
from training.trainees.passport.workflow import Event
from training.trainees.profiles.models import Trainee


def attest(
    trainee: Trainee, levels: Mapping[int, int], kind: EvidenceKind, subject: Record, *, title: str | None = None, by: int | None = None
) -> None:
    """`subject` shows that the trainee has these skills (level 1–4 by skill id); said again it replaces what it said before: two statements.

    `title` is what it is called, `by` the organisation that confirms it.
    """
    attest_parts(trainee, [Shown(skill, level, title=title, organisation_id=by) for skill, level in levels.items()], kind, subject)


def attest_parts(trainee: Trainee, shown: Sequence[Shown], kind: EvidenceKind, subject: Record) -> None:
    """The same with all that the passport keeps of each: two statements."""
    if shown:
        _replace(kind, [(trainee.id, subject, shown)], Evidence.skill_id.in_({one.skill_id for one in shown}))


def attest_each(kind: EvidenceKind, shown: Sequence[tuple[int, Record, Sequence[Shown]]]) -> None:
    """Many subjects of one table at once, each of one trainee (by id): what such a subject showed before is replaced; two statements."""
    if shown:
        _replace(kind, shown)


def _replace(kind: EvidenceKind, shown: Sequence[tuple[int, Record, Sequence[Shown]]], *which: ColumnElement[bool]) -> None:
    table = shown[0][1].__tablename__
    subjects = {subject.id for _trainee, subject, _shown in shown}
    mine = (Evidence.kind == kind, Evidence.subject_kind == table, Evidence.subject_id.in_(subjects))
    people = Evidence.trainee_id.in_({trainee for trainee, _subject, _shown in shown})
    db.session.execute(delete(Evidence).where(*mine, people, *which).execution_options(synchronize_session=False))
    now = clock.now()
    rows = [
        asdict(one) | {"trainee_id": trainee, "kind": kind, "subject_kind": table, "subject_id": subject.id, "attested_at": now}
        for trainee, subject, each in shown
        for one in each
    ]
    if rows:
        db.session.execute(insert(Evidence), rows)


def retract(subject: Record) -> None:
    """What `subject` showed no longer counts."""
    db.session.execute(delete(Evidence).where(Evidence.subject_kind == subject.__tablename__, Evidence.subject_id == subject.id))


@transaction()
def state(actor: Actor, trainee: Trainee, *, skill: Skill, level: int) -> None:
    """The trainee says what they can do; until somebody confirms it, it stands as their own statement."""
    state_each(actor, trainee, levels={skill.id: level})


@transaction()
def state_each(actor: Actor, trainee: Trainee, *, levels: Mapping[int, int]) -> None:
    """The same of several skills at once, level by skill id."""
    authorise(policies.can_state, actor, trainee)
    attest(trainee, levels, EvidenceKind.OWN, trainee)
    for skill, level in levels.items():
        record(actor, Event.STATED, trainee, skill=skill, level=level)


@transaction()
def take_back(actor: Actor, evidence: Evidence) -> None:
    """The trainee takes an own statement back."""
    authorise(policies.can_take_back, actor, evidence)
    record(actor, Event.TAKEN_BACK, db.session.get_one(Trainee, evidence.trainee_id), skill=evidence.skill_id)
    db.session.delete(evidence)
