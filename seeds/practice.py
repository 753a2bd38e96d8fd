"""Placements of the demonstration region: one trainee's way after the other, in every state a placement can have."""

from datetime import timedelta
from typing import Any, NamedTuple

from seeds.learners import Person
from seeds.logbook import AMENDED, DISAGREED, FIRST_DAY, MENTORS, RETURNED, TASKS, TEACHERS, TRAINEES
from seeds.openings import Places
from seeds.people import ACTOR
from seeds.places import Region
from seeds.story import Life
from training.accounts import queries as links
from training.accounts.workflow import Purpose
from training.files import queries as files
from training.internships.agreements import queries as agreement_queries
from training.internships.agreements import services as agreements
from training.internships.agreements.models import Agreement
from training.internships.agreements.workflow import State as Signing
from training.internships.evaluations import queries as evaluation_queries
from training.internships.evaluations import services as evaluations
from training.internships.evaluations.workflow import Recommendation
from training.internships.logbooks import queries as logbook_queries
from training.internships.logbooks import services as logbooks
from training.internships.logbooks.models import monday_of
from training.internships.openings import queries as opening_queries
from training.internships.openings.workflow import State as OpeningState
from training.internships.placements import queries, services
from training.internships.placements.models import Placement
from training.internships.placements.skills import asked_of
from training.internships.placements.workflow import State
from training.internships.scans import services as scans
from training.kernel.db import db
from training.kernel.policy import Actor, Bearer, Learner, Member, Role
from training.kernel.workflow import Party
from training.trainees.consents.queries import is_given

RECOMMENDED = (Recommendation.HIRE, Recommendation.HIRE, Recommendation.RESERVE, Recommendation.RETRAIN, Recommendation.NONE)


class End(NamedTuple):
    """How a stay ends before its last day: by which verb, whose, when, why."""

    verb: str
    by: str
    day: int
    reason: str


class Pace(NamedTuple):
    """The days of a stay's steps, relative to today; a step without a day is not taken."""

    asked: int
    approved: int | None = None
    accepted: int | None = None
    prepared: int | None = None
    school_signs: int | None = None
    host_signs: int | None = None
    end: End | None = None
    draft: bool = False
    """Whether the newest entry of the logbook is not sent yet."""
    drawn: bool = False
    """Whether it was drawn by lot."""


