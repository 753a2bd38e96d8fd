"""Names that are offered while one types, and the field that takes them."""

import pytest

from tests.courses.factories import make_occupation, make_programme, make_skill, make_version
from tests.factories import make_member, make_organisation, make_school, save
from training.courses.programmes.workflow import State as VersionState
from training.kernel.policy import OrganisationKind, Role
from training.taxonomy import queries
from training.taxonomy.models import Occupation, ProgrammeCode, Skill, SkillKind

TYPING = {"HX-Request": "true"}


class TestOptions:
    def test_names_in_either_language_are_offered_beginnings_first_and_groups_last(self, client):
        for title, kind in (("arc welding", SkillKind.SKILL), ("weld metal", SkillKind.SKILL), ("welding crafts", SkillKind.GROUP)):
            make_skill(title_en=title, title_ru=title, kind=kind)
        make_skill(title_en="weld in space", deprecated=True)
        make_skill(title_en="Seams", title_ru="Weld по-русски")

        shown = client.get("/words/skills?q=WELD", headers=TYPING).text

        places = [shown.index(title) for title in ("weld metal", "Seams", "arc welding", "welding crafts")]
        assert (places == sorted(places) or places[0] > 0, "weld in space" in shown) == (True, False)
        assert places[3] == max(places)

    def test_a_single_letter_offers_nothing(self, client):
        make_occupation(title_en="welder")

        assert "<option" not in client.get("/words/occupations?q=w", headers=TYPING).text

    def test_a_code_brings_its_title_along(self, client):
        save(ProgrammeCode(system="fgos", code="15.01.05", kind="profession", title_en="Welder", title_ru="Сварщик"))

        shown = client.get("/words/codes?code=15.01", headers=TYPING).text

        assert ('value="15.01.05"' in shown, 'id="title-options"' in shown, 'value="Welder"' in shown) == (True, True, True)

    def test_asked_for_as_a_page_it_leads_to_the_search(self, client):
        assert client.get("/words/skills?q=weld").location.endswith("/search?q=weld")

    def test_a_hundred_thousand_names_are_not_sent(self, client):
        for _ in range(30):
            make_occupation(title_en="welder of everything")

        assert client.get("/words/occupations?q=weld", headers=TYPING).text.count("<option") == queries.OFFERED


@pytest.fixture
def draft(client):
    """The address of a draft's new module, with its author signed in."""
    version = make_version(make_programme(make_school()), state=VersionState.DRAFT)
    client.sign_in(make_member(version.programme.school, Role.TEACHER).account)
    return f"/o/{version.programme.school.slug}/programmes/{version.id}/modules/new"


class TestField:
    def test_a_name_in_any_case_and_either_language_is_taken(self, client, draft):
        make_skill(title_en="Weld metal", title_ru="Варить металл")

        made = client.submit(draft, code="PM.09", title="Welding", hours="10", skill_1="варить МЕТАЛЛ", level_1="2", follow=True)

        assert "Weld metal" in made.words

    def test_a_name_that_nobody_knows_is_told_at_its_field_and_stays(self, client, draft):
        page = client.submit(draft, code="PM.09", title="Welding", hours="10", skill_1="flying carpets", level_1="2")

        assert "This name is not known here" in page.words
        assert 'value="flying carpets"' in page.text

    @pytest.mark.parametrize("typed", ["\x00", "%", "9" * 40, "99999999", "\u202e weld", "x" * 5000, "' OR 1=1"])
    def test_what_cannot_be_a_name_is_refused_like_one_that_nobody_knows(self, client, draft, typed):
        page = client.submit(draft, code="PM.09", title="Welding", hours="10", skill_1=typed, level_1="2")

        assert page.status < 500
        assert ("This name is not known here" in page.words) or page.status == 400

    def test_what_is_there_is_shown_by_its_name(self, client):
        version = make_version(state=VersionState.DRAFT, skills={make_skill(title_en="Weld metal").id: 3})
        client.sign_in(make_member(version.programme.school, Role.TEACHER).account)

        page = client.get(f"/o/{version.programme.school.slug}/programmes/{version.id}/modules/{version.modules[0].id}")

        assert ('value="Weld metal"' in page.text, "<option" in page.text.partition('name="skill_1"')[2].partition("level_1")[0]) == (
            True,
            False,
        )

    def test_what_is_not_used_any_more_gives_way_to_what_is(self, app):
        make_occupation(title_en="Welder", deprecated=True)
        now = make_occupation(title_en="Welder").id

        assert queries.called(Occupation, ["welder"]) == {"welder": now}

    def test_no_name_finds_nothing(self, app):
        assert (queries.called(Skill, []), queries.offered(Skill, "x")) == ({}, [])


class TestLists:
    @pytest.mark.parametrize("name", ["codes", "occupations", "skills"])
    def test_an_operator_finds_orders_and_takes_them_away(self, client, name):
        operator = make_organisation(OrganisationKind.OPERATOR)
        client.sign_in(make_member(operator, Role.OPERATOR).account)
        base = f"/o/{operator.slug}/{name}"
        assert "is here yet" in client.get(base).words
        save(ProgrammeCode(system="fgos", code="15.01.05", kind="profession", title_en="Welder", title_ru="Сварщик"))
        make_occupation(title_en="Welder")
        make_skill(title_en="Welder", kind=SkillKind.KNOWLEDGE)

        assert client.get(f"{base}?q=weld").words.count("Welder") == 1
        assert "Nothing fits" in client.get(f"{base}?q=weaver").words

    def test_nobody_else_does(self, client):
        school = make_school()
        client.sign_in(make_member(school, Role.MANAGER).account)

        assert client.get(f"/o/{school.slug}/codes").status == 403
