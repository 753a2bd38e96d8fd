"""An import is taken back while nothing was built on what it made; then nothing of it is left but its trace."""

import pytest
from sqlalchemy import select

from tests.client import Browser
from tests.factories import actor_of, events_of, make_school
from training.accounts.models import Account
from training.courses.modules import services as modules
from training.courses.programmes.models import Programme, ProgrammeVersion
from training.courses.programmes.workflow import State as VersionState
from training.exchange import checking, policies, services
from training.exchange.workflow import Event, State
from training.kernel.db import db
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


def people(school):
    db.session.rollback()
    return list(db.session.scalars(select(Trainee).where(Trainee.school_id == school.id).order_by(Trainee.id)))


def test_people_whom_a_roster_brought_are_nobody_again_and_may_come_again(school, manager):
    batch = taken(manager, ROSTER)
    nina, _alisa = people(school)

    services.undo(manager, batch)

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

    services.undo(manager, batch)

    nina, alisa = people(school)
    assert (nina.group_code, nina.schooling, nina.phone) == ("СВ-26", "basic", None)
    assert (alisa.name, alisa.phone) == ("Титова Алиса", "+7 900")
    assert events_of(nina)[-1] == "trainee.restored"


def test_a_later_change_is_in_the_way_and_named(school, manager):
    batch = taken(manager, ROSTER)
    taken(manager, ROSTER.replace("СВ-26;9;", "СВ-27;9;"))

    with pytest.raises(NotNow, match="Орлова Нина: Taken over from the school's roster"):
        services.undo(manager, batch)
    assert [one.name for one in people(school)] == ["Орлова Нина", "Титова Алиса"]


def test_what_refers_to_them_is_in_the_way_and_nothing_is_half_undone(school, manager):
    batch = taken(manager, ROSTER)
    _nina, alisa = people(school)
    db.session.add(Education(trainee_id=alisa.id, place="School 3", what="9 years"))
    db.session.commit()

    with pytest.raises(NotNow, match="Титова Алиса: something else refers to it"):
        services.undo(manager, batch)
    assert (batch.state, len(people(school))) == (State.DONE, 2)


def test_untouched_drafts_retire_and_the_same_list_brings_them_again(school, manager):
    batch = taken(manager, LIST, "programmes")

    services.undo(manager, batch)

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

    with pytest.raises(NotNow, match=r"15\.01\.05 Сварщик: "):
        services.undo(manager, batch)
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


def test_on_the_page_with_who_and_when(app, school, manager):
    batch = taken(manager, ROSTER)
    account = db.session.get_one(Account, manager.account_id)
    browser = Browser(app).sign_in(account)
    address = f"/o/{school.slug}/imports/{batch.slug}"
    assert account.name in browser.get(f"/o/{school.slug}/imports").words

    page = browser.get(address)
    assert account.name in page.words
    assert "Take the import back" in page.words
    browser.press(f"{address}/undo", page=address)

    shown = browser.get(address).words
    assert "The import was taken back afterwards." in shown
    assert "Take the import back" not in shown


def test_what_is_in_the_way_is_said_on_the_page(app, school, manager):
    batch = taken(manager, ROSTER)
    taken(manager, ROSTER.replace("СВ-26;9;", "СВ-27;9;"))
    browser = Browser(app).sign_in(db.session.get_one(Account, manager.account_id))
    address = f"/o/{school.slug}/imports/{batch.slug}"

    said = browser.press(f"{address}/undo", page=address)

    assert said.status == 409
    assert "Орлова Нина" in said.words
