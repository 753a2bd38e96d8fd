"""Remarks on a version: who makes, answers and settles them, and what becomes of them."""

import pytest
from sqlalchemy import select

from tests.courses.factories import SYSTEM, make_occupation, make_version
from tests.factories import actor_of, events_of, make_employer, save
from training.courses.endorsements import queries as endorsements
from training.courses.endorsements import services as endorsing
from training.courses.modules import services as modules
from training.courses.programmes import queries as programmes
from training.courses.programmes import services as versions
from training.courses.programmes.models import ModuleOutcome
from training.courses.programmes.workflow import State as VersionState
from training.courses.remarks import policies, queries, services
from training.courses.remarks.workflow import Event, Notice, Section, State
from training.jobs.worker import run_due
from training.kernel.db import NotFound, db
from training.kernel.policy import Learner, NotAllowed, NotNow, Role, Visitor
from training.notices.models import Notification
from training.turns.models import OpenTurn


class Review:
    """A version with an outcome, and the people of its school."""

    def __init__(self, state=VersionState.IN_REVIEW):
        version = make_version(state=VersionState.DRAFT)
        self.school = version.programme.school
        self.author, self.second = actor_of(self.school, Role.TEACHER), actor_of(self.school, Role.MANAGER)
        self.key = version.id
        self.module_id = version.modules[0].id
        self.outcome = save(ModuleOutcome(module_id=self.module_id, position=1, words="Reads a drawing"))
        if state is VersionState.IN_REVIEW:
            versions.submit(self.author, self.version)

    @property
    def version(self):
        db.session.rollback()
        db.session.expire_all()
        return programmes.version(SYSTEM, self.key)

    def remark(self, actor=None, *, place=None, words="Which standard?"):
        made = services.add(actor or self.second, self.version, place=place or f"outcome-{self.outcome.id}", words=words)
        return self.again(made.id)

    def again(self, key):
        db.session.rollback()
        db.session.expire_all()
        return queries.remark(SYSTEM, key)


def asked(review):
    """An employer that is asked to endorse it, and its manager."""
    employer = make_employer()
    made = endorsing.ask(review.author, review.version, employer=employer, occupation_id=make_occupation().id)
    return employer, actor_of(employer, Role.MANAGER), made.id


def told(remark):
    query = select(Notification.name).where(Notification.subject_kind == "remark", Notification.subject_id == remark.id)
    return list(db.session.scalars(query.order_by(Notification.id)))


def turns_of(remark):
    query = select(OpenTurn.verb, OpenTurn.party_id).where(OpenTurn.subject_kind == "remark", OpenTurn.subject_id == remark.id)
    return [tuple(row) for row in db.session.execute(query)]


@pytest.mark.usefixtures("app")
class TestAdd:
    def test_a_second_person_says_something_of_an_outcome_and_the_author_is_told(self):
        review = Review()

        remark = review.remark()

        assert (remark.section, remark.about, remark.module_id) == (Section.OUTCOME, "Reads a drawing", review.module_id)
        assert (remark.state, events_of(remark), told(remark)) == (State.OPEN, [Event.ADDED], [Notice.ADDED])
        assert turns_of(remark) == [("answer", review.school.id)]

    def test_whoever_handed_it_in_does_not_review_it(self):
        review = Review()

        with pytest.raises(NotAllowed):
            review.remark(review.author)

    @pytest.mark.parametrize("state", [VersionState.DRAFT, VersionState.PUBLISHED, VersionState.RETIRED])
    def test_the_school_speaks_only_while_it_is_in_review(self, state):
        version = make_version(state=state)
        second = actor_of(version.programme.school, Role.MANAGER)

        with pytest.raises(NotNow):
            services.add(second, version, place="details", words="Too long.")

    def test_a_part_that_was_written_anew_is_refused_at_its_field(self):
        review = Review()

        with pytest.raises(NotNow) as refusal:
            review.remark(place="outcome-999999")

        assert refusal.value.field == "place"

    def test_the_people_of_another_school_may_not(self):
        review, other = Review(), Review()

        with pytest.raises(NotAllowed):
            review.remark(other.second)


