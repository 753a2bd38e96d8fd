"""Pages of prerequisites: the school's, the public one, and what whoever applies is told."""

import pytest
from sqlalchemy import event

from tests.courses.factories import make_cohort, make_enrolment, make_programme, make_version
from tests.courses.prerequisites.asking import again, completes, make_asking, make_taught
from tests.courses.selections.factories import make_selection
from tests.factories import make_account, make_member, make_school, make_trainee
from training.courses.programmes.workflow import Needs, State
from training.kernel.db import db
from training.kernel.policy import Role

RULE = 1
"""The rule's place among the forms of the page of a draft that asks for one programme."""


@pytest.fixture
def statements(app):
    """The statements so far."""
    sent = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def funding_asked(page):
    return any(one.get("name") == "funding" for one in page.all("input"))


def drafted(client):
    """A draft, its pages' address, and its teacher signed in."""
    version = make_version(make_programme(make_school()), state=State.DRAFT)
    school = version.programme.school
    client.sign_in(make_member(school, Role.TEACHER).account)
    return again(version), f"/o/{school.slug}/programmes/{version.id}"


class TestEdit:
    def test_a_programme_is_found_added_weighed_and_removed(self, client):
        one = make_taught(title="Reading drawings")
        _version, base = drafted(client)
        empty = client.get(base).words
        form = f"{base}/prerequisites"
        assert "Nothing was found for “unheard”." in client.get(f"{form}?q=unheard").words
        assert "Reading drawings" in client.get(f"{form}?q=drawings").words

        client.press(f"{form}/add", page=f"{form}?q=drawings")
        added = client.get(form).words
        wrong = client.submit(form, form=RULE, needs="any", least="").words
        client.submit(form, form=RULE, needs="points", least="4", **{f"points_{one.id}": "5"})
        weighed = client.get(base).words
        client.press(f"{form}/remove", page=form)

        assert "Whoever applies may begin without having completed another programme." in empty
        assert "1 programme is named, worth 1 point." in added
        assert "Write how many of them are needed." in wrong
        assert "at least 4 points from:" in weighed
        assert "5 points" in weighed
        assert "Nothing is asked for yet." in client.get(form).words

    def test_what_cannot_be_fulfilled_is_said_beside_the_number_and_on_the_programmes_page(self, client):
        version = make_asking(make_taught(), needs=Needs.ANY, least=3, state=State.DRAFT)
        school = version.programme.school
        client.sign_in(make_member(school, Role.TEACHER).account)
        base = f"/o/{school.slug}/programmes/{version.id}"

        for page in (base, f"{base}/prerequisites"):
            assert "3 programmes are needed, only 1 named." in client.get(page).words

    def test_what_is_published_shows_what_it_asks_for_and_offers_no_change(self, client):
        version = make_asking(make_taught(title="Reading drawings"))
        school = version.programme.school
        client.sign_in(make_member(school, Role.TEACHER).account)

        page = client.get(f"/o/{school.slug}/programmes/{version.id}/prerequisites")

        assert "Only a draft can be changed." in page.words
        assert not [form for form in page.all("form") if "prerequisites" in (form.get("action") or "")]

    def test_asks_as_much_for_twelve_as_for_two(self, client, statements):
        counts = []
        for number in (2, 12):
            version = make_asking(*(make_taught() for _ in range(number)), state=State.DRAFT)
            school = version.programme.school
            client.sign_in(make_member(school, Role.TEACHER).account)
            client.get(f"/o/{school.slug}/programmes/{version.id}/prerequisites")
            statements.clear()
            client.get(f"/o/{school.slug}/programmes/{version.id}/prerequisites")
            counts.append(len(statements))

        assert counts[0] == counts[1]


class TestPublic:
    def test_the_page_says_what_is_needed_and_leads_there(self, client):
        one, two = make_taught(title="Drawings"), make_taught(title="Metals")
        version = make_asking(one, two, needs=Needs.ANY, least=1)

        page = client.get(f"/programmes/{version.programme.slug}")

        assert "Before it you need Completed: any 1 of:" in page.words
        links = {a.get("href") for a in page.all("a")}
        assert {f"/programmes/{one.slug}", f"/programmes/{two.slug}"} <= links
        [said] = [one for one in page.all("meta") if one.get("itemprop") == "programPrerequisites"]
        assert said.get("content") == f"any 1 of: Drawings ({one.school.short_name}); Metals ({two.school.short_name})"

    def test_a_programme_without_them_says_nothing_and_asks_no_more(self, client, statements):
        counts = []
        for slug, asks in ((make_version().programme.slug, False), (make_asking(make_taught()).programme.slug, True)):
            client.get(f"/programmes/{slug}")
            statements.clear()
            page = client.get(f"/programmes/{slug}")
            counts.append(len(statements))
            assert ("Before it you need" in page.words) is asks

        assert counts[1] == counts[0] + 1


class TestApplying:
    def test_who_lacks_something_is_told_what_and_led_there(self, client):
        one = make_taught(title="Drawings")
        cohort, trainee = make_cohort(make_asking(one)), make_trainee()
        client.sign_in(trainee.account)

        page = client.get(f"/me/cohorts/{cohort.id}/apply")

        assert "You have not completed this programme yet:" in page.words
        assert f"/programmes/{one.slug}" in {a.get("href") for a in page.all("a")}
        assert "Study form" in page.words
        assert not funding_asked(page)

    def test_who_completed_it_takes_a_seat(self, client):
        one, trainee = make_taught(), make_trainee()
        account, cohort = trainee.account, make_cohort(make_asking(one))
        completes(trainee, one)
        client.sign_in(account)

        assert "The seat is yours." in client.submit(f"/me/cohorts/{cohort.id}/apply", follow=True).words

    def test_by_selection_too(self, client):
        one = make_taught(title="Drawings")
        cohort, trainee = make_selection(version=make_asking(one)), make_trainee()
        client.sign_in(trainee.account)

        page = client.get(f"/me/cohorts/{cohort.id}/admission")

        assert "You have not completed this programme yet:" in page.words
        assert "Study form" in page.words
        assert not funding_asked(page)

    def test_a_cohort_that_asks_for_nothing_costs_not_one_statement_more(self, client, statements, monkeypatch):
        counts = []
        for asked in (True, False):
            if not asked:
                monkeypatch.setattr("training.courses.enrolments.prior.lack_of", lambda trainee_id, cohort: None)
            make_enrolment(cohort := make_cohort(make_version()))
            client.sign_in(make_trainee(account=make_account()).account)
            client.get("/me/study")
            statements.clear()
            client.submit(f"/me/cohorts/{cohort.id}/apply", follow=True)
            counts.append(len(statements))

        assert counts[0] == counts[1]
