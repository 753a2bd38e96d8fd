"""Skills asked beside skills taught: what counts, in which order, and for whom."""

import pytest
from sqlalchemy import event

from tests.candidates.factories import draft_vacancy, make_vacancy
from tests.courses.factories import make_programme, make_skill, make_version
from tests.factories import actor_of, make_authority, make_employer, make_member, make_school
from training.candidates.vacancies.models import VacancySkill
from training.courses.programmes.workflow import State as VersionState
from training.insights.coverage import queries
from training.kernel.db import db, writing
from training.kernel.policy import Role


def asks(skills, **given):
    """A live vacancy that asks for these skills at these levels."""
    vacancy = make_vacancy(**given)
    with writing() as session:
        session.query(VacancySkill).filter_by(vacancy_id=vacancy.id).delete()
        session.add_all(VacancySkill(vacancy_id=vacancy.id, skill_id=skill.id, level=level) for skill, level in skills.items())
    return vacancy


def teaches(school, skills, **given):
    return make_version(
        make_programme(school), state=VersionState.PUBLISHED, skills={one.id: level for one, level in skills.items()}, **given
    )


def told(actor, **given):
    rows = queries.coverage(actor, partners=given.get("partners", False))
    return [(row.skill.title_en, row.wanted, row.taught, row.gap, row.vacancies, row.programmes, row.hours) for row in rows]


@pytest.mark.usefixtures("app")
class TestCoverage:
    def test_gaps_come_first_then_what_most_ask_for(self):
        school = make_school()
        weld, turn, draw, cook = (make_skill(title_en=name) for name in ("Weld", "Turn", "Draw", "Cook"))
        teaches(school, {weld: 2, draw: 4, cook: 4})
        asks({weld: 3, turn: 2, draw: 2})
        asks({draw: 3})

        assert told(actor_of(school, Role.TEACHER)) == [
            ("Turn", 2, 0, 2, 1, 0, 0),
            ("Weld", 3, 2, 1, 1, 1, 60),
            ("Draw", 3, 4, 0, 2, 1, 60),
        ]

    def test_a_school_sees_its_own_teaching_an_authority_everybodys(self):
        mine, other, skill = make_school(), make_school(), make_skill(title_en="Weld")
        teaches(mine, {skill: 1})
        teaches(other, {skill: 3})
        asks({skill: 3})

        assert told(actor_of(mine, Role.MANAGER)) == [("Weld", 3, 1, 2, 1, 1, 60)]
        assert told(actor_of(make_authority(), Role.COORDINATOR)) == [("Weld", 3, 3, 0, 1, 2, 120)]

    def test_drafts_and_closed_vacancies_count_for_nothing(self):
        school, skill = make_school(), make_skill()
        make_version(make_programme(school), skills={skill.id: 4})
        draft_vacancy(make_employer(), levels=(2,))

        assert told(actor_of(school, Role.MANAGER)) == []

    def test_partners_are_employers_that_took_trainees(self):
        school, skill = make_school(), make_skill()
        asks({skill: 2})

        assert told(actor_of(school, Role.MANAGER), partners=True) == []

    def test_the_rows_behind_a_number(self):
        school, skill = make_school(), make_skill()
        module = teaches(school, {skill: 2}).modules[0]
        vacancy = asks({skill: 4})

        found = queries.behind(actor_of(school, Role.TEACHER), skill.slug, partners=False)

        assert found is not None
        assert [(one.id, level) for one, level in found.vacancies] == [(vacancy.id, 4)]
        assert [(one.id, level) for one, _programme, level in found.modules] == [(module.id, 2)]
        assert queries.employers_of(found) == {vacancy.employer_id: vacancy.employer.short_name}
        assert queries.behind(actor_of(school, Role.TEACHER), "no-such-skill", partners=False) is None


class TestPage:
    def test_asks_as_often_for_forty_skills_as_for_two(self, client):
        school = make_school()
        client.sign_in(make_member(school, Role.TEACHER).account)
        sent = []

        def note(connection, cursor, statement, *rest):
            sent.append(statement)

        def statements():
            sent.clear()
            event.listen(db.engine, "before_cursor_execute", note)
            page = client.get(f"/o/{school.slug}/coverage")
            event.remove(db.engine, "before_cursor_execute", note)
            assert page.status == 200
            return len([one for one in sent if not one.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])

        asks({make_skill(): 2 for _ in range(2)})
        few = statements()
        asks({make_skill(): 2 for _ in range(38)})

        assert statements() == few

    def test_opens_the_rows_of_one_skill(self, client):
        school, skill = make_school(), make_skill(title_en="Weld pipes")
        teaches(school, {skill: 2})
        vacancy = asks({skill: 4})
        client.sign_in(make_member(school, Role.TEACHER).account)

        page = client.get(f"/o/{school.slug}/coverage?of=partners&skill={skill.slug}")
        whole = client.get(f"/o/{school.slug}/coverage?skill={skill.slug}")

        assert "Nobody at the moment." in page.words
        assert vacancy.title in whole.words
        assert "below what is asked" in whole.words

    def test_is_not_for_employers(self, client):
        employer = make_employer()
        client.sign_in(make_member(employer, Role.MANAGER).account)

        assert client.get(f"/o/{employer.slug}/coverage").status == 403

    def test_says_so_when_nothing_is_asked(self, client):
        school = make_school()
        client.sign_in(make_member(school, Role.MANAGER).account)

        assert "Nothing is asked at the moment" in client.get(f"/o/{school.slug}/coverage?skill=nothing").words
