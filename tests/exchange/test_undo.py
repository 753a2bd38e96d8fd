"""An import is taken back while nothing was built on what it made; then nothing of it is left but its trace."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.factories import actor_of, events_of, make_school
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.courses.modules import services as modules
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.workflow import State as VersionState
from training.exchange import checking, policies, queries, services, undoing
from training.exchange.importers import importers
from training.exchange.workflow import Event, Outcome, State
from training.jobs.models import Job, JobState
from training.jobs.services import progress
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db, writing
from training.kernel.policy import NotAllowed, NotNow, Role
from training.trainees.profiles.models import Education, Trainee
from training.trainees.profiles.workflow import Visibility

ROSTER = "ФИО;Дата рождения;Группа;База;Телефон\nОрлова Нина;04.11.2005;СВ-26;9;\nТитова Алиса;17.05.2005;СВ-26;11;+7 900\n"
LIST = "Код специальности;Специальность;Часы\n15.01.05;Сварщик;1476\n15.02.16;Технология машиностроения;2952\n"


@pytest.fixture
def school(app):
    return make_school()


@pytest.fixture
def manager(school):
    return actor_of(school, Role.MANAGER)


def taken(manager, content, kind="trainees"):
    batch = services.upload(manager, content.encode(), name="list.csv", kind=kind)
    checking.check(batch.id)
    services.confirm(manager, batch)
    checking.apply(batch.id)
    assert batch.state is State.DONE
    return batch


def undone(actor, batch):
    services.undo(actor, batch)
    undoing.undo(batch.id)
    db.session.refresh(batch)


def stays(batch):
    """The rows that were in the way, by their first cell, with what happened."""
    db.session.rollback()
    rows = [row for row in queries.all_rows(batch) if row.outcome is Outcome.KEPT]
    return {row.cells[0]: [one["sentence"] for one in row.errors or []] for row in rows}


def outcomes(batch):
    db.session.rollback()
    return [row.outcome.value for row in queries.all_rows(batch)]


def people(school):
    db.session.rollback()
    return list(db.session.scalars(select(Trainee).where(Trainee.school_id == school.id).order_by(Trainee.id)))


def test_people_whom_a_roster_brought_are_nobody_again_and_may_come_again(school, manager):
    batch = taken(manager, ROSTER)
    nina, _alisa = people(school)

    undone(manager, batch)

    db.session.refresh(nina)
    assert (batch.state, people(school)) == (State.UNDONE, [])
    assert (nina.family_name, nina.phone, nina.visibility) == ("№", None, Visibility.NOBODY)
    assert events_of(nina) == ["trainee.imported", "trainee.withdrawn"]
    assert events_of(batch)[-1] == Event.UNDONE
    assert taken(manager, ROSTER).applied == 2


def test_people_whom_a_roster_changed_are_as_before(school, manager):
    taken(manager, ROSTER)
    batch = taken(manager, ROSTER.replace("СВ-26;9;", "СВ-27;11;+7 901"))
    nina, _alisa = people(school)
    assert (nina.group_code, nina.schooling, nina.phone) == ("СВ-27", "upper", "+7 901")

    undone(manager, batch)

    nina, alisa = people(school)
    assert (nina.group_code, nina.schooling, nina.phone) == ("СВ-26", "basic", None)
    assert (alisa.name, alisa.phone) == ("Титова Алиса", "+7 900")
    assert events_of(nina)[-1] == "trainee.restored"


def test_a_later_change_is_in_the_way_and_named(school, manager):
    batch = taken(manager, ROSTER)
    taken(manager, ROSTER.replace("СВ-26;9;", "СВ-27;9;"))

    undone(manager, batch)

    assert (batch.state, batch.undone, batch.kept) == (State.DONE, 0, 1)
    assert stays(batch) == {"Орлова Нина": ["Taken over from the school's roster"]}
    assert "Нина" not in (batch.sentence or ""), "names stand in rows alone, which are blanked when a person is erased"
    assert [one.name for one in people(school)] == ["Орлова Нина", "Титова Алиса"]


def test_what_refers_to_them_is_in_the_way_and_nothing_is_half_undone(school, manager):
    batch = taken(manager, ROSTER)
    _nina, alisa = people(school)
    db.session.add(Education(trainee_id=alisa.id, place="School 3", what="9 years"))
    db.session.commit()

    undone(manager, batch)

    assert stays(batch) == {"Титова Алиса": ["something else refers to it"]}
    assert (batch.state, len(people(school))) == (State.DONE, 2)


def test_untouched_drafts_retire_and_the_same_list_brings_them_again(school, manager):
    batch = taken(manager, LIST, "programmes")

    undone(manager, batch)

    drafts = db.session.scalars(select(ProgrammeVersion).order_by(ProgrammeVersion.id)).all()
    assert {one.state for one in drafts} == {VersionState.RETIRED}
    assert events_of(drafts[0]) == ["programme.imported", "programme.withdrawn"]
    assert taken(manager, LIST, "programmes").applied == 2
    assert db.session.query(Programme).count() == 2
    assert [(one.number, one.state.value) for one in db.session.query(ProgrammeVersion).filter_by(state=VersionState.DRAFT)] == [
        (2, "draft"),
        (2, "draft"),
    ]


def test_a_module_in_a_draft_is_in_the_way(school, manager):
    batch = taken(manager, LIST, "programmes")
    draft = db.session.scalars(select(ProgrammeVersion).order_by(ProgrammeVersion.id)).first()
    assert draft is not None
    modules.add(manager, draft, code="ПМ.01", title="Сварка", hours=100)

    undone(manager, batch)

    assert list(stays(batch)) == ["15.01.05"]
    assert {one.state for one in db.session.query(ProgrammeVersion)} == {VersionState.DRAFT}


def test_once_and_by_those_who_may(school, manager):
    batch = taken(manager, ROSTER)
    stranger = actor_of(make_school(), Role.MANAGER)

    assert not policies.can_undo(stranger, batch)
    with pytest.raises(NotAllowed):
        services.undo(stranger, batch)
    services.undo(manager, batch)
    with pytest.raises(NotNow):
        services.undo(manager, batch)
    assert db.session.query(Job).filter_by(task="exchange.undo").count() == 1
    undoing.undo(batch.id)
    undoing.undo(batch.id)
    assert events_of(batch).count(Event.UNDONE) == 1
    with pytest.raises(NotNow):
        services.undo(manager, batch)


def test_on_the_page_with_who_and_when(app, school, manager):
    batch = taken(manager, ROSTER)
    account = db.session.get_one(Account, manager.account_id)
    browser = Browser(app).sign_in(account)
    address = f"/o/{school.slug}/imports/{batch.slug}"
    assert account.name in browser.get(f"/o/{school.slug}/imports").words

    page = browser.get(address)
    assert account.name in page.words
    assert "Take the import back" in page.words
    form = page.form(action=f"{address}/undo")
    sent = [browser.post(f"{address}/undo", form) for _ in range(2)]
    going = browser.get(address)
    run_due()
    shown = browser.get(address)

    assert [one.location for one in sent] == [address, address]
    assert db.session.query(Job).filter_by(task="exchange.undo").count() == 1
    assert "0 of 2 rows taken back" in going.words
    assert f"{address}/progress" in going.text
    assert "The import was taken back afterwards" in shown.words
    assert "Taken back 2" in shown.words
    assert f"{address}/undo" not in shown.text
    assert browser.get(f"{address}/report?as=csv").text.count("Taken back") == 2


def test_what_is_in_the_way_is_said_on_the_page_and_in_a_letter(app, school, manager, mailbox):
    batch = taken(manager, ROSTER)
    taken(manager, ROSTER.replace("СВ-26;9;", "СВ-27;9;"))
    account = db.session.get_one(Account, manager.account_id)
    browser = Browser(app).sign_in(account)
    address = f"/o/{school.slug}/imports/{batch.slug}"

    browser.press(f"{address}/undo", page=address)
    run_due()
    said = browser.get(address)

    assert "Nothing was taken back. Something was built on some of its rows since. They are listed under “Stays”" in said.words
    assert "Орлова Нина" in said.words
    assert "Титова Алиса" not in said.words, "the rows in the way come first"
    assert f"{address}/undo" in said.text, "once it is out of the way, the rest can go"
    assert mailbox(account.email)[0].subject == "The import of list.csv could not be taken back"


MANY = "ФИО;Дата рождения\n" + "".join(f"Орлова Нина{number};04.11.2005\n" for number in range(10))


class Killed(BaseException):
    """What a worker is ended by."""


@pytest.fixture
def by_threes(monkeypatch):
    monkeypatch.setattr(undoing, "UNDONE_AT_ONCE", 3)


def test_goes_on_where_it_was_killed_and_takes_nothing_back_twice(school, manager, by_threes, monkeypatch):
    batch = taken(manager, MANY)
    everybody = people(school)
    services.undo(manager, batch)
    calls: list[tuple[int, int]] = []

    def cut(done, total):
        progress(done, total)
        calls.append((done, total))
        if calls.count((6, 10)) == 1 and done == 6:
            raise Killed

    monkeypatch.setattr(undoing, "progress", cut)
    with pytest.raises(Killed):
        undoing.undo(batch.id)
    db.session.refresh(batch)
    halfway = (batch.state, batch.undone, outcomes(batch))
    undoing.undo(batch.id)
    db.session.refresh(batch)

    assert halfway == (State.UNDOING, 6, ["undone"] * 6 + ["applied"] * 4)
    assert (batch.state, batch.undone, outcomes(batch), people(school)) == (State.UNDONE, 10, ["undone"] * 10, [])
    assert [events_of(one) for one in everybody] == [["trainee.imported", "trainee.withdrawn"]] * 10
    assert calls[-1] == (10, 10)


def test_a_kill_inside_a_step_leaves_nothing_of_that_step(school, manager, by_threes, monkeypatch):
    batch = taken(manager, MANY)
    services.undo(manager, batch)

    def cut(*given, **facts):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(undoing, "update", cut)
        with pytest.raises(Killed):
            undoing.undo(batch.id)
    db.session.rollback()
    assert (outcomes(batch), len(people(school))) == (["applied"] * 10, 10)

    undoing.undo(batch.id)
    assert people(school) == []


def test_what_is_built_meanwhile_stops_it_and_a_second_try_takes_the_rest_back(school, manager, by_threes, monkeypatch):
    batch = taken(manager, MANY)
    seventh = people(school)[6]
    services.undo(manager, batch)

    def build(done, total):
        progress(done, total)
        if done == 3 and not db.session.query(Education).count():
            with writing() as session:
                session.add(Education(trainee_id=seventh.id, place="School 3", what="9 years"))

    monkeypatch.setattr(undoing, "progress", build)
    undoing.undo(batch.id)
    db.session.refresh(batch)
    stopped = (batch.state, batch.undone, batch.kept, list(stays(batch)), len(people(school)))
    sentence = batch.sentence
    with writing() as session:
        session.query(Education).delete()
    undone(manager, batch)

    assert stopped == (State.DONE, 6, 1, ["Орлова Нина6"], 4)
    assert (sentence or "").startswith("6 rows are taken back.")
    assert (batch.state, batch.undone, batch.kept, batch.sentence, people(school)) == (State.UNDONE, 10, 0, None, [])
    assert not [row.errors for row in queries.all_rows(batch) if row.errors]


def test_whoever_may_not_any_more_leaves_the_rest_to_a_colleague(school, manager, by_threes):
    batch = taken(manager, MANY)
    services.undo(manager, batch)
    with writing() as session:
        session.query(Membership).filter_by(account_id=manager.account_id).one().ended_on = clock.today()
    run_due()
    db.session.refresh(batch)
    assert batch.state is State.DONE
    assert "A colleague who may takes the rest back." in (batch.sentence or "")
    assert db.session.query(Job).filter(Job.state == JobState.PARKED).count() == 0

    undone(actor_of(school, Role.MANAGER), batch)

    assert (batch.state, people(school)) == (State.UNDONE, [])


def test_what_the_noun_itself_refuses_ends_it_with_its_sentence(school, manager, monkeypatch):
    batch = taken(manager, ROSTER)

    def refuse(actor, made):
        raise NotNow("Not while the year is being closed.")

    importer = importers()["trainees"]
    assert importer.undoing is not None
    with monkeypatch.context() as patched:
        patched.setitem(importers(), "trainees", replace(importer, undoing=replace(importer.undoing, withdraw=refuse)))
        undone(manager, batch)

    assert (batch.state, batch.sentence) == (State.DONE, "Nothing was taken back. Not while the year is being closed.")
    assert len(people(school)) == 2


def test_looks_and_goes_in_as_many_statements_for_forty_rows_as_for_two(school, manager, statements):
    counted = []
    for number in (2, 40):
        lines = "".join(f"Орлова Нина{number}{one};04.11.2005\n" for one in range(number))
        batch = taken(manager, f"ФИО;Дата рождения\n{lines}")
        services.undo(manager, batch)
        db.session.expunge_all()
        with statements() as sent:
            undoing.undo(batch.id)
        counted.append(len([one for one in sent if not one.startswith("UPDATE trainee ")]))  # a versioned record is written by itself

    assert counted[0] == counted[1]
