"""Records of internships, valid by default."""

import itertools
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy.orm import joinedload

from seeds.law_rules import RULES
from tests.factories import make_employer, make_member, make_school, make_trainee, save
from training.accounts.memberships.models import Membership
from training.internships.logbooks.models import LogbookEntry
from training.internships.logbooks.workflow import State as EntryState
from training.internships.openings.models import Opening, OpeningPlaces
from training.internships.openings.workflow import State as OpeningState
from training.internships.placements import queries as placements
from training.internships.placements.models import MentorLoad, Placement
from training.internships.placements.workflow import TAKEN, State
from training.internships.visits import queries as visits
from training.internships.visits.models import Visit
from training.internships.visits.workflow import Means, Standing
from training.internships.visits.workflow import State as VisitState
from training.kernel import clock, keys
from training.kernel.db import db
from training.kernel.policy import Role, System
from training.organisations.models import Organisation
from training.taxonomy.models import LawRule, Occupation, OccupationSkill, Skill
from training.taxonomy.services import load
from training.trainees.disclosures.models import Disclosure
from training.trainees.disclosures.workflow import Because
from training.trainees.engagements.models import Engagement, EngagementKind

_count = itertools.count(1)


def today() -> date:
    """The day it is where the organisations of these tests are."""
    return clock.today("Europe/Samara")


def load_rules() -> None:
    """The law on minors' hours."""
    load(System("tests"), LawRule, rows=RULES)


def make_occupation(*, skills: int = 2) -> Occupation:
    """An occupation that asks for some skills."""
    number = next(_count)
    occupation: Occupation = save(
        Occupation(slug=f"turner-{number}", isco="7223", title_en=f"Turner {number}", title_ru=f"Токарь {number}")
    )
    for step in range(skills):
        skill = save(Skill(slug=f"skill-{number}-{step}", title_en=f"Skill {number}.{step}", title_ru=f"Навык {number}.{step}"))
        save(OccupationSkill(occupation_id=occupation.id, skill_id=skill.id, level=2))
    return occupation


def make_opening(*, employer: Any = None, places: int = 2, taken: int = 0, **given: Any) -> Opening:
    """An open opening that begins tomorrow and lasts four weeks."""
    host = employer or make_employer()
    first = given.pop("starts_on", today() + timedelta(days=1))
    values: dict[str, Any] = {
        "title": f"Turner, press shop {next(_count)}",
        "town": host.town,
        "starts_on": first,
        "ends_on": first + timedelta(days=27),
        "weekly_hours": 40,
        "daily_hours": 8,
        "shift_from": time(8),
        "shift_to": time(16, 30),
        "state": OpeningState.OPEN,
        **given,
    }
    if "occupation" not in values and "occupation_id" not in values:
        values["occupation"] = make_occupation()
    opening = Opening(employer=host, slug=keys.slug(), **values)
    opening.pool = OpeningPlaces(places=places, taken=taken)
    return save(opening)


def make_placement(*, state: State = State.REQUESTED, opening: Opening | None = None, trainee: Any = None, **given: Any) -> Placement:
    """A placement of a trainee of age, with whatever its state brings with it; loaded as its pages load it."""
    offer = opening or make_opening(starts_on=today() - timedelta(days=3) if state is State.ACTIVE else today() + timedelta(days=1))
    person = trainee or make_trainee(school_id=make_school().id)
    approved = state is not State.REQUESTED
    values: dict[str, Any] = {
        "school_id": person.school_id,
        "employer_id": offer.employer_id,
        "opening_id": offer.id,
        "trainee": person,
        "starts_on": offer.starts_on,
        "ends_on": offer.ends_on,
        "weekly_hours": offer.weekly_hours,
        "daily_hours": offer.daily_hours,
        "approved_at": clock.now() if approved else None,
        "state": state,
        **given,
    }
    if state in {*TAKEN, State.COMPLETED} and "mentor_id" not in values:
        values["mentor_id"] = make_member(offer.employer, Role.MENTOR).id
        save(MentorLoad(membership_id=values["mentor_id"], most=3, held=1))
    if state in TAKEN:
        offer.pool.taken += 1
    placement = save(Placement(**values))
    if approved:
        save(
            Disclosure(
                trainee_id=person.id,
                organisation_id=offer.employer_id,
                because=Because.PLACEMENT,
                subject_kind="placement",
                subject_id=placement.id,
                since_at=clock.now(),
            )
        )
    if state in {State.AGREED, State.ACTIVE}:
        save(
            Engagement(
                trainee_id=person.id,
                organisation_id=offer.employer_id,
                kind=EngagementKind.PLACEMENT,
                from_on=placement.starts_on,
                until_on=placement.ends_on,
                subject_kind="placement",
                subject_id=placement.id,
            )
        )
    return loaded(placement)


def loaded(placement: Placement) -> Placement:
    """The placement with everything its services read."""
    db.session.expire_all()
    return placements.placement(System("tests"), placement.id)


def make_minor_placement(years: int = 16, **given: Any) -> Placement:
    """An accepted or active placement of somebody under 18."""
    person = make_trainee(born_on=birth(years), school_id=make_school().id)
    return make_placement(trainee=person, **given)


def birth(years: int) -> date:
    """The birth date of somebody who turned `years` some months ago."""
    return today() - timedelta(days=int(years * 365.25) + 120)


def mentor_of(placement: Placement) -> Membership:
    """The mentor with the account and organisation."""
    whole = [joinedload(Membership.organisation), joinedload(Membership.account)]
    return db.session.get_one(Membership, placement.mentor_id, options=whole, populate_existing=True)


def make_visit(placement: Placement, *, state: VisitState = VisitState.PLANNED, days: int = 1, **given: Any) -> Visit:
    """A visit of an hour, so many days from now (a held one: before now), by a placement officer of the school."""
    happened = state in {VisitState.HELD, VisitState.CONCLUDED}
    starts_at = given.pop("starts_at", clock.now() + timedelta(days=-abs(days) if happened else days))
    visitor = given.pop("visitor", None) or make_member(db.session.get_one(Organisation, placement.school_id), Role.PLACEMENT_OFFICER)
    values = {
        "placement_id": placement.id,
        "school_id": placement.school_id,
        "employer_id": placement.employer_id,
        "visitor_id": visitor.id,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "means": Means.AT_WORK,
        "place": "Gate 2",
        "standing": Standing.ON_TRACK if happened else None,
        "findings": "Works well" if happened else None,
        "state": state,
        **given,
    }
    visit = save(Visit(**values))
    return visits.visit(System("tests"), visit.id)


def make_entry(placement: Placement, *, state: EntryState = EntryState.SUBMITTED, days_ago: int = 0, **given: Any) -> LogbookEntry:
    """An entry of seven hours."""
    day = today() - timedelta(days=days_ago)
    values = {"worked_on": day, "number": 1, "task": "Turned bushings", "minutes": 420, "state": state, **given}
    return save(LogbookEntry(placement=placement, **values))
