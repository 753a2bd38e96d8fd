"""Fixtures of threads: an active placement with its people, and counting statements."""

from dataclasses import dataclass

import pytest
from flask import Flask

from tests.client import Browser
from tests.factories import acting, learner, make_account, make_member
from tests.internships.conftest import statements
from tests.internships.factories import load_rules, make_placement, mentor_of
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.internships.placements.models import Placement
from training.internships.placements.workflow import State
from training.kernel.db import db
from training.kernel.policy import Learner, Member, Role
from training.threads import queries
from training.threads.queries import Place

__all__ = ["statements"]


@dataclass
class Cast:
    """A placement and everybody who holds it or may see it."""

    placement: Placement
    trainee: Learner
    officer: Member
    teacher: Member
    manager: Member
    mentor: Member
    stranger: Member

    def place(self, actor: Learner | Member) -> Place:
        return queries.place(actor, "placement", self.placement.id)


def named(organisation, name: str, *roles: Role) -> Membership:
    return make_member(organisation, *roles, account=make_account(name=name))


@pytest.fixture
def cast(app: Flask) -> Cast:
    load_rules()
    placement = make_placement(state=State.ACTIVE)
    trainee = db.session.get_one(Account, placement.trainee.account_id)
    trainee.name = "Artyom Belov"
    placement.trainee.call(family_name="Belov", given_name="Artyom", patronymic=None, born_on=placement.trainee.born_on)
    minding = mentor_of(placement)
    mentor = db.session.get_one(Account, minding.account_id)
    mentor.name = "Farid Valeev"
    db.session.commit()
    school, employer = placement.school, placement.employer
    return Cast(
        placement,
        learner(placement.trainee),
        acting(named(school, "Nina Orlova", Role.PLACEMENT_OFFICER)),
        acting(named(school, "Irina Vdovina", Role.TEACHER)),
        acting(named(employer, "Marat Safin", Role.MANAGER)),
        acting(minding),
        acting(named(employer, "Petr Sokolov", Role.MENTOR)),
    )


def browser(app: Flask, actor: Learner | Member) -> Browser:
    return Browser(app).sign_in(db.session.get_one(Account, actor.account_id))
