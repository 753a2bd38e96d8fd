"""What people have completed of what a cohort's version asks for beforehand."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select

from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.courses.enrolments.workflow import State
from training.courses.prerequisites.lacking import Lack, lack
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.queries import prerequisites_of
from training.courses.waivers.queries import waived
from training.kernel.db import db


def lack_of(trainee_id: int, cohort: Cohort) -> Lack | None:
    """What a person lacks for a cohort: nothing where they were let in without it.

    No statement where its version, which is loaded with it, asks for nothing; else two, three for somebody who lacks something.
    """
    return lack_of_each([trainee_id], cohort).get(trainee_id)


def lack_of_each(trainee_ids: Collection[int], cohort: Cohort) -> dict[int, Lack]:
    """What each person lacks for a cohort; those who lack nothing are left out. As many statements for a thousand as for one."""
    version = db.session.get_one(ProgrammeVersion, cohort.version_id)
    if version.needs is None:
        return {}
    needed = prerequisites_of(version)
    done = completed(trainee_ids, [one.needed_id for one in needed])
    found = {key: lack(version, needed, done.get(key, ())) for key in trainee_ids}
    let_in = waived(version.programme_id, [key for key, one in found.items() if one is not None])
    return {key: one for key, one in found.items() if one is not None and key not in let_in}


def completed(trainee_ids: Collection[int], programme_ids: Collection[int]) -> dict[int, set[int]]:
    """Which of the programmes each person has completed, in whatever version, at whatever school: one statement."""
    query = (
        select(Enrolment.trainee_id, ProgrammeVersion.programme_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .where(Enrolment.trainee_id.in_(trainee_ids), Enrolment.state == State.COMPLETED)
        .where(ProgrammeVersion.programme_id.in_(programme_ids))
    )
    found: dict[int, set[int]] = defaultdict(set)
    for trainee_id, programme_id in db.session.execute(query):
        found[trainee_id].add(programme_id)
    return found
