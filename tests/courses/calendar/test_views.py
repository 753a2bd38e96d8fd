"""Pages of academic years."""

from datetime import date

import pytest

from tests.factories import acting, make_member, make_school
from training.courses.calendar import queries, services
from training.courses.calendar.workflow import PeriodKind
from training.kernel.policy import Role

FIRST, LAST = date(2026, 9, 1), date(2027, 6, 30)


@pytest.fixture
def manager(app):
    return make_member(make_school(), Role.MANAGER)


def test_a_manager_plans_a_year_with_a_term_and_days_off_and_the_next_from_it(client, manager):
    client.sign_in(manager.account)
    here = f"/o/{manager.organisation.slug}/academic-years"
    assert "No academic year yet" in client.get(here).words

    page = client.submit(f"{here}/new", starts_on=str(FIRST), ends_on=str(LAST), follow=True)
    assert "Academic year 2026/27" in page.words
    [year] = queries.years(acting(manager))
    client.submit(f"{here}/{year.id}/periods/new", kind="term", name="Autumn", starts_on=str(FIRST), ends_on="2026-12-29")
    page = client.submit(
        f"{here}/{year.id}/periods/new", kind="holiday", name="Unity", starts_on="2026-11-04", ends_on="2026-11-04", follow=True
    )
    assert "119 teaching days" in page.words
    client.submit(f"{here}/{year.id}/edit", starts_on=str(FIRST), ends_on="2027-07-03")
    [period, *_rest] = queries.year(acting(manager), year.id).periods
    client.submit(f"{here}/periods/{period.id}", name="Autumn term")
    page = client.submit(f"{here}/{year.id}/next", page=here, follow=True)

    assert "Academic year 2027/28" in page.words
    assert "Autumn term" in page.words
    assert "Unity" in page.words


def test_a_refusal_stands_on_the_form(client, manager):
    services.plan(acting(manager), manager.organisation, starts_on=FIRST, ends_on=LAST)
    client.sign_in(manager.account)

    page = client.submit(f"/o/{manager.organisation.slug}/academic-years/new", starts_on=str(FIRST), ends_on=str(LAST))

    assert page.status == 409
    assert "The year 2026/27 has some of these days" in page.words


def test_teachers_see_years_and_change_nothing(client, manager):
    services.plan(acting(manager), manager.organisation, starts_on=FIRST, ends_on=LAST)
    client.sign_in(make_member(manager.organisation, Role.TEACHER).account)
    here = f"/o/{manager.organisation.slug}/academic-years"

    page = client.get(here)

    assert "2026/27" in page.words
    assert "Plan another year" not in page.words
    assert client.get(f"{here}/new").status == 403


def test_the_list_asks_as_much_for_many_years_as_for_two(client, manager, statements):
    by = acting(manager)
    client.sign_in(manager.account)
    here = f"/o/{manager.organisation.slug}/academic-years"

    def grown(years):
        for number in years:
            year = services.plan(by, manager.organisation, starts_on=date(number, 9, 1), ends_on=date(number + 1, 6, 30))
            day = date(number, 11, 4)
            services.add_period(by, year, kind=PeriodKind.HOLIDAY, name="Unity", starts_on=day, ends_on=day)
        client.get(here)
        statements.clear()
        client.get(here)
        return len(statements)

    assert grown(range(2020, 2022)) == grown(range(2022, 2040))
