"""The operator's list of reports: searched, narrowed, ordered, taken away."""

import pytest

from tests.factories import acting, make_account, make_member, make_organisation
from tests.listed import file_of
from training.kernel.policy import OrganisationKind, Role, Visitor
from training.operations.problems import queries, services
from training.operations.problems.workflow import State


def report(words, page="/programmes", account_id=None):
    return services.report(Visitor(account_id), words=words, language="ru", page=page, email=None if account_id else "nina@example.org").id


@pytest.fixture
def operator(app):
    return make_member(make_organisation(OrganisationKind.OPERATOR), Role.OPERATOR)


@pytest.fixture
def desk(client, operator):
    """The operator's browser and the list: two that wait, one answered, one set aside."""
    actor = acting(operator)
    report("Ёлка на странице мешает")
    answered, closed = report("Seats do not add up", account_id=make_account().id), report("Spam", page="/internships")
    services.answer(actor, queries.problem(actor, answered), words="They do now.")
    services.close(actor, queries.problem(actor, closed), words="Nothing to mend.")
    report("The newest", page=None)
    return client.sign_in(operator.account), f"/o/{operator.organisation.slug}/problems"


def links(browser, url):
    return [link.text for link in browser.get(url).all("a") if "fw-semibold text-break" in (link.get("class") or "")]


def test_what_waits_is_the_last_state_in_the_alphabet():
    assert max(state.value for state in State) == State.REPORTED


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["The newest", "Ёлка на странице мешает", "Spam", "Seats do not add up"]),
        ("?sort=reported", ["Ёлка на странице мешает", "Seats do not add up", "Spam", "The newest"]),
        ("?sort=-reported", ["The newest", "Spam", "Seats do not add up", "Ёлка на странице мешает"]),
        ("?q=ЕЛКА", ["Ёлка на странице мешает"]),
        ("?q=internships", ["Spam"]),
        ("?state=answered&state=closed", ["Spam", "Seats do not add up"]),
        ("?account=yes", ["Seats do not add up"]),
        ("?account=no&state=closed", ["Spam"]),
    ],
)
def test_is_searched_narrowed_and_ordered(desk, query, found):
    browser, url = desk

    assert links(browser, f"{url}{query}") == found


def test_its_file_names_nobody(desk):
    browser, url = desk

    rows = file_of(browser, f"{url}?state=reported")

    assert rows[0] == ["Number", "Report", "On which page", "Reported", "State"]
    assert [row[1:3] for row in rows[1:]] == [["The newest", ""], ["Ёлка на странице мешает", "/programmes"]]
    assert "nina@example.org" not in str(rows)


def test_says_where_reports_come_from_while_there_is_none(client, operator):
    page = client.sign_in(operator.account).get(f"/o/{operator.organisation.slug}/problems")

    assert "See what they fill in" in page.words


def test_asks_as_often_for_forty_as_for_two(desk, statements):
    browser, url = desk
    with statements() as few:
        browser.get(url)
    for number in range(40):
        report(f"Report {number}", account_id=make_account().id)
    with statements() as many:
        browser.get(url)

    assert len(many) == len(few)