class Stay:
    """One trainee's way through a placement."""

    def __init__(self, region: Region, places: Places, person: Person, pace: Pace) -> None:
        """Nothing has happened yet."""
        self.region, self.story, self.places, self.person, self.pace = region, region.story, places, person, pace
        places.asked += 1
        self.employer = places.offer.employer
        self.school = next(slug for slug, one in region.schools.items() if one.id == person.trainee.school_id)
        self.placement: Placement

    def at_school(self, role: Role) -> Member:
        """Somebody of the trainee's school."""
        return self.region.acting(self.school, role)

    def at_employer(self, role: Role) -> Member:
        """Somebody of the host."""
        return self.region.acting(self.employer, role)

    @property
    def mentor(self) -> Member:
        """The host's mentor of this trainee."""
        return next(one.actor for one in self.region.staff[self.employer, Role.MENTOR] if one.membership.id == self.placement.mentor_id)

    def life(self) -> Life:
        """From the request to the end, or as far as it has come."""
        if self.pace.end is not None:
            self.story.begin(self.ending(self.pace.end))
        yield self.story.at(self.pace.asked, 8 + self.story.chance.randrange(12), self.story.chance.randrange(60))
        opening = self.places.opening
        if opening is None or opening.state is not OpeningState.OPEN:
            return
        opening = opening_queries.opening(ACTOR, opening.id)
        self.placement = self.again(services.request(self.person.actor, opening).id)
        yield from self.answers()
        if self.stands(State.ACCEPTED) and self.pace.prepared is not None:
            yield from self.signing()
        if self.stands(State.AGREED):
            yield self.story.at(self.story.offset(self.placement.starts_on), 8, 30)  # the calendar has started it in the night
            if self.stands(State.ACTIVE):
                yield from self.working()
        if self.stands(State.ACTIVE):
            yield from self.finishing()

    def stands(self, *states: State) -> bool:
        """Whether the placement is in one of the states."""
        return self.placement.state in states

    def again(self, placement_id: int) -> Placement:
        """The placement with all that its services read; other services read parts of it afresh and let go of the rest."""
        return queries.placement(ACTOR, placement_id)

    def answers(self) -> Life:
        """The school's and the host's."""
        if self.pace.approved is None:
            return
        yield self.story.at(self.story.workday(self.pace.approved), 11, self.story.chance.randrange(60))
        if not self.stands(State.REQUESTED) or (self.person.trainee.is_minor() and not is_given(self.person.trainee.id)):
            return
        supervisors = self.region.staff[self.school, Role.TEACHER]
        supervisor = supervisors[self.placement.id % len(supervisors)].membership
        services.approve(self.at_school(Role.PLACEMENT_OFFICER), self.placement, supervisor=supervisor)
        if self.pace.accepted is None:
            return
        yield self.story.at(self.story.workday(self.pace.accepted), 14, self.story.chance.randrange(60))
        mentor = self.region.free_mentor(self.employer, most=queries.limit_of(self.placement), first=not self.pace.drawn)
        if self.stands(State.APPROVED) and mentor is not None and opening_queries.pool(self.placement.opening_id or 0).free:
            services.accept(self.at_employer(Role.MANAGER), self.placement, mentor=mentor.membership)
            db.session.expire(self.placement, ["mentor", "supervisor"])
            self.again(self.placement.id)

    def signing(self) -> Life:
        """The school prepares the agreement, whose text is fixed in the evening; school, host and a minor's guardian sign."""
        officer = self.at_school(Role.PLACEMENT_OFFICER)
        assert self.pace.prepared is not None
        yield self.story.at(self.story.workday(self.pace.prepared), 10, self.story.chance.randrange(60))
        if not self.stands(State.ACCEPTED):
            return
        self.again(self.placement.id)
        agreement = agreement_queries.agreement(ACTOR, agreements.make(officer, self.placement, language="ru").id)
        for actor, day, hour in (
            (self.at_school(Role.MANAGER), self.pace.school_signs, 11),
            (self.at_employer(Role.MANAGER), self.pace.host_signs, 15),
        ):
            if day is None:
                yield from self.on_paper(agreement)
                return
            evening_before = 0 if hour > 12 else 1  # the text is fixed in the evening after it was prepared
            signs = max(self.story.workday(day), self.story.workday_after(self.story.told_day + evening_before))
            yield self.story.at(signs, hour, self.story.chance.randrange(60))
            if agreement.state is not Signing.SIGNING:
                return
            agreements.sign(actor, agreement)
        if agreement.state is Signing.SIGNING:
            yield from self.guardian_signs(agreement)

    def on_paper(self, agreement: Agreement) -> Life:
        """Some hosts sign by pen: yesterday the officer brought the sheets back, and nobody has compared them yet."""
        if agreement.state is not Signing.SIGNING or agreement.next_side is agreement.sides[0] or (self.pace.drawn and agreement.id % 2):
            return
        yield self.story.at(self.story.workday(-1), 9, self.story.chance.randrange(60))
        if agreement.file is not None:
            director = self.region.staff[self.employer, Role.MANAGER][0].membership.account.name
            with files.path(agreement.file).open("rb") as sheets:
                scans.bring(
                    self.at_school(Role.PLACEMENT_OFFICER),
                    agreement_queries.agreement(ACTOR, agreement.id),
                    until=2,
                    signers=director,
                    signed_on=self.story.day(self.story.told_day),
                    source=sheets,
                    name=f"{agreement.number}.pdf",
                )

    def guardian_signs(self, agreement: Agreement) -> Life:
        """By the link of a letter."""
        assert self.pace.host_signs is not None
        yield self.story.at(self.pace.host_signs + 1, 20, self.story.chance.randrange(60))
        link = links.newest_link(Purpose.SIGNING, agreement.id)
        side = agreement.next_side
        if agreement.state is Signing.SIGNING and link is not None and side is not None and side.party is Party.GUARDIAN:
            agreements.sign(Bearer(link.id, Purpose.SIGNING.value, agreement.id), agreement)

    def working(self) -> Life:
        """An entry each working day; the mentor countersigns a week on the Wednesday after it."""
        chance, tasks = self.story.chance, TASKS[self.places.offer.occupation]
        first, last = self.story.offset(self.placement.starts_on), self.story.offset(self.placement.ends_on)
        number = chance.randrange(len(tasks))
        skills: list[int | None] = [skill.id for skill, _level in asked_of(self.placement)] or [None]
        for day in range(first, last + 1):
            if self.story.day(day).weekday() > 4 or (chance.random() < 0.04 and day != first):
                continue
            number += 1
            yield self.story.at(day, 15 + chance.randrange(4), chance.randrange(60))
            if not self.stands(State.ACTIVE):
                return
            if day == first:
                self.write(day, FIRST_DAY, None)
            else:
                self.write(day, tasks[number % len(tasks)], skills[number % len(skills)])
            if self.story.day(day).weekday() == 2 and day - first > 4:
                yield self.story.at(day, 19, chance.randrange(60))
                yield from self.countersign(day)

    def write(self, day: int, said: tuple[str, str], skill_id: int | None) -> None:
        """What was done on that day."""
        task, result = said
        learner: Learner = self.person.actor
        hours = self.story.chance.choice((7, 7, 7, 7, 6.5, 6)) if self.placement.daily_hours >= 7 else self.placement.daily_hours
        verb = logbooks.write if self.pace.draft and day == self.story.workday(-1) else logbooks.write_and_submit
        told: dict[str, Any] = {"minutes": int(hours * 60), "task": task, "result": result, "skill_id": skill_id}
        verb(learner, self.placement, worked_on=self.story.day(day), **told)

    def countersign(self, day: int) -> Life:
        """Last week is signed; now and then an entry comes back first."""
        if not self.stands(State.ACTIVE):
            return
        monday = monday_of(self.story.day(day)) - timedelta(days=7)
        waiting = logbook_queries.waiting_in(self.placement, monday)
        if waiting and self.story.chance.random() < 0.2:
            entry = waiting[-1]
            logbooks.send_back(self.mentor, entry, reason=self.story.chance.choice(RETURNED))
            yield self.story.at(day + 1, 18)
            if not self.stands(State.ACTIVE):
                return
            logbooks.edit_and_submit(
                self.person.actor,
                entry,
                version=entry.version,
                worked_on=entry.worked_on,
                minutes=entry.minutes,
                task=entry.task,
                result=f"{entry.result} {AMENDED}",
                skill_id=entry.skill_id,
            )
            yield self.story.at(day + 1, 20)
        if self.stands(State.ACTIVE) and logbook_queries.waiting_in(self.placement, monday):
            logbooks.countersign(self.mentor, self.placement, monday=monday)

    def finishing(self) -> Life:
        """The mentor signs what is left and rates; the host completes; some others write too, and some disagree."""
        story, chance = self.story, self.story.chance
        last = story.offset(self.placement.ends_on)
        yield story.at(last + 1, 12, chance.randrange(60))
        if not self.stands(State.ACTIVE):
            return
        first = monday_of(self.placement.starts_on)
        for week in range((self.placement.ends_on - first).days // 7 + 1):
            monday = first + timedelta(days=7 * week)
            if logbook_queries.waiting_in(self.placement, monday):
                logbooks.countersign(self.mentor, self.placement, monday=monday)
        ratings = {skill.id: max(1, min(4, level + chance.choice((-1, 0, 0, 0, 1)))) for skill, level in asked_of(self.placement)}
        comment, recommendation = chance.choice(MENTORS), chance.choice(RECOMMENDED)
        written = evaluations.write(self.mentor, self.placement, ratings=ratings, comment=comment, recommendation=recommendation)
        if not logbook_queries.unfinished(self.placement):
            yield story.at(last + 1, 15, 40)
            evaluations.complete(self.at_employer(Role.MANAGER), self.placement)
        if chance.random() < 0.6:
            yield story.at(last + 2, 19)
            evaluations.write(self.person.actor, self.placement, ratings={}, comment=chance.choice(TRAINEES))
        if chance.random() < 0.06:
            evaluations.disagree(self.person.actor, evaluation_queries.evaluation(ACTOR, written.id), comment=chance.choice(DISAGREED))
        if chance.random() < 0.6:
            yield story.at(last + 4, 13)
            teacher = self.at_school(Role.PLACEMENT_OFFICER)
            evaluations.write(teacher, self.placement, ratings={}, comment=chance.choice(TEACHERS))

    def ending(self, end: End) -> Life:
        """Somebody ends it before its time, if it is not over by then."""
        yield self.story.at(end.day, 13, self.story.chance.randrange(60))
        placement = self.__dict__.get("placement")
        verbs = {
            "refuse": (services.refuse, (State.REQUESTED, State.APPROVED)),
            "withdraw": (services.withdraw, (State.REQUESTED, State.APPROVED, State.ACCEPTED)),
            "cancel": (services.cancel, (State.ACCEPTED, State.AGREED)),
            "break_off": (services.break_off, (State.ACTIVE,)),
        }
        verb, sources = verbs[end.verb]
        actors: dict[str, Actor] = {
            "trainee": self.person.actor,
            "school": self.at_school(Role.PLACEMENT_OFFICER),
            "host": self.at_employer(Role.MANAGER),
        }
        if placement is not None and placement.state in sources:
            verb(actors[end.by], placement, reason=end.reason)
