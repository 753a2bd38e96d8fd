"""How tests walk through the pages of candidates."""

from sqlalchemy import select

from tests.candidates.factories import (
    anew,
)
from tests.client import Browser
from training.accounts.models import Account
from training.kernel.db import db


class Settled(Browser):
    """A browser before whose every request the test's own reading ends: what the request writes is not undone with it."""

    def get(self, url, **options):
        db.session.commit()
        return super().get(url, **options)

    def post(self, url, values=None, **options):
        db.session.commit()
        return super().post(url, values, **options)


def fresh(kind, key):
    return anew(lambda: db.session.get_one(kind, key))


def one_of(kind):
    return anew(lambda: db.session.scalars(select(kind)).one())


def learner_at(app, person):
    return Settled(app).sign_in(db.session.get_one(Account, person.account_id))


def steps(page):
    """The names along an application's way."""
    [relay] = [one for one in page.all("ol") if "relay" in (one.get("class") or "").split()]
    return ["".join(name.itertext()).rpartition(": ")[2] for name in relay.iter("b")]
