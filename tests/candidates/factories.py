"""Records of candidates, valid by default, and the people around them."""

import itertools
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from tests.factories import actor_of, learner, make_employer, make_member, make_trainee, save
from training.candidates.applications import queries as applications
from training.candidates.applications import services as application_services
from training.candidates.applications.models import Application
from training.candidates.interviews import queries as interviews
from training.candidates.interviews import services as interview_services
from training.candidates.interviews.models import Interview
from training.candidates.offers import queries as offers
from training.candidates.offers import services as offer_services
from training.candidates.offers.models import Offer
from training.candidates.vacancies import queries as vacancies
from training.candidates.vacancies import services as vacancy_services
from training.candidates.vacancies.models import Vacancy
from training.candidates.vacancies.workflow import Employment, Schedule
from training.kernel import clock
from training.kernel.db import db
from training.kernel.money import Money
from training.kernel.policy import Member, NotNow, Role, System
from training.organisations.models import Organisation
from training.taxonomy.models import Occupation, OccupationSkill, Skill
from training.trainees.disclosures.services import choose_visibility
from training.trainees.passport.models import Evidence, EvidenceKind
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Visibility

_count = itertools.count(1)
R = TypeVar("R")


def make_occupation(*levels: int) -> Occupation:
    """An occupation that asks for a skill at each of the levels (two at level 2 by default)."""
    number = next(_count)
    occupation: Occupation = save(
        Occupation(slug=f"setter-{number}", isco="7223", title_en=f"Setter {number}", title_ru=f"Наладчик {number}")
    )
    for step, level in enumerate(levels or (2, 2)):
        skill = save(Skill(slug=f"cnc-{number}-{step}", title_en=f"Lathe {number}.{step}", title_ru=f"Станок {number}.{step}"))
        save(OccupationSkill(occupation_id=occupation.id, skill_id=skill.id, level=level))
    return occupation


def anew(read: Callable[[], R]) -> R:
    """What `read` gives now: uncommitted work is undone before it, and the reading ended after it."""
    db.session.rollback()
    db.session.expire_all()
    found = read()
    db.session.commit()
    return found


def recruiter_of(employer: Organisation) -> Member:
    """A new recruiter of an employer, as an actor."""
    return actor_of(employer, Role.RECRUITER)


def draft_vacancy(
    employer: Organisation | None = None, *, actor: Member | None = None, levels: tuple[int, ...] = (), **given: Any
) -> Vacancy:
    """A draft with the standard stages; `levels` are those of the skills it asks for."""
    host = employer or make_employer()
    values: dict[str, Any] = {
        "title": f"CNC setter-operator {next(_count)}",
        "occupation_id": make_occupation(*levels).id,
        "description": "You set up lathes.\n\nTwo shifts.",
        "schedule": Schedule.SHIFTS,
        "employment": Employment.FULL,
        "positions": 1,
        "pay_from": 5_800_000,
        "pay_to": 7_200_000,
        **given,
    }
    made = vacancy_services.draft(actor or recruiter_of(host), host, **values)
    return vacancy(made.id)


def make_vacancy(employer: Organisation | None = None, **given: Any) -> Vacancy:
    """A live vacancy."""
    host = employer or make_employer()
    actor = recruiter_of(host)
    made = draft_vacancy(host, actor=actor, **given)
    vacancy_services.publish(actor, made)
    return made


def vacancy(vacancy_id: int) -> Vacancy:
    """A vacancy as its pages load it."""
    return anew(lambda: vacancies.vacancy(System("tests"), vacancy_id))


def skills_of(found: Vacancy) -> list[int]:
    """The skills a vacancy asks for, in the order they were asked."""
    return [one.skill_id for one in sorted(found.asked, key=lambda one: one.id)]


def show_skill(trainee: Trainee, skill_id: int, level: int) -> None:
    """Evidence of a skill."""
    save(
        Evidence(
            trainee_id=trainee.id,
            skill_id=skill_id,
            level=level,
            kind=EvidenceKind.MODULE,
            subject_kind="trainee",
            subject_id=trainee.id,
            attested_at=clock.now(),
        )
    )


def make_application(found: Vacancy | None = None, *, trainee: Trainee | None = None, letter: str | None = None) -> Application:
    """An application in the first stage."""
    person = trainee or make_trainee()
    offered = vacancies.vacancy(System("tests"), (found or make_vacancy()).id)
    made = application_services.apply(learner(person), offered, trainee=person, letter=letter)
    return application(made.id)


def application(application_id: int) -> Application:
    """An application as its pages load it."""
    return anew(lambda: applications.known(System("tests"), application_id))


def interviewer_of(employer: Organisation) -> int:
    """The membership of a new mentor, who can sit in interviews."""
    return make_member(employer, Role.MENTOR).id


def make_interview(found: Application | None = None, *, hour: int = 10, days: int = 3, members: list[int] | None = None) -> Interview:
    """An interview proposed for a coming day."""
    subject = application((found or make_application()).id)
    employer = subject.vacancy.employer
    starts_at = (datetime.now(UTC) + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
    panel = members or [interviewer_of(employer)]
    made = interview_services.propose(
        recruiter_of(employer), subject, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45), place="Room 6", members=panel
    )
    return interview(made.id)


def interview(interview_id: int) -> Interview:
    """An interview as its pages load it."""
    return anew(lambda: interviews.interview(System("tests"), interview_id))


def make_offer(found: Application | None = None, **given: Any) -> Offer:
    """An offer that waits for an answer."""
    subject = application((found or make_application()).id)
    values: dict[str, Any] = {
        "position": subject.vacancy.title,
        "pay": Money.of(66_000),
        "starts_on": clock.today() + timedelta(days=14),
        "expires_at": clock.now() + timedelta(days=5),
        **given,
    }
    made = offer_services.send(recruiter_of(subject.vacancy.employer), subject, **values)
    return offer(made.id)


def offer(offer_id: int) -> Offer:
    """An offer as its pages load it."""
    return anew(lambda: offers.offer(System("tests"), offer_id))


def let_employers_find(trainee: Trainee) -> Trainee:
    """The person lets all verified employers find them."""
    choose_visibility(learner(trainee), trainee, visibility=Visibility.EMPLOYERS)
    return trainee


def race(app: Any, number: int, work: Any) -> list[Any]:
    """Runs `work` in so many threads at once; gives what each returned or raised."""
    ready, found = threading.Barrier(number), []

    def run(which: int) -> None:
        with app.app_context():
            ready.wait(10)
            try:
                found.append(work(which))
            except NotNow as refusal:
                found.append(refusal)

    threads = [threading.Thread(target=run, args=(which,)) for which in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found
