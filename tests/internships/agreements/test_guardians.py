"""A guardian finds on their page what waits for their signature, and goes on to it by a link that opens nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.factories import actor_of, events_of, make_consent, save
from tests.internships.factories import load_rules, loaded, make_minor_placement
from training.accounts.models import Link
from training.accounts.services import link, mint
from training.accounts.workflow import Purpose
from training.internships.agreements import queries, services, tasks, wiring
from training.internships.agreements.models import Agreement
from training.internships.agreements.workflow import State
from training.internships.placements.workflow import State as PlacementState
from training.kernel import clock
from training.kernel.db import NotFound, db, transaction
from training.kernel.policy import Bearer, NotAllowed, Role, System
from training.trainees.consents.models import Consent, Guardian

SYSTEM = System("tests")


@pytest.fixture(autouse=True)
def rules(app):
    load_rules()


def fresh(agreement: Agreement) -> Agreement:
    db.session.rollback()
    db.session.expire_all()
    return queries.agreement(SYSTEM, agreement.id)


def waiting(consent: Consent | None = None) -> tuple[Agreement, Consent]:
    """An agreement that a minor's guardian is to sign, and the consent by which they have their page."""
    placement = make_minor_placement(17, state=PlacementState.ACCEPTED, daily_hours=7, weekly_hours=35)
    found = consent or make_consent(placement.trainee)
    agreement, officer, manager = prepared(placement)
    services.sign(officer, agreement)
    services.sign(manager, fresh(agreement))
    return fresh(agreement), found


def prepared(placement):
    """The fixed text, with those who sign first."""
    placement = loaded(placement)
    officer, manager = actor_of(placement.school, Role.PLACEMENT_OFFICER), actor_of(placement.employer, Role.MANAGER)
    agreement = services.make(officer, placement, language="en")
    tasks.render(agreement.id)
    return fresh(agreement), officer, manager


@transaction()
def linked(actor: System, consent: Consent) -> tuple[Link, str]:
    """The guardian's link with its token."""
    made = link(Purpose.CONSENT, consent.id, once=False)
    return made, mint(actor, made)


def bearer(consent: Consent) -> Bearer:
    made, _token = linked(SYSTEM, consent)
    return Bearer(made.id, Purpose.CONSENT.value, consent.id)


def page_of(app, consent: Consent) -> tuple[Browser, str]:
    """The guardian's browser, and the address of their page."""
    browser = Browser(app)
    _made, token = linked(SYSTEM, consent)
    return browser, browser.get(f"/l/{token}").location


class TestPage:
    def test_a_guardian_reads_and_signs_from_their_page(self, app):
        agreement, consent = waiting()
        guardian, page = page_of(app, consent)
        there = page.replace("/consent", f"/agreements/{agreement.id}/open")

        shown = guardian.get(page)
        inside = guardian.press(there, page=page)
        text = guardian.get(inside.location)
        signed = guardian.submit(inside.location, agreed="y")
        after = guardian.get(page)

        assert "1 agreement waits for your signature" in shown.words
        assert f"Agreement {agreement.number}" in shown.words
        assert "Sign by" in shown.words
        assert inside.location.endswith("/agreement")
        assert inside.location.split("/")[2] != page.split("/")[2], "a link of its own"
        assert agreement.number in text.words
        assert signed.status == 302
        assert fresh(agreement).state is State.IN_FORCE
        assert "waits for your signature" not in after.words
        assert "You signed it" in after.words
        assert events_of(agreement)[-3:] == ["agreement.opened", "agreement.signed", "agreement.in_force"]

    def test_what_is_signed_can_still_be_read(self, app):
        agreement, consent = waiting()
        guardian, page = page_of(app, consent)
        there = page.replace("/consent", f"/agreements/{agreement.id}/open")
        guardian.submit(guardian.press(there, page=page).location, agreed="y")

        again = guardian.press(there, page=page)

        assert agreement.number in guardian.get(again.location).words

    def test_without_anything_to_sign_the_page_says_nothing_of_it(self, app):
        guardian, page = page_of(app, make_consent(make_minor_placement(17, state=PlacementState.ACTIVE).trainee))

        assert "Agreements that you sign" not in guardian.get(page).words

    def test_as_many_statements_for_six_agreements_as_for_one(self, app, statements):
        _agreement, consent = waiting()
        guardian, page = page_of(app, consent)
        counted = []
        for more in (0, 5):
            for _ in range(more):
                other, _its = waiting()
                for side in other.sides:
                    if side.guardian_id is not None:
                        side.guardian_id = consent.guardian_id
                db.session.commit()
            db.session.expunge_all()
            with statements() as sent:
                assert guardian.get(page).status == 200
            counted.append(len(sent))

        assert counted[0] == counted[1]


