"""A member leaves while somebody names them for something."""

from contextlib import suppress
from threading import Barrier, Thread

from tests.factories import acting, actor_of, make_employer, make_member
from tests.internships.factories import loaded, make_opening, make_placement
from training.accounts.memberships import queries, services
from training.accounts.memberships.models import Membership
from training.internships.placements import queries as placements
from training.internships.placements import services as placing
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State
from training.kernel.db import db
from training.kernel.policy import NotNow, Role, System

SYSTEM = System("tests")


class TestLeavingAtOnce:
    """A mentor leaves while a manager names them: one of the two learns that it cannot be, never neither."""

    def named_and_gone(self, app) -> tuple[list[str], Placement]:
        """What was refused when both were tried at once, and the placement."""
        employer = make_employer()
        manager, mentor = actor_of(employer, Role.MANAGER), make_member(employer, Role.MENTOR)
        placement = make_placement(state=State.APPROVED, opening=make_opening(employer=employer))
        ends = (acting(queries.membership(SYSTEM, mentor.id)), mentor.id)
        key, refused, ready = placement.id, [], Barrier(2)
        db.session.rollback()

        def accept() -> None:
            with app.app_context():
                found, member = placements.placement(manager, key), queries.membership(manager, ends[1])
                ready.wait()
                try:
                    placing.accept(manager, found, mentor=member)
                except NotNow:
                    refused.append("accept")

        def leave() -> None:
            with app.app_context():
                own = queries.membership(*ends)
                ready.wait()
                try:
                    services.end(ends[0], own)
                except NotNow:
                    refused.append("leave")

        threads = [Thread(target=one) for one in (accept, leave)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        return refused, loaded(placement)

    def test_exactly_one_is_refused(self, committing_app):
        for _ in range(5):
            refused, placement = self.named_and_gone(committing_app)

            mentor = db.session.get(Membership, placement.mentor_id) if placement.mentor_id else None
            assert len(refused) == 1
            assert mentor is None or mentor.ended_on is None

    def accepted_with_somebody_gone(self, app) -> int | None:
        """The manager has the form open with a mentor who leaves before it is sent; the id of the one who is named then."""
        employer = make_employer()
        manager, mentor = actor_of(employer, Role.MANAGER), make_member(employer, Role.MENTOR)
        found = make_placement(state=State.APPROVED, opening=make_opening(employer=employer))
        member, own = queries.membership(SYSTEM, mentor.id), (acting(queries.membership(SYSTEM, mentor.id)), mentor.id)
        db.session.commit()

        def leave() -> None:
            with app.app_context():
                services.end(own[0], queries.membership(*own))

        leaving = Thread(target=leave)
        leaving.start()
        leaving.join()
        with suppress(NotNow):
            placing.accept(manager, found, mentor=member)
        return loaded(found).mentor_id

    def test_whoever_left_while_the_form_was_open_is_not_named(self, committing_app):
        assert self.accepted_with_somebody_gone(committing_app) is None

    def test_without_reading_again_they_would_be(self, committing_app, monkeypatch):
        monkeypatch.setattr(placing, "keep", lambda *memberships: None)

        assert self.accepted_with_somebody_gone(committing_app) is not None
