"""Erasing somebody: markers planted in every table are gone, the law's holds are named, the trail stays whole."""

import shutil
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import JSON, Column, Enum, String, func, select, text, update

from seeds.law_rules import RULES
from tests.client import Browser
from tests.factories import events_of, learner, make_employer, make_member, make_minor, make_organisation, make_school, make_trainee
from tests.internships.factories import make_placement
from tests.trainees.lives import BORN, MARK, Life, account_of, live
from training.accounts.models import Account, Link
from training.audit.models import HappeningDetail
from training.audit.queries import breaks
from training.audit.services import record, seal
from training.files import storage
from training.internships.agreements.models import Agreement
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db, transaction
from training.kernel.db.record import Record
from training.kernel.policy import Learner, NotAllowed, OrganisationKind, Role, System
from training.notices.models import Notification
from training.privacy import queries as privacy
from training.taxonomy.models import LawRule
from training.taxonomy.services import load
from training.trainees.consents.models import Guardian
from training.trainees.erasures import commands, queries, services
from training.trainees.erasures.models import ErasureRequest
from training.trainees.erasures.workflow import State
from training.trainees.profiles.models import Trainee
from training.trainees.profiles.workflow import Event as ProfileEvent

NOT_OF_PEOPLE = {
    "stored_file.place",
    "stored_file.media_type",
    "notice.name",
    "notice.facts",
    "credential.title",
    "credential.qualification",
    "interview.place",
    "offer.position",
    "search_document.scope_words",
    "erasure_request.held",
    "account.password",
}
"""Texts in rows about people that say nothing of them: names of programmes and posts, places of work, what the machinery writes."""


@pytest.fixture(autouse=True)
def no_files_of_others(app):
    """What other tests have left in the folder they share says nothing about erasing."""
    shutil.rmtree(storage.folder(), ignore_errors=True)


def everything() -> dict[str, list[str]]:
    """Every row of every table as text, the search index too."""
    db.session.rollback()
    names = [*Record.metadata.tables, "search_index"]
    found = {name: [str(tuple(row)) for row in db.session.execute(text(f'SELECT * FROM "{name}"'))] for name in names}
    db.session.rollback()
    return found


def marked(app) -> list[str]:
    """Where somebody could still be found: tables, files, mail."""
    wanted = (MARK.casefold(), BORN.isoformat())
    tables = [name for name, rows in everything().items() if any(word in row.casefold() for row in rows for word in wanted)]
    folder = app.config["CADRE"].folder
    files = [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".sqlite3" and MARK.encode().lower() in path.read_bytes().lower()
    ]
    return [*tables, *files]


def planted() -> Life:
    """A whole life with a marker in every text of a person's rows."""
    life = live()
    tell(life)
    run_due()
    with clock.at(clock.now() + timedelta(hours=1)):
        seal()
    for name, ids in privacy.rows_of({"trainee": life.trainee.id, "account": life.trainee.account_id or 0}).items():
        table, personal = privacy.tables()[name], privacy.registers()[name].personal
        texts = [column for column in table.c if holds_text(column) and f"{name}.{column.name}" not in NOT_OF_PEOPLE]
        undeclared = [f"{name}.{column.name}" for column in texts if column.name not in personal and is_free(column)]
        assert undeclared == [], "a text about people that its register does not declare"
        for column in texts:
            if column.name in personal and not isinstance(column.type, JSON) and name != "logbook_entry":
                lacking = table.c.id.in_(ids) & (column.is_(None) | (func.length(column) == 0))
                db.session.execute(update(table).where(lacking).values({column.name: MARK}))
    db.session.commit()
    return life


def holds_text(column: Column[Any]) -> bool:
    """Text or JSON that is no value of an enumeration."""
    return isinstance(column.type, String | JSON) and not isinstance(column.type, Enum)


def is_free(column: Column[Any]) -> bool:
    """Whether a person's words fit there: lines and paragraphs; not codes, digests, keys and slugs."""
    return isinstance(column.type, JSON) or (isinstance(column.type, String) and column.type.length not in {40, 60, 64, 240})


@transaction()
def tell(life: Life) -> None:
    record(learner(life.trainee), ProfileEvent.EDITED, life.trainee, detail={"about": MARK})
    record(System("tests"), ProfileEvent.EDITED, life.trainee, detail={"name": f"{MARK} Nina"})


