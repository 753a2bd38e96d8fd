import csv
import io
from datetime import timedelta

import openpyxl
import pytest
import time_machine
from sqlalchemy import func, select

from tests.client import Browser
from tests.factories import events_of, make_employer, make_member, make_school
from tests.internships.factories import load_rules, make_opening, make_placement
from training.accounts.memberships.models import Membership
from training.accounts.models import Account
from training.exchange.exports import services, tasks
from training.exchange.exports.models import Export
from training.exchange.exports.workflow import Event, Form, State
from training.files.models import StoredFile
from training.internships.placements.workflow import State as PlacementState
from training.jobs.worker import run_due
from training.kernel import clock
from training.kernel.db import db
from training.kernel.policy import Role
from training.notices.models import Notification
from training.organisations.models import Organisation
from training.trainees.profiles.models import Trainee


@pytest.fixture(autouse=True)
def rules(app):
    load_rules()


@pytest.fixture
def placement(app):
    made = make_placement(state=PlacementState.APPROVED)
    person = db.session.get_one(Trainee, made.trainee_id)
    person.family_name, person.phone, person.about = "=cmd|' /C calc'!A0", "+7 900 MARKER", "MARKER about"
    db.session.commit()
    return made


def enter(app, organisation_id, *roles):
    organisation = db.session.get_one(Organisation, organisation_id)
    person = make_member(organisation, *roles)
    return Browser(app).sign_in(db.session.get_one(Account, person.account_id)), f"/o/{organisation.slug}", person


def take(browser, base, query="", form="csv"):
    """Presses the button of the list's own menu."""
    page = browser.get(f"{base}/placements{query}")
    return browser.post(f"{base}/exports/new", page.form(action="/exports/new") | {"as": form})


def rows_of(page):
    return list(csv.DictReader(io.StringIO(page.content.decode("utf-8-sig"), newline="")))


