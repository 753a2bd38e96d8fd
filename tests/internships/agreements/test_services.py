"""An agreement: the text is fixed once, signed in order, and the last signature makes the placement agreed."""

import io
from datetime import time, timedelta
from hashlib import sha256

import pypdf
import pytest
from sqlalchemy import select

from tests.factories import actor_of, events_of, learner, make_consent, make_employer, make_school, make_trainee
from tests.internships.factories import birth, load_rules, loaded, make_minor_placement, make_opening, make_placement, today
from tests.internships.races import race
from training.accounts.models import Link
from training.files.queries import path
from training.internships.agreements import queries, services, tasks, wiring
from training.internships.agreements.models import Signature
from training.internships.agreements.workflow import Event, How, State
from training.internships.openings.workflow import Hazard
from training.internships.placements import services as placements
from training.internships.placements.workflow import State as PlacementState
from training.kernel.db import NotFound, db
from training.kernel.policy import Bearer, NotAllowed, NotNow, Role, System
from training.kernel.workflow import Party
from training.notices.models import Notification
from training.turns import queries as turns

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def rules(app, request):
    if "committing_app" in request.fixturenames:
        request.getfixturevalue("committing_app")
    load_rules()


def made(placement, language="en"):
    """The fixed agreement of a placement, with the officer and the manager who sign."""
    officer, manager = actor_of(placement.school, Role.PLACEMENT_OFFICER), actor_of(placement.employer, Role.MANAGER)
    agreement = services.make(officer, placement, language=language)
    tasks.render(agreement.id)
    db.session.expire_all()
    return queries.agreement(System("tests"), agreement.id), officer, manager


def seen(agreement, actor=None):
    db.session.rollback()
    db.session.expire_all()
    return queries.agreement(actor or System("tests"), agreement.id)


class TestText:
    def test_is_rendered_once_as_pdf_with_cyrillic_and_hashed(self):
        agreement, _officer, _manager = made(make_placement(state=PlacementState.ACCEPTED), language="ru")
        stored = path(agreement.file).read_bytes()

        tasks.render(agreement.id)

        assert agreement.state is State.SIGNING
        assert sha256(stored).hexdigest() == agreement.digest == seen(agreement).digest
        words = pypdf.PdfReader(io.BytesIO(stored)).pages[0].extract_text()
        assert agreement.number in words
        assert agreement.number.startswith("ПП-")

    def test_numbers_follow_one_another_within_a_school(self):
        school = make_school()
        stays = [make_placement(state=PlacementState.ACCEPTED, trainee=make_trainee(school_id=school.id)) for _one in range(2)]

        numbers = [made(stay)[0].number[-3:] for stay in (loaded(stay) for stay in stays)]

        assert numbers == ["001", "002"]

    def test_is_not_made_twice(self):
        placement = make_placement(state=PlacementState.ACCEPTED)
        _agreement, officer, _manager = made(placement)

        with pytest.raises(NotNow, match="an agreement already"):
            services.make(officer, loaded(placement), language="en")

    def test_waits_until_the_employer_has_accepted(self):
        placement = make_placement(state=PlacementState.APPROVED)

        with pytest.raises(NotNow, match="after the employer has accepted"):
            services.make(actor_of(placement.school, Role.MANAGER), placement, language="en")

    def test_people_s_words_are_never_source(self):
        placement = make_placement(state=PlacementState.ACCEPTED, opening=make_opening(title='#panic("x") $ * [ <b>'))

        agreement, _officer, _manager = made(placement)

        assert '#panic("x")' in pypdf.PdfReader(io.BytesIO(path(agreement.file).read_bytes())).pages[0].extract_text()


class TestSign:
    def test_school_first_then_employer_then_everything_is_agreed(self):
        placement = make_placement(state=PlacementState.ACCEPTED)
        agreement, officer, manager = made(placement)

        with pytest.raises(NotNow, match="It is with"):
            services.sign(manager, agreement)
        services.sign(officer, seen(agreement))
        assert [turn.party for turn in turns.of(agreement)] == ["employer"]
        services.sign(manager, seen(agreement))

        assert seen(agreement).state is State.IN_FORCE
        assert loaded(placement).state is PlacementState.AGREED
        assert events_of(agreement) == [Event.MADE, Event.FIXED, Event.SIGNED, Event.SIGNED, Event.IN_FORCE]
        assert [(side.party, side.signature.how, side.signature.digest == agreement.digest) for side in seen(agreement).sides] == [
            (Party.SCHOOL, How.PAGE, True),
            (Party.EMPLOYER, How.PAGE, True),
        ]

    def test_a_minors_guardian_signs_last_by_a_link(self):
        placement = make_minor_placement(17, state=PlacementState.ACCEPTED, daily_hours=7, weekly_hours=35)
        consent = make_consent(placement.trainee)
        agreement, officer, manager = made(loaded(placement))
        services.sign(officer, agreement)
        services.sign(manager, seen(agreement))
        address = wiring.signatory(agreement.id, None)
        link = db.session.scalars(select(Link).where(Link.subject_id == agreement.id)).one()
        guardian = Bearer(link.id, link.purpose.value, agreement.id)

        assert seen(agreement).state is State.SIGNING
        assert address is not None
        assert str(address.link).startswith("/l/")
        services.sign(guardian, queries.by_link(guardian))

        last = seen(agreement).sides[-1]
        assert (last.party, last.guardian_id, last.signature.how) == (Party.GUARDIAN, consent.guardian_id, How.LINK)
        assert loaded(placement).state is PlacementState.AGREED

    def test_a_minor_without_a_guardian_waits(self):
        placement = make_minor_placement(17, state=PlacementState.ACCEPTED)

        with pytest.raises(NotNow, match="Nobody is named"):
            services.make(actor_of(placement.school, Role.MANAGER), placement, language="en")

    def test_signing_twice_at_the_same_moment_signs_once(self, committing_app):
        placement = make_placement(state=PlacementState.ACCEPTED)
        agreement, officer, _manager = made(placement)
        agreement_id = agreement.id
        db.session.rollback()

        def sign(_which):
            services.sign(officer, queries.agreement(officer, agreement_id))
            return True

        found = race(committing_app, 4, sign)
        db.session.rollback()

        assert sum(one is True for one in found) == 1
        assert len(db.session.scalars(select(Signature)).all()) == 1

    def test_others_neither_see_nor_sign(self):
        agreement, _officer, _manager = made(make_placement(state=PlacementState.ACCEPTED))

        for actor in (actor_of(make_school(), Role.MANAGER), actor_of(make_employer(), Role.MANAGER), learner(make_trainee())):
            with pytest.raises(NotFound):
                queries.agreement(actor, agreement.id)
        with pytest.raises(NotAllowed):
            services.sign(learner(agreement.placement.trainee), agreement)
        with pytest.raises(NotAllowed):
            services.sign(Bearer(1, "signing", agreement.id + 1), seen(agreement))