@transaction()
def also_told(other: Trainee) -> None:
    record(learner(other), ProfileEvent.EDITED, other, detail={"about": "mine"})


def asked(app, life: Life) -> int:
    """The person asks."""
    own = Browser(app).sign_in(account_of(life))
    sent = own.submit("/me/data/erase", sure="y")
    assert sent.status == 302, sent.words
    db.session.commit()
    run_due()
    found = db.session.scalars(select(ErasureRequest.id)).one()
    db.session.commit()
    return found


def carried_out(app, request_id: int):
    return app.test_cli_runner().invoke(commands.group, ["erase", str(request_id)])


def test_no_marker_is_left_anywhere(app):
    life = planted()
    also_told(make_trainee())
    before = marked(app)
    assert len(before) > 25, before
    request_id = asked(app, life)
    with clock.at(clock.now() + timedelta(hours=1)):
        seal()

    result = carried_out(app, request_id)

    assert result.exit_code == 0, result.output
    assert "Erased." in result.output
    assert "held:" not in result.output
    assert marked(app) == []
    assert breaks() == [], "the trail is whole"
    assert db.session.get_one(ErasureRequest, request_id).state is State.ERASED
    assert "Stays" in str(everything()["trainee"]), "others are left alone"
    assert "Stays Here" in str(everything()["import_row"])
    assert db.session.scalars(select(HappeningDetail.text)).all() == [{"about": "mine"}], "and so are the words about them"
    logbook = db.session.execute(text("SELECT minutes, task FROM logbook_entry ORDER BY id")).all()
    assert [tuple(row) for row in logbook] == [(420, "–"), (420, "–")], "countersigned hours stay without their words"
    places = db.session.execute(text("SELECT place FROM stored_file WHERE name = '–'")).all()
    assert places
    assert not any((storage.folder() / place).exists() for (place,) in places)


def test_what_the_law_keeps_stays_and_is_named_until_it_is_over(app):
    load(System("tests"), LawRule, rows=RULES)
    life = planted()
    request_id = asked(app, life)
    manager = Browser(app).sign_in(make_member(life.school, Role.MANAGER).account)
    page = f"/o/{life.school.slug}/erasures/{request_id}"
    assert "Agreement ПП-1" in manager.get(page).words
    db.session.commit()

    result = carried_out(app, request_id)

    assert "held: Agreement ПП-1 (agreement" in result.output
    assert "held: Credential" in result.output
    assert "Rosarkhiv" in result.output
    where = sorted(one for one in marked(app) if not one.startswith("files/"))
    assert where == ["agreement", "credential", "guardian", "stored_file"]
    assert MARK in str(db.session.get_one(Agreement, life.agreement.id).terms)
    assert "The law kept 3 records" in manager.get(page).words
    db.session.commit()

    with clock.at(clock.now() + timedelta(days=51 * 366)):
        again = carried_out(app, request_id)
    assert "held:" not in again.output, again.output
    assert marked(app) == []


def test_the_account_is_nobody_s_and_the_pages_of_those_who_stay_go_on(app):
    life = planted()
    own = Browser(app).sign_in(account_of(life))
    manager = Browser(app).sign_in(make_member(life.school, Role.MANAGER).account)
    host = Browser(app).sign_in(make_member(life.employer, Role.MANAGER).account)
    request_id = asked(app, life)
    assert own.get("/me/profile").status == 200

    carried_out(app, request_id)

    assert own.get("/me/profile").location.startswith("/sign-in")
    db.session.expire_all()
    account = account_of(life)
    assert (account.email, account.password) == (None, None)
    assert account.blocked_at is not None
    live_links = select(func.count()).select_from(Link).where(Link.purpose == "consent", Link.expires_at > clock.now())
    assert db.session.scalar(live_links) == 0
    assert db.session.get_one(Trainee, life.trainee.id).name == f"№ {life.trainee.id}"
    school, employer = f"/o/{life.school.slug}", f"/o/{life.employer.slug}"
    pages = ["trainees", f"trainees/{life.trainee.id}", "placements", f"agreements/{life.agreement.id}", "erasures"]
    assert [manager.get(f"{school}/{page}").status for page in pages] == [200] * 5
    assert host.get(f"{employer}/placements").status == 200


