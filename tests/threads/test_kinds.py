"""Every shared record with two parties or more: who takes part, and where the thread stands."""

import importlib
import pkgutil

import pytest

import training
from tests.candidates.factories import make_application
from tests.client import Browser
from tests.courses.factories import make_cohort, make_credential, make_enrolment
from tests.courses.transfers.moving import Moving
from tests.factories import actor_of, learner, make_account, make_member
from tests.internships.factories import load_rules, loaded, make_placement
from training.accounts.models import Account
from training.courses.cohorts.workflow import State as CohortState
from training.courses.enrolments.workflow import State as EnrolmentState
from training.internships.agreements import services as agreements
from training.internships.placements.workflow import State as PlacementState
from training.kernel.db import db
from training.kernel.db.record import Record
from training.kernel.policy import Role
from training.notices.models import Notification
from training.organisations.models import Organisation
from training.threads import queries, services
from training.trainees.profiles.models import Trainee

ELSEWHERE = {"allocation", "consent", "interview", "logbook_entry", "offer", "recognition", "remark", "team"}
"""Records that belong to another one, on which people talk (a profile by link, an application, enrolment, placement), or are talk themselves."""


def placement():
    found = make_placement(state=PlacementState.ACTIVE)
    return "placement", found.id, found.trainee, found.school


def agreement():
    found = make_placement(state=PlacementState.ACCEPTED)
    officer = actor_of(found.school, Role.PLACEMENT_OFFICER)
    made = agreements.make(officer, loaded(found), language="en")
    return "agreement", made.id, found.trainee, found.school


def application():
    found = make_application()
    return "application", found.id, found.trainee, found.vacancy.employer


def enrolment():
    found = make_enrolment(make_cohort())
    return "enrolment", found.id, found.trainee, found.cohort.programme_version.programme.school


def credential():
    found = make_enrolment(make_cohort(state=CohortState.COMPLETED), state=EnrolmentState.COMPLETED)
    school = found.cohort.programme_version.programme.school
    made = make_credential(found)
    return "credential", made.id, found.trainee, school


def transfer():
    found = Moving().transfer
    return "transfer", found.id, found.enrolment.trainee, found.receiving


@pytest.mark.parametrize("make", [placement, agreement, application, enrolment, credential, transfer])
def test_both_sides_talk_on_its_page(app, make):
    load_rules()
    kind, key, trainee, organisation = make()
    member = make_member(organisation, Role.MANAGER, account=make_account(name="Zoya Manager"))
    trainee = db.session.get_one(Trainee, trainee.id)
    me = learner(trainee)
    place = queries.place(me, kind, key)

    services.write(me, place, text="First of all, hello.")

    told = {row.to_id for row in db.session.query(Notification).filter_by(name="message.written")}
    assert member.account_id in told
    assert me.account_id not in told
    for account_id, door in ((me.account_id, "/me"), (member.account_id, f"/o/{db.session.get_one(Organisation, organisation.id).slug}")):
        page = Browser(app).sign_in(db.session.get_one(Account, account_id))
        url = place_url(page, door, kind, key)
        shown = page.get(url)
        assert shown.status == 200
        assert "First of all, hello." in shown.words
        sent = page.post(f"{door}/threads/{kind}/{key}", shown.form(action="/threads/") | {"text": f"Answer by {door}"})
        assert (sent.status, sent.location.partition("#")[0]) == (302, url)
        assert f"Answer by {door}" in page.get(url).words


def place_url(page, door, kind, key):
    """The record's page, as a notice of it would lead there."""
    links = [link.get("href") or "" for link in page.get(f"{door}/threads/{kind}/{key}").all("a")]
    return next(link for link in links if link.startswith(f"{door}/") and link.endswith(f"/{key}") and "/organisations/" not in link)


def test_every_record_of_two_parties_has_a_thread_or_belongs_to_one_that_has(app):
    for module in pkgutil.walk_packages(training.__path__, "training."):
        if module.name.endswith(".models"):
            importlib.import_module(module.name)
    kinds = app.extensions["wiring"].kinds
    shared = {mapper.class_.__tablename__ for mapper in Record.registry.mappers if shares(mapper.class_)}

    assert shared - {name for name, kind in kinds.items() if kind.sides is not None} == ELSEWHERE


def shares(kind: type) -> bool:
    """Whether records of that kind have more than one party."""
    parties = kind.__dict__.get("parties")
    names = set(parties.fget.__code__.co_consts) | set(parties.fget.__code__.co_names) if parties is not None else set()
    return len(names & {"SCHOOL", "EMPLOYER", "TRAINEE", "GUARDIAN", "sides", "placement"}) > (0 if names & {"sides", "placement"} else 1)
