"""Who may do what, as the pages themselves say it."""

import re

import pytest

from tests.factories import acting, make_account, make_employer, make_member, make_school
from tests.internships.factories import make_placement, mentor_of
from training.insights.rights import queries
from training.insights.rights.queries import ALWAYS, NEVER, OTHERS, OWN
from training.internships.placements import policies as placements
from training.internships.placements.workflow import State
from training.kernel.policy import ROLES_OF, OrganisationKind, Role

UNTOLD = {
    "exchange.cancel",
    "exchange.choose",
    "exchange.confirm",
    "exchange.tie",
    "exchange.undo",
    "exchange.untie",
    "notices.open_one",
    "operations.discard",
    "operations.retry",
}
"""Pages whose rule asks more than whose the record is: which list was uploaded, whether a job is parked, to whom a notice went."""


def answers(kind: OrganisationKind) -> dict[str, dict[Role, str]]:
    """Every deed with how the roles stand to it."""
    return {deed.endpoint: dict(deed.answers) for area in queries.areas(kind) for deed in area.deeds}


def test_every_page_that_acts_is_told_for_some_kind_of_organisation(app):
    told = {endpoint for kind in OrganisationKind for endpoint in answers(kind)}

    assert {page.endpoint for page in queries.telling()} - told == UNTOLD


@pytest.mark.parametrize(
    ("endpoint", "wanted"),
    [
        ("internships.logbooks.countersign", {Role.MANAGER: NEVER, Role.RECRUITER: NEVER, Role.MENTOR: OWN}),
        ("internships.placements.accept", {Role.MANAGER: ALWAYS, Role.RECRUITER: NEVER, Role.MENTOR: NEVER}),
        ("candidates.vacancies.publish", {Role.MANAGER: ALWAYS, Role.RECRUITER: ALWAYS, Role.MENTOR: NEVER}),
        ("accounts.memberships.hand_over", {Role.MANAGER: ALWAYS, Role.RECRUITER: OWN, Role.MENTOR: OWN}),
    ],
)
def test_an_employer_s_roles(app, endpoint, wanted):
    assert answers(OrganisationKind.EMPLOYER)[endpoint] == wanted


def test_a_school_s_programme_is_published_by_a_second_person(app):
    publish = answers(OrganisationKind.SCHOOL)["courses.programmes.publish"]

    assert publish == {Role.MANAGER: OTHERS, Role.TEACHER: OTHERS, Role.PLACEMENT_OFFICER: NEVER}


@pytest.mark.parametrize("verb", ["approve", "accept", "refuse", "cancel", "break_off"])
def test_says_what_the_rule_says_of_a_real_record(app, verb):
    placement = make_placement(state=State.ACCEPTED)
    rule = getattr(placements, f"can_{verb}")

    for organisation in (placement.school, placement.employer):
        said = answers(organisation.kind).get(f"internships.placements.{verb}", {})
        for role in ROLES_OF[organisation.kind]:
            assert (said.get(role) == ALWAYS) == rule(acting(make_member(organisation, role)), placement)


def test_a_mentor_whose_role_has_ended_countersigns_no_more(app):
    placement = make_placement(state=State.ACTIVE)
    mentor = mentor_of(placement)
    as_mentor = acting(mentor)
    as_recruiter = acting(make_member(mentor.organisation, Role.RECRUITER, account=mentor.account))

    assert placements.is_mentor(as_mentor, placement)
    assert placements.is_mentor(as_recruiter, placement)
    assert not placements.is_mentor(
        type(as_mentor)(mentor.account_id, mentor.organisation_id, mentor.organisation.kind, frozenset({Role.RECRUITER})), placement
    )


class TestPages:
    def test_a_manager_reads_who_holds_which_role(self, app, client):
        employer = make_employer()
        boss, mentor = make_account(name="Timur Galeev"), make_account(name="Alisa Titova")
        make_member(employer, Role.MANAGER, account=boss)
        make_member(employer, Role.MENTOR, account=mentor)
        client.sign_in(boss)

        people, page = client.get(f"/o/{employer.slug}/people"), client.get(f"/o/{employer.slug}/people/roles")

        assert f"/o/{employer.slug}/people/roles" in people.text
        assert "Alisa Titova" in page.words
        assert "Reads a week of the logbook and countersigns it at once. No No Own only" in page.words

    def test_a_mentor_does_not_and_is_not_led_there(self, app, client):
        employer = make_employer()
        person = make_account()
        make_member(employer, Role.MENTOR, account=person)
        client.sign_in(person)

        assert client.get(f"/o/{employer.slug}/people/roles").status == 403
        assert "/people/roles" not in client.get(f"/o/{employer.slug}/people").text

    def test_everybody_reads_it_without_names_in_their_language(self, app, client):
        client.get("/language/ru")

        page = client.get("/help/roles")

        assert "/help/roles" in client.get("/help").text
        assert "Читать неделю дневника и подтверждать её целиком." in page.words
        rows = [row.find("th").text or "" for row in page.all("tr") if row.find("td") is not None]
        assert [text for text in rows if re.search("[A-Za-z]{3}", text)] == []

    def test_as_many_statements_for_forty_people_as_for_two(self, app, client, statements):
        school = make_school()
        boss = make_account()
        make_member(school, Role.MANAGER, account=boss)
        client.sign_in(boss)
        sent = []
        for number in (1, 38):
            for _ in range(number):
                make_member(school, Role.TEACHER)
            with statements() as these:
                assert client.get(f"/o/{school.slug}/people/roles").status == 200
            sent.append(len(these))

        assert sent[0] == sent[1]
