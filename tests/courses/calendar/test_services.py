"""Planning academic years, their parts, and the next year from the last."""

from datetime import date

import pytest

from tests.factories import actor_of, events_of, make_school
from training.courses.calendar import queries, services
from training.courses.calendar.workflow import Event, PeriodKind
from training.kernel.db import NotFound, Stale, transaction
from training.kernel.policy import NotAllowed, NotNow, Role

pytestmark = pytest.mark.usefixtures("app")
FIRST, LAST = date(2026, 9, 1), date(2027, 6, 30)


def planned(school=None, first=FIRST, last=LAST):
    school = school or make_school()
    by = actor_of(school, Role.MANAGER)
    return by, services.plan(by, school, starts_on=first, ends_on=last)


def add(by, year, kind=PeriodKind.HOLIDAY, name="Unity Day", first=date(2026, 11, 4), last=date(2026, 11, 4)):
    return services.add_period(by, queries.year(by, year.id), kind=kind, name=name, starts_on=first, ends_on=last)


@transaction()
def build_on(school_id, first, last):
    services.build_on(school_id, first, last)


class TestPlan:
    def test_a_year_is_named_by_the_years_it_touches(self):
        by, year = planned()

        assert queries.year(by, year.id).name == "2026/27"
        assert events_of(year) == [Event.PLANNED]

    def test_two_years_share_no_day(self):
        school = make_school()
        by, _year = planned(school)

        with pytest.raises(NotNow, match="2026/27 has some of these days"):
            services.plan(by, school, starts_on=date(2027, 6, 30), ends_on=date(2028, 6, 30))
        services.plan(by, school, starts_on=date(2027, 7, 1), ends_on=date(2028, 6, 30))

    def test_another_school_has_its_own(self):
        planned()

        planned()

    def test_a_year_ends_after_it_begins_and_within_a_year(self):
        school = make_school()
        by = actor_of(school, Role.MANAGER)

        for last in (FIRST, date(2028, 6, 30)):
            with pytest.raises(NotNow):
                services.plan(by, school, starts_on=FIRST, ends_on=last)

    def test_only_managers_plan(self):
        school = make_school()

        with pytest.raises(NotAllowed):
            services.plan(actor_of(school, Role.TEACHER), school, starts_on=FIRST, ends_on=LAST)


class TestPeriods:
    def test_lie_inside_the_year_and_share_no_day_with_their_kind(self):
        by, year = planned()
        add(by, year, PeriodKind.TERM, "Autumn", FIRST, date(2026, 12, 29))

        with pytest.raises(NotNow, match="Autumn has some of these days"):
            add(by, year, PeriodKind.TERM, "Spring", date(2026, 12, 29), LAST)
        with pytest.raises(NotNow, match="2026/27 is from"):
            add(by, year, first=date(2026, 8, 31))
        add(by, year)

        assert [one.name for one in queries.year(by, year.id).periods] == ["Autumn", "Unity Day"]

    def test_are_changed_and_removed(self):
        by, year = planned()
        period = add(by, year)

        services.edit_period(by, queries.period(by, period.id), name="Day off", starts_on=date(2026, 11, 3), ends_on=date(2026, 11, 4))
        services.remove_period(by, queries.period(by, period.id))

        assert queries.year(by, year.id).periods == []
        assert events_of(year) == [Event.PLANNED, Event.PERIOD_ADDED, Event.PERIOD_EDITED, Event.PERIOD_REMOVED]

    def test_a_year_does_not_shrink_below_them(self):
        by, year = planned()
        add(by, year)

        year = queries.year(by, year.id)
        with pytest.raises(NotNow, match="Unity Day lies outside"):
            services.edit(by, year, version=year.version, starts_on=date(2026, 11, 5), ends_on=LAST)

    def test_of_another_school_are_not_there(self):
        by, year = planned()
        period = add(by, year)

        for query, key in ((queries.year, year.id), (queries.period, period.id)):
            with pytest.raises(NotFound):
                query(actor_of(make_school(), Role.MANAGER), key)


class TestBuiltOn:
    def test_days_stay_while_a_timetable_stands_on_them(self):
        by, year = planned()
        period = add(by, year)
        build_on(year.school_id, date(2026, 12, 1), date(2026, 12, 1))

        year = queries.year(by, year.id)
        refused = [
            lambda: services.edit(by, year, version=year.version, starts_on=date(2026, 9, 2), ends_on=LAST),
            lambda: services.remove(by, year),
            lambda: add(by, year, PeriodKind.TERM, "Autumn", FIRST, date(2026, 12, 29)),
            lambda: services.remove_period(by, queries.period(by, period.id)),
            lambda: services.edit_period(
                by, queries.period(by, period.id), name="Unity", starts_on=date(2026, 11, 3), ends_on=date(2026, 11, 3)
            ),
        ]
        for attempt in refused:
            with pytest.raises(NotNow, match="A timetable stands on the days of 2026/27"):
                attempt()

    def test_names_change_and_days_off_are_added_all_the_same(self):
        by, year = planned()
        period = add(by, year)
        build_on(year.school_id, date(2026, 12, 1), date(2026, 12, 1))

        services.edit_period(by, queries.period(by, period.id), name="Unity", starts_on=period.starts_on, ends_on=period.ends_on)
        add(by, year, name="Snow", first=date(2027, 1, 20), last=date(2027, 1, 21))

        assert [one.name for one in queries.year(by, year.id).periods] == ["Unity", "Snow"]

    def test_another_year_of_the_school_may_still_change(self):
        school = make_school()
        planned(school)
        by, later = planned(school, date(2027, 9, 1), date(2028, 6, 30))
        build_on(school.id, FIRST, FIRST)

        later = queries.year(by, later.id)
        services.edit(by, later, version=later.version, starts_on=date(2027, 9, 2), ends_on=date(2028, 6, 30))


class TestPlanNext:
    def test_begins_with_the_same_parts_a_year_later(self):
        by, year = planned()
        add(by, year, PeriodKind.TERM, "Autumn", FIRST, date(2026, 12, 29))
        add(by, year)

        made = queries.year(by, services.plan_next(by, queries.year(by, year.id)).id)

        assert (made.name, made.starts_on, made.ends_on) == ("2027/28", date(2027, 9, 1), date(2028, 6, 30))
        assert [(one.kind, one.name, one.starts_on) for one in made.periods] == [
            (PeriodKind.TERM, "Autumn", date(2027, 9, 1)),
            (PeriodKind.HOLIDAY, "Unity Day", date(2027, 11, 4)),
        ]

    def test_once(self):
        by, year = planned()
        services.plan_next(by, queries.year(by, year.id))

        with pytest.raises(NotNow, match="2027/28 has some of these days"):
            services.plan_next(by, queries.year(by, year.id))


class TestRemove:
    def test_a_removed_year_is_gone_from_the_calendar_and_its_days_are_free_again(self):
        school = make_school()
        by, year = planned(school)

        services.remove(by, queries.year(by, year.id))

        assert queries.years(by) == []
        assert queries.calendar(school.id, FIRST, LAST).years == []
        planned(school)


def test_whoever_saw_an_older_version_is_told():
    by, year = planned()

    with pytest.raises(Stale):
        services.edit(by, queries.year(by, year.id), version=year.version + 1, starts_on=FIRST, ends_on=LAST)
