"""A signed agreement comes back on paper: one person brings it, another compares it, and only then it counts."""

import io

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from tests.client import Browser
from tests.factories import actor_of, events_of, make_consent, make_member, make_school
from tests.files.pictures import jpeg
from tests.internships.factories import load_rules, loaded, make_minor_placement, make_placement, today
from training.accounts.memberships.queries import parties_of
from training.insights.home import queries as home
from training.internships.agreements import queries as agreements
from training.internships.agreements import services as signing
from training.internships.agreements import tasks
from training.internships.agreements.models import Agreement
from training.internships.agreements.workflow import How
from training.internships.agreements.workflow import State as AgreementState
from training.internships.placements.workflow import State as PlacementState
from training.internships.scans import queries, services
from training.internships.scans.models import AgreementScan
from training.internships.scans.workflow import Event, State
from training.jobs.worker import run_due
from training.kernel.db import NotFound, db
from training.kernel.policy import NotAllowed, NotNow, Role, System
from training.notices.models import Notification
from training.turns import queries as turns

pytestmark = pytest.mark.usefixtures("app")
SYSTEM = System("tests")


@pytest.fixture(autouse=True)
def rules(app):
    load_rules()


def made(placement=None):
    """The fixed agreement of a placement, with two people of its school."""
    placement = placement or make_placement(state=PlacementState.ACCEPTED)
    officer, manager = actor_of(placement.school, Role.PLACEMENT_OFFICER), actor_of(placement.school, Role.MANAGER)
    agreement = signing.make(officer, placement, language="ru")
    tasks.render(agreement.id)
    return seen(agreement), officer, manager


def seen(agreement):
    db.session.rollback()
    db.session.expire_all()
    return agreements.agreement(SYSTEM, agreement.id)


def bring(actor, agreement, *, until=2, **given):
    values = {"signers": "Petrov I. S., director", "signed_on": today(), "source": io.BytesIO(jpeg()), "name": "scan.jpg", **given}
    scan = services.bring(actor, agreement, until=until, **values)
    return queries.scan(SYSTEM, scan.id)


class TestComparing:
    def test_it_waits_for_everybody_of_the_school_but_for_whoever_brought_it(self):
        agreement, officer, manager = made()
        bring(officer, agreement)

        assert home.count(manager, parties_of(manager)) == home.count(officer, parties_of(officer)) + 1

    def test_one_person_alone_changes_nothing(self):
        agreement, officer, _manager = made()

        scan = bring(officer, agreement)

        with pytest.raises(NotNow, match="somebody else at your school"):
            services.confirm(officer, scan)
        assert seen(agreement).state is AgreementState.SIGNING
        assert [turn.verb for turn in turns.of(scan)] == ["confirm"]

    def test_a_second_person_brings_the_agreement_into_force(self):
        agreement, officer, manager = made()
        scan = bring(officer, agreement)

        services.confirm(manager, scan)

        found = seen(agreement)
        assert found.state is AgreementState.IN_FORCE
        assert found.placement.state is PlacementState.AGREED
        assert [(side.signature.how, side.signature.name) for side in found.sides] == [(How.PAPER, "Petrov I. S., director")] * 2
        assert {side.signature.digest for side in found.sides} == {found.digest}
        assert events_of(scan) == [Event.BROUGHT, Event.CONFIRMED]
        assert turns.of(scan) == []

    def test_what_has_not_been_signed_on_it_waits_for_its_party(self):
        agreement, officer, manager = made()

        services.confirm(manager, bring(officer, agreement, until=1))

        found = seen(agreement)
        assert found.state is AgreementState.SIGNING
        assert found.next_side is found.sides[1]
        assert [turn.party_kind for turn in turns.of(found)] == ["organisation"]

    def test_a_guardian_signs_on_paper_too(self):
        placement = make_minor_placement(17, state=PlacementState.ACCEPTED, daily_hours=7, weekly_hours=35)
        make_consent(placement.trainee)
        agreement, officer, manager = made(loaded(placement))

        services.confirm(manager, bring(officer, agreement, until=3))

        found = seen(agreement)
        assert found.state is AgreementState.IN_FORCE
        assert found.sides[2].signature.guardian_id == found.sides[2].guardian_id

    def test_one_that_is_not_right_is_not_taken_and_whoever_brought_it_is_told_why(self):
        agreement, officer, manager = made()
        scan = bring(officer, agreement)
        with pytest.raises(NotNow, match="waits to be compared"):
            bring(officer, seen(agreement))

        services.turn_down(manager, scan, reason="Page 2 is missing")

        assert queries.scan(SYSTEM, scan.id).state is State.TURNED_DOWN
        told = db.session.scalars(select(Notification).where(Notification.name == "agreement_scan.turned_down")).all()
        assert [one.to_id for one in told] == [officer.account_id]
        run_due()
        assert bring(officer, seen(agreement)).state is State.BROUGHT

    def test_the_database_refuses_one_person_for_both(self):
        agreement, officer, _manager = made()
        scan = bring(officer, agreement)

        with pytest.raises(IntegrityError):
            db.session.execute(
                update(AgreementScan).where(AgreementScan.id == scan.id).values(state=State.CONFIRMED, confirmed_by_id=officer.account_id)
            )


