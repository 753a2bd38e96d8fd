"""A trainee between two schools, for the tests of transfers."""

from datetime import timedelta

from sqlalchemy import select

from tests.courses.factories import SYSTEM, make_cohort, make_enrolment, make_programme, make_version, pool_of
from tests.factories import actor_of, learner, make_school, make_trainee
from training.courses.cohorts import queries as cohorts
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries as enrolments
from training.courses.transfers import queries, services
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import Role, System
from training.notices.models import Notification
from training.trainees.disclosures import queries as disclosures
from training.trainees.profiles.models import Trainee
from training.turns.models import OpenTurn

ZONE = "Europe/Samara"
CLOCKWORK = System("transfers.tend")


def fresh():
    """Reads anew what is asked next."""
    db.session.rollback()
    db.session.expire_all()


class Moving:
    """A trainee of one school, and a cohort of another one that they ask for."""

    def __init__(self, *, seats=1, trainee=None, ask=True, aim=None):
        here, there = make_school(short_name="Here"), aim.programme.school if aim else make_school(short_name="There")
        self.here_id, self.there_id = here.id, there.id
        trainee = trainee or make_trainee(school_id=here.id, group_code="W-21")
        self.trainee_id, self.me = trainee.id, learner(trainee)
        self.sender, self.receiver = actor_of(here, Role.MANAGER), actor_of(there, Role.MANAGER)
        old = make_cohort(make_version(make_programme(here)), seats=1)
        self.enrolment_id, self.old_id = make_enrolment(old, trainee).id, old.id
        self.aim_id = make_cohort(aim or make_version(make_programme(there)), seats=seats).id
        self.key = self.ask().id if ask else 0

    @property
    def enrolment(self):
        fresh()
        return enrolments.enrolment(SYSTEM, self.enrolment_id)

    @property
    def aim(self):
        return cohorts.cohort(SYSTEM, self.aim_id)

    @property
    def transfer(self):
        fresh()
        return queries.transfer(SYSTEM, self.key)

    @property
    def trainee(self):
        fresh()
        return db.session.get_one(Trainee, self.trainee_id)

    def ask(self):
        return services.ask(self.me, self.enrolment, cohort=self.aim, words="We are moving to Melekess.")

    def accept(self, days=0, **given):
        day = clock.today(ZONE) + timedelta(days=days)
        services.accept(self.receiver, self.transfer, **{"from_on": day, "funding": Funding.STATE, **given})

    def confirm(self):
        return services.confirm(self.sender, self.transfer)

    def free(self):
        return pool_of(self.aim).free

    def turn(self):
        query = select(OpenTurn).where(OpenTurn.subject_kind == "transfer", OpenTurn.subject_id == self.key)
        found = db.session.scalars(query).one_or_none()
        return (found.party_id, found.verb) if found is not None else None

    def told(self):
        query = select(Notification.name).where(Notification.subject_kind == "transfer", Notification.subject_id == self.key)
        return sorted(db.session.scalars(query))

    def reads(self):
        """Whether the receiving school sees the trainee."""
        fresh()
        try:
            return disclosures.trainee(self.receiver, self.trainee_id).id == self.trainee_id
        except NotFound:
            return False
