"""Letting one person in without prerequisites: by whom, for whom, and what it opens."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from tests.courses.factories import make_cohort, make_enrolment, make_version
from tests.courses.prerequisites.asking import again, as_a_page_loads, make_asking, make_taught
from tests.factories import actor_of, events_of, learner, make_member, make_school, make_trainee
from training.courses.cohorts.workflow import Funding
from training.courses.enrolments import queries as enrolled
from training.courses.enrolments import services as enrolments
from training.courses.enrolments.workflow import State
from training.courses.waivers import queries, services
from training.courses.waivers.models import Waiver, WaiverRevocation
from training.courses.waivers.workflow import Event, Notice
from training.kernel.db import db
from training.kernel.policy import NotAllowed, NotNow, Role, System
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


@pytest.mark.usefixtures("app")
class TestRevoke:
    def granted(self):
        """The version, a manager, the person, and the key of the waiver."""
        version, manager, trainee = asking()
        return version, manager, trainee, services.grant(manager, version, trainee_id=trainee.id, words=WHY).id

    def test_they_need_again_what_is_asked_for_and_are_told_why(self):
        version, manager, trainee, key = self.granted()
        me, account, trainee_id = learner(trainee), trainee.account_id, trainee.id

        services.revoke(manager, one(key), reason="Another person was meant.", begun=enrolled.has_begun)

        revoked = one(key)
        assert revoked.revocation is not None
        assert (revoked.revocation.words, revoked.revocation.by_id) == ("Another person was meant.", manager.account_id)
        assert events_of(revoked) == [Event.GRANTED, Event.REVOKED]
        assert list(db.session.scalars(select(Notification.to_id).where(Notification.name == Notice.REVOKED.value))) == [account]
        with pytest.raises(NotNow, match="Drawings"):
            enrolments.apply(me, as_a_page_loads(make_cohort(again(version))), funding=[Funding.STATE])
        assert queries.of_person(manager, again(version), trainee_id) is None

    def test_once(self):
        _version, manager, _trainee, key = self.granted()
        services.revoke(manager, one(key), reason="Another person was meant.", begun=enrolled.has_begun)

        with pytest.raises(NotNow, match="revoked already"):
            services.revoke(manager, one(key), reason="Again.", begun=enrolled.has_begun)

    def test_they_can_be_let_in_again_afterwards(self):
        version, manager, trainee, key = self.granted()
        trainee_id = trainee.id
        services.revoke(manager, one(key), reason="Another person was meant.", begun=enrolled.has_begun)

        services.grant(manager, again(version), trainee_id=trainee_id, words="Shown after all.")

        assert queries.waived(version.programme_id, [trainee_id]) == {trainee_id}

    @pytest.mark.parametrize("state", [State.WAITLISTED, State.OFFERED, State.ENROLLED, State.COMPLETED, State.DEFERRED])
    def test_not_once_they_have_begun_by_it(self, state):
        version, manager, trainee, key = self.granted()
        make_enrolment(make_cohort(again(version)), trainee, state=state)

        with pytest.raises(NotNow, match="has applied or has a seat"):
            services.revoke(manager, one(key), reason="Another person was meant.", begun=enrolled.has_begun)
        assert one(key).revocation is None

    def test_an_application_that_came_to_nothing_does_not_keep_it(self):
        version, manager, trainee, key = self.granted()
        make_enrolment(make_cohort(again(version)), trainee, state=State.WITHDRAWN)

        services.revoke(manager, one(key), reason="Another person was meant.", begun=enrolled.has_begun)

        assert one(key).revocation is not None

    def test_only_managers_of_the_school(self):
        version, _manager, _trainee, key = self.granted()

        for actor in (actor_of(version.programme.school, Role.TEACHER), actor_of(make_school(), Role.MANAGER)):
            with pytest.raises(NotAllowed):
                services.revoke(actor, one(key), reason="No.", begun=enrolled.has_begun)

    def test_the_database_keeps_it_as_it_was_said(self):
        _version, manager, _trainee, key = self.granted()
        services.revoke(manager, one(key), reason="Another person was meant.", begun=enrolled.has_begun)
        db.session.rollback()

        for statement in (update(WaiverRevocation).values(words="Another reason"), delete(WaiverRevocation)):
            with pytest.raises(DBAPIError, match="frozen"):
                db.session.execute(statement.execution_options(synchronize_session=False))
            db.session.rollback()


def one(key: int) -> Waiver:
    """A waiver as it is now."""
    db.session.rollback()
    db.session.expire_all()
    return queries.waiver(System("tests"), key)


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

    def test_a_manager_takes_it_back_before_the_person_has_applied(self, client):
        version = make_asking(make_taught(title="Drawings"))
        school = version.programme.school
        trainee = make_trainee(school=school)
        made = services.grant(actor_of(school, Role.MANAGER), version, trainee_id=trainee.id, words=WHY)
        base, page = f"/o/{school.slug}/programmes/{version.id}/waivers", f"/o/{school.slug}/waivers/{made.id}"
        client.sign_in(make_member(school, Role.MANAGER).account)
        assert page in client.get(base).text
        assert "Revoke…" in client.get(page).words

        told = client.submit(f"{page}/revoke", reason="Another person was meant.", follow=True)

        assert "Revoked;" in told.words
        assert "Another person was meant." in told.words
        assert "Revoke…" not in told.words
        assert "Revoked: Another person was meant." in client.get(base).words

    def test_once_they_have_begun_the_page_says_why_it_stays(self, client):
        version = make_asking(make_taught(title="Drawings"))
        school = version.programme.school
        trainee = make_trainee(school=school)
        key = services.grant(actor_of(school, Role.MANAGER), version, trainee_id=trainee.id, words=WHY).id
        make_enrolment(make_cohort(again(version)), trainee)
        client.sign_in(make_member(school, Role.MANAGER).account)
        slug = school.slug

        page = client.get(f"/o/{slug}/waivers/{key}")

        assert ("so it stays" in page.words, "Revoke…" in page.words) == (True, False)
        assert client.submit(f"/o/{slug}/waivers/{key}/revoke", reason="No.").status == 409

    def test_a_waiver_of_another_school_looks_like_a_missing_one(self, client):
        version = make_asking(make_taught(title="Drawings"))
        school = version.programme.school
        key = services.grant(actor_of(school, Role.MANAGER), version, trainee_id=make_trainee(school=school).id, words=WHY).id
        other = make_school()
        client.sign_in(make_member(other, Role.MANAGER).account)

        assert client.get(f"/o/{other.slug}/waivers/{key}").status == 404
        assert client.get(f"/o/{other.slug}/waivers/{key}/revoke").status == 404
