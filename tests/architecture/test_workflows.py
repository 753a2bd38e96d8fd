"""A transition has its predicate, service, page and notice, and the reverse."""

import importlib
import inspect
import pkgutil

import pytest
from flask import Flask

import training
from training.insights.home.asks import ASKS
from training.kernel.config import ROOT
from training.kernel.pages import registered
from training.kernel.workflow import Workflow


def lifecycles():
    """Every noun with a LIFECYCLE, by module name."""
    for module in pkgutil.walk_packages(training.__path__, "training."):
        if module.name.endswith(".workflow") and module.name != "training.kernel.workflow":
            workflow = getattr(importlib.import_module(module.name), "LIFECYCLE", None)
            if isinstance(workflow, Workflow):
                yield module.name.removesuffix(".workflow"), workflow


def own_verbs():
    return [(noun, verb) for noun, workflow in lifecycles() for verb, transition in workflow.transitions.items() if transition.by is None]


@pytest.mark.parametrize(("noun", "verb"), own_verbs())
def test_a_transition_has_its_predicate_service_and_page(application: Flask, noun: str, verb: str):
    policies = importlib.import_module(f"{noun}.policies")
    services = importlib.import_module(f"{noun}.services")
    endpoint = f"{noun.removeprefix('training.')}.{verb}"
    endpoints = set(registered(application)) | {name.replace("accounts.accounts", "accounts") for name in registered(application)}

    assert callable(getattr(policies, f"can_{verb}", None)), f"{noun}.policies has no can_{verb}"
    assert callable(getattr(services, verb, None)), f"{noun}.services has no {verb}"
    assert endpoint in endpoints, f"there is no page {endpoint}"


@pytest.mark.parametrize(("noun", "verb"), own_verbs())
def test_a_verb_with_a_reason_takes_one(noun: str, verb: str):
    services = importlib.import_module(f"{noun}.services")
    workflow = importlib.import_module(f"{noun}.workflow").LIFECYCLE

    takes = "reason" in inspect.signature(getattr(services, verb)).parameters
    assert takes or not workflow.transitions[verb].reason


def test_silence_has_somebody_who_acts_on_it(application: Flask):
    wiring = application.extensions["wiring"]
    lacking = [
        f"{kind}.{turn.silence}"
        for kind, workflow in wiring.workflows.items()
        for turn in workflow.turns.values()
        if turn.silence and f"{kind}.{turn.silence}" not in wiring.deadlines
    ]

    assert lacking == []


def test_a_home_page_says_what_every_turn_asks(application: Flask):
    turns = {(kind, turn.verb) for kind, workflow in application.extensions["wiring"].workflows.items() for turn in workflow.turns.values()}

    assert turns <= set(ASKS)


def test_every_lifecycle_is_wired_under_its_table(application: Flask):
    wired = {id(workflow) for workflow in application.extensions["wiring"].workflows.values()}

    assert [noun for noun, workflow in lifecycles() if id(workflow) not in wired] == []


def test_every_notice_has_its_texts(application: Flask):
    for name in application.extensions["wiring"].notices:
        folder = ROOT / "templates" / "emails" / name
        assert (folder / "subject.txt").is_file(), f"no subject for {name}"
        assert (folder / "body.txt").is_file(), f"no body for {name}"


def test_every_letter_belongs_to_a_notice(application: Flask):
    folders = {path.name for path in (ROOT / "templates" / "emails").iterdir() if path.is_dir()}

    assert folders <= set(application.extensions["wiring"].notices)


def test_every_event_has_words(application: Flask):
    events = {
        member.value
        for module in pkgutil.walk_packages(training.__path__, "training.")
        if module.name.endswith(".workflow")
        for member in members(module.name)
    }

    assert events - set(application.extensions["wiring"].events) == set()


def members(name: str):
    event = getattr(importlib.import_module(name), "Event", None)
    return list(event) if event is not None and name != "training.kernel.workflow" else []
