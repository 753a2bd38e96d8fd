"""Merging moves everything and undoing gives exactly that back; what stands in the way is said."""

from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import select

from tests.courses.factories import make_cohort, make_enrolment, make_skill
from tests.factories import actor_of, events_of, learner, make_account, make_school, save
from tests.trainees.lives import live
from tests.trainees.merges.making import beside, on_the_list
from training.courses.enrolments.workflow import State as EnrolmentState
from training.kernel import clock
from training.kernel.db import NotFound, Record, db
from training.kernel.policy import NotAllowed, NotNow, Role, System
from training.notices.models import Notification
from training.trainees.claims import services as claims
from training.trainees.disclosures import queries as disclosures
from training.trainees.disclosures.lists import TRAINEES
from training.trainees.erasures import services as erasures
from training.trainees.merges import queries, references, services
from training.trainees.merges.models import MergeMoved, Pair
from training.trainees.merges.workflow import WORDS, Event, Notice, State
from training.trainees.passport.models import Evidence, EvidenceKind
from training.trainees.profiles import services as profiles
from training.trainees.profiles.models import Education, Trainee

BESIDE = {"event", "event_detail", "event_seal", "notice", "job", "receipt", "trainee_pair", "merge_moved"}
"""What the merge itself writes."""


def everything() -> dict[str, list[Any]]:
    """Every row of every table as it is stored, but for what merges write and how often a profile was written."""
    db.session.rollback()
    found = {}
    for name, table in Record.metadata.tables.items():
        if name not in BESIDE:
            columns = [column for column in table.c if (name, column.name) != ("trainee", "version")]
            found[name] = [tuple(row) for row in db.session.execute(select(*columns).order_by(table.c.id))]
    return found


def changed(before: dict[str, list[Any]], now: dict[str, list[Any]]) -> set[str]:
    return {name for name in before if before[name] != now[name]}


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def manager(school):
    return actor_of(school, Role.MANAGER)


@pytest.fixture
def two(school):
    """One on the roster, one with an account."""
    return on_the_list(school), on_the_list(school, "Orlowa", account=make_account(), email="own@e.org")


class TestTheTables:
    def test_every_table_that_names_a_trainee_is_covered_and_has_words(self, app):
        target = Record.metadata.tables["trainee"].c.id
        named = {name for name, table in Record.metadata.tables.items() for column in table.c if column.references(target)}

        assert named - {one.table.name for one in references.references()} == references.OWN & named
        assert {one.table.name for one in references.references()} <= set(WORDS)

    def test_every_pair_of_kind_and_key_moves_or_is_history(self, app):
        pairs = {
            (name, column.name)
            for name, table in Record.metadata.tables.items()
            for column in table.c
            if column.name.endswith("_kind") and f"{column.name.removesuffix('_kind')}_id" in table.c
        }

        moved = {(one.table.name, one.kind.name) for one in references.kinded() if one.kind is not None}
        assert {name for name, _column in pairs - moved} == references.STAYS


