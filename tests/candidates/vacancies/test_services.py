"""Drafting, publishing and closing vacancies."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from tests.candidates.factories import draft_vacancy, make_vacancy, race, recruiter_of, skills_of, vacancy
from tests.factories import actor_of, events_of, make_authority, make_employer
from training.candidates.vacancies import policies, queries, services, tasks
from training.candidates.vacancies.lists import WORK
from training.candidates.vacancies.models import VacancyPositions
from training.candidates.vacancies.workflow import Closing, Event, StageKind, State
from training.kernel import clock
from training.kernel.db import NotFound, Stale, db, transaction
from training.kernel.i18n import force_locale
from training.kernel.lists import Wanted
from training.kernel.policy import NotAllowed, NotNow, Role, System, Visitor
from training.organisations import services as organisations
from training.organisations.workflow import State as OrganisationState

pytestmark = pytest.mark.usefixtures("app")


def public_titles(words=""):
    return [one.title for one in WORK.page(Visitor(), Wanted(words=words)).rows]


class TestDraft:
    def test_takes_over_the_skills_of_its_occupation_and_the_standard_stages(self):
        found = draft_vacancy(levels=(3, 1))

        assert [one.level for one in sorted(found.asked, key=lambda one: one.id)] == [3, 1]
        assert [stage.kind for stage in queries.stages(found.id)] == list(services.STANDARD)
        assert events_of(found) == [Event.DRAFTED]

    def test_is_for_recruiters_and_managers_only(self):
        employer = make_employer()

        with pytest.raises(NotAllowed):
            draft_vacancy(employer, actor=actor_of(employer, Role.MENTOR))

    def test_pay_that_is_not_stated_is_nothing_at_all(self):
        found = draft_vacancy(pay_from=None, pay_to=None)

        assert (found.least, found.most) == (None, None)

    def test_refuses_a_range_that_runs_backwards(self):
        with pytest.raises(NotNow, match="above where it ends"):
            draft_vacancy(pay_from=200, pay_to=100)

    def test_begins_with_the_stages_its_employer_has_chosen(self):
        employer = make_employer()
        actor = recruiter_of(employer)
        services.choose_stages(actor, employer, names=["New", "Test piece", "Решение"])

        stages = queries.stages(draft_vacancy(employer).id)

        assert [(one.kind, one.name) for one in stages] == [
            (StageKind.NEW, None),
            (StageKind.OWN, "Test piece"),
            *([(StageKind.DECISION, None)] if _russian_is_translated() else [(StageKind.OWN, "Решение")]),
        ]

    def test_two_stages_of_one_name_are_refused(self):
        employer = make_employer()

        with pytest.raises(NotNow, match="same name"):
            services.choose_stages(recruiter_of(employer), employer, names=["New", "new"])


def _russian_is_translated():
    with force_locale("ru"):
        return str(StageKind.DECISION.label) == "Решение"


class TestPublish:
    def test_shows_it_to_everybody_and_in_the_search(self):
        found = make_vacancy(title="Moulding machine operator")

        assert public_titles() == ["Moulding machine operator"]
        assert public_titles("operators") == ["Moulding machine operator"]
        assert found.published_on == clock.today(found.employer.zone)

    def test_waits_for_the_employer_to_be_verified(self):
        employer = make_employer(state=OrganisationState.PENDING)
        found = draft_vacancy(employer)

        with pytest.raises(NotNow, match="verified"):
            services.publish(recruiter_of(employer), found)

    def test_needs_a_skill_to_match_by(self):
        employer = make_employer()
        found = draft_vacancy(employer, skills={})

        with pytest.raises(NotNow, match="no skill"):
            services.publish(recruiter_of(employer), found)

    def test_of_another_employer_is_refused(self):
        found = draft_vacancy()

        with pytest.raises(NotAllowed):
            services.publish(recruiter_of(make_employer()), found)

    def test_a_suspended_employer_s_vacancies_cannot_be_seen(self):
        authority = make_authority()
        employer = make_employer(authority_id=authority.id)
        found = make_vacancy(employer)

        organisations.suspend(actor_of(authority, Role.COORDINATOR), employer, reason="Licence under review")

        assert public_titles() == []
        with pytest.raises(NotFound):
            queries.by_slug(Visitor(), found.slug)


class TestVisibility:
    def test_a_draft_is_known_to_those_who_recruit_for_its_employer(self):
        found = draft_vacancy()

        assert queries.own(recruiter_of(found.employer), found.id).id == found.id
        for stranger in (recruiter_of(make_employer()), actor_of(found.employer, Role.MENTOR), Visitor()):
            with pytest.raises(NotFound):
                queries.vacancy(stranger, found.id)

    def test_another_employer_s_live_one_is_not_one_s_own(self):
        found = make_vacancy()

        with pytest.raises(NotFound):
            queries.own(recruiter_of(make_employer()), found.id)


class TestPauseAndClose:
    def test_a_paused_one_is_not_found_until_it_is_resumed(self):
        found = make_vacancy()
        actor = recruiter_of(found.employer)

        services.pause(actor, found)
        assert public_titles() == public_titles("setter") == []
        services.resume(actor, found)

        assert public_titles("setter") == [found.title]

    def test_closing_says_that_it_was_withdrawn(self):
        found = make_vacancy()

        services.close(recruiter_of(found.employer), found)

        assert (found.state, found.closing) == (State.CLOSED, Closing.WITHDRAWN)
        assert events_of(found)[-1] == Event.CLOSED

    def test_the_day_after_its_last_it_closes_by_itself(self):
        found = make_vacancy(closes_on=clock.today("Europe/Samara"))

        tasks.expire()
        assert vacancy(found.id).state is State.LIVE
        with clock.at(clock.now() + timedelta(days=1)):
            tasks.expire()

        assert (vacancy(found.id).state, vacancy(found.id).closing) == (State.CLOSED, Closing.EXPIRED)


class TestEdit:
    def test_of_an_older_version_is_refused(self):
        found = make_vacancy()

        with pytest.raises(Stale):
            services.edit(recruiter_of(found.employer), found, version=found.version - 1, title="Other", positions=1)

    def test_positions_never_fall_below_those_filled(self):
        found = make_vacancy(positions=2)
        fill(found)

        with pytest.raises(NotNow, match="filled already"):
            services.edit(recruiter_of(found.employer), found, version=found.version, title="Other", positions=0)

    def test_the_skills_asked_for_are_replaced_as_a_whole(self):
        found = draft_vacancy(levels=(2, 2))
        first, _second = skills_of(found)

        services.ask(recruiter_of(found.employer), found, version=found.version, skills={first: 4})

        assert [(one.skill_id, one.level) for one in vacancy(found.id).asked] == [(first, 4)]


@transaction()
def fill(found):
    services.fill_position(System("tests"), found)


class TestPositions:
    def test_the_last_one_closes_the_vacancy(self):
        found = make_vacancy(positions=1)

        fill(found)

        assert (found.state, found.closing) == (State.CLOSED, Closing.FILLED)
        assert Event.FILLED in events_of(found)

    def test_are_never_overfilled_by_a_race(self, committing_app):
        found = make_vacancy(positions=2)
        found_id = found.id

        def take(_which):
            return fill(queries.vacancy(System("tests"), found_id))

        results = race(committing_app, 6, take)

        assert sum(result is None for result in results) == 2
        assert queries.pool(found_id).filled == 2

    def test_the_twin_that_looks_before_it_counts_overfills_but_for_the_table_s_own_check(self, committing_app):
        found_id = make_vacancy(positions=2).id
        looked = threading.Barrier(6)

        def look_then_count(_which):
            free = queries.pool(found_id).free
            db.session.rollback()
            looked.wait(10)
            try:
                count_one_more(found_id)
            except IntegrityError:
                return "overfilled"
            return "counted" if free else "full"

        results = race(committing_app, 6, look_then_count)

        assert results.count("counted") == 2
        assert results.count("overfilled") == 4


@transaction()
def count_one_more(found_id):
    more = update(VacancyPositions).where(VacancyPositions.vacancy_id == found_id).values(filled=VacancyPositions.filled + 1)
    db.session.execute(more)


class TestLists:
    def test_the_catalogue_is_narrowed_by_town_and_occupation(self):
        here = make_vacancy(town="Dimitrovgrad")
        make_vacancy(town="Ulyanovsk")

        by_town = WORK.page(Visitor(), Wanted(filters={"town": ["Dimitrovgrad"]}))
        by_work = WORK.page(Visitor(), Wanted(filters={"occupation": [here.occupation.slug]}))

        assert [one.id for one in by_town.rows] == [one.id for one in by_work.rows] == [here.id]

    def test_the_catalogue_asks_as_often_for_forty_as_for_two(self, statements):
        employer = make_employer()
        for _number in range(2):
            make_vacancy(employer)
        with statements() as few:
            WORK.page(Visitor(), Wanted())
            queries.towns()
            queries.occupations()
        for _number in range(38):
            make_vacancy(employer)
        db.session.expunge_all()
        with statements() as many:
            WORK.page(Visitor(), Wanted())
            queries.towns()
            queries.occupations()

        assert len(few) == len(many)

    def test_those_who_recruit_see_the_list(self):
        assert policies.can_list(recruiter_of(make_employer()))
        assert not policies.can_list(actor_of(make_employer(), Role.MENTOR))
