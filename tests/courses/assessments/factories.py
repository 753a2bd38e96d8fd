"""Assessments and results for tests, made through the services."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from tests.courses.factories import SYSTEM, make_cohort, make_enrolment, make_version
from tests.factories import acting, make_member
from training.courses.assessments import queries, services
from training.courses.assessments.reading import read
from training.courses.assessments.services import Commission, Entry
from training.courses.assessments.workflow import Kind, Level
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments import queries as enrolments
from training.courses.programmes.queries import modules_of
from training.courses.scales.workflow import ScaleKind
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role
from training.trainees.profiles.models import Trainee

ZONE = "Europe/Samara"


class Class:
    """A cohort that studies, with a teacher, a manager and some trainees; everything is read anew."""

    def __init__(self, people: int = 2, *, trainees: Sequence[Trainee] = (), **version: Any) -> None:
        """So many new trainees, after these who are known already."""
        today = clock.today(ZONE)
        made = make_version(**version)
        cohort = make_cohort(
            made,
            state=CohortState.RUNNING,
            opens_on=today - timedelta(days=90),
            closes_on=today - timedelta(days=70),
            starts_on=today - timedelta(days=60),
            joins_until_on=today - timedelta(days=50),
            seats=max(people + len(trainees), 1),
        )
        self.school = made.programme.school
        self.cohort_id = cohort.id
        self.member = make_member(self.school, Role.TEACHER)
        self.leader = make_member(self.school, Role.MANAGER)
        self.account, self.lead = self.member.account, self.leader.account
        self.teacher, self.manager = acting(self.member), acting(self.leader)
        made_for = [make_enrolment(cohort, one) for one in [*trainees, *[None] * people]]
        self.enrolments, self.accounts = [one.id for one in made_for], [one.trainee.account for one in made_for]
        self.modules = [one.id for one in modules_of(made.id)]

    @property
    def cohort(self):
        return cohorts.cohort(SYSTEM, self.cohort_id)

    def add(self, *, module: int | None = 0, kind: Kind = Kind.TEST, scale=ScaleKind.MARKS, maximum: int | None = 20, days=0, **given: Any):
        """The key of a new assessment."""
        fresh()
        cohort = self.cohort
        values = {"title": "Test of lathes", "held_on": clock.today(ZONE) - timedelta(days=days), "teacher": self.member, **given}
        found = modules_of(cohort.version_id)[module] if module is not None else None
        return services.add(self.teacher, cohort, kind=kind, scale=scale, maximum=maximum, module=found, **values).id

    def exam(self, chair=None, **given: Any):
        """The key of a new demonstration exam, whose chair is the manager."""
        commission = Commission(Level.BASIC, "КОД 1.2", "Centre 7", chair or self.leader, [], ["Petr Outsider", "Anna Outsider"])
        return self.add(module=None, kind=Kind.DEMONSTRATION, maximum=100, title="Final exam", **({"commission": commission} | given))

    def grade(self, key: int, *typed: str | None, actor=None, attempt: int = 1) -> int:
        """Gives the people, in the order they came, what was typed."""
        fresh()
        one = queries.assessment(SYSTEM, key)
        entries = [
            Entry(enrolment, attempt, read(text, one.edition.kind, one.edition.bands, one.maximum))
            for enrolment, text in zip(self.enrolments, typed, strict=False)
            if text is not None
        ]
        return services.grade(actor or self.teacher, one, entries=entries)

    def correct(self, key: int, person: int, text: str, *, reason: str = "Miscounted.", actor=None):
        """Corrects the last result of somebody."""
        fresh()
        one = queries.assessment(SYSTEM, key)
        last = [row for row in queries.given_in(key) if row.enrolment_id == self.enrolments[person]][-1]
        outcome = read(text, one.edition.kind, one.edition.bands, one.maximum)
        return services.correct(actor or self.teacher, queries.result(SYSTEM, last.id), outcome=outcome, reason=reason)

    def assessment(self, key: int):
        """As it is now."""
        fresh()
        return queries.assessment(SYSTEM, key)

    def marks(self, person: int = 0) -> list[str]:
        """Somebody's marks, module by module."""
        fresh()
        return [line.mark for line in queries.transcript(enrolments.enrolment(SYSTEM, self.enrolments[person]))]


def fresh() -> None:
    """Nothing that was loaded is used again."""
    db.session.rollback()
    db.session.expire_all()
