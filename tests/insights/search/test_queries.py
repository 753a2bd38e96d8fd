"""Who is answered with what: nothing hidden is shown or counted."""

import pytest

from tests.candidates.factories import let_employers_find, make_application, make_vacancy
from tests.courses.factories import make_cohort, make_enrolment, make_programme, make_version
from tests.factories import (
    actor_of,
    learner,
    make_authority,
    make_consent,
    make_employer,
    make_minor,
    make_organisation,
    make_school,
    make_trainee,
)
from tests.insights.search.stage import SYSTEM, found, index, make_region
from tests.internships.factories import make_opening, make_placement
from training.candidates.applications import services as applications
from training.candidates.applications.policies import BY_SYSTEM
from training.candidates.applications.workflow import Rejection
from training.candidates.vacancies import services as vacancies
from training.insights.search import queries
from training.internships.openings import services as openings
from training.internships.placements.workflow import State as PlacementState
from training.jobs.worker import run_due
from training.kernel.db import db
from training.kernel.policy import Actor, OrganisationKind, Role, Visitor
from training.organisations import queries as organisations
from training.organisations import services as organisation_services
from training.organisations.workflow import State as OrganisationState

pytestmark = pytest.mark.usefixtures("app")
PUBLISHED = {
    "programmes": ["Сварщик ручной сварки"],
    "internships": ["Практика сварщика"],
    "vacancies": ["Сварщик в цех"],
}


def names(answers, *kinds):
    """The answers of some kinds."""
    return {kind: answers[kind] for kind in kinds if kind in answers}


class TestForEverybody:
    @pytest.mark.parametrize("words", ["сварщик", "Сварщиков", "СВАРЩИКАМИ", "сварщ"])
    def test_what_is_published_is_found_in_every_form(self, words):
        make_region()

        assert found(Visitor(), words) == PUBLISHED

    def test_organisations_by_their_names(self):
        make_region()

        assert sorted(found(Visitor(), "сварочному")["organisations"]) == ["Сварочный завод", "Сварочный колледж"]

    def test_the_other_language_finds_by_the_occupation(self):
        make_region()

        assert "internships" in found(Visitor(), "turner")

    @pytest.mark.parametrize("words", ["черновике", "снятый", "Саша", "СВ-26", "Сварщикова Саша"])
    def test_nothing_unpublished_and_nobody(self, words):
        make_region()

        assert found(Visitor(), words) == {}

    def test_an_authority_the_operator_and_strangers_get_no_more_than_that(self):
        make_region()
        strangers: list[Actor] = [
            actor_of(make_authority(), Role.COORDINATOR),
            actor_of(make_organisation(OrganisationKind.OPERATOR), Role.OPERATOR),
            actor_of(make_employer(), Role.MANAGER),
            actor_of(make_employer(), Role.MENTOR),
            learner(make_trainee()),
        ]

        for actor in strangers:
            assert found(actor, "сварщик") == PUBLISHED, actor
            assert found(actor, "черновике") == {}, actor


class TestForASchool:
    def test_its_own_programmes_in_every_state_come_apart_from_others(self):
        region = make_region()

        answers = found(actor_of(region.school, Role.TEACHER), "сварщик")

        assert sorted(answers["own-programmes"]) == ["Сварщик в черновике", "Сварщик ручной сварки", "Сварщик снятый"]
        assert "programmes" not in answers
        assert answers["cohorts"] == ["СВ-26"]

    def test_its_trainees_and_their_placements_by_any_form_of_the_name(self):
        region = make_region()

        answers = found(actor_of(region.school, Role.PLACEMENT_OFFICER), "Сварщикову")

        assert sorted(answers["trainees"]) == ["Сварщиков Саша", "Сварщикова Саша"]
        assert answers["placements"] == ["Сварщиков Саша"]

    def test_another_school_finds_nobody_and_no_draft(self):
        make_region()
        other = actor_of(make_school(), Role.MANAGER)

        assert found(other, "сварщик") == PUBLISHED
        assert found(other, "Саша") == {}
        assert found(other, "СВ-26") == {}


