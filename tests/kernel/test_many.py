"""Many records in one statement, however many they are."""

import pytest
from sqlalchemy import select

from tests.factories import make_account, make_trainee
from training.accounts.models import Account
from training.kernel.db import among, db
from training.trainees.profiles.models import Trainee

pytestmark = pytest.mark.usefixtures("app")


@pytest.mark.parametrize("several", [1, 3_000])
def test_keys_are_one_parameter_however_many(several):
    wanted, other = make_account(), make_account()

    found = db.session.scalars(select(Account).where(among(Account.id, [wanted.id, *range(10**6, 10**6 + several)]))).all()

    assert found == [wanted]
    assert other not in found


def test_words_are_compared_as_they_are_written():
    trainee = make_trainee(family_name='Орлова\'s "х" %(a)s', given_name="Нина")
    make_trainee()

    found = select(Trainee.id).where(among(Trainee.identity_key, [trainee.identity_key, "", "х\\y", "{}"]))

    assert db.session.scalars(found).all() == [trainee.id]


def test_none_of_nothing():
    make_account()

    assert db.session.scalars(select(Account.id).where(among(Account.id, []))).all() == []
