"""One's own copy of everything kept: made by a job, told by a notice, fetched by oneself, removed after its days."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

from sqlalchemy import select, update

from tests.client import Browser
from tests.factories import events_of, learner, make_trainee
from tests.trainees.lives import MARK, account_of, live
from training.accounts.models import Account
from training.candidates.applications.models import Application
from training.files.models import StoredFile
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import System
from training.privacy import copying
from training.privacy import queries as privacy
from training.trainees.exports import queries, services
from training.trainees.exports.models import DataExport


def ready(app, trainee):
    """Somebody asks and the job makes it; gives the browser and the copy's address."""
    own = Browser(app).sign_in(db.session.get_one(Account, trainee.account_id))
    own.press("/me/data/copy", page="/me/data")
    assert "Being made" in own.get("/me/data").words
    db.session.commit()
    run_due()
    export = db.session.scalars(select(DataExport).order_by(DataExport.id.desc()).limit(1)).one()
    db.session.commit()
    return own, f"/me/data/copies/{export.id}"


def test_the_copy_holds_every_table_and_the_files_and_no_secret(app):
    life = live()
    db.session.query(DataExport).delete()
    db.session.commit()
    own, address = ready(app, life.trainee)

    got = own.get(address)
    assert got.response.mimetype == "application/zip"
    assert "attachment" in got.response.headers["Content-Disposition"]
    assert "no-store" in got.response.headers["Cache-Control"]
    archive = ZipFile(io.BytesIO(got.content))
    told = json.loads(archive.read("data.json"))
    tables = {one["table"] for one in told["kept"]}
    assert {
        "account",
        "agreement",
        "application",
        "consent",
        "consent_paper",
        "credential",
        "disclosure",
        "education",
        "employment",
        "enrolment",
        "evaluation",
        "evidence",
        "guardian",
        "interview",
        "logbook_entry",
        "offer",
        "photo",
        "placement",
        "session",
        "talent_invitation",
        "trainee",
    } <= tables
    assert all(one["purpose"] and one["keep"] and one["rows"] for one in told["kept"])
    columns = {column for one in told["kept"] for row in one["rows"] for column in row}
    assert columns.isdisjoint({"password", "token", "cookie", "salt"})
    names = [name for name in archive.namelist() if name.startswith("files/")]
    assert any("agreement" in name for name in names)
    assert any("photo" in name for name in names)
    assert not any("letter" in name for name in names), "a letter to the guardian holds the guardian's link"
    assert "Stays" not in json.dumps(told, ensure_ascii=False), "nobody else is in it"
    assert "trainee.edited" in {one["event"] for one in told["events"]}
    assert MARK in archive.read("data.json").decode()


def test_it_is_told_and_private_and_expires(app, mailbox):
    trainee = make_trainee()
    own, address = ready(app, trainee)
    other = Browser(app).sign_in(db.session.get_one(Account, make_trainee().account_id))

    assert "ready" in mailbox(trainee.email)[0].subject
    assert own.get(address).status == 200
    assert other.get(address).status == 404
    assert Browser(app).get(address).location.startswith("/sign-in")

    with clock.at(clock.now() + timedelta(days=8)):
        assert services.expire(System("tests")) == 1
    assert own.get(address).status == 404
    assert "Removed after its days" in own.get("/me/data").words
    db.session.commit()
    export = db.session.scalars(select(DataExport)).one()
    assert events_of(export) == ["data_export.asked", "data_export.made", "data_export.removed"]
    assert db.session.scalars(select(StoredFile).where(StoredFile.subject_kind == "data_export")).all() == []


def test_one_at_a_time_and_not_again_at_once(app):
    trainee = make_trainee()
    own = Browser(app).sign_in(db.session.get_one(Account, trainee.account_id))
    own.press("/me/data/copy", page="/me/data")

    again = own.press("/me/data/copy", page="/me/data")

    assert (again.status, "is being made" in again.words) == (409, True)
    assert len(queries.mine(learner(trainee))) == 1


def test_a_rejection_that_can_still_be_undone_is_not_told(app):
    life = live()
    application = db.session.scalars(select(Application)).one()
    db.session.execute(update(Application).values(told_at=clock.now() + timedelta(minutes=20)))
    db.session.commit()
    person = {"trainee": life.trainee.id, "account": account_of(life).id}

    def row() -> dict[str, object]:
        told = copying.told(person, privacy.rows_of(person))
        return next(one["rows"][0] for one in told["kept"] if one["table"] == "application")

    assert row()["id"] == application.id
    assert row().keys().isdisjoint({"state", "rejection", "words"})
    with clock.at(clock.now() + timedelta(hours=1)):
        assert row()["state"] == "rejected"