def of_age(years, **given):
    placement = make_minor_placement(years, state=PlacementState.ACCEPTED, **given)
    make_consent(placement.trainee)
    return loaded(placement)


class TestLaw:
    @pytest.mark.parametrize(
        ("years", "given", "sentence"),
        [
            (17, {"daily_hours": 8, "weekly_hours": 35}, r"8 hours a day: at 17 up to 7 \(Labour Code, art. 94\)"),
            (16, {"daily_hours": 7, "weekly_hours": 36}, r"36 hours a week: at 16 up to 35 \(Labour Code, art. 92\)"),
            (15, {"daily_hours": 6, "weekly_hours": 24}, r"6 hours a day: at 15 up to 5"),
            (14, {"daily_hours": 5, "weekly_hours": 20}, r"5 hours a day: at 14 up to 4"),
            (15, {"daily_hours": 5, "weekly_hours": 25}, r"25 hours a week: at 15 up to 24"),
        ],
    )
    def test_hours_are_checked_before_signing_and_the_rule_is_named(self, years, given, sentence):
        agreement, officer, _manager = made(of_age(years, **given))

        with pytest.raises(NotNow, match=sentence):
            services.sign(officer, agreement)

    @pytest.mark.parametrize(
        ("terms", "sentence"),
        [
            ({"shift_from": time(15), "shift_to": time(22, 30)}, "Night work.*art. 96"),
            ({"shift_from": time(5, 30), "shift_to": time(13)}, "Night work.*art. 96"),
            ({"hazard": Hazard.NOISE}, "Hazardous work.*art. 265"),
        ],
    )
    def test_nights_and_hazards_are_not_for_minors(self, terms, sentence):
        opening = make_opening(daily_hours=7, weekly_hours=35, **terms)
        agreement, officer, _manager = made(of_age(17, opening=opening))

        with pytest.raises(NotNow, match=sentence):
            services.sign(officer, agreement)

    def test_a_birthday_inside_the_stay_is_noted_and_the_first_day_decides(self):
        first = today() + timedelta(days=3)
        turning = (first + timedelta(days=7)).replace(year=first.year - 18) if (first.month, first.day) != (2, 29) else birth(17)
        person = make_trainee(born_on=turning, school_id=make_school().id)
        make_consent(person)
        placement = make_placement(state=PlacementState.ACCEPTED, trainee=person, opening=make_opening(starts_on=first))

        checks = queries.checks(made(placement)[0])

        assert checks[0].note
        assert "Turns 18" in checks[0].title
        assert [check.title for check in checks if not check.passed] == ["8 hours a day", "40 hours a week"]

    def test_adults_may_work_eight_and_forty(self):
        agreement, _officer, _manager = made(make_placement(state=PlacementState.ACCEPTED))

        assert all(check.passed for check in queries.checks(agreement))


class TestCancel:
    def test_the_school_can_make_another_afterwards(self):
        placement = make_placement(state=PlacementState.ACCEPTED)
        agreement, officer, _manager = made(placement)

        services.cancel(officer, agreement, reason="The dates were wrong.")
        again = services.make(officer, loaded(placement), language="en")

        assert seen(agreement).state is State.CANCELLED
        assert again.number != agreement.number

    def test_it_follows_a_placement_that_is_called_off(self):
        placement = make_placement(state=PlacementState.ACCEPTED)
        agreement, _officer, _manager = made(placement)

        placements.withdraw(learner(placement.trainee), loaded(placement), reason="No.")
        tasks.follow(placement.id)

        assert seen(agreement).state is State.CANCELLED

    def test_the_employer_does_not_cancel_the_schools_text(self):
        agreement, _officer, manager = made(make_placement(state=PlacementState.ACCEPTED))

        with pytest.raises(NotAllowed):
            services.cancel(manager, agreement, reason="No.")


def test_each_next_party_is_told():
    placement = make_placement(state=PlacementState.ACCEPTED)
    agreement, officer, manager = made(placement)

    services.sign(officer, agreement)

    told = db.session.scalars(select(Notification.to_id).where(Notification.name == "agreement.signed")).all()
    assert told == [manager.account_id]
