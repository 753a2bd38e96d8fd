"""The demonstration region: built through the services, with dates relative to the day it is loaded."""

import time

import click

from seeds import groups, hiring, law_rules, places, practice, programmes, story, talk, taxonomy
from seeds.learners import crowd
from seeds.story import day
from training.accounts import queries as account_queries
from training.accounts import services as accounts
from training.kernel.policy import System
from training.notices import services as notices
from training.organisations import queries
from training.taxonomy import services as reference
from training.taxonomy.models import LawRule


def is_missing() -> bool:
    """Whether there is no region yet."""
    return queries.authority() is None


def load() -> None:
    """Builds the region and says how long it took."""
    began = time.monotonic()
    story.begin()
    taxonomy.load()
    reference.load(System("seeds"), LawRule, rows=law_rules.RULES)
    region = places.build()
    versions = programmes.build(region)
    people = crowd(day(0))
    taken = groups.build(region, versions, people)
    personas = practice.build(region, taken)
    personas["graduate"] = hiring.build(region, taken, people)
    personas["applicant"] = groups.promoted(taken)
    for login_name, person in personas.items():
        account = account_queries.by_id(person.actor.account_id)
        assert account is not None
        accounts.give_login(System("seeds"), account, login_name=login_name)
    talk.build(personas)
    notices.settle(System("seeds"))
    click.echo(f"The demonstration region is there ({time.monotonic() - began:.1f} s).")