class TestMerge:
    def test_a_merge_undone_leaves_every_table_as_it_was(self, app):
        life = live()
        manager = actor_of(life.school, Role.MANAGER)
        other = on_the_list(life.school, "Zyxmarkowa", town="Kazan")
        before = everything()

        services.merge(manager, beside(manager, life.trainee, other), keep=other.id)
        merged = everything()
        services.undo(manager, beside(manager, life.trainee, other))

        assert len(changed(before, merged)) > 15
        assert changed(before, everything()) == set()
        assert db.session.scalars(select(MergeMoved.id)).all() == []

    def test_nothing_names_the_record_given_up_but_what_stays(self, app):
        life = live()
        manager = actor_of(life.school, Role.MANAGER)
        other = on_the_list(life.school, "Zyxmarkowa")
        couple = beside(manager, life.trainee, other)
        added = {words: first + second for words, first, second in queries.counts(couple)}

        services.merge(manager, couple, keep=other.id)

        couple = beside(manager, life.trainee, other)
        counted = {words: (first, second) for words, first, second in queries.counts(couple)}
        left = {words for words, (first, _second) in counted.items() if first}
        assert left <= {str(WORDS["disclosure"])}
        assert {words: sum(pair) for words, pair in counted.items() if words in added} == added

    def test_whoever_signed_in_signs_in_as_the_record_that_is_kept(self, manager, two):
        roster, own = two
        account_id = own.account_id

        kept = services.merge(manager, beside(manager, roster, own), keep=roster.id)

        assert (kept.id, kept.account_id, kept.email, own.account_id) == (roster.id, account_id, "own@e.org", None)
        told = db.session.scalars(select(Notification).where(Notification.name == Notice.MERGED)).all()
        assert [(one.to_kind, one.to_id, one.subject_id) for one in told] == [("account", account_id, roster.id)]
        assert events_of(roster) == [Event.TAKEN_IN]

    def test_the_record_given_up_is_on_no_list_and_its_address_leads_to_the_other(self, manager, two):
        roster, own = two

        services.merge(manager, beside(manager, roster, own), keep=roster.id)

        assert [one.id for one in db.session.scalars(TRAINEES.rows(manager))] == [roster.id]
        assert disclosures.trainee(manager, own.id).id == roster.id
        assert queries.probable(manager) == []

    def test_a_roster_that_has_the_old_name_again_reaches_the_record_that_is_kept(self, manager, two):
        roster, own = two
        services.merge(manager, beside(manager, roster, own), keep=roster.id)
        again = {"family_name": own.family_name, "given_name": own.given_name, "patronymic": None, "born_on": own.born_on, "town": "Kazan"}

        touched = profiles.take_over(manager, people=[again])

        assert [key for key, _version in touched.values()] == [roster.id]
        assert db.session.get_one(Trainee, roster.id).town == "Kazan"

    def test_what_both_have_once_stays_with_the_record_given_up(self, manager, two):
        roster, own = two
        rated = {"skill_id": make_skill().id, "level": 2, "kind": EvidenceKind.RATING, "subject_kind": "evaluation", "subject_id": 1}
        rows = [save(Evidence(trainee_id=one.id, attested_at=clock.now(), **rated)).id for one in two]

        services.merge(manager, beside(manager, roster, own), keep=roster.id)

        assert [db.session.get_one(Evidence, key).trainee_id for key in rows] == [roster.id, own.id]

    def test_a_third_record_follows_and_comes_back(self, school, manager, two):
        roster, own = two
        third = on_the_list(school, "Orlov")
        services.merge(manager, beside(manager, roster, own), keep=roster.id)

        services.merge(manager, beside(manager, roster, third), keep=third.id)

        assert db.session.get_one(Trainee, own.id, populate_existing=True).merged_into_id == third.id
        with pytest.raises(NotNow, match="merged into another"):
            services.undo(manager, beside(manager, roster, own))
        services.undo(manager, beside(manager, roster, third))
        assert db.session.get_one(Trainee, own.id, populate_existing=True).merged_into_id == roster.id

    def test_whoever_is_erased_is_erased_with_the_records_merged_into_theirs(self, manager, two):
        roster, own = two
        services.merge(manager, beside(manager, roster, own), keep=own.id)
        own = db.session.get_one(Trainee, own.id)
        request = erasures.ask(learner(own), own)

        erasures.erase(System("tests"), request)

        assert {one.family_name for one in db.session.scalars(select(Trainee))} == {"№"}


