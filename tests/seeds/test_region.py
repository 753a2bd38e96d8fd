"""The demonstration region: what there is on the day it is loaded, and whether one can believe it."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import func, select

from seeds import region
from seeds.counts import counts
from seeds.names import LETTERS, RUSSIAN, TATAR, Names, family, latin
from seeds.size import Size
from seeds.story import Story
from tests.conftest import configured
from training.accounts import queries as accounts
from training.accounts.memberships.queries import current, member, parties_of, persona
from training.accounts.models import Account
from training.accounts.views import LEARNERS, PERSONAS
from training.app import create_app
from training.audit import queries as audit
from training.audit.models import Happening
from training.candidates.vacancies.models import Vacancy
from training.courses.cohorts.models import Cohort
from training.courses.enrolments.models import Enrolment
from training.insights.home import queries as home
from training.internships.logbooks.models import LogbookEntry
from training.internships.openings.models import Opening
from training.jobs.models import Job, JobState
from training.kernel import clock
from training.kernel.db import db
from training.kernel.money import Money
from training.kernel.policy import Learner, Role
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.queries import id_of
from training.turns.models import OpenTurn


@pytest.fixture(scope="module")
def loaded(small_region, tmp_path_factory) -> Iterator[Flask]:
    """The small region in a database of its own."""
    app = small_region(tmp_path_factory.mktemp("told"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def here(loaded):
    with loaded.app_context():
        yield loaded


def test_every_step_of_the_story_could_be_taken(databases, tmp_path, capsys):
    """On another day of the week, where other days are free."""
    app = create_app(configured(databases.copy(), tmp_path / "var"))
    with app.app_context(), clock.at(clock.now() + timedelta(days=3, hours=5)):
        region.load(Size.SMALL)
        said = capsys.readouterr().out.splitlines()
        db.session.close()
        db.engine.dispose()

    assert not [line for line in said if line.startswith("20")], "a line that begins with a moment is a step that was refused"
    assert "  100 %" in said
    assert "The demonstration region is there" in said[-1]


def test_every_kind_of_record_stands_in_many_states(here):
    found = counts()

    assert set(found["cohorts"]) == {"planned", "open", "closed", "running", "completed", "cancelled"}
    assert {"enrolled", "waitlisted", "offered", "completed", "withdrawn"} <= set(found["enrolments"])
    assert set(found["allocations"]) == {"proposed", "allocated", "accepted", "declined", "cancelled", "expired", "reversed"}
    assert set(found["seat purchases"]) == {"asked", "agreed"}
    assert {"requested", "approved", "accepted", "agreed", "active", "completed", "refused", "withdrawn", "broken_off"} <= set(
        found["placements"]
    )
    assert {"open", "offered", "hired", "rejected", "withdrawn"} <= set(found["applications"])
    assert {"draft", "live", "paused", "closed"} <= set(found["vacancies"])
    assert {"signing", "in_force"} <= set(found["agreements"])
    assert {"draft", "submitted", "countersigned"} <= set(found["logbook entries"])


@pytest.mark.parametrize("login", list(LEARNERS))
def test_something_waits_for_each_trainee_one_can_be(here, login):
    account = accounts.by_way_in(login)
    assert account is not None
    trainee_id = id_of(account.id)
    assert trainee_id is not None

    actor = Learner(account.id, trainee_id)

    count = home.count(actor, parties_of(actor))

    assert count > 0 or login == "minor", "only the minor waits for the school"


@pytest.mark.parametrize(("kind", "role"), [one for one in PERSONAS if one[1] is not Role.OPERATOR])
def test_something_waits_for_each_member_one_can_be(here, kind, role):
    account = persona(kind, role)
    assert account is not None
    standings = current(account.id)
    actor = member(standings, standings[0].slug)
    assert actor is not None

    assert home.count(actor, parties_of(actor, standings)) > 0


def test_nobody_is_there_twice(here):
    same = select(func.count()).select_from(Trainee).group_by(Trainee.name_key, Trainee.born_on).having(func.count() > 1)

    assert db.session.scalars(same).all() == []


def test_people_are_of_an_age_for_what_they_learn(here):
    rows = db.session.execute(
        select(Trainee, Cohort).join(Enrolment, Enrolment.trainee_id == Trainee.id).join(Cohort, Cohort.id == Enrolment.cohort_id)
    )

    for trainee, cohort in rows:
        assert 15 <= trainee.age(cohort.starts_on) <= 45, (trainee, cohort.code)
        assert cohort.study_form != "evening" or trainee.age(cohort.starts_on) >= 18, (trainee, cohort.code)


def test_some_have_no_e_mail_and_sign_in_by_a_name(here):
    without = db.session.scalars(select(Account.login_name).where(Account.email.is_(None))).all()

    assert len(without) > 5
    assert all(without)


def test_pay_and_hours_are_plausible(here):
    offered = [(one.least, one.most or one.least) for one in db.session.scalars(select(Vacancy)) if one.least is not None]
    assert all(Money.of(40_000) <= least <= most <= Money.of(130_000) for least, most in offered)
    paid = [one.pay for one in db.session.scalars(select(Opening)) if one.pay is not None]
    assert all(Money.of(10_000) <= pay <= Money.of(30_000) for pay in paid)
    assert {minutes for (minutes,) in db.session.execute(select(LogbookEntry.minutes).distinct())} <= {360, 390, 420}
    assert all(day.weekday() < 5 for day in db.session.scalars(select(LogbookEntry.worked_on).distinct()))


def test_no_real_firm_s_numbers_stand_here(here):
    assert db.session.scalar(select(func.count()).where(Organisation.inn.is_not(None) | Organisation.ogrn.is_not(None))) == 0


def test_what_happened_is_told_in_its_order_and_nothing_is_yet_to_come(here):
    moments = db.session.scalars(select(Happening.at).order_by(Happening.id)).all()

    assert max(moments) <= clock.now()
    backwards = [later for before, later in pairwise(moments) if later < before - timedelta(hours=24)]
    assert backwards == []
    assert audit.breaks() == []


def test_no_deadline_has_passed_unheard_and_no_work_is_left(here):
    silent = select(func.count()).where(OpenTurn.silence.is_not(None), OpenTurn.due_at < clock.now() - timedelta(days=1))
    waiting = select(func.count()).where(Job.state == JobState.WAITING, Job.run_at <= clock.now())

    assert db.session.scalar(silent) == 0
    assert db.session.scalar(waiting) == 0


class TestNames:
    def test_endings_go_with_the_sex(self):
        assert (family("Белов", woman=True), family("Белов", woman=False)) == ("Белова", "Белов")
        assert (family("Покровский", woman=True), family("Марченко", woman=True)) == ("Покровская", "Марченко")

        names = Names(Story().chance)
        for _ in range(500):
            one = names.another()
            assert one.patronymic.endswith("вна" if one.woman else "вич")
            assert one.given in (*RUSSIAN.women, *TATAR.women) if one.woman else one.given in (*RUSSIAN.men, *TATAR.men)

    def test_none_is_given_twice(self):
        names = Names(Story().chance)

        given = [names.another()[:2] for _ in range(2_000)]

        assert len(set(given)) == len(given)

    def test_a_mother_has_the_child_s_family_name_in_her_form(self):
        names = Names(Story().chance)
        son = next(one for one in (names.another() for _ in range(50)) if not one.woman and one.family.endswith("ов"))

        assert names.mother_of(son).family == f"{son.family}а"

    def test_addresses_are_written_in_latin_letters(self):
        assert latin("Щукина Юлия").isascii()
        assert len(LETTERS) == 33
        assert latin("Ульяна") == "ulyana"


class TestStory:
    def test_lives_are_told_in_the_order_of_their_moments_and_what_is_to_come_is_not(self, committing_app):
        story, told = Story(), []

        def life(name, *days):
            for day in days:
                yield story.at(day, 9)
                told.append((name, day, clock.today("Europe/Samara") - story.today))

        story.begin(life("first", -5, -1, 3))
        story.begin(life("second", -4, -3))
        story.tell(lambda day: None)

        assert [(name, day) for name, day, _clock in told] == [("first", -5), ("second", -4), ("second", -3), ("first", -1)]
        assert all(passed.days == day for _name, day, passed in told)

    def test_weekends_are_left_out_of_working_days(self):
        story = Story()

        assert {story.day(story.workday(day)).weekday() for day in range(-30, 30)} == set(range(5))
        assert {story.day(story.workday_after(day)).weekday() for day in range(-30, 30)} == set(range(5))
        assert {story.day(story.monday(day)).weekday() for day in range(-30, 30)} == {0}
        assert all(story.monday(day) >= day for day in range(1, 30))