class TestForAnEmployer:
    def test_its_own_openings_and_vacancies_in_every_state(self):
        region = make_region()

        answers = found(actor_of(region.employer, Role.RECRUITER), "сварщик")

        assert sorted(answers["own-openings"]) == ["Практика сварщика", "Практика сварщика в черновике"]
        assert sorted(answers["own-vacancies"]) == ["Сварщик в цех", "Сварщик в черновике завода"]
        assert "vacancies" not in answers
        assert "internships" not in answers

    def test_a_mentor_finds_no_vacancy_that_is_not_public(self):
        region = make_region()

        answers = found(actor_of(region.employer, Role.MENTOR), "сварщик")

        assert "own-vacancies" in answers
        assert "Сварщик в черновике завода" not in answers["own-vacancies"]
        assert "candidates" not in answers

    def test_nobody_whom_a_school_has_not_put_forward(self):
        region = make_region()

        answers = found(actor_of(region.employer, Role.MANAGER), "Саша")

        assert answers == {}

    def test_a_trainee_whom_the_school_has_approved(self):
        employer = make_employer()
        placement = make_placement(opening=make_opening(employer=employer), state=PlacementState.APPROVED)
        name = placement.trainee.name

        assert found(actor_of(employer, Role.MANAGER), name)["placements"] == [name]
        assert found(actor_of(employer, Role.MANAGER), name)["trainees"] == [name]
        assert found(actor_of(make_employer(), Role.MANAGER), name) == {}

    def test_a_minor_only_while_a_guardian_agrees(self):
        minor = let_employers_find(make_minor(visibility="school"))
        actor = actor_of(make_employer(), Role.RECRUITER)
        assert found(actor, minor.name) == {}

        make_consent(minor)

        assert found(actor, minor.name) == {"trainees": [minor.name]}

    def test_who_lets_verified_employers_find_them_is_not_found_by_one_that_is_not_verified(self):
        person = let_employers_find(make_trainee(visibility="school"))

        assert found(actor_of(make_employer(), Role.RECRUITER), person.name) == {"trainees": [person.name]}
        assert found(actor_of(make_employer(state=OrganisationState.PENDING), Role.RECRUITER), person.name) == {}

    def test_candidates_by_name_and_vacancy(self):
        employer = make_employer()
        application = make_application(make_vacancy(employer, title="Наладчик"))
        name = application.trainee.name
        actor = actor_of(employer, Role.RECRUITER)

        assert found(actor, name)["candidates"] == [name]
        assert found(actor, "наладчика")["candidates"] == [name]
        assert "candidates" not in found(actor_of(make_employer(), Role.RECRUITER), "наладчика")


class TestForATrainee:
    def test_their_own_study_internships_and_applications(self):
        region = make_region()

        answers = found(learner(region.trainee), "сварочный")

        assert answers["study"] == ["Сварщик ручной сварки"]
        assert answers["own-placements"] == ["Сварочный завод"]

    def test_nothing_of_another_trainee(self):
        region = make_region()

        answers = found(learner(region.minor), "сварочный")

        assert not {"study", "own-placements", "applications", "own-credentials"} & set(answers)

    def test_a_rejection_that_can_still_be_undone_is_not_told(self):
        employer = make_employer()
        application = make_application(make_vacancy(employer, title="Наладчик прессов"))
        applications.reject(actor_of(employer, Role.RECRUITER), application, reason=next(one for one in Rejection if one not in BY_SYSTEM))

        [group] = [one for one in queries.answers(learner(application.trainee), "наладчик").groups if one.source.name == "applications"]

        assert [one.state for one in group.answers if one.state] == ["open"]


