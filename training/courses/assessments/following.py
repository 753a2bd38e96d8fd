"""What follows when results are given: trainees are told, and what they have passed stands in their passports."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from training.courses.assessments import queries
from training.courses.assessments.forming import Formed, Way
from training.courses.assessments.models import Assessment
from training.courses.assessments.workflow import Notice
from training.courses.cohorts.queries import zone_of
from training.courses.enrolments.models import Enrolment
from training.courses.programmes.models import ModuleSkill
from training.courses.scales.workflow import ScaleKind
from training.kernel import clock
from training.kernel.db import db
from training.notices.models import Notification
from training.notices.services import notify
from training.trainees.passport.models import EvidenceKind, Shown
from training.trainees.passport.services import attest_each
from training.trainees.profiles.queries import reach


def told(assessment: Assessment, enrolments: Sequence[Enrolment]) -> None:
    """Each learns that there is a result, once a day at most for one assessment."""
    zone = zone_of(assessment.cohort)
    begun = clock.end_of(clock.today(zone) - timedelta(days=1), zone)
    about = (Notification.subject_kind == assessment.__tablename__, Notification.subject_id == assessment.id)
    today = select(Notification.to_id).where(*about, Notification.name == Notice.MARKED.value, Notification.made_at >= begun)
    known = set(db.session.scalars(today))
    notify(Notice.MARKED, assessment, to=[one for each in enrolments for one in reach(each.trainee) if one.id not in known])


def shown(assessment: Assessment, enrolments: Sequence[Enrolment]) -> None:
    """The skills of the modules that these people have passed, with the marks, stand in their passports, and no others of this cohort's."""
    if assessment.module_id is None:
        return
    db.session.flush()  # the book is read with the results that were just given
    book = queries.book(assessment.cohort, [one.id for one in enrolments])
    skills: dict[int, list[ModuleSkill]] = {}
    ids = [module.id for module in book.modules]
    for taught in db.session.scalars(select(ModuleSkill).where(ModuleSkill.module_id.in_(ids)).order_by(ModuleSkill.id)):
        skills.setdefault(taught.module_id, []).append(taught)
    found = []
    for one in enrolments:
        passed = [
            Shown(taught.skill_id, taught.level, column.module.id, column.module.title, one.school_id, _mark(mark))
            for column in book.columns
            if column.module is not None and (mark := book.formed(column, one.id)).done and mark.way is not Way.RECOGNISED
            for taught in skills.get(column.module.id, ())
        ]
        found.append((one.trainee_id, one, passed))
    attest_each(EvidenceKind.MODULE, found)


def _mark(mark: Formed) -> str | None:
    """The mark as it is printed; a pass without a mark says no more than that the module is completed."""
    return None if mark.kind is ScaleKind.PASS else mark.label
