"""Records that are probably one person's are found, with the reason, among the school's own people only."""

from datetime import date

import pytest

from tests.factories import actor_of, make_account, make_school, save
from tests.trainees.merges.making import BORN, beside, on_the_list
from training.kernel import clock
from training.kernel.policy import Role
from training.trainees.disclosures.models import Disclosure
from training.trainees.disclosures.workflow import Because
from training.trainees.merges import queries, services
from training.trainees.merges.workflow import Reason
from training.trainees.profiles.models import Trainee


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def manager(school):
    return actor_of(school, Role.MANAGER)


def signed_up(school, **given) -> Trainee:
    """Somebody who made their own record and asked the school for a seat."""
    trainee = on_the_list(None, account=make_account(), **given)
    about = {"because": Because.ENROLMENT, "subject_kind": "enrolment", "subject_id": 1, "since_at": clock.now()}
    save(Disclosure(trainee_id=trainee.id, organisation_id=school.id, **about))
    return trainee


def found(manager):
    return {(one.first.id, one.second.id): list(one.reasons) for one in queries.probable(manager)}


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        ({}, {"patronymic": "Ivanovna"}, [Reason.SAME_NAME]),
        ({}, {"family_name": "Nina", "given_name": "Orlova"}, [Reason.SAME_NAME]),
        ({}, {"family_name": "Orlowa"}, [Reason.LIKE_NAME]),
        ({}, {"family_name": "Arlova"}, [Reason.LIKE_NAME]),
        ({"email": "n@e.org"}, {"given_name": "Anna", "born_on": date(2007, 1, 1), "email": "n@e.org"}, [Reason.SAME_EMAIL]),
        ({"phone": "+7 1"}, {"family_name": "Ivanova", "born_on": date(2007, 1, 1), "phone": "+7 1"}, [Reason.SAME_PHONE]),
        ({"email": "n@e.org"}, {"family_name": "Orlowa", "email": "n@e.org"}, [Reason.SAME_EMAIL, Reason.LIKE_NAME]),
    ],
)
def test_two_records_of_a_list_are_found_with_the_reason(school, manager, one, other, reasons):
    first, second = on_the_list(school, **one), on_the_list(school, **other)

    assert found(manager) == {(first.id, second.id): reasons}


@pytest.mark.parametrize(
    "other", [{"born_on": date(2008, 3, 5), "family_name": "Orlowa"}, {"given_name": "Tatiana"}, {"family_name": "Petrova"}]
)
def test_other_people_are_not(school, manager, other):
    on_the_list(school)
    on_the_list(school, **other)

    assert found(manager) == {}


def test_a_record_somebody_made_themselves_is_found_beside_the_rosters(school, manager):
    own, roster = signed_up(school), on_the_list(school)

    assert found(manager) == {(own.id, roster.id): [Reason.SAME_NAME]}


def test_a_stranger_of_the_same_name_is_not_shown(school, manager):
    on_the_list(school)
    on_the_list(None, account=make_account())
    on_the_list(make_school())

    assert found(manager) == {}


def test_a_pair_that_was_told_apart_is_not_shown_again_until_it_is_reconsidered(school, manager):
    first, second = on_the_list(school), on_the_list(school, "Orlowa")

    services.tell_apart(manager, beside(manager, first, second))
    assert found(manager) == {}

    services.reconsider(manager, beside(manager, first, second))
    assert found(manager) == {(first.id, second.id): [Reason.LIKE_NAME]}


def test_somebody_erased_is_nobodys_double(school, manager):
    for number in range(2):
        on_the_list(school, "№", str(number), born_on=date(1900, 1, 1))

    assert found(manager) == {}


def test_the_list_takes_as_many_statements_for_many_as_for_few(school, manager, statements):
    def grow(since: int, until: int) -> None:
        for number in range(since, until):
            on_the_list(school, f"Orlova{chr(97 + number)}", email=f"{number // 2}@e.org", born_on=BORN)

    grow(0, 2)
    with statements() as few:
        assert len(queries.probable(manager)) == 1
    grow(2, 20)
    with statements() as many:
        assert len(queries.probable(manager)) > 9

    assert len(many) == len(few) == 2
