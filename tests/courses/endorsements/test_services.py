"""Asking employers to endorse a version, their answers, and when these count."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from tests.courses.factories import SYSTEM, make_occupation, make_version
from tests.factories import actor_of, events_of, make_employer, make_organisation, make_school
from training.courses.endorsements import queries, services
from training.courses.endorsements.models import Endorsement
from training.courses.endorsements.workflow import Event, Notice, State
from training.courses.modules import services as modules
from training.courses.programmes import queries as programmes
from training.courses.programmes import services as versions
from training.courses.programmes.models import ProgrammeVersion
from training.courses.programmes.workflow import State as VersionState
from training.kernel import clock
from training.kernel.db import NotFound, db
from training.kernel.policy import Learner, NotAllowed, NotNow, OrganisationKind, Role, System, Visitor
from training.notices.models import Notification
from training.organisations.workflow import State as OrganisationState
from training.turns.models import OpenTurn
from training.turns.services import expire as expire_turns
from training.turns.tasks import silence

ZONE = "Europe/Samara"


def told(record):
    query = select(Notification.name).where(Notification.subject_kind == "endorsement", Notification.subject_id == record.id)
    return list(db.session.scalars(query.order_by(Notification.id)))


class Asked:
    """A version of a school, and an employer that is asked about it."""

    def __init__(self, state=VersionState.IN_REVIEW):
        version = make_version(state=state)
        self.school, self.employer = version.programme.school, make_employer()
        self.teacher, self.second = actor_of(self.school, Role.TEACHER), actor_of(self.school, Role.MANAGER)
        self.manager = actor_of(self.employer, Role.MANAGER)
        self.occupation = make_occupation()
        self.version_id = version.id
        made = services.ask(self.teacher, self.version, employer=self.employer, occupation_id=self.occupation.id)
        self.key = made.id

    @property
    def version(self):
        db.session.rollback()
        db.session.expire_all()
        return programmes.version(SYSTEM, self.version_id)

    @property
    def endorsement(self):
        db.session.rollback()
        db.session.expire_all()
        return queries.endorsement(SYSTEM, self.key)

    def give(self, years=3):
        services.give(self.manager, self.endorsement, until=services.valid(years, clock.today(ZONE)), words="They can start at once.")

    def counting(self, days=0):
        return [one.id for one in queries.counting(self.version_id, clock.today(ZONE) + timedelta(days=days))]


@pytest.mark.usefixtures("app")
class TestAsk:
    def test_the_employer_s_managers_are_told_and_it_is_with_them(self):
        asked = Asked()

        assert (asked.endorsement.state, events_of(asked.endorsement), told(asked.endorsement)) == (
            State.ASKED,
            [Event.ASKED],
            [Notice.ASKED],
        )
        turn = db.session.scalars(select(OpenTurn).where(OpenTurn.subject_kind == "endorsement")).one()
        assert (turn.party_kind, turn.party_id, turn.verb, turn.silence) == ("organisation", asked.employer.id, "give", "lapse")

    def test_nobody_is_asked_twice_for_the_same_work(self):
        asked = Asked()

        with pytest.raises(NotNow, match="asked already"):
            services.ask(asked.teacher, asked.version, employer=asked.employer, occupation_id=asked.occupation.id)
        services.ask(asked.teacher, asked.version, employer=asked.employer, occupation_id=make_occupation().id)

    def test_the_database_keeps_it_to_one_request(self):
        asked = Asked()
        again = {name: getattr(asked.endorsement, name) for name in ("version_id", "school_id", "employer_id", "occupation_id", "asked_on")}
        db.session.add(Endorsement(**again))

        with pytest.raises(DBAPIError):
            db.session.flush()

    def test_an_unverified_school_asks_nobody(self):
        pending = make_organisation(OrganisationKind.SCHOOL, state=OrganisationState.PENDING)
        version = versions.create(actor_of(pending, Role.TEACHER), pending, code="1", title="T", kind="profession", hours=10)

        with pytest.raises(NotNow, match="verified"):
            services.ask(
                actor_of(pending, Role.TEACHER),
                programmes.version(SYSTEM, version.id),
                employer=make_employer(),
                occupation_id=make_occupation().id,
            )

    def test_is_for_those_who_write_the_programme(self):
        asked = Asked()

        with pytest.raises(NotAllowed):
            services.ask(
                actor_of(asked.school, Role.PLACEMENT_OFFICER), asked.version, employer=make_employer(), occupation_id=asked.occupation.id
            )

    def test_only_the_two_sides_see_it(self):
        asked = Asked()

        assert queries.endorsement(actor_of(asked.employer, Role.MENTOR), asked.key).id == asked.key
        for stranger in (actor_of(make_employer(), Role.MANAGER), actor_of(make_school(), Role.MANAGER), Visitor(None), Learner(1, 1)):
            with pytest.raises(NotFound):
                queries.endorsement(stranger, asked.key)


@pytest.mark.usefixtures("app")
class TestGive:
    def test_counts_once_the_version_is_published_with_that_very_content(self):
        asked = Asked()
        db.session.execute(
            update(ProgrammeVersion).where(ProgrammeVersion.id == asked.version_id).values(submitted_by=asked.teacher.account_id)
        )
        db.session.commit()

        asked.give()
        assert asked.counting() == []
        versions.publish(asked.second, asked.version)

        assert asked.counting() == [asked.key]
        assert asked.endorsement.content_digest == asked.version.content_digest
        assert told(asked.endorsement)[-1] == Notice.GIVEN

    def test_does_not_count_for_content_that_was_changed_afterwards(self):
        asked = Asked()
        asked.give()
        versions.send_back(asked.second, asked.version, reason="More practice")
        [first, *_] = asked.version.modules
        modules.place(asked.teacher, asked.version, module=first, by=1)
        versions.submit(asked.teacher, asked.version)
        versions.publish(asked.second, asked.version)

        assert asked.counting() == []
        services.ask(asked.teacher, asked.version, employer=asked.employer, occupation_id=asked.occupation.id)

    def test_a_draft_is_read_but_not_endorsed(self):
        asked = Asked(VersionState.DRAFT)

        with pytest.raises(NotNow, match="still writing"):
            asked.give()

    def test_is_given_by_managers_only(self):
        asked = Asked()

        with pytest.raises(NotAllowed):
            services.give(actor_of(asked.employer, Role.RECRUITER), asked.endorsement, until=clock.today(ZONE) + timedelta(days=9))

    def test_the_next_version_starts_without_it(self):
        asked = Asked()
        asked.give()
        versions.publish(asked.second, asked.version)
        following = versions.begin_next(asked.teacher, asked.version)

        assert queries.of_version(asked.teacher, following.id) == []
        assert asked.counting() == [asked.key]

    def test_runs_out_after_its_last_day(self):
        asked = Asked()
        asked.give(years=1)
        versions.publish(asked.second, asked.version)

        assert (asked.counting(365), asked.counting(366)) == ([asked.key], [])
        services.expire(System("endorsements.expire"))
        assert asked.endorsement.state is State.GIVEN
        with clock.at(clock.now() + timedelta(days=367)):
            services.expire(System("endorsements.expire"))
        assert (asked.endorsement.state, told(asked.endorsement)[-1]) == (State.EXPIRED, Notice.EXPIRED)

    def test_of_an_employer_that_is_suspended_does_not_count(self):
        asked = Asked()
        asked.give()
        versions.publish(asked.second, asked.version)
        db.session.execute(update(type(asked.employer)).where(type(asked.employer).id == asked.employer.id).values(state="suspended"))
        db.session.commit()

        assert asked.counting() == []


@pytest.mark.usefixtures("app")
class TestOtherwise:
    def test_declined_with_what_is_missing(self):
        asked = Asked()

        services.decline(asked.manager, asked.endorsement, reason="Too little practice")

        assert (asked.endorsement.state, asked.endorsement.words, told(asked.endorsement)[-1]) == (
            State.DECLINED,
            "Too little practice",
            Notice.DECLINED,
        )

    def test_withdrawn_is_gone_at_once(self):
        asked = Asked()
        asked.give()
        versions.publish(asked.second, asked.version)

        services.withdraw(asked.manager, asked.endorsement, reason="We stopped milling")

        assert (asked.counting(), asked.endorsement.state) == ([], State.WITHDRAWN)

    def test_taken_back_by_the_school(self):
        asked = Asked()

        services.recall(asked.teacher, asked.endorsement)

        assert asked.endorsement.state is State.RECALLED
        with pytest.raises(NotNow):
            asked.give()

    def test_silence_ends_it_after_thirty_days(self):
        asked = Asked()

        with clock.at(clock.now() + timedelta(days=31)):
            expire_turns()
            silence("endorsement", "lapse", asked.key)
            silence("endorsement", "lapse", asked.key)

        assert (asked.endorsement.state, events_of(asked.endorsement)) == (State.LAPSED, [Event.ASKED, Event.LAPSED])
        assert set(told(asked.endorsement)) == {Notice.ASKED, Notice.LAPSED}