class TestBringing:
    def test_nothing_is_brought_when_no_signature_is_missing(self):
        agreement, officer, manager = made()
        services.confirm(manager, bring(officer, agreement))

        with pytest.raises(NotNow, match="No signature is missing"):
            bring(officer, seen(agreement))

    @pytest.mark.parametrize("until", [0, 3])
    def test_only_parties_of_the_agreement_sign_it(self, until):
        agreement, officer, _manager = made()

        with pytest.raises(NotNow, match="none of this agreement"):
            bring(officer, agreement, until=until)

    def test_nobody_else_brings_or_compares_it(self):
        agreement, officer, _manager = made()
        scan = bring(officer, agreement)
        employer, elsewhere = actor_of(agreement.employer, Role.MANAGER), actor_of(make_school(), Role.MANAGER)
        teacher = actor_of(agreement.school, Role.TEACHER)

        for actor in (employer, elsewhere, teacher):
            with pytest.raises(NotAllowed):
                bring(actor, seen(agreement))
            with pytest.raises(NotAllowed):
                services.confirm(actor, queries.scan(SYSTEM, scan.id))
        for actor in (employer, elsewhere):
            with pytest.raises(NotFound):
                queries.scan(actor, scan.id)


class TestPages:
    def test_from_the_agreement_to_the_scan_and_back(self, app):
        agreement, _officer, _manager = made()
        school = agreement.school
        first, second = (make_member(school, role) for role in (Role.PLACEMENT_OFFICER, Role.MANAGER))
        one, other = Browser(app).sign_in(first.account), Browser(app).sign_in(second.account)
        base = f"/o/{school.slug}/agreements/{agreement.id}"
        assert "It was signed on paper…" in one.get(base).words
        page = f"{base}/paper"
        filled = one.get(page).form() | {"until": "2", "signers": "Petrov I. S.", "signed_on": today().isoformat()}

        refused = one.post(page, filled | {"file": (io.BytesIO(b"<html>"), "scan.pdf")}, content_type="multipart/form-data")
        assert 'id="file-error"' in refused.text
        sent = one.post(
            page,
            one.get(page).form() | filled | one.token(page) | {"file": (io.BytesIO(jpeg()), "scan.jpg")},
            content_type="multipart/form-data",
        )
        shown = one.get(sent.location)
        assert "somebody else at your school" in shown.words
        assert agreement.fingerprint in shown.words

        assert "Compare a signed agreement" in other.get(f"/o/{school.slug}/").words
        assert other.get(f"{sent.location}/file").response.mimetype == "image/jpeg"
        confirmed = other.press(f"{sent.location}/confirm", page=sent.location)
        assert confirmed.location == base
        assert "Petrov I. S." in other.get(base).words
        assert db.session.get_one(Agreement, agreement.id, populate_existing=True).state is AgreementState.IN_FORCE
