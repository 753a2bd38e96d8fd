"""The logbook: written inside the law and the stay, countersigned by week, frozen for good."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from tests.factories import acting, actor_of, events_of, learner, make_trainee
from tests.internships.factories import load_rules, loaded, make_entry, make_minor_placement, make_opening, make_placement, mentor_of, today
from training.internships.logbooks import queries, services
from training.internships.logbooks.models import LogbookEntry, monday_of
from training.internships.logbooks.workflow import Event, State
from training.internships.placements.workflow import State as PlacementState
from training.kernel.db import NotFound, Stale, db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.trainees.passport import queries as passport
from training.turns import queries as turns

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def rules(app):
    load_rules()


def active(**given):
    return make_placement(state=PlacementState.ACTIVE, **given)


def wrote(placement, **given):
    values: dict[str, Any] = {"worked_on": today(), "minutes": 420, "task": "Set up the lathe."} | given
    return services.write(learner(placement.trainee), placement, **values)


class TestWrite:
    def test_is_a_draft_that_only_the_trainee_sees(self):
        placement = active()

        entry = wrote(placement)

        assert (entry.state, entry.number, entry.hours) == (State.DRAFT, 1, 7)
        assert events_of(entry) == [Event.WRITTEN]
        with pytest.raises(NotFound):
            queries.entry(acting(mentor_of(placement)), entry.id)

    def test_several_entries_of_a_day_are_numbered(self):
        placement = active()

        numbers = [wrote(loaded(placement), minutes=60).number for _one in range(3)]

        assert numbers == [1, 2, 3]

    @pytest.mark.parametrize(("days", "sentence"), [(1, "still to come"), (-4, "outside the stay"), (60, "outside the stay")])
    def test_the_day_is_inside_the_stay_and_not_in_the_future(self, days, sentence):
        placement = active()

        with pytest.raises(NotNow, match=sentence) as refusal:
            wrote(placement, worked_on=today() + timedelta(days=days))
        assert refusal.value.field == "worked_on"

    @pytest.mark.parametrize("minutes", [0, 10, 421, 735])
    def test_hours_go_in_quarters(self, minutes):
        with pytest.raises(NotNow, match="quarters"):
            wrote(active(), minutes=minutes)

    def test_a_minors_day_has_its_limit_over_all_entries(self):
        placement = make_minor_placement(17, state=PlacementState.ACTIVE)
        wrote(placement, minutes=240)

        with pytest.raises(NotNow) as refusal:
            wrote(loaded(placement), minutes=240)

        assert str(refusal.value.sentences[0]) == "8 hours is over the daily limit: at 17 up to 7 (Labour Code, art. 94)"

    def test_a_week_has_its_limit_too(self):
        first = monday_of(today()) - timedelta(days=7)
        opening = make_opening(starts_on=first)
        placement = make_minor_placement(15, state=PlacementState.ACTIVE, opening=opening)
        for day in range(4):
            wrote(loaded(placement), worked_on=first + timedelta(days=day), minutes=300)

        with pytest.raises(NotNow, match=r"25 hours is over the weekly limit: at 15 up to 24 \(Labour Code, art. 92\)"):
            wrote(loaded(placement), worked_on=first + timedelta(days=4), minutes=300)

    def test_the_age_on_that_day_decides(self):
        day = today()
        eighteenth = day.replace(year=day.year - 18) if (day.month, day.day) != (2, 29) else day.replace(year=day.year - 18, day=28)
        trainee = make_trainee(born_on=eighteenth, school_id=make_placement().school_id)
        placement = active(trainee=trainee)

        wrote(placement, minutes=480)
        with pytest.raises(NotNow, match="at 17 up to 7"):
            wrote(loaded(placement), minutes=480, worked_on=today() - timedelta(days=1))

    def test_is_closed_until_the_placement_is_active(self):
        with pytest.raises(NotNow, match="while the placement is active"):
            wrote(make_placement(state=PlacementState.AGREED, opening=make_opening(starts_on=today())))

    def test_is_the_trainees_alone(self):
        placement = active()

        with pytest.raises(NotAllowed):
            services.write(acting(mentor_of(placement)), placement, worked_on=today(), minutes=60, task="Not mine.")


class TestEdit:
    def test_a_returned_entry_goes_back_to_the_mentor_changed(self):
        placement = active()
        entry = make_entry(placement)
        services.send_back(acting(mentor_of(placement)), queries.entry(acting(mentor_of(placement)), entry.id), reason="Name the machine.")
        actor = learner(loaded(placement).trainee)
        shown = queries.entry(actor, entry.id)

        services.edit_and_submit(actor, shown, version=shown.version, worked_on=shown.worked_on, minutes=360, task="Lathe 16K20.")

        assert (shown.state, shown.minutes, shown.comment) == (State.SUBMITTED, 360, None)
        assert [turn.verb for turn in turns.of(shown)] == ["countersign"]

    def test_an_older_version_is_stale(self):
        placement = active()
        entry = wrote(placement)
        actor = learner(placement.trainee)

        with pytest.raises(Stale):
            services.edit(actor, entry, version=0, worked_on=entry.worked_on, minutes=60, task="Old.")

    def test_what_the_mentor_has_does_not_change(self):
        placement = active()
        actor = learner(placement.trainee)
        entry = queries.entry(actor, make_entry(placement).id)

        with pytest.raises(NotNow, match="stays as it is"):
            services.edit(actor, entry, version=entry.version, worked_on=entry.worked_on, minutes=60, task="Other.")


class TestCountersign:
    def test_signs_every_waiting_entry_of_the_week_at_once(self):
        first = monday_of(today()) - timedelta(days=7)
        placement = active(opening=make_opening(starts_on=first))
        mentor = acting(mentor_of(placement))
        entries = [make_entry(loaded(placement), worked_on=first + timedelta(days=day)) for day in range(3)]
        make_entry(loaded(placement), worked_on=first + timedelta(days=3), state=State.DRAFT)

        count = services.countersign(mentor, loaded(placement), monday=first)

        assert count == 3
        assert queries.hours_of(loaded(placement)).countersigned == 3 * 420
        assert events_of(entries[0]) == [Event.COUNTERSIGNED]
        assert queries.unfinished(loaded(placement)) == 1

    def test_the_hours_of_each_skill_go_into_the_passport_and_grow_week_by_week(self):
        first = monday_of(today()) - timedelta(days=14)
        placement = active(opening=make_opening(starts_on=first))
        turning, welding = (skill.id for skill in queries.skills_for(loaded(placement)))
        for day, skill in ((0, turning), (1, turning), (2, welding), (3, None), (7, turning)):
            make_entry(loaded(placement), worked_on=first + timedelta(days=day), skill_id=skill)
        mentor = acting(mentor_of(placement))

        found = []
        for monday in (first, first + timedelta(days=7)):
            services.countersign(mentor, loaded(placement), monday=monday)
            found.append({skill.id: [one.hours for one in shown] for skill, _level, shown in passport.of(placement.trainee_id)})

        assert found == [{turning: [14], welding: [7]}, {turning: [21], welding: [7]}]
        assert set(passport.levels([placement.trainee_id])[placement.trainee_id].values()) == {1}

    def test_a_week_says_what_waits_in_the_others(self):
        first = monday_of(today()) - timedelta(days=14)
        placement = active(opening=make_opening(starts_on=first))
        for day in (0, 1, 8):
            make_entry(loaded(placement), worked_on=first + timedelta(days=day))
        mentor = acting(mentor_of(placement))
        weeks = [queries.week(mentor, placement.id, (first + timedelta(days=day)).isoformat()) for day in (0, 7)]

        assert [queries.waiting_beside(week) for week in weeks] == [(1, first + timedelta(days=7)), (2, first)]
        services.countersign(mentor, loaded(placement), monday=first)
        assert queries.waiting_beside(weeks[1]) is None

    def test_is_the_mentors_alone(self):
        placement = active()
        make_entry(placement)
        placement = loaded(placement)

        actors = (learner(placement.trainee), actor_of(placement.employer, Role.MANAGER), actor_of(placement.school, Role.MANAGER))
        for actor in actors:
            with pytest.raises(NotAllowed):
                services.countersign(actor, loaded(placement), monday=monday_of(today()))

    def test_an_empty_week_has_nothing_to_sign(self):
        placement = active()
        mentor = acting(mentor_of(placement))

        with pytest.raises(NotNow, match="No entry"):
            services.countersign(mentor, loaded(placement), monday=monday_of(today()))


class TestACountersignedEntryNeverChanges:
    def test_the_database_refuses_to_change_it(self):
        entry = make_entry(active(), state=State.COUNTERSIGNED)

        with pytest.raises(DBAPIError, match="frozen"):
            db.session.execute(update(LogbookEntry).where(LogbookEntry.id == entry.id).values(minutes=60))
        db.session.rollback()

    def test_nor_to_remove_it(self):
        entry = make_entry(active(), state=State.COUNTERSIGNED)

        with pytest.raises(DBAPIError, match="frozen"):
            db.session.execute(delete(LogbookEntry).where(LogbookEntry.id == entry.id))
        db.session.rollback()

    def test_others_can_be_changed(self):
        entry = make_entry(active(), state=State.RETURNED)

        changed = db.session.scalars(
            update(LogbookEntry).where(LogbookEntry.id == entry.id).values(minutes=60).returning(LogbookEntry.id)
        ).all()

        assert changed == [entry.id]

    def test_the_service_says_so_in_words(self):
        placement = active()
        actor = learner(placement.trainee)
        entry = queries.entry(actor, make_entry(placement, state=State.COUNTERSIGNED).id)

        with pytest.raises(NotNow, match="countersigned, so it stays"):
            services.edit(actor, entry, version=entry.version, worked_on=entry.worked_on, minutes=60, task="Other.")


def test_the_logbook_asks_as_often_for_forty_entries_as_for_two(statements):
    placement = active(opening=make_opening(starts_on=today() - timedelta(days=25)))
    for day in range(2):
        make_entry(placement, days_ago=day)
    actor = learner(placement.trainee)
    with statements() as few:
        queries.weeks(actor, placement)
    for day in range(2, 20):
        make_entry(placement, days_ago=day)
        make_entry(placement, days_ago=day, number=2, minutes=15)
    placement = loaded(placement)
    with statements() as many:
        queries.weeks(actor, placement)

    assert len(many) == len(few) == 1