class TestWhatIsTakenBack:
    def test_a_suspended_organisation_disappears_at_once_and_from_the_index_a_moment_later(self):
        region = make_region()
        authority = make_authority()
        region.school.authority_id = authority.id
        db.session.commit()
        coordinator = actor_of(authority, Role.COORDINATOR)

        organisation_services.suspend(coordinator, region.school, reason="Papers")

        assert "programmes" not in found(Visitor(), "сварщик")
        assert queries.answers(Visitor(), "свращик ручной").meant is None or "programmes" not in found(Visitor(), "свращик ручной")
        run_due()
        assert "programmes" not in found(Visitor(), "сварщик")
        assert "own-programmes" in found(actor_of(region.school, Role.MANAGER), "сварщик")

        organisation_services.reinstate(coordinator, organisations.organisation(SYSTEM, region.school.id))
        run_due()
        assert found(Visitor(), "сварщик")["programmes"] == ["Сварщик ручной сварки"]

    def test_titles_of_a_suspended_employer_are_not_suggested(self):
        employer = make_employer()
        vacancy = make_vacancy(employer, title="Засекреченный наладчик")
        vacancies.pause(actor_of(employer, Role.RECRUITER), vacancy)

        answers = queries.answers(Visitor(), "засекреченый наладчк")

        assert (answers.total, answers.meant) == (0, None)
        assert queries.answers(Visitor(), "засекреченый").meant is None

    def test_closing_an_opening_and_pausing_a_vacancy_take_them_out(self):
        employer = make_employer()
        actor = actor_of(employer, Role.MANAGER)
        opening, vacancy = make_opening(employer=employer, title="Пружинщик"), make_vacancy(employer, title="Пружинщик")
        index(employer)
        assert set(found(Visitor(), "пружинщик")) == {"internships", "vacancies"}

        openings.close(actor, opening)
        vacancies.pause(actor, vacancy)

        assert found(Visitor(), "пружинщик") == {}
        assert set(found(actor, "пружинщик")) == {"own-openings", "own-vacancies"}


class TestSlips:
    @pytest.mark.parametrize("words", ["свращик", "сварщек", "свощик", "cdfhobr", "свращ"])
    def test_are_forgiven(self, words):
        make_region()

        answers = queries.answers(Visitor(), words)

        assert answers.meant == "сварщик"
        assert answers.total == 3

    def test_in_a_name_are_forgiven_to_those_alone_who_see_the_person(self):
        region = make_region()

        assert queries.answers(actor_of(region.school, Role.MANAGER), "Сварщиоков").total >= 1
        others = queries.answers(actor_of(make_school(), Role.MANAGER), "Сварщиоков Саша")
        assert others.total == 0
        assert others.meant is None

    @pytest.mark.parametrize(
        "words",
        [
            "",
            " ",
            "!",
            "%",
            "_",
            "\\",
            "'",
            '"',
            "\0",
            "\ud800",
            "'; DROP TABLE trainee; --",
            "* NEAR *",
            "(" * 500,
            "ж" * 5000,
            "%%%",
            "a" * 100,
            "😀",
        ],
    )
    def test_hostile_words_find_nothing_and_break_nothing(self, words):
        region = make_region()

        for actor in (Visitor(), learner(region.trainee), actor_of(region.school, Role.MANAGER), actor_of(region.employer, Role.MANAGER)):
            assert queries.answers(actor, words).total == 0
            assert queries.offered(actor, words).total == 0


def test_as_many_statements_for_forty_as_for_two(statements):
    region = make_region()
    actor = actor_of(region.school, Role.MANAGER)
    manager = actor_of(region.employer, Role.MANAGER)
    index(region.school, region.employer)

    def count(actor, words):
        db.session.rollback()
        db.session.expunge_all()
        with statements() as sent:
            queries.answers(actor, words)
        return len(sent)

    few = [count(actor, "сварщик"), count(manager, "сварщик"), count(Visitor(), "сварщик"), count(Visitor(), "свращик")]
    for number in range(38):
        version = make_version(make_programme(region.school, title=f"Сварщик {number}"))
        person = make_trainee(school_id=region.school.id)
        make_enrolment(make_cohort(version, code=f"Сварщик-{number}"), person)
        make_opening(employer=region.employer, title=f"Сварщик {number}")
    index(region.school, region.employer)

    many = [count(actor, "сварщик"), count(manager, "сварщик"), count(Visitor(), "сварщик"), count(Visitor(), "свращик")]

    assert many == few
    assert few[2] == 4


def test_the_typed_words_are_offered_a_few_answers_of_each_kind():
    region = make_region()
    for number in range(10):
        make_opening(employer=region.employer, title=f"Сварщик {number}")
    index(region.employer)

    offered = queries.offered(Visitor(), "сва")

    assert [len(group.answers) for group in offered.groups if group.answers] == [1, 3, 1, 2]
    assert queries.offered(Visitor(), "с").total == 0
