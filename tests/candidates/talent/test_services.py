"""People who agreed to be found, and no one else."""

import pytest
from sqlalchemy import select

from tests.candidates.factories import (
    draft_vacancy,
    let_employers_find,
    make_application,
    make_occupation,
    make_vacancy,
    recruiter_of,
    show_skill,
    skills_of,
    vacancy,
)
from tests.factories import actor_of, learner, make_consent, make_employer, make_minor, make_school, make_trainee
from training.candidates.talent import queries, services
from training.candidates.talent.lists import TALENT
from training.candidates.talent.workflow import Notice
from training.kernel.db import NotFound, db
from training.kernel.lists import Wanted
from training.kernel.policy import NotAllowed, NotNow, Role, Visitor
from training.notices.models import Notification
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.taxonomy.queries import asked_for
from training.trainees.consents.workflow import State as ConsentState
from training.trainees.disclosures.services import choose_visibility
from training.trainees.profiles.workflow import Visibility

pytestmark = pytest.mark.usefixtures("app")


def found_by(actor, **filters):
    employer = db.session.get(Organisation, getattr(actor, "organisation_id", 0))
    page = TALENT.page(actor, Wanted(words=filters.pop("words", ""), filters=filters), employer)
    assert page.total == len(page.rows)
    return [one.trainee.id for one in page.rows]


def matched(offered, actor=None):
    """The people by how well they fit a vacancy, for somebody who recruits for its employer."""
    wanted = Wanted(filters={"vacancy": [str(offered.id)]})
    return TALENT.page(actor or recruiter_of(offered.employer), wanted, offered.employer)


class TestWhoIsFound:
    def test_somebody_who_lets_verified_employers_find_them(self):
        person = let_employers_find(make_trainee())

        assert found_by(recruiter_of(make_employer())) == [person.id]
        assert queries.trainee(recruiter_of(make_employer()), person.id).id == person.id

    @pytest.mark.parametrize("visibility", [Visibility.NOBODY, Visibility.SCHOOL])
    def test_not_somebody_who_is_hidden_or_shown_to_the_school_only(self, visibility):
        person = make_trainee(visibility=visibility, school_id=make_school().id)
        actor = recruiter_of(make_employer())

        assert found_by(actor) == []
        with pytest.raises(NotFound):
            queries.trainee(actor, person.id)

    @pytest.mark.parametrize("state", [None, ConsentState.ASKED, ConsentState.REFUSED, ConsentState.WITHDRAWN])
    def test_not_a_minor_without_a_guardian_s_consent_in_force(self, state):
        minor = let_employers_find(make_minor())
        if state is not None:
            make_consent(minor, state)

        assert found_by(recruiter_of(make_employer())) == []

    def test_a_minor_with_consent(self):
        minor = let_employers_find(make_minor())
        make_consent(minor)

        assert found_by(recruiter_of(make_employer())) == [minor.id]

    def test_not_somebody_who_took_it_back(self):
        person = let_employers_find(make_trainee())
        choose_visibility(learner(person), person, visibility=Visibility.SCHOOL)

        assert found_by(recruiter_of(make_employer())) == []

    def test_not_an_applicant_who_only_applied(self):
        subject = make_application()
        actor = recruiter_of(vacancy(subject.vacancy_id).employer)

        assert found_by(actor) == []
        with pytest.raises(NotFound):
            queries.trainee(actor, subject.trainee_id)

    def test_by_nobody_but_recruiters_of_verified_employers(self):
        let_employers_find(make_trainee())

        for stranger in (
            recruiter_of(make_employer(state=OrganisationState.PENDING)),
            recruiter_of(make_employer(state=OrganisationState.SUSPENDED)),
            actor_of(make_employer(), Role.MENTOR),
            actor_of(make_school(), Role.MANAGER),
            learner(make_trainee()),
            Visitor(),
        ):
            assert found_by(stranger) == []
            assert queries.towns(stranger) == []


