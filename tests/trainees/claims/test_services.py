"""A school invites the people of its roster, and each takes over their own record, once."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from tests.factories import (
    actor_of,
    events_of,
    make_account,
    make_employer,
    make_organisation,
    make_school,
    make_trainee,
    save,
)
from training.accounts import queries as accounts
from training.accounts import services as account_services
from training.accounts.services import LIVES
from training.accounts.workflow import Purpose
from training.kernel import clock, keys
from training.kernel.db import NotFound, db
from training.kernel.lists import Wanted
from training.kernel.policy import Bearer, Member, NotAllowed, NotNow, OrganisationKind, Role, System
from training.organisations.models import Organisation
from training.organisations.workflow import State as OrganisationState
from training.trainees.claims import queries, services
from training.trainees.claims.lists import CLAIMS
from training.trainees.claims.models import Claim
from training.trainees.claims.workflow import State
from training.trainees.profiles import services as profiles
from training.trainees.profiles.models import Trainee

BORN = clock.today() - timedelta(days=17 * 365)


def manager_of(school: Organisation) -> Member:
    return actor_of(school, Role.MANAGER)


def on_the_roster(school: Organisation, family_name: str = "Orlova", email: str | None = "nina@example.org") -> Trainee:
    """Somebody whom the school has imported, as the pages load them."""
    trainee = Trainee(slug=keys.slug(), school=school, email=email)
    trainee.call(family_name=family_name, given_name="Nina", patronymic=None, born_on=BORN)
    return save(trainee)


def invited(actor: Member, trainee: Trainee) -> Claim:
    services.send(actor, queries.person(actor, trainee.id), language="en")
    sent = queries.open_of(trainee.id)
    assert sent is not None
    return queries.claim(System("tests"), sent.id)


def bearer(claim: Claim) -> Bearer:
    link = accounts.newest_link(Purpose.CLAIM, claim.id)
    assert link is not None
    return Bearer(link.id, Purpose.CLAIM.value, claim.id)


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def manager(school):
    return manager_of(school)


@pytest.fixture
def claim(school, manager):
    return invited(manager, on_the_roster(school))


class TestAccept:
    def test_somebody_without_an_account_gets_one_with_the_record(self, claim):
        account = services.accept(bearer(claim), claim, name="Nina Orlova", password="hash")

        trainee = claim.trainee
        assert (claim.state, trainee.account_id) == (State.ACCEPTED, account.id)
        assert (account.email, account.confirmed_at is not None) == ("nina@example.org", True)
        assert events_of(claim) == ["claim.sent", "claim.accepted"]
        assert events_of(trainee) == ["trainee.claimed"]

    def test_the_account_of_the_address_takes_it(self, claim):
        known = make_account(email="nina@example.org")

        assert services.accept(bearer(claim), claim).id == known.id

    def test_whoever_is_signed_in_takes_it_by_another_address(self, claim):
        make_account(email="nina@example.org")
        other = make_account(email="nina.orlova@example.org")

        services.accept(bearer(claim), claim, account_id=other.id)

        db.session.refresh(claim.trainee)
        assert claim.trainee.account_id == other.id

    def test_the_link_works_once(self, claim):
        holder = bearer(claim)
        services.accept(holder, claim, name="Nina Orlova", password="hash")

        with pytest.raises(NotNow):
            services.accept(holder, claim, account_id=make_account().id)
        assert accounts.newest_link(Purpose.CLAIM, claim.id) is None

    def test_a_record_that_another_account_holds_is_refused(self, claim):
        holder = bearer(claim)
        claim.trainee.account_id = make_account().id
        db.session.commit()

        with pytest.raises(NotNow, match="belongs to an account already"):
            services.accept(holder, claim, name="Nina Orlova", password="hash")

    def test_an_account_with_a_profile_of_its_own_is_refused_and_nothing_is_written(self, claim):
        other = make_trainee()
        assert other.account_id is not None

        with pytest.raises(NotNow, match="one account is one person"):
            services.accept(bearer(claim), claim, account_id=other.account_id)

        db.session.rollback()
        assert queries.claim(System("tests"), claim.id).state is State.SENT
        assert accounts.newest_link(Purpose.CLAIM, claim.id) is not None

    def test_a_blocked_account_is_refused(self, claim):
        account_services.block(System("tests"), make_account(email="nina@example.org"))

        with pytest.raises(NotNow, match="blocked"):
            services.accept(bearer(claim), claim)

    def test_a_link_for_another_claim_or_purpose_opens_nothing(self, school, manager, claim):
        other = invited(manager, on_the_roster(school, "Titova", "alisa@example.org"))
        reset = Bearer(bearer(claim).link_id, Purpose.RESET.value, claim.id)

        for wrong in (bearer(other), reset):
            with pytest.raises(NotAllowed):
                services.accept(wrong, claim, name="Nina Orlova", password="hash")
        with pytest.raises(NotFound):
            queries.mine(reset)

    def test_after_thirty_days_it_has_lapsed_and_the_link_is_dead(self, claim):
        later = clock.now() + LIVES[Purpose.CLAIM] + timedelta(minutes=1)
        with clock.at(later):
            assert accounts.newest_link(Purpose.CLAIM, claim.id) is None
            assert services.lapse(System("tests")) == 1

        db.session.refresh(claim)
        assert claim.state is State.LAPSED

    def test_a_changed_address_in_the_roster_does_not_hand_the_record_to_another_mailbox(self, manager, claim):
        row = {"family_name": "Orlova", "given_name": "Nina", "patronymic": None, "born_on": BORN, "email": "other@example.org"}
        profiles.take_over(manager, people=[row])

        account = services.accept(bearer(claim), queries.claim(System("tests"), claim.id), name="Nina Orlova", password="hash")

        assert account.email == "nina@example.org"


class TestSend:
    def test_everybody_with_an_address_and_without_an_account_is_invited_once(self, school, manager):
        nina, alisa = on_the_roster(school), on_the_roster(school, "Titova", "alisa@example.org")
        on_the_roster(school, "Gordeeva", None)
        make_trainee(school_id=school.id)
        invited(manager, nina)

        count = services.send_all(manager, school, language="ru")

        assert count == 1
        found = queries.open_of(alisa.id)
        assert found is not None
        assert (found.email, found.language) == ("alisa@example.org", "ru")
        assert queries.counts(manager) == queries.Counts(ready=0, invited=2, without_email=1)
        with pytest.raises(NotNow, match="Nobody is left"):
            services.send_all(manager, school, language="ru")

    def test_the_letter_leads_to_the_record_and_dies_when_it_is_taken_back(self, school, manager, claim, mailbox):
        [letter] = mailbox("nina@example.org")
        other = invited(manager, on_the_roster(school, "Titova", "alisa@example.org"))
        services.revoke(manager, other)

        assert any("/l/" in link for link in letter.links)
        assert mailbox("alisa@example.org") == []

    def test_another_can_be_sent_after_one_was_taken_back(self, manager, claim):
        with pytest.raises(NotNow, match="invited already"):
            services.send(manager, queries.person(manager, claim.trainee_id), language="en")
        claim = queries.claim(manager, claim.id)
        services.revoke(manager, claim)

        assert invited(manager, claim.trainee).id != claim.id

    def test_a_school_that_is_not_verified_writes_to_nobody(self, app):
        pending = make_organisation(OrganisationKind.SCHOOL, state=OrganisationState.PENDING)
        actor, trainee = manager_of(pending), on_the_roster(pending)

        with pytest.raises(NotNow, match="verified"):
            services.send(actor, queries.person(actor, trainee.id), language="en")
        with pytest.raises(NotNow, match="verified"):
            services.send_all(actor, pending, language="en")

    def test_forty_people_take_as_many_statements_as_two(self, school, manager, statements):
        for number in range(2):
            on_the_roster(school, f"Orlova {number}", f"nina{number}@example.org")
        with statements() as few:
            services.send_all(manager, school, language="en")
        for number in range(2, 42):
            on_the_roster(school, f"Orlova {number}", f"nina{number}@example.org")

        with statements() as many:
            assert services.send_all(manager, school, language="en") == 40

        assert len(many) == len(few)


class TestOthers:
    def test_another_school_finds_neither_the_person_nor_the_claim(self, claim):
        stranger = manager_of(make_school())

        with pytest.raises(NotFound):
            queries.person(stranger, claim.trainee_id)
        with pytest.raises(NotFound):
            queries.claim(stranger, claim.id)
        assert CLAIMS.total(stranger, Wanted()) == 0

    def test_another_school_may_not_write_nor_take_back_with_the_record_in_hand(self, school, claim):
        stranger, trainee = manager_of(make_school()), claim.trainee

        with pytest.raises(NotAllowed):
            services.revoke(stranger, claim)
        with pytest.raises(NotAllowed):
            services.send(stranger, trainee, language="en")
        with pytest.raises(NotAllowed):
            services.send_all(stranger, school, language="en")

    @pytest.mark.parametrize("role", [Role.TEACHER, Role.PLACEMENT_OFFICER])
    def test_only_managers_of_the_school_write(self, school, claim, role):
        with pytest.raises(NotAllowed):
            services.send_all(actor_of(school, role), school, language="en")

    def test_employers_find_nobody(self, claim):
        employer = actor_of(make_employer(), Role.MANAGER)

        assert CLAIMS.total(employer, Wanted()) == 0
        with pytest.raises(NotFound):
            queries.claim(employer, claim.id)


def test_of_many_accounts_at_once_one_gets_the_record(committing_app):
    school = make_school()
    claim = invited(manager_of(school), on_the_roster(school))
    holder, rivals, claim_id = bearer(claim), [make_account().id for _ in range(8)], claim.id
    start, refused = Barrier(8), []

    def take(account_id: int) -> None:
        with committing_app.app_context():
            start.wait()
            try:
                services.accept(holder, queries.claim(System("tests"), claim_id), account_id=account_id)
            except NotNow as refusal:
                refused.append(refusal)

    threads = [Thread(target=take, args=(one,)) for one in rivals]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.rollback()
    db.session.expire_all()
    assert len(refused) == 7
    assert db.session.get_one(Trainee, claim.trainee_id).account_id in rivals