class TestWhoseItIs:
    def test_another_child_s_agreement_is_nowhere(self, app):
        agreement, _its = waiting()
        other, consent = waiting()
        guardian, page = page_of(app, consent)
        keys = guardian.get(page).form(action=page.replace("/consent", f"/agreements/{other.id}/open"))

        foreign = guardian.post(page.replace("/consent", f"/agreements/{agreement.id}/open"), keys)
        missing = guardian.post(page.replace("/consent", "/agreements/99999/open"), keys)

        assert (foreign.status, missing.status, foreign.words) == (404, 404, missing.words)
        assert f"/agreements/{agreement.id}/" not in guardian.get(page).text

    def test_also_of_a_sibling_whose_guardian_has_the_same_address(self, app):
        agreement, first = waiting()
        sibling = make_minor_placement(16, state=PlacementState.ACCEPTED)
        second = make_consent(sibling.trainee)
        mother = db.session.get_one(Guardian, first.guardian_id)
        same = db.session.get_one(Guardian, second.guardian_id)
        same.email, same.email_key = mother.email, mother.email_key
        save(same)

        with pytest.raises(NotFound):
            queries.from_page(bearer(second), agreement.id)
        assert queries.of_guardian(bearer(second)) == []

    def test_nothing_before_it_is_their_turn_or_once_it_is_cancelled(self):
        placement = make_minor_placement(17, state=PlacementState.ACCEPTED, daily_hours=7, weekly_hours=35)
        consent = make_consent(placement.trainee)
        agreement, officer, manager = prepared(placement)
        actor = bearer(consent)
        early = queries.of_guardian(actor)
        services.sign(officer, agreement)
        after_one = queries.of_guardian(actor)
        services.sign(manager, fresh(agreement))
        [(due, _side, until)] = queries.of_guardian(actor)
        services.cancel(officer, fresh(agreement), reason="Other days")

        assert (early, after_one, due.id, until is not None) == ([], [], agreement.id, True)
        assert queries.of_guardian(actor) == []

    def test_the_link_of_the_page_opens_no_agreement_by_itself(self, app):
        agreement, consent = waiting()
        guardian, page = page_of(app, consent)

        direct = guardian.get(page.replace("/consent", "/agreement"))

        assert direct.status in (403, 404)
        with pytest.raises(NotFound):
            queries.agreement(bearer(consent), agreement.id)
        with pytest.raises(NotAllowed):
            services.sign(bearer(consent), agreement)

    def test_the_agreement_s_link_opens_no_other_agreement_nor_the_page(self, app):
        agreement, consent = waiting()
        guardian, page = page_of(app, consent)
        opens = f"/agreements/{agreement.id}/open"
        keys = guardian.get(page).form(action=page.replace("/consent", opens))
        inside = guardian.post(page.replace("/consent", opens), keys).location

        assert guardian.get(inside.replace("/agreement", "/consent")).status in (403, 404)
        assert guardian.post(inside.replace("/agreement", opens), keys).status in (403, 404)

    def test_nobody_else_has_such_a_page(self):
        agreement, consent = waiting()
        signing = Bearer(1, Purpose.SIGNING.value, consent.id)

        for actor in (signing, actor_of(agreement.employer, Role.MANAGER), SYSTEM):
            with pytest.raises(NotFound):
                queries.from_page(actor, agreement.id)
            assert wiring.of_guardian(actor) == []
            with pytest.raises(NotAllowed):
                services.open_from_page(actor, agreement)

    def test_the_service_asks_for_itself_whose_it_is(self):
        agreement, _its = waiting()
        _other, consent = waiting()

        with pytest.raises(NotFound):
            services.open_from_page(bearer(consent), fresh(agreement))


class TestLinks:
    def test_one_from_the_page_lives_a_day_and_letters_still_carry_the_long_one(self):
        agreement, consent = waiting()
        mailed = db.session.scalars(select(Link).where(Link.purpose == Purpose.SIGNING)).one()

        short = services.open_from_page(bearer(consent), agreement)
        address = wiring.signatory(agreement.id, None)

        db.session.refresh(mailed)
        assert short.expires_at - clock.now() <= timedelta(days=1)
        assert address is not None
        assert mailed.token is not None, "the letter's link was minted, not the one of a day"
        assert db.session.get_one(Link, short.id).token is None
