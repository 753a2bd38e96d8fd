"""One candidate's way through a vacancy, step by step on the days it happened."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from seeds.learners import Person
from seeds.places import Region
from seeds.story import Life
from seeds.vacancies import Post
from training.candidates.applications import queries, services
from training.candidates.applications.models import Application
from training.candidates.applications.workflow import Rejection, State, Withdrawal
from training.candidates.interviews import queries as interview_queries
from training.candidates.interviews import services as interviews
from training.candidates.interviews.models import Interview
from training.candidates.interviews.workflow import State as Meeting
from training.candidates.offers import queries as offer_queries
from training.candidates.offers import services as offers
from training.candidates.offers.models import Offer
from training.candidates.offers.workflow import Refusal
from training.candidates.offers.workflow import State as OfferState
from training.candidates.vacancies.queries import pool, stages
from training.kernel.money import Money
from training.kernel.policy import Role, System

ROOMS = (
    "Проходная 1, кабинет 12",
    "Отдел кадров, кабинет 3",
    "Учебный класс цеха",
    "Видеозвонок, ссылка в письме",
    "Кабинет начальника участка",
)
HOURS = range(9, 17)
OFFICE = ("move", "propose", "conclude", "reject", "make_offer", "call_off", "take_back")
"""What is done on working days only."""


class Step(NamedTuple):
    """What happens on a day (relative to today) and how: a verb of `Candidacy`, with what it is given."""

    day: int
    verb: str
    given: tuple[Any, ...] = ()


@dataclass
class Diary:
    """Who meets when, so that nobody is in two places at once."""

    taken: set[tuple[str, int, int]] = field(default_factory=set)

    def free(self, day: int, *who: str) -> int | None:
        """An hour of the day at which all of them are free, which is theirs from now on."""
        for hour in HOURS:
            if not any((one, day, hour) in self.taken for one in who):
                self.taken.update((one, day, hour) for one in who)
                return hour
        return None


class Candidacy:
    """An application and what becomes of it."""

    def __init__(self, region: Region, post: Post, person: Person, diary: Diary, letter: str, steps: list[Step]) -> None:
        """The first step is the application."""
        self.region, self.story, self.post, self.person, self.diary, self.letter, self.steps = (
            region,
            region.story,
            post,
            person,
            diary,
            letter,
            steps,
        )
        self.recruiter = region.acting(post.job.employer, Role.RECRUITER)
        self.application: Application
        self.interview: Interview | None = None
        self.offer: Offer | None = None

    def life(self) -> Life:
        """Each step on its day, as long as the application is not over."""
        for number, step in enumerate(self.steps):
            chance = self.story.chance
            day = self.story.workday(step.day) if step.verb in OFFICE else step.day
            yield self.story.at(day, 9 + chance.randrange(8), chance.randrange(60))
            if number == 0:
                if not self.post.live:
                    return
                self.apply()
            elif self.application.state in (State.OPEN, State.OFFERED):
                getattr(self, step.verb)(*step.given)
            else:
                return

    def apply(self) -> None:
        """With the profile and a letter."""
        assert self.post.vacancy is not None
        made = services.apply(self.person.actor, self.post.vacancy, trainee=self.person.trainee, letter=self.letter)
        self.application = queries.application(System("seeds"), made.id)

    def move(self, place: int) -> None:
        """To the stage of that place."""
        if self.application.state is State.OPEN:
            wanted = stages(self.application.vacancy_id)[place]
            services.move(self.recruiter, self.application, stage_id=wanted.id)
            self.application.stage = wanted

    def propose(self, in_days: int) -> None:
        """An interview after some days, at an hour when everybody is free."""
        story, employer = self.story, self.post.job.employer
        day = story.workday(story.told_day + in_days)
        hour = self.diary.free(day, employer, str(self.person.trainee.id))
        if self.application.state is not State.OPEN or hour is None or story.at(day, hour) <= story.at(story.told_day, 18):
            return
        panel = [self.region.staff[employer, role][0].membership.id for role in (Role.RECRUITER, Role.MENTOR)]
        made = interviews.propose(
            self.recruiter,
            self.application,
            starts_at=story.at(day, hour),
            ends_at=story.at(day, hour) + timedelta(minutes=45),
            place=story.chance.choice(ROOMS),
            members=panel,
        )
        self.interview = interview_queries.interview(System("seeds"), made.id)

    def confirm(self) -> None:
        """The candidate comes."""
        if self.interview is not None and self.interview.state is Meeting.PROPOSED:
            interviews.confirm(self.person.actor, self.interview)

    def stay_away(self, why: str) -> None:
        """The candidate cannot come then."""
        if self.interview is not None and self.interview.state is Meeting.PROPOSED:
            interviews.decline(self.person.actor, self.interview, reason=why)

    def call_off(self, why: str) -> None:
        """The employer cancels the interview."""
        if self.interview is not None and self.interview.state in (Meeting.PROPOSED, Meeting.CONFIRMED):
            interviews.cancel(self.recruiter, self.interview, reason=why)

    def conclude(self) -> None:
        """It took place."""
        over = self.interview is not None and self.interview.ends_at < self.story.at(self.story.told_day, 0)
        if self.interview is not None and over and self.interview.state is Meeting.CONFIRMED:
            interviews.conclude(self.recruiter, self.interview)

    def reject(self, reason: Rejection, words: str | None = None) -> None:
        """The employer says no."""
        if self.application.state is State.OPEN:
            services.reject(self.recruiter, self.application, reason=reason, words=words)

    def withdraw(self, reason: Withdrawal) -> None:
        """The candidate takes it back."""
        if self.application.state is State.OPEN:
            services.withdraw(self.person.actor, self.application, reason=reason)

    def make_offer(self, days: int = 7) -> None:
        """Where a position is free that no other offer holds; else somebody else was better."""
        vacancy_id = self.application.vacancy_id
        if self.application.state is not State.OPEN:
            return
        if pool(vacancy_id).free <= offer_queries.count_out(vacancy_id):
            self.reject(Rejection.STRONGER)
            return
        job, today = self.post.job, self.story.told_day
        low = job.pay_from or 52_000
        made = offers.send(
            self.recruiter,
            self.application,
            position=job.title,
            pay=Money.of(low + self.story.chance.randrange(0, max((job.pay_to or low + 8_000) - low, 1_000), 500)),
            starts_on=self.story.day(self.story.monday(today + days + 8)),
            expires_at=self.story.at(today + days, 18),
            conditions=self.story.chance.choice((None, "Испытательный срок два месяца, наставник закреплён приказом.")),
        )
        self.offer = offer_queries.offer(System("seeds"), made.id)

    def accept(self) -> None:
        """The candidate is hired."""
        if self.offer is not None and self.offer.state is OfferState.SENT:
            offers.accept(self.person.actor, self.offer)

    def decline(self, reason: Refusal, words: str | None = None) -> None:
        """The candidate does not take it."""
        if self.offer is not None and self.offer.state is OfferState.SENT:
            offers.decline(self.person.actor, self.offer, reason=reason, words=words)

    def take_back(self, why: str) -> None:
        """The employer withdraws the offer."""
        if self.offer is not None and self.offer.state is OfferState.SENT:
            offers.withdraw(self.recruiter, self.offer, reason=why)
