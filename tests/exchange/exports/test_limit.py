"""Taking lists away has an end; its counters live in connections of their own, so this needs a database of its own."""

from tests.client import Browser
from tests.factories import make_member, make_school
from training.accounts.models import Account
from training.kernel.db import db
from training.kernel.policy import Role


def test_nobody_takes_lists_away_all_day_long(committing_app):
    school = make_school()
    person = make_member(school, Role.MANAGER)
    browser = Browser(committing_app).sign_in(db.session.get_one(Account, person.account_id))
    base = f"/o/{school.slug}"
    values = browser.token(f"{base}/people") | {"of": f"{base}/people", "as": "csv"}

    answers = [browser.post(f"{base}/exports/new", values).status for _press in range(121)]

    assert answers == [302] * 120 + [429]