class TestMatch:
    def test_puts_the_best_fit_first_and_counts_no_skill_for_more_than_is_asked(self):
        offered = make_vacancy(levels=(2, 4))
        easy, hard = skills_of(offered)
        narrow, broad = let_employers_find(make_trainee()), let_employers_find(make_trainee())
        show_skill(narrow, easy, 4)
        show_skill(broad, easy, 1)
        show_skill(broad, hard, 2)

        page = matched(offered)

        assert [one.trainee.id for one in page.rows] == [broad.id, narrow.id]
        assert [one.match.score for one in page.rows if one.match] == [50, 33]

    def test_stays_the_same_when_name_and_town_change(self):
        offered = make_vacancy(levels=(2,))
        (asked,) = skills_of(offered)
        person = let_employers_find(make_trainee(town="Dimitrovgrad"))
        show_skill(person, asked, 1)
        before = matched(offered).rows[0].match

        person.call(family_name="Other", given_name="Name", patronymic=None, born_on=person.born_on)
        person.town = "Ulyanovsk"
        db.session.commit()

        assert matched(offered).rows[0].match == before

    def test_says_what_is_missing(self):
        offered = make_vacancy(levels=(3,))
        (asked,) = skills_of(offered)
        person = let_employers_find(make_trainee())
        show_skill(person, asked, 1)

        found = matched(offered).rows[0].match

        assert found is not None
        assert [(one.skill_id, one.asked, one.shown) for one in found.missing] == [(asked, 3, 1)]


class TestFilters:
    def test_narrow_by_words_town_occupation_and_level(self):
        occupation = make_occupation(2)
        ((skill, _level),) = asked_for(occupation.id)
        here = let_employers_find(make_trainee(town="Dimitrovgrad", about="Robots and welding"))
        let_employers_find(make_trainee(town="Ulyanovsk"))
        show_skill(here, skill.id, 3)
        actor = recruiter_of(make_employer())

        for wanted in (
            {"words": "welding"},
            {"words": skill.title_en},
            {"words": here.family_name},
            {"town": ["Dimitrovgrad"]},
            {"occupation": [occupation.slug], "level": ["3"]},
            {"level": ["2"]},
        ):
            assert here.id in found_by(actor, **wanted)
        assert found_by(actor, occupation=[occupation.slug], level=["4"]) == []
        assert found_by(actor, credential=["any"]) == []
        assert queries.towns(actor) == ["Dimitrovgrad", "Ulyanovsk"]

    def test_ask_as_often_for_forty_people_as_for_two(self, statements):
        offered = make_vacancy()
        actor = recruiter_of(make_employer())
        for _number in range(2):
            let_employers_find(make_trainee())
        with statements() as few:
            matched(offered, actor)
        for _number in range(38):
            let_employers_find(make_trainee())
        with statements() as many:
            matched(offered, actor)

        assert len(few) == len(many)


class TestInvite:
    def test_tells_the_person_of_the_vacancy_once(self):
        person, offered = let_employers_find(make_trainee()), make_vacancy()
        actor = recruiter_of(offered.employer)

        services.invite(actor, person, vacancy=vacancy(offered.id))
        with pytest.raises(NotNow, match="already"):
            services.invite(actor, person, vacancy=vacancy(offered.id))

        assert db.session.scalars(select(Notification.to_id).where(Notification.name == Notice.INVITED)).all() == [person.account_id]

    def test_to_another_employer_s_vacancy_is_refused(self):
        person, offered = let_employers_find(make_trainee()), make_vacancy()

        with pytest.raises(NotAllowed):
            services.invite(recruiter_of(make_employer()), person, vacancy=vacancy(offered.id))

    def test_of_somebody_who_took_it_back_meanwhile_finds_nobody(self):
        person, offered = let_employers_find(make_trainee()), make_vacancy()
        actor = recruiter_of(offered.employer)
        choose_visibility(learner(person), person, visibility=Visibility.NOBODY)

        with pytest.raises(NotFound):
            services.invite(actor, person, vacancy=vacancy(offered.id))

    def test_to_a_draft_is_refused(self):
        person = let_employers_find(make_trainee())
        draft = draft_vacancy()

        with pytest.raises(NotNow, match="not live"):
            services.invite(recruiter_of(vacancy(draft.id).employer), person, vacancy=vacancy(draft.id))