@pytest.mark.usefixtures("app")
class TestEmployers:
    @pytest.mark.parametrize("state", [VersionState.DRAFT, VersionState.IN_REVIEW])
    def test_an_employer_that_is_asked_speaks_of_a_draft_and_of_what_is_in_review(self, state):
        review = Review(state)
        employer, manager, key = asked(review)

        made = endorsing.remark(manager, endorsements.endorsement(manager, key), place="modules", words="Too few hours at a plant.")

        remark = review.again(made.id)
        assert (remark.organisation_id, remark.about) == (employer.id, None)

    def test_not_of_what_is_published_nor_after_declining(self):
        review = Review()
        _employer, manager, key = asked(review)
        endorsing.decline(manager, endorsements.endorsement(manager, key), reason="Not our trade.")

        with pytest.raises(NotNow):
            endorsing.remark(manager, endorsements.endorsement(manager, key), place="modules", words="Too few hours.")

        versions.publish(review.second, review.version)
        _employer, manager, key = asked(review)
        with pytest.raises(NotNow):
            endorsing.remark(manager, endorsements.endorsement(manager, key), place="modules", words="Too few hours.")

    def test_it_sees_its_own_remarks_and_settles_them_nobody_elses(self):
        review = Review()
        employer, manager, key = asked(review)
        internal = review.remark()
        own = endorsing.remark(manager, endorsements.endorsement(manager, key), place="modules", words="Too few hours.")
        services.answer(review.author, review.again(own.id), answer="Forty more now.")

        assert [one.id for one in queries.of_version(manager, review.key).rows] == [own.id]
        with pytest.raises(NotFound):
            queries.remark(manager, internal.id)
        assert turns_of(own) == [("settle", employer.id)]
        with pytest.raises(NotAllowed):
            services.settle(review.second, review.again(own.id))
        services.settle(manager, review.again(own.id))
        assert review.again(own.id).state is State.SETTLED

    def test_strangers_see_none(self):
        remark = Review().remark()

        for actor in (Visitor(), Learner(account_id=1, trainee_id=1), actor_of(make_employer(), Role.MANAGER)):
            with pytest.raises(NotFound):
                queries.remark(actor, remark.id)


@pytest.mark.usefixtures("app")
class TestAnswer:
    def test_the_author_answers_and_the_reviewer_settles(self):
        review = Review()
        remark = review.remark()

        services.answer(review.author, remark, answer="ISO 128, added.")
        assert turns_of(remark) == [("settle", review.school.id)]
        services.settle(review.second, review.again(remark.id))

        settled = review.again(remark.id)
        assert (settled.state, settled.answer, turns_of(settled)) == (State.SETTLED, "ISO 128, added.", [])
        assert events_of(settled) == [Event.ADDED, Event.ANSWERED, Event.SETTLED]
        assert told(settled) == [Notice.ADDED, Notice.ANSWERED, Notice.SETTLED]

    def test_nobody_answers_their_own_remark_or_settles_their_own_answer(self):
        review = Review()
        remark = review.remark()

        with pytest.raises(NotAllowed):
            services.answer(review.second, remark, answer="It is fine.")
        services.answer(review.author, review.again(remark.id), answer="ISO 128.")
        with pytest.raises(NotAllowed):
            services.settle(review.author, review.again(remark.id))

    def test_it_is_answered_in_the_draft_that_came_back(self):
        review = Review()
        remark = review.remark()
        versions.send_back(review.second, review.version, reason="See the remarks.", remarks=1)

        services.answer(review.author, review.again(remark.id), answer="ISO 128.")

        assert review.again(remark.id).state is State.ANSWERED

    def test_whoever_made_it_takes_it_back_unanswered(self):
        review = Review()
        remark = review.remark()

        services.settle(review.second, remark)

        assert review.again(remark.id).state is State.SETTLED


@pytest.mark.usefixtures("app")
class TestWhatBecomesOfIt:
    def test_an_outcome_that_is_written_anew_leaves_the_remark_at_its_module(self):
        review = Review()
        remark = review.remark()
        versions.send_back(review.second, review.version, reason="See the remarks.")
        version = review.version
        module = next(one for one in version.modules if one.id == review.module_id)
        same = {"code": module.code, "title": module.title, "hours": module.hours, "spread": {}, "parent_id": None, "skills": {}}

        modules.edit(review.author, version, module=module, outcomes=["Reads a drawing by ISO 128"], **same)

        [there] = queries.unsettled(review.author, review.key).inside(next(one for one in review.version.modules if one.id == module.id))
        assert (there.id, there.outcome_id, there.about) == (remark.id, None, "Reads a drawing")

    def test_a_module_that_is_removed_leaves_it_at_the_modules(self):
        review = Review()
        remark = review.remark()
        versions.send_back(review.second, review.version, reason="See the remarks.")
        version = review.version

        modules.remove(review.author, version, module=next(one for one in version.modules if one.id == review.module_id))

        assert [one.id for one in queries.unsettled(review.author, review.key).modules] == [remark.id]

    def test_publishing_leaves_what_is_open_and_nobody_owes_an_answer(self):
        review = Review()
        remark = review.remark()

        versions.publish(review.second, review.version)
        run_due()

        left = review.again(remark.id)
        assert (left.state, turns_of(left), events_of(left)[-1]) == (State.LEFT, [], Event.LEFT)
        assert policies.why_not_move(review.version)

    def test_the_next_version_begins_without_them_and_the_old_one_keeps_them(self):
        review = Review()
        remark = review.remark()
        versions.publish(review.second, review.version)

        following = versions.begin_next(review.author, review.version)

        assert queries.of_version(review.author, following.id).rows == []
        assert [one.id for one in queries.of_version(review.author, review.key).rows] == [remark.id]