class TestAtOnce:
    def test_a_short_list_comes_as_it_is_narrowed(self, app, placement):
        make_placement(trainee=None, opening=make_opening(employer=placement.employer), state=PlacementState.APPROVED)
        browser, base, _person = enter(app, placement.employer_id, Role.MANAGER)

        sent = take(browser, base, f"?school={placement.school_id}")
        file = browser.get(sent.location)

        [row] = rows_of(file)
        assert list(row) == ["Trainee", "School", "Employer", "Opening", "First day", "Last day", "Mentor", "State"]
        assert (row["First day"], row["State"]) == (placement.starts_on.isoformat(), "Waiting for the employer")
        assert file.response.headers["Content-Disposition"] == "attachment; filename=Placements.csv"
        assert file.response.headers["Cache-Control"] == "private, no-store"

    def test_no_cell_runs_and_nothing_beside_the_columns_goes_out(self, app, placement):
        browser, base, _person = enter(app, placement.school_id, Role.MANAGER)

        text = browser.get(take(browser, base).location)
        book = browser.get(take(browser, base, form="xlsx").location)

        assert rows_of(text)[0]["Trainee"].startswith("'=cmd")
        cells = [cell for row in openpyxl.load_workbook(io.BytesIO(book.content)).worksheets[0].iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f"] == []
        assert [cell.value for cell in cells if "MARKER" in str(cell.value)] == []
        assert b"MARKER" not in text.content

    def test_asking_twice_by_one_form_is_one_export_and_both_get_the_file(self, app, placement):
        browser, base, _person = enter(app, placement.school_id, Role.MANAGER)
        values = browser.get(f"{base}/placements").form(action="/exports/new") | {"as": "csv"}

        first, second = (browser.post(f"{base}/exports/new", values) for _ in range(2))

        assert first.location == second.location
        assert db.session.scalar(select(func.count()).select_from(Export)) == 1

    def test_the_trail_says_who_took_how_many_rows(self, app, placement):
        browser, base, _person = enter(app, placement.school_id, Role.MANAGER)

        take(browser, base)

        export = db.session.scalars(select(Export)).one()
        assert (events_of(export), export.rows, export.query) == ([Event.BEGUN], 1, {})

    def test_what_the_list_does_not_show_does_not_go_out(self, app, placement):
        stranger, base, _person = enter(app, make_school().id, Role.MANAGER)
        browser, own, _other = enter(app, placement.school_id, Role.MANAGER)
        values = browser.get(f"{own}/placements").form(action="/exports/new")

        assert "/exports/new" not in stranger.get(f"{base}/placements").text
        token = stranger.token(f"{base}/placements")
        assert stranger.post(f"{base}/exports/new", token | {"of": values["of"], "as": "csv"}).status == 404
        made = stranger.post(f"{base}/exports/new", stranger.token(f"{base}/placements") | {"of": f"{base}/placements", "as": "csv"})
        assert rows_of(stranger.get(made.location)) == []

    def test_only_its_owner_downloads_it(self, app, placement):
        browser, base, _person = enter(app, placement.school_id, Role.MANAGER)
        colleague, _base, _other = enter(app, placement.school_id, Role.MANAGER)
        sent = take(browser, base)

        assert colleague.get(sent.location).status == 404
        assert Browser(app).get(sent.location).location.startswith("/sign-in")

    def test_after_an_hour_it_is_asked_for_again(self, app, placement):
        browser, base, _person = enter(app, placement.school_id, Role.MANAGER)
        sent = take(browser, base)

        with time_machine.travel(clock.now() + timedelta(hours=2)):
            assert "no longer kept" in browser.get(browser.get(sent.location).location).words


class TestInTheBackground:
    @pytest.fixture
    def few(self, monkeypatch):
        monkeypatch.setattr(services, "MOST", {Form.CSV: 0, Form.XLSX: 0})

    @pytest.mark.usefixtures("few")
    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_a_long_list_is_made_told_of_and_downloaded(self, app, placement, form):
        browser, base, person = enter(app, placement.school_id, Role.MANAGER)
        sent = take(browser, base, form=form)
        waiting = browser.get(sent.location)
        assert "0 of 1 rows written" in waiting.words

        run_due()

        export = db.session.scalars(select(Export)).one()
        assert export.state is State.MADE
        assert events_of(export) == [Event.BEGUN, Event.MADE]
        told = db.session.scalars(select(Notification).where(Notification.name == "export.made")).one()
        assert (told.to_id, told.organisation_id) == (person.account_id, person.organisation_id)
        assert browser.get(f"{sent.location}/progress", headers={"HX-Request": "true"}).response.headers["HX-Refresh"] == "true"
        assert "Download" in browser.get(sent.location).words
        assert "Placements" in browser.get(f"{base}/exports").words
        file = browser.get(f"{sent.location}/file")
        assert file.status == 200
        assert file.content[:3] == (b"\xef\xbb\xbf" if form == "csv" else b"PK\x03")

    @pytest.mark.usefixtures("few")
    def test_the_letter_says_where_and_until_when(self, app, placement, mailbox):
        browser, base, person = enter(app, placement.school_id, Role.MANAGER)
        sent = take(browser, base)

        [letter] = mailbox(db.session.get_one(Account, person.account_id).email)

        assert letter.subject == "The file “Placements” is ready"
        assert any(sent.location in link for link in letter.links)

    @pytest.mark.usefixtures("few")
    def test_who_has_left_meanwhile_gets_no_file(self, app, placement):
        browser, base, person = enter(app, placement.school_id, Role.MANAGER)
        take(browser, base)
        db.session.get_one(Membership, person.id).ended_on = clock.today()
        db.session.commit()

        run_due()

        assert db.session.scalars(select(Export)).one().state is State.FAILED
        assert db.session.scalar(select(func.count()).select_from(StoredFile)) == 0

    @pytest.mark.usefixtures("few")
    def test_after_three_days_the_file_goes(self, app, placement):
        browser, base, person = enter(app, placement.school_id, Role.MANAGER)
        sent = take(browser, base)
        run_due()

        with time_machine.travel(clock.now() + timedelta(days=4)):
            tasks.remove_over()
            page = browser.sign_in(db.session.get_one(Account, person.account_id)).get(sent.location)

        export = db.session.scalars(select(Export)).one()
        assert (export.state, export.file_id) == (State.GONE, None)
        assert "no longer kept" in page.words

    def test_a_mentor_gets_only_the_own_trainees(self, app):
        here = make_employer()
        mine = make_placement(state=PlacementState.ACTIVE, opening=make_opening(employer=here))
        make_placement(state=PlacementState.ACTIVE, opening=make_opening(employer=here))
        mentor = db.session.get_one(Membership, mine.mentor_id)
        browser = Browser(app).sign_in(db.session.get_one(Account, mentor.account_id))

        file = browser.get(take(browser, f"/o/{here.slug}").location)

        assert len(rows_of(file)) == 1
