"""Selections for tests: applicants with all that is asked of them, accepted."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from sqlalchemy import update

from tests.courses.factories import SYSTEM, make_cohort
from tests.factories import acting, learner, make_member, make_trainee, save
from tests.files.pictures import png
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.models import Cohort
from training.courses.cohorts.workflow import Admission, Funding
from training.courses.cohorts.workflow import State as CohortState
from training.courses.selections import queries, services
from training.courses.selections.models import Candidacy, Document, PriorityGroup
from training.courses.selections.rules import Rule, Wish
from training.courses.selections.workflow import State
from training.files.models import StoredFile
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Member, Role
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee


def make_selection(*, criteria: Sequence[Rule] = (), documents: Sequence[Wish] = (), **given: Any) -> Cohort:
    """An open cohort whose seats are given by selection, with what it asks."""
    cohort = make_cohort(**{"admission": Admission.SELECTION, **given})
    if criteria or documents:
        services.set_rules(manager_of(cohort), cohort, criteria=criteria, documents=documents)
    return cohort


def manager_of(cohort: Cohort) -> Member:
    """A manager of the cohort's school."""
    return acting(make_member(db.session.get_one(Organisation, cohort.school_id), Role.MANAGER))


def make_group(cohort: Cohort, **given: Any) -> PriorityGroup:
    """A priority group of the cohort's school."""
    return save(PriorityGroup(**{"school_id": cohort.school_id, "name": "Orphans", "ground": "Law 159, article 6", **given}))


def applies(cohort: Cohort, trainee: Trainee | None = None, **given: Any) -> Candidacy:
    """Somebody applies and has brought nothing yet."""
    actor = learner(trainee or make_trainee())
    values = {"funding": [Funding.STATE], "priority": 1, "average": 400, **given}
    made = services.apply(actor, cohorts.cohort(actor, cohort.id), **values)
    return again(made)


def again(candidacy: Candidacy) -> Candidacy:
    """As it stands now."""
    db.session.expunge_all()
    db.session.rollback()
    return queries.candidacy(SYSTEM, candidacy.id)


def bring(candidacy: Candidacy, document: Document, **given: Any) -> None:
    """The applicant brings one document."""
    services.bring(
        learner(again(candidacy).enrolment.trainee), queries.document(SYSTEM, document.id), source=BytesIO(png()), name="a.png", **given
    )


def complete(candidacy: Candidacy) -> Candidacy:
    """Everything is brought and accepted."""
    for document in candidacy.documents:
        bring(candidacy, document)
        services.accept(manager_of(candidacy.enrolment.cohort), queries.document(SYSTEM, document.id))
    return again(candidacy)


def make_applicant(cohort: Cohort, trainee: Trainee | None = None, **given: Any) -> Candidacy:
    """Somebody who has applied and whose documents are all accepted, without a byte."""
    return accept_all(applies(cohort, trainee, **given))


def accept_all(candidacy: Candidacy) -> Candidacy:
    """As if everything had been brought and accepted."""
    for document in candidacy.documents:
        values = {"state": State.ACCEPTED, "file_id": save(stored(f"{document.id}")).id}
        accepted = update(Document).where(Document.id == document.id).values(**values)
        db.session.execute(accepted.execution_options(synchronize_session=False))
    db.session.commit()
    return again(candidacy)


def stored(place: str) -> Any:
    """A row of a file whose bytes nobody reads."""
    return StoredFile(
        slug=f"f{place}", place=f"aa/{place}", name="a.png", media_type="image/png", size=1, sha256="0" * 64, kept_at=clock.now()
    )


def here(cohort: Cohort) -> Cohort:
    """The cohort as it stands now."""
    db.session.expunge_all()
    db.session.rollback()
    return cohorts.cohort(SYSTEM, cohort.id)


def closed(cohort: Cohort) -> Cohort:
    """The same cohort after the last day of applications."""
    db.session.execute(
        update(Cohort).where(Cohort.id == cohort.id).values(state=CohortState.CLOSED).execution_options(synchronize_session=False)
    )
    db.session.commit()
    return here(cohort)