class TestInTheWay:
    def test_two_accounts_that_sign_in(self, school, manager, two):
        other = on_the_list(school, "Orlov", account=make_account())

        with pytest.raises(NotNow, match="Both have an account"):
            services.merge(manager, beside(manager, two[1], other), keep=other.id)

    def test_a_blocked_account_is_not_kept_instead_of_one_that_signs_in(self, school, manager, two):
        blocked = on_the_list(school, "Orlov", account=make_account(blocked_at=clock.now()))

        with pytest.raises(NotNow, match="blocked"):
            services.merge(manager, beside(manager, two[1], blocked), keep=blocked.id)
        assert services.merge(manager, beside(manager, two[1], blocked), keep=two[1].id).account_id == two[1].account_id

    def test_seats_in_one_cohort(self, manager, two):
        cohort = make_cohort()
        for one in two:
            make_enrolment(cohort, one, state=EnrolmentState.WAITLISTED)

        with pytest.raises(NotNow, match="same cohort"):
            services.merge(manager, beside(manager, *two), keep=two[0].id)

    def test_seats_that_ended_are_no_hindrance(self, manager, two):
        cohort = make_cohort()
        for one in two:
            make_enrolment(cohort, one, state=EnrolmentState.WITHDRAWN)

        assert services.merge(manager, beside(manager, *two), keep=two[0].id).id == two[0].id

    def test_an_open_request_for_erasure(self, manager, two):
        erasures.ask(learner(two[1]), two[1])

        with pytest.raises(NotNow, match="asked for erasure"):
            services.merge(manager, beside(manager, *two), keep=two[0].id)

    def test_two_invitations_to_an_account(self, school, manager, two):
        other = on_the_list(school, "Orlov", email="third@e.org")
        two[0].email = "first@e.org"
        save(two[0])
        claims.send_all(manager, school, language="en")

        with pytest.raises(NotNow, match="Both are invited"):
            services.merge(manager, beside(manager, two[0], other), keep=other.id)

    def test_a_pair_told_apart(self, manager, two):
        services.tell_apart(manager, beside(manager, *two))

        with pytest.raises(NotNow, match="two people"):
            services.merge(manager, beside(manager, *two), keep=two[0].id)

    def test_others_find_nothing(self, school, manager, two):
        stranger = on_the_list(make_school())

        for actor in (actor_of(school, Role.TEACHER), actor_of(make_school(), Role.MANAGER)):
            with pytest.raises(NotFound):
                beside(actor, *two)
        with pytest.raises(NotFound):
            beside(manager, two[0], stranger)
        with pytest.raises(NotAllowed):
            services.merge(actor_of(make_school(), Role.MANAGER), beside(manager, *two), keep=two[0].id)


class TestUndo:
    def test_what_came_since_stays_with_the_record_that_was_kept(self, manager, two):
        roster, own = two
        services.merge(manager, beside(manager, roster, own), keep=roster.id)
        since = save(Education(trainee_id=roster.id, place="School 3", what="9th grade"))

        services.undo(manager, beside(manager, roster, own))

        assert db.session.get_one(Education, since.id).trainee_id == roster.id
        assert db.session.get_one(Trainee, own.id).account_id is not None
        assert beside(manager, roster, own).state is State.OPEN

    def test_not_when_something_was_made_out_of_what_was_moved(self, manager, two):
        roster, own = two
        enrolment = make_enrolment(make_cohort(), own, state=EnrolmentState.WITHDRAWN)
        services.merge(manager, beside(manager, roster, own), keep=roster.id)
        about = {"subject_kind": "enrolment", "subject_id": enrolment.id}
        save(Evidence(trainee_id=roster.id, skill_id=make_skill().id, level=2, kind=EvidenceKind.MODULE, attested_at=clock.now(), **about))

        with pytest.raises(NotNow, match="Evidence of skills"):
            services.undo(manager, beside(manager, roster, own))

    def test_not_once_the_person_asks_for_erasure(self, manager, two):
        roster, own = two
        services.merge(manager, beside(manager, roster, own), keep=own.id)
        own = db.session.get_one(Trainee, own.id)
        erasures.ask(learner(own), own)

        with pytest.raises(NotNow, match="erasure"):
            services.undo(manager, beside(manager, roster, own))

    def test_twice_is_once(self, manager, two):
        services.merge(manager, beside(manager, *two), keep=two[0].id)
        services.undo(manager, beside(manager, *two))

        with pytest.raises(NotNow, match="not merged"):
            services.undo(manager, beside(manager, *two))


def test_of_two_merges_at_once_one_happens(committing_app):
    school = make_school()
    one, other, third = (on_the_list(school, name) for name in ("Orlova", "Orlowa", "Orlov"))
    manager, start, refused = actor_of(school, Role.MANAGER), Barrier(4), []
    wanted = [(one.id, other.id, one.id), (one.id, other.id, other.id), (other.id, third.id, third.id), (other.id, third.id, third.id)]

    def go(first: int, second: int, keep: int) -> None:
        with committing_app.app_context():
            couple = queries.couple(manager, first, second)
            start.wait()
            try:
                services.merge(manager, couple, keep=keep)
            except NotNow as refusal:
                refused.append(refusal)

    threads = [Thread(target=go, args=each) for each in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.rollback()
    db.session.expire_all()
    done = db.session.scalars(select(Pair).where(Pair.state == State.MERGED)).all()
    people = {row.id: row.merged_into_id for row in db.session.scalars(select(Trainee))}
    assert len(done) + len(refused) == 4
    assert all(people[key] is None for key in people.values() if key is not None)
