"""People of an internship with browsers of their own, for tests that press every button."""

from dataclasses import dataclass
from typing import Any

from tests.client import Browser
from tests.factories import make_account, make_member
from training.accounts.models import Account
from training.kernel.db import db
from training.kernel.policy import Role
from training.organisations.models import Organisation


@dataclass
class Cast:
    """Browsers: the trainee's, the placement officer's, the manager's, the mentor's."""

    trainee: Browser
    officer: Browser
    manager: Browser
    mentor: Browser
    school: str
    host: str


def cast(app: Any, trainee: Any, school: Organisation, employer: Organisation) -> Cast:
    """Everybody signed in."""
    officer = make_member(school, Role.PLACEMENT_OFFICER)
    manager = make_member(employer, Role.MANAGER, account=make_account())
    mentor = make_member(employer, Role.MENTOR)
    own, placing, leading, minding = (
        Browser(app).sign_in(db.session.get_one(Account, key)) for key in ids(trainee, officer, manager, mentor)
    )
    return Cast(own, placing, leading, minding, school.slug, employer.slug)


def ids(trainee: Any, *members: Any) -> list[int]:
    """The accounts of the people."""
    return [trainee.account_id, *(one.account_id for one in members)]