def test_what_goes_on_ends_first(app):
    life = planted()
    make_placement(trainee=db.session.get_one(Trainee, life.trainee.id))
    request_id = asked(app, life)

    result = carried_out(app, request_id)

    assert result.exit_code != 0
    assert "Internship at" in result.output
    assert MARK in str(everything()["trainee"])
    listed = app.test_cli_runner().invoke(commands.group, ["list"])
    assert f"{request_id}: trainee" in listed.output
    assert "first: Internship at" in listed.output


def test_a_member_leaves_the_organisation_first_and_keeps_the_name_that_signed(app):
    life = planted()
    membership = make_member(make_employer(), Role.MENTOR, account=account_of(life))
    request_id = asked(app, life)
    assert "leaves that first" in carried_out(app, request_id).output
    membership.ended_on = clock.today()
    db.session.add(membership)
    db.session.commit()

    result = carried_out(app, request_id)

    assert "held: Name of a former member" in result.output
    assert db.session.get_one(Account, life.trainee.account_id).name == f"{MARK} Nina"
    assert MARK not in str(everything()["trainee"])


def test_an_import_that_would_bring_them_back_is_finished_first(app):
    life = planted()
    db.session.execute(text("UPDATE import_batch SET state = 'checked'"))
    db.session.commit()

    result = carried_out(app, asked(app, life))

    assert result.exit_code != 0
    assert "import" in result.output
    assert MARK in str(everything()["trainee"]), "nothing was erased"


class TestAsking:
    def test_is_told_to_the_school_and_the_operator_and_can_be_taken_back(self, app):
        operator = make_organisation(OrganisationKind.OPERATOR)
        school = make_school()
        running, managing = make_member(operator, Role.OPERATOR), make_member(school, Role.MANAGER)
        trainee = make_trainee(school_id=school.id)
        own = Browser(app).sign_in(db.session.get_one(Account, trainee.account_id))

        assert own.submit("/me/data/erase").status == 200, "the box is not ticked"
        own.submit("/me/data/erase", sure="y")
        assert own.submit("/me/data/erase", sure="y").status == 409

        for member, place in ((running, operator), (managing, school)):
            browser = Browser(app).sign_in(member.account)
            assert trainee.name in browser.get(f"/o/{place.slug}/erasures").words
        assert "Erase somebody" in Browser(app).sign_in(running.account).get(f"/o/{operator.slug}/").words
        told = {row.to_id for row in db.session.scalars(select(Notification).where(Notification.name == "erasure.asked"))}
        assert told == {running.account_id, managing.account_id}
        db.session.commit()

        own.press("/me/data/erase/withdraw", page="/me/data")
        request = db.session.scalars(select(ErasureRequest)).one()
        assert request.state is State.WITHDRAWN
        assert events_of(request) == ["erasure.asked", "erasure.withdrawn"]

    def test_is_seen_by_nobody_else(self, app):
        trainee = make_trainee(school_id=make_school().id)
        services.ask(learner(trainee), trainee)
        request = db.session.scalars(select(ErasureRequest)).one()
        other, employer = make_school(), make_employer()

        for place, role in ((other, Role.MANAGER), (employer, Role.MANAGER)):
            browser = Browser(app).sign_in(make_member(place, role).account)
            assert browser.get(f"/o/{place.slug}/erasures/{request.id}").status == 404
        teacher = make_member(db.session.get_one(type(other), trainee.school_id), Role.TEACHER)
        assert Browser(app).sign_in(teacher.account).get(f"/o/{teacher.organisation.slug}/erasures").status == 403

    def test_only_the_command_erases(self, app):
        trainee = make_trainee()
        services.ask(learner(trainee), trainee)
        request = queries.to_do()[0]

        with pytest.raises(NotAllowed, match="can_erase"):
            services.erase(Learner(1, trainee.id), request)  # type: ignore[arg-type]


def test_a_minor_s_guardian_goes_too(app):
    make_organisation(OrganisationKind.OPERATOR)
    trainee = make_minor(school_id=make_school().id)
    db.session.add(Guardian(trainee_id=trainee.id, name=MARK, email=f"{MARK}@example.org", language="ru"))
    db.session.commit()
    request = services.ask(learner(trainee), trainee)

    carried_out(app, request.id)

    assert MARK not in str(everything()["guardian"])


def test_an_unknown_request_is_said_to_be_unknown(app):
    assert "There is no request 99" in carried_out(app, 99).output
