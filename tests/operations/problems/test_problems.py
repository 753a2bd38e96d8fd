"""Reports: from any page to the operator and back."""

import pytest

from tests.client import Browser
from tests.factories import (
    acting,
    events_of,
    make_account,
    make_employer,
    make_member,
    make_organisation,
    make_trainee,
)
from training.kernel.db import NotFound, db
from training.kernel.policy import Learner, NotAllowed, NotNow, OrganisationKind, Role, Visitor
from training.operations.problems import queries, services
from training.operations.problems.models import Problem
from training.operations.problems.workflow import Event, State


@pytest.fixture
def operator(app):
    return make_member(make_organisation(OrganisationKind.OPERATOR), Role.OPERATOR)


def newest():
    return db.session.query(Problem).order_by(Problem.id.desc()).limit(1).one()


class TestReporting:
    def test_a_stranger_reports_and_is_thanked(self, client, operator):
        sent = client.submit("/problems/new?page=/programmes", words="Seats do not add up", email="nina@example.org")

        assert sent.location == "/problems/sent"
        problem = newest()
        assert (problem.page, problem.email, problem.account_id, problem.state) == ("/programmes", "nina@example.org", None, State.REPORTED)
        assert events_of(problem) == [Event.REPORTED]
        assert "The report is sent" in client.get(sent.location).words

    def test_somebody_signed_in_needs_no_address(self, client, operator):
        account = make_account()
        client.sign_in(account)
        page = client.get("/problems/new")
        assert 'name="email"' not in page.text

        sent = client.submit("/problems/new", words="Seats do not add up")

        assert sent.location == "/account/problems"
        assert newest().account_id == account.id
        assert "Seats do not add up" in client.get("/account/problems").words

    def test_needs_words_and_a_sound_address(self, client, operator):
        assert "Fill this in." in client.submit("/problems/new", words="").words
        assert "does not look like an e-mail" in client.submit("/problems/new", words="x", email="nonsense").words
        assert db.session.query(Problem).count() == 0

    def test_the_same_form_twice_is_one_report(self, client, operator):
        filled = client.get("/problems/new").form() | {"words": "Twice"}

        first, second = client.post("/problems/new", filled), client.post("/problems/new", filled)

        assert first.status == second.status == 302
        assert db.session.query(Problem).count() == 1

    @pytest.mark.parametrize("page", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
    def test_a_foreign_page_is_not_kept(self, client, operator, page):
        assert client.get(f"/problems/new?page={page}").form()["page"] == ""

    def test_without_an_operator_it_is_kept_all_the_same(self, app):
        services.report(Visitor(), words="Hello", language="en")

        assert newest().operator_id is None

    def test_reports_are_limited(self, committing_app):
        client = Browser(committing_app)

        answers = [client.submit("/problems/new", words="Again").status for _ in range(10)]

        assert set(answers) == {302}
        assert client.submit("/problems/new", words="Again").status == 429


class TestAnswering:
    def test_the_operator_is_told_and_has_it_waiting(self, client, operator, mailbox):
        client.submit("/problems/new", words="Seats do not add up")

        [letter] = mailbox(operator.account.email)
        assert "Seats do not add up" in letter.text
        client.sign_in(operator.account)
        assert "Answer a report" in client.get(f"/o/{operator.organisation.slug}/").words

    def test_an_answer_reaches_the_account(self, client, operator, mailbox):
        account = make_account()
        problem_id = services.report(Visitor(account.id), words="Seats do not add up", language="en").id
        client.sign_in(operator.account)
        page = f"/o/{operator.organisation.slug}/problems/{problem_id}"

        client.submit(f"{page}/answer", words="They do now.")

        assert events_of(newest()) == [Event.REPORTED, Event.ANSWERED]
        [letter] = mailbox(account.email)
        assert "They do now." in letter.text
        client.sign_in(account)
        assert "They do now." in client.get("/account/problems").words

    def test_an_answer_reaches_the_address_a_stranger_left_in_their_language(self, operator, mailbox):
        problem_id = services.report(Visitor(), words="Не работает", language="ru", email="nina@example.org").id
        actor = acting(operator)

        services.answer(actor, queries.problem(actor, problem_id), words="Уже работает.")

        [letter] = mailbox("nina@example.org")
        assert letter.subject == "Ответ на ваше сообщение"
        assert "Уже работает." in letter.text

    def test_setting_aside_says_why_and_is_told(self, client, operator, mailbox):
        problem_id = services.report(Visitor(), words="Spam", language="en", email="nina@example.org").id
        client.sign_in(operator.account)

        client.submit(f"/o/{operator.organisation.slug}/problems/{problem_id}/close", words="Nothing to mend.")

        assert newest().state is State.CLOSED
        [letter] = mailbox("nina@example.org")
        assert "Nothing to mend." in letter.text

    def test_is_over_once(self, operator):
        actor = acting(operator)
        problem = queries.problem(actor, services.report(Visitor(), words="Once", language="en").id)
        services.answer(actor, problem, words="Yes.")

        with pytest.raises(NotNow):
            services.close(actor, queries.problem(actor, problem.id), words="No.")

    def test_the_list_shows_what_waits_first(self, client, operator):
        actor = acting(operator)
        first = services.report(Visitor(), words="The first", language="en").id
        second = services.report(Visitor(), words="The second", language="en").id
        services.answer(actor, queries.problem(actor, second), words="Done")
        client.sign_in(operator.account)

        words = client.get(f"/o/{operator.organisation.slug}/problems").words

        assert words.index("The first") < words.index("The second")
        assert first < second
        assert "The second" not in client.get(f"/o/{operator.organisation.slug}/problems?state=reported").words


class TestWhoSees:
    def test_one_s_own_and_the_operator(self, operator):
        account, other = make_account(), make_account()
        problem_id = services.report(Visitor(account.id), words="Mine", language="en").id

        assert queries.problem(acting(operator), problem_id).id == problem_id
        assert queries.problem(Visitor(account.id), problem_id).id == problem_id
        for actor in (
            Visitor(other.id),
            Visitor(),
            Learner(other.id, make_trainee().id),
            acting(make_member(make_employer(), Role.MANAGER)),
        ):
            with pytest.raises(NotFound):
                queries.problem(actor, problem_id)

    def test_nobody_else_answers(self, client, operator):
        problem = services.report(Visitor(), words="Mine", language="en")
        employer = make_employer()
        member = make_member(employer, Role.MANAGER)
        client.sign_in(member.account)

        assert client.get(f"/o/{employer.slug}/problems").status == 403
        assert client.get(f"/o/{employer.slug}/problems/{problem.id}/answer").status == 404
        with pytest.raises(NotAllowed):
            services.answer(acting(member), problem, words="No")
