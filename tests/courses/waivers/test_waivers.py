"""Letting one person in without prerequisites: by whom, for whom, and what it opens."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from tests.courses.factories import make_cohort, make_enrolment, make_version
from tests.courses.prerequisites.asking import again, as_a_page_loads, make_asking, make_taught
from tests.factories import actor_of, events_of, learner, make_member, make_school, make_trainee
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import services as enrolments
from training.courses.enrolments.workflow import State
from training.courses.waivers import queries, services
from training.courses.waivers.models import Waiver
from training.courses.waivers.workflow import Event, Notice
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role
from training.notices.models import Notification

WHY = "Twelve years at a bench; shown at the plant."


def asking(**given):
    """A version that asks for a programme, a manager of its school, and one of the school's own trainees."""
    version = make_asking(make_taught(title="Drawings"))
    school = version.programme.school
    manager, trainee = actor_of(school, Role.MANAGER), make_trainee(school=school, **given)
    return again(version), manager, trainee


@pytest.mark.usefixtures("app")
class TestGrant:
    def test_lets_one_person_in_and_tells_them(self):
        version, manager, trainee = asking()
        me, other = learner(trainee), learner(make_trainee())
        account = trainee.account_id
        made = services.grant(manager, version, trainee_id=trainee.id, words=WHY)
        assert events_of(made) == [Event.GRANTED]
        assert list(db.session.scalars(select(Notification.to_id).where(Notification.name == Notice.GRANTED.value))) == [account]
        cohort = make_cohort(again(version))

        with pytest.raises(NotNow, match="Drawings"):
            enrolments.apply(other, as_a_page_loads(cohort), funding=[Funding.STATE])

        assert enrolments.apply(me, as_a_page_loads(cohort), funding=[Funding.STATE]).state is State.ENROLLED

    def test_only_for_somebody_whom_the_school_knows_once_and_where_something_is_asked_for(self):
        version, manager, trainee = asking()
        stranger, key = make_trainee().id, trainee.id
        services.grant(manager, again(version), trainee_id=key, words=WHY)

        for who, why in ((stranger, "does not know"), (key, "already")):
            with pytest.raises(NotNow, match=why):
                services.grant(manager, again(version), trainee_id=who, words=WHY)
        plain = make_version()
        with pytest.raises(NotNow, match="asks for nothing"):
            services.grant(actor_of(plain.programme.school, Role.MANAGER), again(plain), trainee_id=key, words=WHY)

    def test_only_managers_of_the_school(self):
        version, _manager, trainee = asking()
        key = trainee.id

        for actor in (actor_of(version.programme.school, Role.TEACHER), actor_of(make_school(), Role.MANAGER)):
            with pytest.raises(NotAllowed):
                services.grant(actor, again(version), trainee_id=key, words=WHY)

    def test_neither_changes_nor_goes_but_for_erased_words_and_joined_records(self):
        version, manager, trainee = asking()
        services.grant(manager, version, trainee_id=trainee.id, words=WHY)

        for statement in (update(Waiver).values(words="Another reason"), update(Waiver).values(by_id=Waiver.by_id + 1), delete(Waiver)):
            with pytest.raises(DBAPIError, match="frozen"):
                db.session.execute(statement.execution_options(synchronize_session=False))
            db.session.rollback()
        other = make_trainee().id
        for allowed in ({"words": "–"}, {"trainee_id": other}):
            db.session.execute(update(Waiver).values(**allowed).execution_options(synchronize_session=False))
        assert list(db.session.execute(select(Waiver.words, Waiver.trainee_id))) == [("–", other)]
        db.session.rollback()

    def test_another_school_does_not_see_it(self):
        version, manager, trainee = asking()
        services.grant(manager, version, trainee_id=trainee.id, words=WHY)
        db.session.rollback()

        assert queries.of_programme(actor_of(make_school(), Role.MANAGER), version.programme_id) == []


class TestPages:
    def test_a_manager_finds_somebody_and_the_enrolment_says_why(self, client):
        version = make_asking(make_taught(title="Drawings"))
        school = version.programme.school
        trainee = make_trainee(school=school)
        key, account, family = trainee.id, trainee.account, trainee.family_name.upper()
        client.sign_in(make_member(school, Role.MANAGER).account)
        base = f"/o/{school.slug}/programmes/{version.id}"

        assert f"{base}/waivers" in client.get(base).text
        assert "Nobody of that name is known" in client.get(f"{base}/waivers?q=Onegin").words
        assert f"/waivers/new?person={key}" in client.get(f"{base}/waivers?q={family}").text
        told = client.submit(f"{base}/waivers/new?person={key}", words=WHY, follow=True)
        assert ("can apply now and is told" in told.words, WHY in told.words) == (True, True)
        again_ = client.submit(f"{base}/waivers/new?person={key}", words=WHY)
        assert "This person has been let in already." in again_.words

        made = make_enrolment(make_cohort(again(version)), db.session.get_one(type(trainee), key))
        enrolment = made.id
        assert WHY in client.get(f"/o/{school.slug}/enrolments/{enrolment}").words
        client.sign_in(account)
        assert WHY in client.get(f"/me/study/{enrolment}").words

    def test_without_a_person_one_looks_for_somebody_first(self, client):
        version = make_asking(make_taught())
        school = version.programme.school
        client.sign_in(make_member(school, Role.MANAGER).account)

        assert client.get(f"/o/{school.slug}/programmes/{version.id}/waivers/new?person=999").status == 302
